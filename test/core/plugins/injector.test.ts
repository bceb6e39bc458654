import {
  Command, createLogger, defineCommand, definePlugin, defineService, Inject, Injectable, LoggerService, Plugin, RegistryService, SettingsService, Structum,
  type LogRecord, type PluginClass, type PluginDefinition, type Provider,
} from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

interface Store {
  readonly name: string;
}
const Store = defineService<Store>('test.store');

/** A plugin that provides {@link Store}. */
function storePlugin(more: Partial<PluginDefinition> = {}): PluginClass {
  return definePlugin({ name: 'store', version: '1.2.0', description: 'Store', provides: [Store], providers: [{ provide: Store, useFactory: () => ({ name: 'memory' }) }], ...more });
}

@Command({ path: 'maybe', description: 'Maybe' })
class MaybeCommand {
  constructor(@Inject(Store, { optional: true }) private readonly store?: Store) {}
  execute(): string {
    return this.store?.name ?? 'none';
  }
}

@Command({ path: 'use', description: 'Use' })
class UseCommand {
  constructor(@Inject(Store) private readonly store: Store) {}
  execute(): string {
    return this.store.name;
  }
}

function userPlugin(more: Partial<PluginDefinition> = {}): PluginClass {
  return definePlugin({ name: 'user', version: '1.0.0', description: 'User', commands: [MaybeCommand], ...more });
}

describe('injection into a command', () => {
  it('reaches what lives for the execution through transients', async () => {
    @Injectable({ scope: 'execution' })
    class Session {}
    @Injectable({ scope: 'transient' })
    class Cursor {
      constructor(@Inject(Session) readonly session: Session) {}
    }
    @Command({ path: 'same', description: 'Same' })
    class SameCommand {
      constructor(@Inject(Session) private readonly session: Session, @Inject(Cursor) private readonly cursor: Cursor) {}
      execute(): boolean {
        return this.cursor.session === this.session;
      }
    }
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', providers: [Session, Cursor], commands: [SameCommand] })] });
    expect(await structum.run('same')).to.equal(true);
  });

  it('ends what was already made when the command cannot be', async () => {
    const { structum, seen } = await failing();
    await failure('COMMAND_FAILED', structum.run('failing'));
    expect(seen).to.deep.equal(['session']);
    await structum.dispose();
    expect(seen).to.deep.equal(['session']);
  });

  it('says why the command cannot be made, also when what was made cannot be ended', async () => {
    const lines: LogRecord[] = [];
    const { structum } = await failing(lines, () => { throw new Error('clinging'); });
    const error = await failure('COMMAND_FAILED', structum.run('failing'));
    expect(error.message).to.contain('no luck');
    expect(lines.map(({ level, message }) => [level, message])).to.deep.include(['error', 'What FailingCommand of plugin "x" injects could not be ended: clinging']);
  });

  it('ends one after the other what hangs, within the limit for each', async () => {
    const seen: string[] = [];
    const hanging = (name: string): Provider => ({
      provide: name,
      useFactory: () => ({ [Symbol.asyncDispose]: () => { seen.push(name); return new Promise<void>(() => undefined); } }),
    });
    @Command({ path: 'hang', description: 'Hang' })
    class HangCommand {
      constructor(@Inject('a') readonly a: unknown, @Inject('b') readonly b: unknown) {}
      execute(): number {
        return 1;
      }
    }
    const lines: LogRecord[] = [];
    const structum = await Structum.create({
      plugins: [definePlugin({ name: 'x', description: 'x', providers: [hanging('a'), hanging('b')], commands: [HangCommand] })],
      limits: { deactivate: 10 },
      logger: createLogger({ write: (line) => void lines.push(line) }),
    });
    await structum.run('hang');
    await structum.dispose();
    expect(seen).to.deep.equal(['b', 'a']);
    expect(lines.filter(({ level }) => level === 'error')).to.have.length(2);
  });
});

