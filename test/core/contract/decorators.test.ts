import { Argument, Command, defineCommand, definePlugin, Inject, Injectable, Option, Plugin, RegistryService, Structum, type CommandContext, type PluginDefinition } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

class Clock {
  now(): string {
    return 'noon';
  }
}

describe('decorators', () => {
  it('describe a plugin, its command and its input', async () => {
    class GreetInput {
      @Argument({ description: 'Who to greet' })
      name!: string;

      @Option('-n,--times', { type: 'integer', minimum: 1, description: 'How many times' })
      times = 1;
    }

    @Command({ path: 'greet', description: 'Greet somebody', input: GreetInput })
    class GreetCommand {
      execute(input: GreetInput, context: CommandContext): { greeting: string; by: string } {
        expect(input).to.be.instanceOf(GreetInput);
        return { greeting: `hello ${input.name} `.repeat(input.times).trim(), by: context.plugin.name };
      }
    }

    @Plugin({ name: 'greet', version: '1.2.3', description: 'Greetings', commands: [GreetCommand] })
    class GreetPlugin {}

    const structum = await Structum.create({ plugins: [GreetPlugin] });
    expect(await structum.run(GreetCommand, { name: 'Ada', times: 2 })).to.deep.equal({ greeting: 'hello Ada hello Ada', by: 'greet' });
    expect(await structum.run('greet', { name: 'Ada' })).to.deep.equal({ greeting: 'hello Ada', by: 'greet' });
    expect(structum.registry.command('greet')?.manifest.input).to.deep.equal({
      type: 'object',
      properties: {
        name: { type: 'string', description: 'Who to greet', 'x-structum': { kind: 'argument', position: 0 } },
        times: { type: 'integer', description: 'How many times', minimum: 1, default: 1, 'x-structum': { kind: 'option', flags: ['-n', '--times'] } },
      },
      required: ['name'],
      additionalProperties: false,
    });
  });

  it('inherit the fields of a parent input class, and may redefine them', async () => {
    class Paging {
      @Option('--limit', { description: 'How many at most' })
      limit = 10;
      @Option('--offset', { description: 'Where to begin' })
      offset = 0;
    }
    class ListInput extends Paging {
      @Option('--limit', { description: 'How many at most', maximum: 5 })
      override limit = 5;
    }
    @Command({ path: 'list', description: 'List', input: ListInput })
    class ListCommand {
      execute(input: ListInput): number[] {
        return [input.limit, input.offset];
      }
    }
    @Plugin({ name: 'list', description: 'Lists', commands: [ListCommand] })
    class ListPlugin {}

    const structum = await Structum.create({ plugins: [ListPlugin] });
    expect(await structum.run('list')).to.deep.equal([5, 0]);
    await failure('INPUT_INVALID', structum.run('list', { limit: 6 }));
  });

  it('keep the place of an argument that a subclass describes anew', async () => {
    class CopyInput {
      @Argument({ description: 'From where' })
      from!: string;
      @Argument({ description: 'To where' })
      to!: string;
    }
    class SafeInput extends CopyInput {
      @Argument({ description: 'From where, for sure' })
      override from!: string;
    }
    @Command({ path: 'copy', description: 'Copy', input: SafeInput })
    class CopyCommand {
      execute(input: SafeInput): string[] {
        return [input.from, input.to];
      }
    }
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'copy', description: 'Copies', commands: [CopyCommand] })] });
    const { properties = {} } = structum.registry.command('copy')?.manifest.input ?? {};
    expect(Object.entries(properties).map(([name, { description }]) => [name, description])).to.deep.equal([['from', 'From where, for sure'], ['to', 'To where']]);
  });

  it('inject by type and by token, into plugins, commands and providers', async () => {
    @Injectable()
    class Greeter {
      constructor(private readonly clock: Clock) {}
      greet(): string {
        return `good ${this.clock.now()}`;
      }
    }
    @Command({ path: 'greet', description: 'Greet' })
    class GreetCommand {
      constructor(
        private readonly greeter: Greeter,
        @Inject('punctuation') private readonly end: string,
        @Inject('missing', { optional: true }) private readonly missing?: string,
      ) {}
      execute(): string {
        return this.greeter.greet() + this.end + String(this.missing);
      }
    }
    @Plugin({ name: 'greet', description: 'Greetings', commands: [GreetCommand], providers: [Clock, Greeter, { provide: 'punctuation', useValue: '!' }] })
    class GreetPlugin {
      constructor(readonly clock: Clock) {}
    }
    const structum = await Structum.create({ plugins: [GreetPlugin] });
    expect(await structum.run('greet')).to.equal('good noon!undefined');
  });

  it('refuse a constructor parameter whose type is erased, naming what the compiler emitted', async () => {
    interface Port {
      readonly number: number;
    }
    @Plugin({ name: 'erased', description: 'Erased' })
    class ErasedPlugin {
      constructor(readonly port: Port) {}
    }
    const error = await failure('INJECTION_TYPE_ERASED', Structum.create({ plugins: [ErasedPlugin] }));
    expect(error.details).to.deep.equal({ target: 'ErasedPlugin', index: 0, emitted: 'Object' });
    expect(error.hint).to.contain('@Inject(');
  });

  it('accept a parameter of an erased type that says what to inject', async () => {
    interface Port {
      readonly number: number;
    }
    let seen: Port | undefined;
    @Plugin({ name: 'port', description: 'Port', providers: [{ provide: 'port', useValue: { number: 80 } }], commands: [] })
    class PortPlugin {
      constructor(@Inject('port') port: Port) {
        seen = port;
      }
    }
    @Command({ path: 'wake', description: 'Wake' })
    class WakeCommand {
      execute(): number {
        return seen?.number ?? 0;
      }
    }
    @Plugin({ name: 'wake', description: 'Wake', requires: { port: '*' }, commands: [WakeCommand] })
    class WakePlugin {}
    const structum = await Structum.create({ plugins: [PortPlugin, WakePlugin] });
    expect(await structum.run('wake')).to.equal(80);
  });

  it('refuse a parameter where the compiler emits no metadata', async () => {
    // What esbuild and type-stripping runtimes leave of `constructor(readonly clock: Clock)`.
    class BarePlugin {
      constructor(readonly clock: Clock) {}
    }
    Plugin({ name: 'bare', description: 'Bare', providers: [Clock] })(BarePlugin);
    const error = await failure('INJECTION_TYPE_UNKNOWN', Structum.create({ plugins: [BarePlugin] }));
    expect(error.hint).to.contain('emitDecoratorMetadata');
  });

  it('refuse to be applied as standard decorators', async () => {
    const context = { kind: 'class', name: 'Modern', metadata: {} };
    const apply = (decorator: unknown) => () => (decorator as (target: unknown, context: unknown) => void)(class Modern {}, context);
    for (const decorator of [
      Plugin({ name: 'x', description: 'x' }),
      Command({ path: 'x', description: 'x' }),
      Injectable(),
      Argument({ description: 'x' }),
      Option('--x', { description: 'x' }),
      Inject('x'),
    ]) {
      const error = await failure('DECORATORS_STANDARD', apply(decorator));
      expect(error.hint).to.contain('experimentalDecorators');
    }
  });

  it('refuse a place where they mean nothing', async () => {
    await failure('DECORATOR_MISPLACED', () => {
      class Holder {
        @Option('--x', { description: 'x' })
        static x = 1;
        y = 2;
      }
      return Holder;
    });
    for (const decorate of [Argument({ description: 'x' }), Option('--x', { description: 'x' })]) {
      const error = await failure('DECORATOR_MISPLACED', () => {
        class Holder {
          @decorate
          method(): void {
            // Not a value.
          }
        }
        return Holder;
      });
      expect(error.hint).to.contain('property of the input class');
    }
    await failure('DECORATOR_MISPLACED', () => {
      class Holder {
        method(@Inject('x') x: string): string {
          return x;
        }
      }
      return Holder;
    });
  });
});

