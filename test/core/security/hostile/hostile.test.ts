import { openSync } from 'node:fs';
import { connect } from 'node:net';
import { url } from 'node:inspector';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { AuditRecord } from '@structum/core';
import { expect } from 'chai';
import { isPossibleHere, outcomeOf, type Attempt, type Setting, type Settled, type Subject } from '../../../support/hostile/attempt.js';
import { SUBJECTS } from '../../../support/hostile/attempts/index.js';
import { BYSTANDER, HostileHost, installHostile, settingsHere } from '../../../support/hostile/hostile-host.js';
import { LagMeter } from '../../../support/hostile/loop-lag.js';
import { openDescriptors, processesWith, SECRET, Surroundings, until } from '../../../support/hostile/surroundings.js';

const isFull = process.env['TEST_HOSTILE'] === 'full';

describe('a plugin that means harm', function () {
  let surroundings: Surroundings;
  let folder: string;
  let lag: LagMeter;

  before(async function () {
    this.timeout(120_000);
    process.env['HOSTILE_SECRET'] = SECRET;
    surroundings = new Surroundings();
    folder = join(surroundings.folder, 'plugins');
    lag = new LagMeter();
    await surroundings.prepare((ready) => installHostile(folder, SUBJECTS, ready));
    // What the host has open is none of the plugins' business.
    openSync(surroundings.facts.secret, 'r');
    connect(surroundings.facts.tcp, '127.0.0.1').on('error', () => undefined).unref();
  });

  after(async () => {
    delete process.env['HOSTILE_SECRET'];
    surroundings.dispose();
    await lag.dispose();
  });

  for (const setting of settingsHere()) describe(`in ${setting.mode}, contained by ${setting.by}`, () => {
    let host: HostileHost;
    let visits: number;
    let descriptors: number;
    before(async () => {
      descriptors = openDescriptors();
      host = await HostileHost.start(setting.mode, folder, SUBJECTS.map(({ name }) => name), surroundings.facts);
    });
    after(async function () {
      this.timeout(30_000);
      await host.dispose();
      // Hundreds that are ended at once take a moment.
      await until(() => processesWith(surroundings.folder).length === 0);
      expect(openDescriptors()).to.be.at.most(descriptors + 2);
    });

    for (const subject of SUBJECTS) describe(subject.name, () => {
      before(async () => {
        visits = surroundings.visits;
        await rightAnswers(host, subject);
      });

      const attempts = subject.attempts.filter(({ only, long, hurried }) => only !== 'cli' && (isFull || (long !== true && (hurried !== true || !isFirstOfMany(setting)))));
      for (const attempt of attempts) {
        it(`tries to ${attempt.what}`, async function () {
          if (!isPossibleHere(attempt)) this.skip();
          await survives(host, subject, attempt, setting);
          expect(surroundings.visits, 'somebody came').to.equal(visits);
        });
      }

      it('leaves everything outside as it was', () => {
        expect(surroundings.changed()).to.deep.equal([]);
        expect(url()).to.equal(undefined);
      });
    });
  });

  /** It comes to what it must, and the host goes on as if nothing had been. */
  async function survives(host: HostileHost, subject: Subject, attempt: Attempt, setting: Setting): Promise<void> {
    const attempted = async (): Promise<void> => {
      const before = host.records.length;
      const settled = await host.attempt(subject.name, attempt);
      isRecorded(settled, host.records.slice(before).filter(({ plugin }) => plugin === subject.name));
      expect(inspect(settled, { depth: 10 }).includes(SECRET), 'the secret is out').to.equal(false);
      outcomeOf(attempt, setting)(settled);
    };
    let { host: late, control } = await lag.during(attempted);
    // What others do on this machine passes.
    for (let again = 0; attempt.calm === true && late > 50 + 5 * control && again < 2; again += 1) {
      await rightAnswers(host, subject);
      ({ host: late, control } = await lag.during(attempted));
    }
    if (attempt.calm === true) expect(late, `the loop of an idle thread was late by ${String(control)} ms`).to.be.below(50 + 5 * control);
    await rightAnswers(host, subject);
  }

  async function rightAnswers(host: HostileHost, { name }: Subject): Promise<void> {
    // What a plugin sends after its answer may end the call after that one, which is one of its own.
    const own = host.hello(name).catch(() => host.hello(name));
    expect(await Promise.all([own, host.hello(BYSTANDER)])).to.deep.equal([`hello of ${name}`, `hello of ${BYSTANDER}`]);
  }
});

/** Who was denied something, and who ended otherwise than well, can be found out afterwards. */
function isRecorded(settled: Settled, records: readonly AuditRecord[]): void {
  if (!('error' in settled)) return;
  const { code, details } = settled.error;
  const run = records.find((record) => record.event === 'run' && record.code === code);
  expect(run, `no ${code} among ${JSON.stringify(records)}`).not.to.equal(undefined);
  if (code !== 'PERMISSION_DENIED') return;
  const denial = records.find((record) => record.event === 'denied' && record.execution === run?.execution && record.permission === details?.['permission']);
  expect(denial, JSON.stringify(records)).not.to.equal(undefined);
}

/** Where both are tried, what takes its time is tried in the one that has more to hold. */
function isFirstOfMany({ mode }: Setting): boolean {
  return mode === 'standard' && settingsHere().length > 1;
}