/** A host with a command that cannot be made once its session was. */
async function failing(lines: LogRecord[] = [], onEnd = (): void => undefined): Promise<{ structum: Structum; seen: string[] }> {
  const seen: string[] = [];
  const session = { provide: 'session', scope: 'execution', useFactory: () => ({ [Symbol.dispose]: () => { seen.push('session'); onEnd(); } }) } as const;
  @Command({ path: 'failing', description: 'Failing' })
  class FailingCommand {
    constructor(@Inject('session') readonly held: unknown) {
      throw new Error('no luck');
    }
    execute(): void {
      return undefined;
    }
  }
  const plugin = definePlugin({ name: 'x', description: 'x', providers: [session], commands: [FailingCommand] });
  return { structum: await Structum.create({ plugins: [plugin], logger: createLogger({ write: (line) => void lines.push(line) }) }), seen };
}

describe('injection into a plugin', () => {
  it('ends what was already made when the plugin cannot be', async () => {
    const seen: string[] = [];
    const session = { provide: 'session', useFactory: () => ({ [Symbol.dispose]: () => void seen.push('session') }) };
    @Plugin({ name: 'x', description: 'x', providers: [session], commands: [defineCommand({ path: 'x', description: 'x', execute: () => 1 })] })
    class XPlugin {
      constructor(@Inject('session') readonly held: unknown) {
        throw new Error('no luck');
      }
    }
    const structum = await Structum.create({ plugins: [XPlugin] });
    await failure('PLUGIN_ACTIVATE_FAILED', structum.run('x'));
    expect(seen).to.deep.equal(['session']);
  });

  it('is refused what lives for one execution only', async () => {
    @Plugin({ name: 'x', description: 'x', providers: [{ provide: 'session', useFactory: () => 1, scope: 'execution' }] })
    class XPlugin {
      constructor(@Inject('session') readonly held: unknown) {}
    }
    await failure('INJECTION_SCOPE', Structum.create({ plugins: [XPlugin] }));
  });

  it('leaves a value to whoever made it: two hosts share it', async () => {
    const seen: string[] = [];
    const value = { name: 'shared', [Symbol.dispose]: () => void seen.push('disposed') };
    @Command({ path: 'value', description: 'Value' })
    class ValueCommand {
      constructor(@Inject('value') private readonly value: Store) {}
      execute(): string {
        return this.value.name;
      }
    }
    const plugin = definePlugin({ name: 'x', description: 'x', providers: [{ provide: 'value', useValue: value }], commands: [ValueCommand] });
    const [first, second] = await Promise.all([Structum.create({ plugins: [plugin] }), Structum.create({ plugins: [plugin] })]);
    await first.run('value');
    await first.dispose();
    expect(await second.run('value')).to.equal('shared');
    await second.dispose();
    expect(seen).to.deep.equal([]);
  });
});

