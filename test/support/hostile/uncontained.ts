import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../folder.js';
import { isControlled, isPossibleHere, type Settled } from './attempt.js';
import { SUBJECTS } from './attempts/index.js';
import { HostileHost, installHostile } from './hostile-host.js';
import { Surroundings } from './surroundings.js';

// A program: it carries out what a subject attempts, in a host that contains nobody, and tells its parent what came of each.
// That parent heeds no SIGUSR1.

/** What it tells. */
export interface Uncontained {
  readonly what: string;
  readonly settled: Settled;
}

/** Longer than anything takes that works, in milliseconds. */
const PATIENCE = 5000;

const subject = SUBJECTS.find(({ name }) => name === process.argv[2]);
if (subject === undefined) throw new Error('Which subject?');

const surroundings = new Surroundings();
const folder = join(surroundings.folder, 'plugins');
// One of its own: that of the repository may not be written.
for (const part of ['package.json', 'dist']) cpSync(join(root, 'lib/core', part), join(folder, 'node_modules/@structum/core', part), { recursive: true });
await surroundings.prepare((ready) => installHostile(folder, [subject], ready));

// In the place of the host, which is to stay as it is.
const decoy = spawn(process.execPath, ['-e', `process.on('SIGUSR1', () => {}); console.log(); setInterval(() => {}, 1000)`], { stdio: ['ignore', 'pipe', 'ignore'] });
await once(decoy.stdout, 'data');
const host = await HostileHost.start('off', folder, [subject.name], { ...surroundings.facts, host: decoy.pid ?? 0, hostParent: decoy.pid ?? 0 });

// What the host has open is what a plugin finds.
openSync(surroundings.facts.secret, 'r');
for (const attempt of subject.attempts) {
  if (!isControlled(attempt) || !isPossibleHere(attempt)) continue;
  const { what } = attempt;
  const settled = await Promise.race([host.attempt(subject.name, attempt), late()]);
  process.send?.({ what, settled } satisfies Uncontained);
  process.chdir('/');
  surroundings.restore();
}
decoy.kill('SIGKILL');
process.exit();

function late(): Promise<Settled> {
  return new Promise((resolve) => { setTimeout(() => { resolve({ result: 'goes on' }); }, PATIENCE).unref(); });
}
