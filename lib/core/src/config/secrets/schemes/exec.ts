import type { ChildProcess } from 'node:child_process';
import { messageOf } from '../../../errors/index.js';
import { SecretFailure } from '../secret-failure.js';
import { LARGEST_SECRET, secretText } from '../secret-text.js';
import type { Scheme, SchemeContext } from './scheme.js';

/** `${exec:op read op://team/token}`: what a program prints. No shell takes part: words are split at blanks, quotes keep them together. */
export const exec: Scheme = {
  lifetime: 300_000,
  runsPrograms: true,
  async resolve(target, context) {
    const [program = '', ...args] = wordsOf(target);
    return secretText(await outputOf(program, args, context), program);
  },
};

/** Quotes within quotes of the other kind are meant as they are; nothing else is special, `\` least of all. */
function wordsOf(command: string): readonly string[] {
  const words = command.trim().match(/(?:"[^"]*"|'[^']*'|[^\s"'])+|["']/g) ?? [];
  if (words.some((word) => word === '"' || word === "'")) throw new SecretFailure('unavailable', 'a quote in it has no end');
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

/** What it writes to its standard error is not looked at: it may tell the secret. */
async function outputOf(program: string, args: readonly string[], { env, home, folder, cwd, signal }: SchemeContext): Promise<Buffer> {
  const { spawn } = await import('node:child_process');
  // Not where the host works, which may be somebody else's folder: Windows looks for programs there first.
  const child = start(() => spawn(program, args, { cwd: folder ?? home ?? cwd, env, signal, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true }), program);
  try {
    return await printed(child, program);
  } finally {
    // Whatever it started itself may hold it open.
    child.stdout?.destroy();
  }
}

function start(spawn: () => ChildProcess, program: string): ChildProcess {
  try {
    return spawn();
  } catch (error) {
    throw notRun(program, error);
  }
}

function printed(child: ChildProcess, program: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_SECRET) chunks.push(chunk);
      else {
        child.kill('SIGKILL');
        reject(new SecretFailure('unavailable', `${program} prints more than ${String(LARGEST_SECRET / 1024)} KB`));
      }
    });
    child.once('error', (error) => { reject(notRun(program, error)); });
    child.once('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(chunks));
      else reject(new SecretFailure('unavailable', `${program} ended with ${String(code ?? signal)}`, { remedy: 'Run it yourself to see what it says.' }));
    });
  });
}

function notRun(program: string, error: unknown): SecretFailure {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  return new SecretFailure('unavailable', isMissing ? `there is no program ${program}` : `${program} cannot be run: ${messageOf(error)}`, { cause: error });
}