describe('a class that is described twice', () => {
  it('is refused', async () => {
    await failure('DECORATOR_MISPLACED', () => {
      @Plugin({ name: 'one', description: 'x' })
      @Plugin({ name: 'two', description: 'x' })
      class TwicePlugin {}
      return TwicePlugin;
    });
    await failure('DECORATOR_MISPLACED', () => {
      @Command({ path: 'one', description: 'x' })
      @Command({ path: 'two', description: 'x' })
      class TwiceCommand {
        execute(): void {
          // Only described.
        }
      }
      return TwiceCommand;
    });
  });
});

describe('what a host is given', () => {
  it('must be a plugin', async () => {
    class Plain {}
    await failure('PLUGIN_NOT_DESCRIBED', Structum.create({ plugins: [Plain] }));
    await failure('PLUGIN_NOT_DESCRIBED', Structum.create({ plugins: [{ default: Plain }] }));
  });

  it('may be an imported module, also one that wraps its default export twice', async () => {
    const type = definePlugin({ name: 'wrapped', description: 'Wrapped' });
    for (const given of [{ default: type }, { default: { default: type } as never }]) {
      const structum = await Structum.create({ plugins: [given] });
      expect(structum.registry.plugin('wrapped')?.state).to.equal('resolved');
    }
  });

  it('must have a valid name, description, version and service ids', async () => {
    const wrong = [
      { name: 'Upper', description: 'x' },
      { name: 'a/b/c', description: 'x' },
      { name: '', description: 'x' },
      ...[undefined, null, 123].map((name) => ({ name: name as never, description: 'x' })),
      { name: 'x', description: 'x', permissions: { services: 'all' as never } },
      { name: 'x', description: 'x', requires: { tree: 2 as never } },
      { name: 'x', description: 'x', provides: [RegistryService] },
      { name: 'x', description: 'x', commands: {} as never },
      { name: 'x', description: 'x', providers: [{ provide: 'x' } as never] },
      { name: 'x', description: 'x', providers: [{ provide: 'x', useClass: undefined } as never] },
      { name: 'x', description: 'x', providers: [{ useValue: 1 } as never] },
      { name: 'x', description: ' ' },
      { name: 'x', description: 'x', requries: {} },
      { name: 'x', description: 'x', onActivated: () => undefined },
      { name: 'x', description: 'x', version: '1.2' },
      { name: 'x', description: 'x', provides: [{ id: 'has space', remote: false }] },
    ];
    for (const options of wrong) {
      const error = await failure('PLUGIN_INVALID', Structum.create({ plugins: [definePlugin(options)] }));
      expect(error.details?.['problems']).to.have.length(1);
    }
  });

  it('may hold what a newer core knows', async () => {
    const later = { name: 'x', description: 'x', somethingElse: 1 };
    expect((await Structum.create({ plugins: [definePlugin(later)] })).registry.plugin('x')?.state).to.equal('resolved');
  });

  it('must list what is there: a circle of imports leaves undefined', async () => {
    const lists: Partial<PluginDefinition>[] = [{ commands: [undefined as never] }, { provides: [undefined as never] }, { providers: [undefined as never] }];
    for (const list of lists) {
      const error = await failure('REFERENCE_INVALID', Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', ...list })] }));
      expect(error.hint).to.contain('import each other');
    }
    const error = await failure('REFERENCE_INVALID', () => {
      class Holder {
        constructor(@Inject(undefined as never) readonly later: unknown) {}
      }
      return Holder;
    });
    expect(error.message).to.contain('parameter 1 of the constructor of Holder');
  });

  it('must give commands paths', async () => {
    const command = defineCommand({ description: 'x', execute: () => 1 } as unknown as Parameters<typeof defineCommand>[0]);
    expect((await failure('COMMAND_INVALID', Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', commands: [command] })] }))).message).to.contain('no path');
  });

  it('must list commands that are commands', async () => {
    class NoCommand {
      execute(): void {
        // Never run: the class carries no description.
      }
    }
    await failure('COMMAND_NOT_DESCRIBED', Structum.create({ plugins: [definePlugin({ name: 'x', description: 'x', commands: [NoCommand] })] }));
    const empty = definePlugin({ name: 'x', description: 'x', commands: [() => Promise.resolve({ NoCommand })] });
    await failure('COMMAND_NOT_DESCRIBED', Structum.create({ plugins: [empty] }));
    const nothing = definePlugin({ name: 'x', description: 'x', commands: [() => Promise.resolve(undefined)] });
    await failure('COMMAND_NOT_DESCRIBED', Structum.create({ plugins: [nothing] }));
  });
});
