import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { linkCore, root, temporaryFolder, writeFiles } from './folder.js';

/** How a process ended, and what it printed. */
export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRunOptions {
  readonly cwd?: string;
  /** Added to a small environment without colours or settings. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** A file that whoever starts it left open, at a descriptor that Node does not close by itself. */
  readonly leftOpen?: string;
}

const LEFT_OPEN = 100;

/** The built command line, installed in a folder of its own beside plugins that a test writes. */
export class CliInstallation {
  readonly folder = temporaryFolder();
  /** The file that `node` runs. */
  readonly bin = join(this.folder, 'node_modules/@structum/cli/dist/structum.cjs');

  constructor() {
    linkCore(this.folder);
    const cli = join(this.folder, 'node_modules/@structum/cli');
    mkdirSync(join(cli, 'dist'), { recursive: true });
    cpSync(join(root, 'cli/package.json'), join(cli, 'package.json'));
    cpSync(join(root, 'cli/dist'), join(cli, 'dist'), { recursive: true });
  }

  /** Installs a plugin of this repository. */
  link(name: string): this {
    symlinkSync(join(root, 'plugins', name), join(this.folder, `node_modules/@structum/plugin-${name}`), 'junction');
    return this;
  }

  /** Installs a plugin of one CommonJS module, `source`, and makes its manifest. */
  async add(name: string, source: string, packageJson: object = {}): Promise<this> {
    const folder = join(this.folder, 'node_modules', `structum-plugin-${name}`);
    writeFiles(folder, {
      'package.json': {
        name: `structum-plugin-${name}`, version: '1.2.3', main: './index.cjs',
        structum: { manifest: './structum.manifest.json' }, keywords: ['structum-plugin'], ...packageJson,
      },
      'index.cjs': source,
    });
    const { manifest, file } = await generateManifest({ folder });
    writeFileSync(file, formatManifest(manifest));
    return this;
  }

  /** Starts a command line; the process has pipes for all three streams. */
  start(args: readonly string[], { cwd = this.folder, env = {}, leftOpen }: CliRunOptions = {}): ChildProcess {
    const descriptor = leftOpen === undefined ? undefined : openSync(leftOpen, 'r');
    const others = descriptor === undefined ? [] : [...Array.from({ length: LEFT_OPEN - 3 }, () => 'ignore' as const), descriptor];
    try {
      return spawn(process.execPath, [this.bin, ...args], { cwd, env: { ...environment(), ...this.#home(), ...env }, stdio: ['pipe', 'pipe', 'pipe', ...others] });
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  /** A user of its own: whoever runs the tests may have plugins and settings. */
  #home(): Readonly<Record<string, string>> {
    return Object.fromEntries(['config', 'cache', 'data', 'state'].map((kind) => [`STRUCTUM_${kind.toUpperCase()}_HOME`, join(this.folder, 'home', kind)]));
  }

  /** Runs a command line to its end. */
  run(args: readonly string[], options: CliRunOptions = {}): Promise<Finished> {
    const child = this.start(args, options);
    child.stdin?.end(options.input ?? '');
    return finished(child);
  }
}

/** What a process prints until it ends. */
export async function finished(child: ChildProcess): Promise<Finished> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

/** Resolves when the process has printed `text` on one of its streams. */
export async function printed(child: ChildProcess, stream: 'stdout' | 'stderr', text: string): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    child[stream]?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(text)) resolve();
    });
    child.once('close', () => { reject(new Error(`It ended without printing ${JSON.stringify(text)} but ${JSON.stringify(output)}.`)); });
  });
}

/** Enough for Node to run; nothing that changes what a command line prints. */
export function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'APPDATA', 'LOCALAPPDATA', 'USERPROFILE'];
  return { ...Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))), LANG: 'C.UTF-8' };
}
