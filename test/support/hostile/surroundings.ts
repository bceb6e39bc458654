import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { temporaryFolder, writeFiles } from '../folder.js';

/** What a hostile plugin is told of what is around it. */
export interface Facts {
  /** A folder that is none of its business. */
  readonly outside: string;
  /** A file there that holds {@link SECRET}. */
  readonly secret: string;
  /** The folder it may read. */
  readonly workspace: string;
  /** The folder in it that it may write. */
  readonly writable: string;
  /** What it may keep of its own. */
  readonly data: string;
  /** Of whoever runs the plugin. */
  readonly home: string;
  readonly host: number;
  readonly hostParent: number;
  readonly tcp: number;
  readonly udp: number;
  /** A server of HTTP that sends whoever comes on to the address in `to`. */
  readonly redirecting: number;
  readonly unix: string;
  /** The name of an abstract socket, where there are such. */
  readonly abstract: string;
}

/** What must not become known. */
export const SECRET = 'the-secret-that-nobody-may-tell';

/** A place for hostile plugins to run in: files that are watched, and servers to which nobody may come. */
export class Surroundings {
  /** Not where temporary files usually are: confined processes have such a place of their own. */
  readonly folder = temporaryFolder(existsSync('/var/tmp') ? '/var/tmp' : undefined);
  readonly #servers: Server[] = [];
  #socket: Socket | undefined;
  #visits = 0;
  #facts: Facts | undefined;
  #before = new Map<string, string>();

  /** What plugins are told. */
  get facts(): Facts {
    if (this.#facts === undefined) throw new Error('It is not ready yet.');
    return this.#facts;
  }

  /** How often somebody came to one of the servers. */
  get visits(): number {
    return this.#visits;
  }

  /** @param install - Puts there what must stay as it is, too. */
  async prepare(install: (surroundings: this) => Promise<void> = () => Promise.resolve()): Promise<this> {
    const path = (name: string): string => join(this.folder, name);
    this.restore();
    const abstract = `structum-test-${String(process.pid)}-${String(Math.random()).slice(2)}`;
    const tcp = await this.#serve({ port: 0, host: '127.0.0.1' });
    await this.#serve({ path: path('socket') });
    if (process.platform === 'linux') await this.#serve({ path: `\0${abstract}` });
    const redirecting = await this.#listen(createHttpServer(redirect), { port: 0, host: '127.0.0.1' });
    this.#socket = createSocket('udp4').on('message', () => { this.#visits += 1; });
    this.#socket.bind(0, '127.0.0.1');
    await once(this.#socket, 'listening');
    this.#facts = {
      outside: path('outside'), secret: path('outside/secret.txt'), workspace: path('workspace'), writable: path('workspace/out'), data: path('data'),
      home: homedir(), redirecting, host: process.pid, hostParent: process.ppid, tcp, udp: this.#socket.address().port, unix: path('socket'), abstract,
    };
    await install(this);
    this.#before = this.#state();
    return this;
  }

  /** Puts files there as they were. */
  restore(): void {
    for (const folder of ['outside', 'workspace', 'data']) rmSync(join(this.folder, folder), { recursive: true, force: true });
    writeFiles(this.folder, { 'outside/secret.txt': SECRET, 'outside/secret.json': { secret: SECRET }, 'outside/secret.env': `TOLD=${SECRET}`, 'outside/secret.cjs': `module.exports = '${SECRET}';`, 'workspace/mine.txt': 'mine', 'workspace/out/.keep': '', 'data/.keep': '' });
    // Whoever runs the plugin could read it.
    chmodSync(join(this.folder, 'outside/secret.txt'), 0o644);
  }

  async #serve(where: object): Promise<number> {
    return this.#listen(createServer((socket) => { this.#visits += 1; socket.destroy(); }), where);
  }

  async #listen(server: Server, where: object): Promise<number> {
    this.#servers.push(server.listen(where));
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Paths that are not as they were, apart from those that a plugin may write. */
  changed(): readonly string[] {
    const after = this.#state();
    return [...new Set([...this.#before.keys(), ...after.keys()])].filter((path) => this.#before.get(path) !== after.get(path));
  }

  #state(): Map<string, string> {
    const state = new Map<string, string>();
    const visit = (folder: string): void => {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        const stats = lstatSync(path);
        if (WRITABLE.some((each) => path === join(this.folder, each))) continue;
        state.set(path, [stats.mode, stats.uid, stats.isFile() ? `${String(stats.mtimeMs)} ${hash(path)}` : stats.isSymbolicLink() ? readlinkSync(path) : ''].join(' '));
        if (stats.isDirectory()) visit(path);
      }
    };
    visit(this.folder);
    return state;
  }

  dispose(): void {
    for (const server of this.#servers) server.close();
    this.#socket?.close();
  }
}

function redirect({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const to = new URL(url, 'http://localhost').searchParams.get('to');
  if (to === null) response.end('arrived');
  else response.writeHead(302, { location: to }).end();
}

/** What the host itself writes, and what a plugin may. */
const WRITABLE = ['workspace/out', 'data', 'cache', 'home', 'audit'];

function hash(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Numbers of the processes that have `marker` in their arguments or environment. */
export function processesWith(marker: string): readonly number[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid)).filter((name) => {
    try {
      return ['cmdline', 'environ'].some((file) => readFileSync(`/proc/${name}/${file}`, 'latin1').includes(marker));
    } catch {
      return false;
    }
  }).map(Number);
}

/** Descriptors that this process has open, by what they are; on Linux. */
export function openDescriptors(): number {
  return existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0;
}

/** Waits until something is so; the limit of the test says for how long. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(20);
}
