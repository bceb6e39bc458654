import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { environment } from './cli-installation.js';

/**
 * Runs a program in a pseudo-terminal, as wide as the first argument says, and hands its input and output through; hangs up when
 * whoever started it is gone.
 */
const PROGRAM = `
import fcntl, os, pty, select, signal, struct, sys, termios
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 40, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
watched = [0, terminal]
while True:
    ready, _, _ = select.select(watched, [], [])
    if 0 in ready:
        data = os.read(0, 4096)
        if not data: os.kill(child, signal.SIGHUP)
        if not data: break
        os.write(terminal, data)
    if terminal in ready:
        try: data = os.read(terminal, 65536)
        except OSError: break
        if not data: break
        os.write(1, data)
status = os.waitpid(child, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
`;

/** Whether this system has what pseudo-terminals are made with here. */
export function hasPseudoTerminals(): boolean {
  return process.platform !== 'win32' && spawnSync('python3', ['-c', 'import pty, sys; sys.exit(sys.version_info < (3, 9))']).status === 0;
}

export interface TerminalOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How wide it is; 100 when left out. 0 is what terminals say that do not know. */
  readonly columns?: number;
}

/** Starts `command` on a terminal: what it shows comes out of `stdout`, and `stdin` is the keyboard. */
export function startOnTerminal(command: readonly string[], { cwd, env = {}, columns = 100 }: TerminalOptions): ChildProcess {
  return spawn('python3', ['-c', PROGRAM, String(columns), ...command], { cwd, env: { ...environment(), TERM: 'xterm-256color', ...env }, stdio: 'pipe' });
}
