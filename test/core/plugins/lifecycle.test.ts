import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand, definePlugin, defineService, Inject, Injectable, Command, Plugin, Structum, type LogRecord, type PluginDefinition, createLogger } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

interface Store {
  readonly name: string;
}
const Store = defineService<Store>('test.store');

/** A plugin that notes what happens to it in `seen`, and has a command of its own name. */
function noted(name: string, seen: string[], more: Partial<PluginDefinition> = {}): ReturnType<typeof definePlugin> {
  return definePlugin({
    name,
    version: '1.0.0',
    description: name,
    commands: [defineCommand({ path: name, description: name, execute: () => name })],
    onActivate: () => void seen.push(`+${name}`),
    onDeactivate: () => void seen.push(`-${name}`),
    ...more,
  });
}

describe('the life of a plugin', () => {
  it('begins when it is first needed, after what it requires, and ends in reverse', async () => {
    const seen: string[] = [];
    const structum = await Structum.create({
      plugins: [
        noted('app', seen, { requires: { cache: '*', store: '^1.0.0' } }),
        noted('cache', seen, { requires: { store: '^1.0.0' } }),
        noted('store', seen),
        noted('unused', seen),
      ],
    });
    expect(seen).to.deep.equal([]);
    await structum.run('app');
    expect(seen).to.deep.equal(['+store', '+cache', '+app']);
    await structum.dispose();
    await structum.dispose();
    expect(seen).to.deep.equal(['+store', '+cache', '+app', '-app', '-cache', '-store']);
    expect(structum.registry.plugins.map(({ name, state }) => [name, state])).to.deep.equal([
      ['app', 'stopped'],
      ['cache', 'stopped'],
      ['store', 'stopped'],
      ['unused', 'resolved'],
    ]);
  });

  it('is shared by callers at the same time', async () => {
    const seen: string[] = [];
    const slow = noted('slow', seen, {
      async onActivate() {
        await sleep(10);
        seen.push('+slow');
      },
    });
    const structum = await Structum.create({ plugins: [slow] });
    await Promise.all([structum.run('slow'), structum.run('slow'), structum.run('slow')]);
    expect(seen).to.deep.equal(['+slow']);
  });

  it('takes up independent requirements side by side', async () => {
    const seen: string[] = [];
    const meeting = new Map<string, () => void>();
    // Each waits for the other to have begun: one after the other would never end.
    const waitFor = (own: string, other: string) => async (): Promise<void> => {
      meeting.get(own)?.();
      await new Promise<void>((resolve) => (meeting.has(`${other} began`) ? resolve() : meeting.set(other, resolve)));
    };
    const both = (own: string, other: string) => async (): Promise<void> => {
      meeting.set(`${own} began`, () => undefined);
      await waitFor(own, other)();
      seen.push(`+${own}`);
    };
    const structum = await Structum.create({
      plugins: [noted('left', seen, { onActivate: both('left', 'right') }), noted('right', seen, { onActivate: both('right', 'left') }), noted('app', seen, { requires: { left: '*', right: '*' } })],
      limits: { activate: 2_000 },
    });
    expect(await structum.run('app')).to.equal('app');
  });

  it('ends what the plugin owns, last started first, also when one fails to end', async () => {
    const seen: string[] = [];
    const lines: LogRecord[] = [];
    const owner = noted('owner', seen, {
      onActivate(context) {
        context.own(() => void seen.push('first'), 'first');
        context.own({ [Symbol.dispose]: () => { throw new Error('stuck'); } }, 'second');
        context.own({ [Symbol.asyncDispose]: async () => { await sleep(5); seen.push('third'); } }, 'third');
        context.signal.addEventListener('abort', () => seen.push('aborted'));
      },
    });
    const structum = await Structum.create({ plugins: [owner], logger: createLogger({ write: (line) => void lines.push(line) }) });
    await structum.run('owner');
    expect(structum.registry.plugin('owner')?.owned).to.deep.equal(['first', 'second', 'third']);
    await structum.dispose();
    expect(seen).to.deep.equal(['aborted', '-owner', 'third', 'first']);
    expect(lines.map(({ level, message }) => [level, message])).to.deep.equal([['error', 'Plugin "owner" failed while it was deactivated: stuck']]);
    expect(structum.registry.plugin('owner')?.owned).to.deep.equal([]);
  });

  it('contains a plugin that fails: the rest keeps working, and asking for its commands says why', async () => {
    const seen: string[] = [];
    const failing = noted('failing', seen, {
      onActivate(context) {
        context.own(() => void seen.push('cleaned'), 'half-started');
        throw new Error('no database');
      },
    });
    const structum = await Structum.create({ plugins: [failing, noted('fine', seen), noted('leaning', seen, { requires: { failing: '*' } })] });
    const events: string[] = [];
    structum.on('plugin:failed', ({ plugin }) => events.push(plugin));
    const error = await failure('PLUGIN_ACTIVATE_FAILED', structum.run('failing'));
    expect(error.message).to.contain('no database');
    await failure('PLUGIN_ACTIVATE_FAILED', structum.run('failing'));
    expect(await structum.run('fine')).to.equal('fine');
    await failure('PLUGIN_ACTIVATE_FAILED', structum.run('leaning'));
    expect(structum.registry.plugin('failing')).to.deep.include({ state: 'failed', owned: [] });
    expect(structum.registry.plugin('failing')?.reason).to.deep.include({ code: 'PLUGIN_ACTIVATE_FAILED', causes: [{ code: 'UNKNOWN', message: 'no database' }] });
    expect(seen).to.deep.equal(['cleaned', '+fine']);
    expect(events).to.deep.equal(['failing', 'leaning']);
  });

  it('contains a plugin whose command cannot be imported', async () => {
    const broken = definePlugin({
      name: 'broken',
      description: 'Broken',
      commands: [defineCommand({ path: 'works', description: 'Works', execute: () => 1 })],
      onActivate: () => undefined,
    });
    const structum = await Structum.create({ plugins: [broken] });
    expect(await structum.run('works')).to.equal(1);
  });

  it('limits the time of activation, and blames the plugin', async () => {
    const stuck = noted('stuck', [], { onActivate: () => new Promise(() => undefined) });
    const structum = await Structum.create({ plugins: [stuck], limits: { activate: 20 } });
    const error = await failure('PLUGIN_PHASE_TIMEOUT', structum.run('stuck'));
    expect(error.details).to.deep.equal({ plugin: 'stuck', phase: 'activate', limit: 20 });
    expect(error.exitCode).to.equal(124);
  });

  it('does not wait for ever for a plugin that will not go', async () => {
    const clinging = noted('clinging', [], { onDeactivate: () => new Promise(() => undefined) });
    const structum = await Structum.create({ plugins: [clinging], limits: { deactivate: 20 } });
    await structum.run('clinging');
    await structum.dispose();
    expect(structum.registry.plugin('clinging')?.state).to.equal('stopped');
  });

  it('ends independent plugins side by side, each after all that use it, also those that merely may', async () => {
    const seen: string[] = [];
    let waiting = 0;
    let release = (): void => undefined;
    const all = new Promise<void>((resolve) => { release = resolve; });
    // None goes down before all of them are on the way.
    const meet = (): Promise<void> => {
      waiting += 1;
      if (waiting === 3) release();
      return all;
    };
    const base = noted('base', seen);
    const tops = ['one', 'two', 'three'].map((name, index) => noted(name, seen, {
      ...(index === 0 ? { optional: { base: '*' } } : { requires: { base: '*' } }),
      onDeactivate: async () => { await meet(); seen.push(`-${name}`); },
    }));
    const structum = await Structum.create({ plugins: [base, ...tops], limits: { deactivate: 5_000 } });
    for (const name of ['base', 'one', 'two', 'three']) await structum.activate(name);
    await structum.dispose();
    expect([waiting, seen.slice(4, 7).sort(), seen.slice(7)]).to.deep.equal([3, ['-one', '-three', '-two'], ['-base']]);
  });

  it('drains running commands, then cancels them', async () => {
    let signal: AbortSignal | undefined;
    const waiting = (path: string, milliseconds: number): ReturnType<typeof defineCommand> =>
      defineCommand({ path, description: path, execute: async (_input, context) => { signal = context.signal; await sleep(milliseconds, undefined, { signal: context.signal }); return path; } });
    const plugin = (): ReturnType<typeof definePlugin> => definePlugin({ name: 'busy', description: 'Busy', commands: [waiting('short', 30), waiting('long', 60_000)] });
    const patient = await Structum.create({ plugins: [plugin()] });
    const short = patient.run('short');
    await sleep(10);
    await patient.dispose();
    expect(await short).to.equal('short');

    const impatient = await Structum.create({ plugins: [plugin()], limits: { drain: 20 } });
    const long = impatient.run('long').catch((error: unknown) => error);
    await sleep(10);
    await impatient.dispose();
    expect(signal?.aborted).to.equal(true);
    expect(((await long) as { code: string }).code).to.equal('COMMAND_CANCELLED');
  });
});

