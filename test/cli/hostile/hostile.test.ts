import { once } from 'node:events';
import { expect } from 'chai';
import { isPossibleHere, outcomeOf, type Attempt, type Subject } from '../../support/hostile/attempt.js';
import { SUBJECTS } from '../../support/hostile/attempts/index.js';
import { HostileCli } from '../../support/hostile/hostile-cli.js';
import { BYSTANDER, settingsHere } from '../../support/hostile/hostile-host.js';
import { processesWith, SECRET, Surroundings, until } from '../../support/hostile/surroundings.js';

const isFull = process.env['TEST_HOSTILE'] === 'full';

/** Of all others every one is tried by the API, which the command line is built on. */
const EVERY = 12;

for (const setting of settingsHere()) describe(`structum with plugins that mean harm, in ${setting.mode}, contained by ${setting.by}`, () => {
  let surroundings: Surroundings;
  let cli: HostileCli;
  let visits: number;

  before(async function () {
    this.timeout(120_000);
    surroundings = new Surroundings();
    await surroundings.prepare(async (ready) => { cli = await HostileCli.install(setting, SUBJECTS, ready); });
    visits = surroundings.visits;
  });

  after(() => { surroundings.dispose(); });

  for (const subject of SUBJECTS) {
    for (const attempt of attemptsOf(subject)) {
      it(`ends as it must when one tries to ${attempt.what}`, async () => {
        const { settled, stdout, stderr } = await cli.attempt(subject.name, attempt);
        expect(`${stdout}${stderr}`).not.to.contain(SECRET);
        attempt.printed?.({ stdout, stderr });
        outcomeOf(attempt, setting)(settled);
      });
    }
  }

  it('records what was denied', async () => {
    await cli.attempt('files', { what: 'read a file' });
    const last = cli.audit.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ command }) => command === 'files attempt');
    expect(JSON.stringify(last)).to.contain('PERMISSION_DENIED').and.contain(surroundings.facts.secret);
  });

  it('leaves no process of a plugin when it is killed', async function () {
    if (process.platform !== 'linux') this.skip();
    for (const what of ['loop forever', 'never answer']) {
      const child = cli.start('resources', { what });
      const gone = once(child, 'close');
      await until(() => processesWith(surroundings.folder).length > 1);
      child.kill('SIGKILL');
      await gone;
      await until(() => processesWith(surroundings.folder).length === 0);
    }
  });

  it('runs others as ever, and leaves everything outside as it was', async () => {
    expect(await cli.hello(BYSTANDER)).to.equal(`hello of ${BYSTANDER}\n`);
    expect(surroundings.changed()).to.deep.equal([]);
    expect(surroundings.visits).to.equal(visits);
  });
});

function attemptsOf({ attempts }: Subject): readonly Attempt[] {
  const own = attempts.filter((attempt) => attempt.only !== 'api' && isPossibleHere(attempt) && (attempt.long !== true || isFull));
  return isFull ? own : own.filter(({ only }, index) => only === 'cli' || index % EVERY === 0);
}
