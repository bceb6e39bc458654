import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliInstallation, type CliRunOptions, type Finished } from '../cli-installation.js';
import { writeFiles } from '../folder.js';
import type { Attempt, Setting, Settled, SettledError, Subject } from './attempt.js';
import { hostileConfig, installHostile } from './hostile-host.js';
import { SECRET, type Surroundings } from './surroundings.js';

/** The command line, with hostile plugins: in `strict` they are installed beside it, in `standard` where the user says. */
export class HostileCli {
  readonly #cli = new CliInstallation();
  readonly #surroundings: Surroundings;

  private constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  static async install({ mode }: Setting, subjects: readonly Subject[], surroundings: Surroundings): Promise<HostileCli> {
    const cli = new HostileCli(surroundings);
    for (const name of ['tree', 'archive', 'plugins', 'config']) cli.#cli.link(name);
    const folder = mode === 'strict' ? cli.#cli.folder : join(surroundings.folder, 'plugins');
    await installHostile(folder, subjects, surroundings);
    const names = subjects.map(({ name }) => name);
    writeFiles(cli.#cli.folder, { 'home/config/config.json': { ...hostileConfig(mode, names), plugin_policy: { folders: mode === 'strict' ? [] : [folder] } } });
    return cli;
  }

  /** Starts a command line that attempts something. */
  start(plugin: string, { what, hurried }: Pick<Attempt, 'what' | 'hurried'>): ReturnType<CliInstallation['start']> {
    return this.#cli.start(this.#words(plugin, what, hurried === true), this.#options);
  }

  /** Attempts something, to its end. */
  async attempt(plugin: string, { what, hurried }: Pick<Attempt, 'what' | 'hurried'>): Promise<Finished & { readonly settled: Settled }> {
    const finished = await this.#cli.run(this.#words(plugin, what, hurried === true), this.#options);
    return { ...finished, settled: settledIn(finished) };
  }

  /** What a plugin answers that is asked for something harmless. */
  async hello(plugin: string): Promise<string> {
    const { stdout, stderr } = await this.#cli.run([plugin, 'hello'], this.#options);
    return stdout + stderr;
  }

  /** What is recorded of it. */
  get audit(): string {
    return readFileSync(join(this.#cli.folder, 'home/state/audit.jsonl'), 'utf8');
  }

  get #options(): CliRunOptions {
    const { workspace, secret } = this.#surroundings.facts;
    return { cwd: workspace, leftOpen: secret, env: { HOSTILE_SECRET: SECRET, GRANTED: 'yes' } };
  }

  #words(plugin: string, what: string, isHurried: boolean): readonly string[] {
    return [plugin, isHurried ? 'hurry' : 'attempt', what, JSON.stringify(this.#surroundings.facts), '--json'];
  }
}

function settledIn({ code, stdout, stderr }: Finished): Settled {
  const told = stderr.split('\n').flatMap((line) => errorIn(line) ?? []).at(-1);
  if (told !== undefined) return { error: told };
  if (code !== 0 && stdout.trim() === '') throw new Error(`It ended with ${String(code)}, and said ${JSON.stringify(stderr.slice(0, 1000))}.`);
  return { result: stdout.trim() === '' ? undefined : lastJson(stdout) };
}

function errorIn(line: string): SettledError | undefined {
  try {
    const { error, ...all } = JSON.parse(line) as { error?: SettledError } & Partial<SettledError>;
    const told = error ?? all;
    return typeof told.code === 'string' && typeof told.message === 'string' ? { code: told.code, message: told.message, details: told.details, causeCode: told.causeCode } : undefined;
  } catch {
    return undefined;
  }
}

/** What a plugin printed itself stands before it. */
function lastJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim().split('\n').at(-1);
  }
}