describe('services', () => {
  it('reach plugins that require their provider, by injection and by context', async () => {
    const seen: string[] = [];
    @Injectable()
    class MemoryStore implements Store, AsyncDisposable {
      readonly name = 'memory';
      async [Symbol.asyncDispose](): Promise<void> {
        await sleep(1);
        seen.push('store disposed');
      }
    }
    @Plugin({ name: 'store', version: '1.0.0', description: 'Store', provides: [Store], providers: [{ provide: Store, useClass: MemoryStore }] })
    class StorePlugin {}
    @Command({ path: 'use', description: 'Use' })
    class UseCommand {
      constructor(@Inject(Store) private readonly store: Store) {}
      execute(): string {
        return this.store.name;
      }
    }
    const user = definePlugin({
      name: 'user', description: 'User', requires: { store: '^1.0.0' }, commands: [UseCommand],
      onActivate: (context) => void seen.push(`sees ${context.service(Store).name}`),
      onDeactivate: () => void seen.push('user down'),
    });
    const structum = await Structum.create({ plugins: [user, StorePlugin] });
    expect(await structum.run('use')).to.equal('memory');
    expect(structum.registry.provider('test.store')?.name).to.equal('store');
    expect(await structum.services.get(Store)).to.equal(await structum.services.get(Store));
    await structum.dispose();
    expect(seen).to.deep.equal(['sees memory', 'user down', 'store disposed']);
  });

  it('are refused to plugins that do not require their provider, with what to add', async () => {
    const store = definePlugin({ name: 'store', version: '1.2.0', description: 'Store', provides: [Store], providers: [{ provide: Store, useValue: { name: 'x' } }] });
    @Command({ path: 'use', description: 'Use' })
    class UseCommand {
      constructor(@Inject(Store) readonly store: Store) {}
      execute(): string {
        return this.store.name;
      }
    }
    const error = await failure('SERVICE_NOT_REQUIRED', Structum.create({ plugins: [store, definePlugin({ name: 'user', description: 'User', commands: [UseCommand] })] }));
    expect(error.hint).to.contain(`requires: { 'store': '^1.2.0' }`);
    await failure('SERVICE_UNKNOWN', Structum.create({ plugins: [definePlugin({ name: 'user', description: 'User', commands: [UseCommand] })] }));
    await failure('SERVICE_UNPROVIDED', Structum.create({ plugins: [definePlugin({ name: 'liar', description: 'Liar', provides: [Store] })] }));
    const structum = await Structum.create();
    await failure('SERVICE_UNKNOWN', structum.services.get(Store));
  });

  it('of the core are granted by permission', async () => {
    const { RegistryService } = await import('@structum/core');
    @Command({ path: 'names', description: 'Names' })
    class NamesCommand {
      constructor(@Inject(RegistryService) private readonly registry: { plugins: readonly { name: string }[] }) {}
      execute(): string[] {
        return this.registry.plugins.map(({ name }) => name);
      }
    }
    const plugin = (services: string[]): ReturnType<typeof definePlugin> => definePlugin({ name: 'names', description: 'Names', permissions: { services }, commands: [NamesCommand] });
    expect(await (await Structum.create({ plugins: [plugin(['structum.registry'])] })).run('names')).to.deep.equal(['names']);
    expect((await failure('SERVICE_NOT_GRANTED', Structum.create({ plugins: [plugin([])] }))).exitCode).to.equal(3);
  });

  it('may be optional', async () => {
    @Command({ path: 'maybe', description: 'Maybe' })
    class MaybeCommand {
      constructor(@Inject(Store, { optional: true }) private readonly store?: Store) {}
      execute(): string {
        return this.store?.name ?? 'none';
      }
    }
    const user = definePlugin({ name: 'user', description: 'User', optional: { store: '^1.0.0' }, commands: [MaybeCommand] });
    const store = (version: string): ReturnType<typeof definePlugin> => definePlugin({ name: 'store', version, description: 'Store', provides: [Store], providers: [{ provide: Store, useValue: { name: version } }] });
    expect(await (await Structum.create({ plugins: [user] })).run('maybe')).to.equal('none');
    expect(await (await Structum.create({ plugins: [user, store('1.1.0')] })).run('maybe')).to.equal('1.1.0');
    expect(await (await Structum.create({ plugins: [user, store('2.0.0')] })).run('maybe')).to.equal('none');
  });
});

