import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { StructumError, type CommandContext, type PluginManifest } from '@structum/core';
import { importEnded, importTimeout, moduleMissing } from './errors.js';

/** What importing a plugin in a process of its own takes. */
export interface PluginImport extends Pick<CommandContext, 'signal' | 'cwd' | 'env'> {
  /** Absolute path of a module of the host's core. */
  readonly core: string;
  /** Milliseconds that it may take. */
  readonly limit: number;
}

/** How long importing a plugin may take where nobody says, in milliseconds. */
export const IMPORT_LIMIT = 20_000;

/**
 * The manifest of the plugin in `folder` as its code describes it. That is imported by another process, and may hang or
 * end that one without anything happening to this one.
 *
 * @throws `PLUGIN_IMPORT_TIMEOUT`, `PLUGIN_IMPORT_ENDED`, `PLUGIN_MODULE_MISSING`, what generating a manifest throws, and the reason of `signal`
 *   when it is aborted; no process is left then.
 */
export async function describedPlugin(folder: string, { core, limit, signal, cwd, env }: PluginImport): Promise<PluginManifest> {
  signal.throwIfAborted();
  const library = createRequire(core).resolve('@structum/core/manifest');
  const child = spawn(process.execPath, ['-e', SCRIPT, library, folder], { cwd, env: forChild(env), stdio: ['ignore', 'ignore', 'ignore', 'ipc'], windowsHide: true });
  const kill = (): void => { child.kill('SIGKILL'); };
  let isLate = false;
  const timer = setTimeout(() => { isLate = true; kill(); }, limit);
  signal.addEventListener('abort', kill);
  try {
    return await new Promise<PluginManifest>((resolve, reject) => {
      let answer: Answer | undefined;
      child.once('error', reject);
      child.on('message', (message) => { if (isAnswer(message)) answer ??= message; });
      child.once('close', (code, killedBy) => {
        if (answer?.manifest !== undefined) resolve(answer.manifest);
        else if (answer?.error !== undefined) reject(errorOf(folder, answer.error));
        else reject(isLate ? importTimeout(folder, limit) : importEnded(folder, killedBy ?? `exit code ${String(code)}`));
      });
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
    signal.throwIfAborted();
  }
}

/** Runs in the other process, by itself: nothing of this package need be found there. */
const SCRIPT = `
const [library, folder] = process.argv.slice(1);
const { send, exit } = process;
const answer = (content) => send.call(process, { isAnswer: true, ...content }, () => exit.call(process, 0));
process.once('disconnect', () => exit.call(process, 1));
require(library).generateManifest({ folder }).then(({ manifest }) => ({ manifest }), (error) => {
  const { code = 'UNKNOWN', message = error, hint, details, exitCode, cause } = Object(error);
  return { error: { code: String(code), message: String(message), hint, details, exitCode, cause: String(Object(cause).code) } };
}).then(answer);
`;

interface Answer {
  readonly manifest?: PluginManifest;
  readonly error?: ConstructorParameters<typeof StructumError>[0];
}

function errorOf(folder: string, error: NonNullable<Answer['error']>): StructumError {
  const isMissing = error.cause === 'ERR_MODULE_NOT_FOUND' || error.cause === 'MODULE_NOT_FOUND';
  return isMissing ? moduleMissing(folder, error.message) : new StructumError(error);
}

/** The plugin may send messages of its own. */
function isAnswer(message: unknown): message is Answer {
  return typeof message === 'object' && message !== null && 'isAnswer' in message;
}

/** What configures this process's Node is no business of one that only imports a plugin, and certificates take long to load. */
function forChild(env: PluginImport['env']): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'NODE_OPTIONS' && name !== 'NODE_EXTRA_CA_CERTS'));
}
