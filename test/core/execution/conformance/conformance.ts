import { expect } from 'chai';
import { ELSEWHERE, INLINE, type PlacedExecutor } from './executors.js';
import { isRefused, ProbeHost } from './probe-host.js';

/** Tells what happens with a host, as data. */
export type Observation = (host: ProbeHost) => Promise<unknown>;

/** Adds an observation to a suite. */
export type Probe = (title: string, observe: Observation) => void;

/** Suites, one for each executor but the inline one: what is observed in hosts that use it is what is observed inline. */
export function conformance(title: string, define: (probe: Probe) => void): void {
  const probes = new Map<string, Observation>();
  define((name, observe) => { probes.set(name, observe); });
  describe(`executors: ${title}`, () => {
    const expected = new Map<string, Promise<unknown>>();
    let inline: ProbeHost;

    before(async () => { inline = await ProbeHost.create(INLINE); });
    after(() => inline.structum.dispose());

    const inlineOf = (name: string, observe: Observation): Promise<unknown> => {
      const known = expected.get(name) ?? observe(inline);
      expected.set(name, known);
      return known;
    };
    for (const executor of ELSEWHERE) {
      describe(executor.name, () => {
        let host: ProbeHost;

        before(async function () {
          if (await isMissing(executor)) this.skip();
          host = await ProbeHost.create(executor);
        });
        after(() => (host as ProbeHost | undefined)?.structum.dispose());

        for (const [name, observe] of probes) {
          it(name, async () => {
            const known = await inlineOf(name, observe);
            expect(await observe(host)).to.deep.equal(known);
          });
        }
      });
    }
  });
}

const missing = new Map<PlacedExecutor, Promise<boolean>>();

/** Whether this machine has no such executor: no sandbox, to be precise. */
export function isMissing(executor: PlacedExecutor): Promise<boolean> {
  const known = missing.get(executor) ?? isRefused(executor);
  missing.set(executor, known);
  return known;
}