describe('providers', () => {
  it('live as long as the plugin, an execution, or an injection', async () => {
    let made = 0;
    const counted = (scope: 'plugin' | 'execution' | 'transient') => ({ provide: scope, useFactory: () => ({ id: ++made }), scope });
    const disposed: string[] = [];
    class PerExecution implements Disposable {
      [Symbol.dispose](): void {
        disposed.push('execution');
      }
    }
    @Command({ path: 'ids', description: 'Ids' })
    class IdsCommand {
      constructor(
        @Inject('plugin') private readonly a: { id: number },
        @Inject('plugin') private readonly b: { id: number },
        @Inject('execution') private readonly c: { id: number },
        @Inject('execution') private readonly d: { id: number },
        @Inject('transient') private readonly e: { id: number },
        @Inject('transient') private readonly f: { id: number },
        @Inject(PerExecution) readonly held: PerExecution,
      ) {}
      execute(): number[] {
        return [this.a.id, this.b.id, this.c.id, this.d.id, this.e.id, this.f.id];
      }
    }
    const providers = [counted('plugin'), counted('execution'), counted('transient'), { provide: PerExecution, useClass: PerExecution, scope: 'execution' as const }];
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'ids', description: 'Ids', providers, commands: [IdsCommand] })] });
    expect(await structum.run('ids')).to.deep.equal([1, 1, 2, 2, 3, 4]);
    expect(await structum.run('ids')).to.deep.equal([1, 1, 5, 5, 6, 7]);
    expect(disposed).to.deep.equal(['execution', 'execution']);
  });

  it('are refused when they need each other in a circle, shown as a chain', async () => {
    const providers = [
      { provide: 'a', useFactory: (b: unknown) => b, inject: ['b'] },
      { provide: 'b', useFactory: (c: unknown) => c, inject: ['c'] },
      { provide: 'c', useFactory: (a: unknown) => a, inject: ['a'] },
    ];
    const error = await failure('INJECTION_CYCLE', Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', providers })] }));
    expect(error.details).to.deep.equal({ chain: ['a', 'b', 'c', 'a'] });
  });

  it('are refused when they are not there, or would outlive what they hold', async () => {
    const missing = [{ provide: 'a', useFactory: (b: unknown) => b, inject: ['b'] }];
    expect((await failure('PROVIDER_UNKNOWN', Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', providers: missing })] }))).message).to.contain('a of plugin "x"');
    const captive = [{ provide: 'a', useFactory: (b: unknown) => b, inject: ['b'] }, { provide: 'b', useFactory: () => 1, scope: 'execution' as const }];
    await failure('INJECTION_SCOPE', Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', providers: captive })] }));
  });

  it('are made once, and end last made first', async () => {
    const seen: string[] = [];
    const ending = (name: string): object => ({ [Symbol.dispose]: () => void seen.push(name) });
    const providers = [
      { provide: 'base', useFactory: () => ending('base') },
      { provide: 'top', useFactory: (base: object) => { base; return ending('top'); }, inject: ['base'] },
    ];
    @Plugin({ name: 'x', description: 'x', providers, commands: [defineCommand({ path: 'x', description: 'x', execute: () => 1 })] })
    class XPlugin {
      constructor(@Inject('top') readonly top: object, @Inject('base') readonly base: object) {}
    }
    const structum = await Structum.create({ plugins: [XPlugin] });
    await structum.run('x');
    await structum.dispose();
    expect(seen).to.deep.equal(['top', 'base']);
  });
});
