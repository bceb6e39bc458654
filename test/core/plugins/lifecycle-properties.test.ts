import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand, MANIFEST_FILE, Plugin, Structum, type CommandContext, type PluginClass, type PluginContext } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import fc from 'fast-check';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** What a plugin does when its turn comes. */
type Conduct = 'at once' | 'slowly' | 'throws' | 'never';

interface Model {
  readonly requires: readonly number[];
  readonly optional: readonly number[];
  readonly needsBroken: boolean;
  readonly construct: 'at once' | 'throws';
  /** How it comes up the first time, and from then on. */
  readonly activate: readonly [Conduct, Conduct];
  readonly deactivate: Conduct;
  readonly ends: readonly Conduct[];
  readonly command: Conduct;
}

interface Step {
  readonly kind: 'run' | 'run and cancel' | 'activate' | 'retry' | 'deactivate' | 'deactivate all' | 'unregister' | 'trigger' | 'check';
  readonly plugin: number;
  /** How many ticks the next step waits. */
  readonly ticks: number;
}

const often = <const Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 3 * others.length, arbitrary: fc.constant(usual) }, ...others.map((value) => ({ weight: 1, arbitrary: fc.constant(value) })));

const conduct = often<Conduct>('at once', 'slowly', 'throws', 'never');

/** A plugin that uses some of those before it. */
const plugin = (index: number): fc.Arbitrary<Model> => {
  const earlier = fc.subarray(Array.from({ length: index }, (_, other) => other), { maxLength: Math.min(index, 3) });
  return fc.record({
    requires: earlier, optional: earlier, needsBroken: often(false, false, false, true), construct: often<'at once' | 'throws'>('at once', 'throws'),
    activate: fc.tuple(conduct, conduct), deactivate: conduct, ends: fc.array(conduct, { maxLength: 3 }), command: conduct,
  });
};

/** Few, of which each combination comes by; and now and then many, in which there are more ways than anybody could walk. */
const counts = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 7 }) }, { weight: 1, arbitrary: fc.integer({ min: 20, max: 60 }) });

const plugins = counts.chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => plugin(index))));

const steps = fc.array(fc.record<Step>({
  kind: fc.constantFrom('run', 'run', 'run and cancel', 'activate', 'retry', 'deactivate', 'deactivate all', 'unregister', 'trigger', 'check'),
  plugin: fc.nat(59),
  ticks: fc.oneof(fc.nat(12), fc.constantFrom(100, 1_000)),
}), { maxLength: 16 });

const LIMITS = { load: 2_000, activate: 8, deactivate: 4, drain: 4, health: 4 };

async function behave(how: Conduct, signal?: AbortSignal): Promise<void> {
  if (how === 'throws') throw new Error('thrown on purpose');
  signal?.throwIfAborted();
  if (how === 'slowly') await sleep(1, undefined, signal === undefined ? {} : { signal });
  if (how === 'never') await new Promise((_resolve, reject) => { signal?.addEventListener('abort', () => { reject(new Error('cancelled')); }); });
}

/** One time that a plugin came up, or tried to. */
interface Life {
  readonly name: string;
  readonly ended: number[];
  handedOver: number;
  wasUp: boolean;
  deactivations: number;
}

/** What happens in a host, as its plugins see it. */
class Witness {
  readonly violations: string[] = [];
  readonly lives: Life[] = [];
  /** The plugins that are up, and not on their way down. */
  readonly #up = new Map<string, Life>();
  readonly #models: readonly Model[];

  constructor(models: readonly Model[]) {
    this.#models = models;
  }

