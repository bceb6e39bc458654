import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../../../support/folder.js';
import { isControlled, isPossibleHere, outcomeOf, type Attempt, type Setting, type Settled } from '../../../support/hostile/attempt.js';
import { CONTROLLED } from '../../../support/hostile/attempts/index.js';
import { settingsHere } from '../../../support/hostile/hostile-host.js';
import { SECRET } from '../../../support/hostile/surroundings.js';
import type { Uncontained } from '../../../support/hostile/uncontained.js';

const PROGRAM = join(root, 'test/build/support/hostile/uncontained.js');

/** Whether what came of an attempt is what must come of it where it is contained. */
function isContained(attempt: Attempt, setting: Setting, settled: Settled): boolean {
  try {
    outcomeOf(attempt, setting)(settled);
    return true;
  } catch {
    return false;
  }
}

/** What comes of the attempts of a subject where nobody is contained, in a process of its own. */
async function uncontained(subject: string): Promise<ReadonlyMap<string, Settled>> {
  const told = new Map<string, Settled>();
  const child = fork(PROGRAM, [subject], { execArgv: [], env: { ...process.env, HOSTILE_SECRET: SECRET }, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.on('message', (message) => {
    const { what, settled } = message as Uncontained;
    told.set(what, settled);
  });
  await once(child, 'close');
  return told;
}

// Otherwise a test of containment shows nothing: what fails anyhow is not kept from anybody.
describe('a plugin that means harm, where nothing contains it', function () {
  this.timeout(120_000);
  const [setting] = settingsHere();
  const heedless = (): void => undefined;

  before(function () {
    if (setting === undefined) this.skip();
    process.on('SIGUSR1', heedless);
  });

  after(() => { process.off('SIGUSR1', heedless); });

  for (const subject of CONTROLLED) describe(subject.name, () => {
    let told: ReadonlyMap<string, Settled>;
    before(async () => { told = await uncontained(subject.name); });

    for (const attempt of subject.attempts.filter(isControlled)) {
      it(`comes further when it tries to ${attempt.what}`, function () {
        if (setting === undefined || !isPossibleHere(attempt)) return this.skip();
        const settled = told.get(attempt.what);
        if (settled === undefined) throw new Error('It ended before.');
        if (!isContained(attempt, setting, settled)) return;
        if (attempt.uncontained === 'may fail') return this.skip();
        expect.fail(`It is as if it were contained: ${JSON.stringify(settled)}`);
      });
    }
  });
});
