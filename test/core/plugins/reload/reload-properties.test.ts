import { setTimeout as sleep } from 'node:timers/promises';
import { Structum } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { PluginFolder } from './plugin-folder.js';

const COUNT = 5;

/** What the plugins of these tests share with them: they have nothing else in common. */
const shared = globalThis as { tally?: Tally };

/** Counts instances that come up and go down, and what they own. */
class Tally {
  readonly up = new Map<number, number>();
  readonly ended = new Map<number, number>();
  /** Plugins whose next activation fails. */
  readonly failing = new Set<number>();
  readonly problems: string[] = [];
  /** Instances that are up, with the plugin they are of. */
  readonly alive = new Map<object, number>();
}

interface Step {
  readonly kind: 'reload' | 'edit' | 'fail' | 'run' | 'deactivate';
  readonly plugin: number;
  readonly waits: boolean;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('reload' as const, 'reload' as const, 'edit' as const, 'fail' as const, 'run' as const, 'deactivate' as const),
    plugin: fc.nat(COUNT - 1),
    waits: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
);

/** For each plugin, which of those before it it requires or may use. */
const edges = fc.array(fc.array(fc.constantFrom('none' as const, 'requires' as const, 'optional' as const), { minLength: COUNT, maxLength: COUNT }), { minLength: COUNT, maxLength: COUNT });

function source(plugin: number, kinds: readonly string[], version: number): string {
  const named = (kind: string): string => kinds.slice(0, plugin).flatMap((each, other) => (each === kind ? [`p${String(other)}: '*'`] : [])).join(', ');
  return `
    import { defineCommand, definePlugin } from '@structum/core';
    const tally = globalThis.tally;
    const count = (map) => map.set(${String(plugin)}, (map.get(${String(plugin)}) ?? 0) + 1);
    export default definePlugin({
      name: 'p${String(plugin)}', version: '1.0.0', description: 'version ${String(version)}',
      requires: { ${named('requires')} }, optional: { ${named('optional')} },
      commands: [defineCommand({ path: 'p${String(plugin)}', description: 'runs', async execute() { await new Promise((resolve) => setTimeout(resolve, 3)); } })],
      async onActivate(context) {
        const instance = {};
        await new Promise((resolve) => setTimeout(resolve, 1));
        context.own(() => { count(tally.ended); }, 'first');
        count(tally.up);
        if (tally.failing.delete(${String(plugin)})) throw new Error('asked to fail');
        tally.alive.set(instance, ${String(plugin)});
        context.own(() => {
          if (!tally.alive.delete(instance)) tally.problems.push('p${String(plugin)} ended twice');
        }, 'second');
      },
    });
  `;
}

describe('reloading at random', () => {
  it('leaves one instance of each plugin that is up, and ends every other one once', async function () {
    this.timeout(120_000);
    await fc.assert(fc.asyncProperty(edges, steps, async (graph, todo) => {
      const tally = new Tally();
      shared.tally = tally;
      const folder = new PluginFolder();
      const write = (plugin: number, version: number): void => { folder.write(`p${String(plugin)}`, { 'index.js': source(plugin, graph[plugin] ?? [], version) }); };
      const all = Array.from({ length: COUNT }, (_, plugin) => plugin);
      for (const plugin of all) write(plugin, 0);
      const structum = await Structum.create({ from: folder.from, plugins: all.map((plugin) => `p${String(plugin)}`) });
      const pending: Promise<unknown>[] = [];
      for (const [version, { kind, plugin, waits }] of todo.entries()) {
        const name = `p${String(plugin)}`;
        if (kind === 'edit') write(plugin, version + 1);
        else if (kind === 'fail') tally.failing.add(plugin);
        else {
          const begun = kind === 'reload' ? structum.reload(name) : kind === 'run' ? structum.run(name) : structum.deactivate(name, { dependents: 'first' });
          pending.push(begun.catch(() => undefined));
          if (waits) await pending.at(-1);
        }
      }
      await Promise.all(pending);
      await sleep(20);
      const up = structum.registry.plugins.filter(({ state }) => state === 'active').map(({ name }) => name);
      expect([...tally.alive.values()].map((plugin) => `p${String(plugin)}`).sort(), 'instances that are up').to.deep.equal(up);
      await structum.dispose();
      expect([...tally.alive.values()], 'instances after the end').to.deep.equal([]);
      expect(Object.fromEntries(tally.ended), 'what was owned').to.deep.equal(Object.fromEntries(tally.up));
      expect(tally.problems).to.deep.equal([]);
    }), { numRuns: 60 });
  });
});
