import { expect } from 'chai';
import { isMissing } from './conformance.js';
import { ELSEWHERE, INLINE, type PlacedExecutor } from './executors.js';
import { OFFICIAL_CALLS, type OfficialCall } from './official-calls.js';
import { OfficialHost } from './official-host.js';

describe('executors: the official commands', () => {
  const known = new Map<OfficialCall, Promise<unknown>>();
  let inline: OfficialHost;

  before(async () => { inline = await OfficialHost.create(INLINE); });
  after(() => inline.structum.dispose());

  const inlineOf = (command: string, call: OfficialCall): Promise<unknown> => {
    const observed = known.get(call) ?? observe(inline, command, call, INLINE);
    known.set(call, observed);
    return observed;
  };

  it('are all compared', () => {
    expect(inline.structum.registry.commands.map(({ path }) => path).sort()).to.deep.equal(Object.keys(OFFICIAL_CALLS).sort());
  });

  for (const executor of ELSEWHERE) {
    describe(executor.name, function () {
      this.timeout(60_000);
      let host: OfficialHost;

      before(async function () {
        if (await isMissing(executor)) this.skip();
        host = await OfficialHost.create(executor);
      });
      after(() => (host as OfficialHost | undefined)?.structum.dispose());

      for (const [command, calls] of Object.entries(OFFICIAL_CALLS)) {
        for (const call of calls) {
          const differs = call.differsInProcesses !== undefined && executor.name !== 'worker';
          it(`${command} ${JSON.stringify(call.input ?? {})}${differs ? ' differs' : ''}`, async () => {
            const [there, here] = [await observe(host, command, call, executor), await inlineOf(command, call)];
            if (differs) expect(there, call.differsInProcesses).not.to.deep.equal(here);
            else expect(there).to.deep.equal(here);
          });
        }
      }
    });
  }
});

/** What has effects gets a host, and a project, to itself. */
async function observe(host: OfficialHost, command: string, call: OfficialCall, executor: PlacedExecutor): Promise<unknown> {
  if (call.changes !== true) return host.observe(command, call);
  await using own = await OfficialHost.create(executor);
  return await own.observe(command, call);
}
