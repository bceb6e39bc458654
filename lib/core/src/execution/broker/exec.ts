import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ExecOptions, ExecResult } from '../../contract/index.js';
import { catalogued, messageOf, StructumError } from '../../errors/index.js';
import { findProgram } from '../../platform/find-program.js';
import { allowsProgram } from '../../security/index.js';
import { limitExceeded } from '../limit-exceeded.js';
import type { BrokerHost, Confined } from './broker.js';
import { environmentFor, programPath } from './environment.js';
import { Exceeded } from './exceeded.js';
import { runToEnd } from './program.js';
import { timeLimit } from './time-limit.js';
import { TooLarge } from './too-large.js';

const TIMEOUT = { usual: 60_000, most: 3_600_000 };

/** Bytes of both outputs. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Runs a program for a plugin to its end. */
export async function exec(host: BrokerHost, program: string, args: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const { plugin, permissions, asked, limits, limitKeys: keys } = host;
  if (!allowsProgram(permissions, program)) throw catalogued('PERMISSION_DENIED', { plugin, permission: 'run', wanted: program, ...(allowsProgram(asked, program) ? { remedy: 'configuration' } : {}) });
  const env = environmentFor(host, options.env);
  const cwd = resolve(host.cwd, options.cwd ?? '.');
  const maxBytes = Math.min(options.maxBytes ?? MOST_BYTES, MOST_BYTES);
  const time = timeLimit(host.signal, Math.min(options.timeout ?? TIMEOUT.usual, TIMEOUT.most));
  try {
    const file = await findProgram(program, programPath(host.env));
    if (file === undefined) throw new Error('there is no such program');
    const confined = await host.confine(file, args, { env, cwd });
    await checkFolder(cwd, confined);
    return await runToEnd(confined, { cwd, maxBytes, limits, input: options.input, signal: time.signal });
  } catch (error) {
    if (host.signal.aborted) throw host.signal.reason;
    if (time.isOver) throw catalogued('EXEC_TIMED_OUT', { plugin, program, timeout: time.limit }, error);
    if (error instanceof TooLarge) throw catalogued('EXEC_TOO_LARGE', { plugin, program, limit: maxBytes });
    if (error instanceof Exceeded) throw limitExceeded(error.limit, { plugin, command: program, limits: { ...limits, keys } });
    throw StructumError.is(error) ? error : catalogued('EXEC_FAILED', { plugin, program, reason: messageOf(error) }, error);
  } finally {
    time.end();
  }
}

/** Where it is not there, the system says that of the program. Of folders that a plugin may not see, it is not told that either. */
async function checkFolder(path: string, confined: Confined): Promise<void> {
  if (await stat(path).then((found) => found.isDirectory(), () => false)) return;
  confined.release();
  throw new Error(`there is no folder ${path}`);
}