  began(name: string): Life {
    const life: Life = { name, ended: [], handedOver: 0, wasUp: false, deactivations: 0 };
    if (this.#up.has(name)) this.violations.push(`${name} comes up while it is up`);
    this.lives.push(life);
    this.#requireUp(life, 'comes up');
    return life;
  }

  activated(name: string): void {
    const life = this.lives.findLast((candidate) => candidate.name === name);
    if (life === undefined) return; // It has no hook.
    life.wasUp = true;
    this.#up.set(name, life);
    this.#requireUp(life, 'is up');
  }

  deactivating(life: Life): void {
    life.deactivations += 1;
    this.#goesDown(life);
  }

  ended(life: Life, resource: number): void {
    life.ended.push(resource);
    this.#goesDown(life);
  }

  #goesDown(life: Life): void {
    if (this.#up.get(life.name) === life) this.#up.delete(life.name);
    this.#requireUp(life, 'goes down');
  }

  #requireUp({ name }: Life, when: string): void {
    for (const required of this.#models[Number(name.slice(1))]?.requires ?? []) {
      if (!this.#up.has(nameOf(required))) this.violations.push(`${name} ${when} without ${nameOf(required)}`);
    }
  }
}

const nameOf = (index: number): string => `p${String(index)}`;

function pluginFor(index: number, model: Model, witness: Witness): PluginClass {
  const name = nameOf(index);
  const all = (others: readonly number[]): Record<string, string> => Object.fromEntries(others.map((other) => [nameOf(other), '*']));
  let count = 0;
  class Modelled {
    life: Life | undefined;

    constructor() {
      if (model.construct === 'throws') throw new Error('thrown on purpose');
    }

    async onActivate(context: PluginContext): Promise<void> {
      const life = witness.began(name);
      this.life = life;
      for (const how of model.ends) {
        const resource = life.handedOver++;
        context.own(() => {
          witness.ended(life, resource);
          return behave(how);
        }, `resource ${String(resource)}`);
      }
      count += 1;
      await behave(model.activate[count === 1 ? 0 : 1], context.signal);
    }

    async onDeactivate(): Promise<void> {
      if (this.life !== undefined) witness.deactivating(this.life);
      await behave(model.deactivate);
    }

    checkHealth(): { status: 'OK' } {
      return { status: 'OK' };
    }
  }
  const execute = async (_input: object, context: CommandContext): Promise<string> => {
    await behave(model.command, context.signal);
    for (const required of model.requires) await context.run(nameOf(required));
    return name;
  };
  Plugin({
    name, version: '1.0.0', description: name,
    requires: { ...all(model.requires), ...(model.needsBroken ? { broken: '*' } : {}) },
    optional: all(model.optional.filter((other) => !model.requires.includes(other))),
    activation: index % 2 === 0 ? ['onEvent:go'] : [`onCommand:${nameOf(0)}`],
    commands: [defineCommand({ path: name, description: name, execute })],
  })(Modelled);
  return Modelled;
}

async function take(structum: Structum, { kind, plugin: index }: Step, signal: AbortSignal): Promise<unknown> {
  const name = nameOf(index);
  switch (kind) {
    case 'run': return structum.run(name, {}, { signal });
    case 'run and cancel': {
      const execution = structum.start(name);
      for (let tick = 0; tick < index * 4; tick++) await Promise.resolve();
      execution.cancel();
      return execution.result;
    }
    case 'activate': return structum.activate(name);
    case 'retry': return structum.activate(name, { retry: true });
    case 'deactivate': return structum.deactivate(name);
    case 'deactivate all': return structum.deactivate(name, { dependents: 'first' });
    case 'unregister': return structum.unregister(name, { dependents: true });
    case 'trigger': return structum.trigger('go');
    case 'check': return structum.checkHealth(name);
  }
}

/** Whatever happened before, what cannot fail comes up, and goes down with what requires it. */
async function takeUpAll(structum: Structum, models: readonly Model[]): Promise<void> {
  const fine = new Set<number>();
  for (const [index, { requires, needsBroken, construct, activate }] of models.entries()) {
    if (!needsBroken && construct === 'at once' && activate.every((how) => how === 'at once') && requires.every((other) => fine.has(other))) fine.add(index);
  }
  const names = [...fine].map(nameOf).filter((name) => structum.registry.plugin(name) !== undefined);
  for (const name of names) await structum.activate(name);
  for (const name of names) await structum.deactivate(name, { dependents: 'first' });
  for (const name of names) expect(structum.registry.plugin(name)?.state, name).to.equal('stopped');
  for (const name of [...names].reverse()) await structum.activate(name);
  for (const name of names) await structum.deactivate(name, { dependents: 'first' });
}

describe('the life of plugins, whatever they require, however they fail, and whatever is asked of the host', () => {
  const folder = temporaryFolder();

  before(async () => {
    linkCore(folder);
    const home = join(folder, 'node_modules/broken');
    writeFiles(home, {
      'package.json': { name: 'broken', version: '1.0.0', type: 'module', exports: './index.js' },
      'index.js': `import { definePlugin } from '@structum/core'; export default definePlugin({ name: 'broken', description: 'x' });`,
      'throwing.js': 'throw new Error("thrown on purpose");',
    });
    const { manifest } = await generateManifest({ folder: home });
    writeFiles(home, { [MANIFEST_FILE]: formatManifest({ ...manifest, entry: './throwing.js' }) });
  });

  it('keeps the order of what they require, ends everything once and in reverse, and leaves nothing behind', async function () {
    this.timeout(180_000);
    const property = fc.asyncProperty(plugins, steps, fc.boolean(), async (models, given, isPatient) => {
      const witness = new Witness(models);
      const structum = await Structum.create({
        plugins: [...models.map((model, index) => pluginFor(index, model, witness)), 'broken'],
        from: join(folder, 'app.js'),
        limits: LIMITS,
        on: { 'plugin:activated': ({ plugin: name }) => { witness.activated(name); } },
      });
      const patience = new AbortController();
      const asked: Promise<unknown>[] = [];
      for (const step of given) {
        asked.push(take(structum, { ...step, plugin: step.plugin % models.length }, patience.signal).catch(() => undefined));
        if (step.ticks < 100) for (let tick = 0; tick < step.ticks; tick++) await Promise.resolve();
        else await sleep(step.ticks / 100);
      }
      if (isPatient) {
        patience.abort();
        await Promise.all(asked);
        await takeUpAll(structum, models);
      }
      await structum.dispose();
      await Promise.all(asked);

      expect(witness.violations).to.deep.equal([]);
      for (const life of witness.lives) {
        // Last handed over, first ended; each once.
        expect(life.ended, life.name).to.deep.equal(Array.from({ length: life.handedOver }, (_, index) => life.handedOver - 1 - index));
        expect(life.deactivations, life.name).to.equal(life.wasUp ? 1 : 0);
      }
      for (const { name, state, reason, owned, running } of structum.registry.plugins) {
        expect(['discovered', 'resolved', 'rejected', 'failed', 'stopped'], name).to.include(state);
        expect(reason?.code, name).not.to.equal('DISPOSED');
        expect([owned, running], name).to.deep.equal([[], 0]);
      }
    });
    await fc.assert(property, { numRuns: 150, timeout: 30_000 });
  });
});