describe('an optional service', () => {
  it('is refused without naming its plugin, with what to add, when that plugin is there', async () => {
    const error = await failure('SERVICE_NOT_REQUIRED', Structum.create({ plugins: [userPlugin(), storePlugin()] }));
    expect(error.hint).to.contain(`optional: { 'store': '^1.2.0' } to the description of "user"`);
    const structum = await Structum.create({ plugins: [userPlugin()] });
    expect(await structum.run('maybe')).to.equal('none');
  });

  it('of the core is granted like any other', async () => {
    @Command({ path: 'grant', description: 'Grant' })
    class GrantCommand {
      constructor(@Inject(RegistryService, { optional: true }) readonly registry: unknown) {}
      execute(): boolean {
        return this.registry !== undefined;
      }
    }
    await failure('SERVICE_NOT_GRANTED', Structum.create({ plugins: [userPlugin({ commands: [GrantCommand] })] }));
    const structum = await Structum.create({ plugins: [userPlugin({ commands: [GrantCommand], permissions: { services: ['structum.registry'] } })] });
    expect(await structum.run('grant')).to.equal(true);
  });

  it('goes away with its plugin: undefined where it is optional, an error that names both plugins where not', async () => {
    const structum = await Structum.create({ plugins: [userPlugin({ optional: { store: '^1.0.0' }, commands: [MaybeCommand, UseCommand] }), storePlugin()] });
    expect(await structum.run('maybe')).to.equal('memory');
    expect(await structum.run('use')).to.equal('memory');
    await structum.unregister('store');
    expect(await structum.run('maybe')).to.equal('none');
    const error = await failure('SERVICE_WITHDRAWN', structum.run('use'));
    expect(error.details).to.deep.equal({ service: 'test.store', provider: 'store', plugin: 'user' });
  });

  it('goes away from the context of a plugin too', async () => {
    let lookup: (() => Store) | undefined;
    const user = userPlugin({
      optional: { store: '^1.0.0' },
      onActivate: (context) => {
        lookup = () => context.service(Store);
      },
    });
    const structum = await Structum.create({ plugins: [user, storePlugin()] });
    await structum.run('maybe');
    expect(lookup?.().name).to.equal('memory');
    await structum.unregister('store');
    await failure('SERVICE_WITHDRAWN', () => lookup?.());
    await structum.dispose();
    await failure('DISPOSED', () => lookup?.());
  });

  it('of a plugin that comes later waits until the plugin that uses it is taken up anew', async () => {
    const user = userPlugin({ optional: { store: '^1.0.0' } });
    const structum = await Structum.create({ plugins: [user] });
    expect(await structum.run('maybe')).to.equal('none');
    await structum.register(storePlugin());
    await structum.services.get(Store);
    expect(await structum.run('maybe')).to.equal('none');
    await structum.unregister('user');
    await structum.register(user);
    expect(await structum.run('maybe')).to.equal('memory');
  });

  it('that must be there is refused in a version that does not fit', async () => {
    const structum = await Structum.create({ plugins: [userPlugin({ optional: { store: '^2.0.0' }, commands: [UseCommand] }), storePlugin()] });
    await failure('SERVICE_WITHDRAWN', structum.run('use'));
  });
});

describe('a service', () => {
  const made = (scope: 'execution' | 'transient'): Provider => {
    @Injectable({ scope })
    class MadeStore {
      readonly name = scope;
    }
    return { provide: Store, useClass: MadeStore };
  };

  it('may be made for each injection, not for one execution', async () => {
    const user = userPlugin({ requires: { store: '*' }, commands: [UseCommand] });
    expect(await (await Structum.create({ plugins: [user, storePlugin({ providers: [made('transient')] })] })).run('use')).to.equal('transient');
    const error = await failure('SERVICE_SCOPE', Structum.create({ plugins: [user, storePlugin({ providers: [made('execution')] })] }));
    expect(error.details).to.deep.equal({ service: 'test.store', plugin: 'store' });
  });

  it('of another plugin is never ended with the plugin that hands it on', async () => {
    const seen: string[] = [];
    const store = storePlugin({ providers: [{ provide: Store, useFactory: () => ({ name: 'kept', [Symbol.dispose]: () => void seen.push('store') }) }] });
    @Command({ path: 'alias', description: 'Alias' })
    class AliasCommand {
      constructor(@Inject('alias') private readonly store: Store) {}
      execute(): string {
        return this.store.name;
      }
    }
    const user = userPlugin({ requires: { store: '*' }, providers: [{ provide: 'alias', useFactory: (found: Store) => found, inject: [Store] }], commands: [AliasCommand] });
    const structum = await Structum.create({ plugins: [user, store] });
    expect(await structum.run('alias')).to.equal('kept');
    await structum.unregister('user');
    expect(seen).to.deep.equal([]);
    await structum.dispose();
    expect(seen).to.deep.equal(['store']);
  });

  it('of the core reaches a plugin that makes and uses nothing else', async () => {
    const found: unknown[] = [];
    const user = userPlugin({
      permissions: { services: [RegistryService.id] },
      onActivate(context) {
        found.push(context.service(RegistryService).plugin('user')?.name, context.service(LoggerService).isEnabled('error'), context.service(SettingsService));
      },
    });
    const structum = await Structum.create({ plugins: [user], config: { plugins: { user: { colour: 'red' } } }, logger: createLogger({ write: () => undefined }) });
    await structum.run('maybe');
    expect(found).to.deep.equal(['user', true, { colour: 'red' }]);
  });
});
