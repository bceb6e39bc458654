import { defineCommand, definePlugin, Option, Argument, Command, Plugin, Structum, type OptionOptions } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

function hostWith(command: Parameters<typeof definePlugin>[0]['commands']): Promise<Structum> {
  return Structum.create({ plugins: [definePlugin({ name: 'subject', description: 'Subject', commands: command ?? [] })] });
}

async function problemsWith(options: Readonly<Record<string, OptionOptions & { flags?: string }>>): Promise<unknown> {
  const command = defineCommand({ path: 'subject', description: 'Subject', options, execute: () => 1 });
  return (await failure('COMMAND_INVALID', hostWith([command]))).details?.['problems'];
}

describe('the description of a command', () => {
  it('takes the type of an option from its default, its choices, or what it says', async () => {
    const command = defineCommand({
      path: 'types',
      description: 'Types',
      options: {
        text: { description: 'x' },
        whole: { description: 'x', default: 3 },
        broken: { description: 'x', default: 0.5 },
        flag: { description: 'x', default: true },
        list: { description: 'x', default: ['a'] },
        numbers: { description: 'x', type: 'array', items: { type: 'integer' } },
        level: { description: 'x', enum: [1, 2] },
        verbose: { flags: '-v,--verbose', description: 'x', count: true },
        choice: { description: 'x', enum: ['a', 'b'], deprecated: 'use --level' },
      },
      execute: (input) => input,
    });
    const structum = await hostWith([command]);
    const { properties = {}, required } = structum.registry.command('types')?.manifest.input ?? {};
    expect(Object.entries(properties).map(([name, { type, default: fallback }]) => [name, type, fallback])).to.deep.equal([
      ['text', 'string', undefined],
      ['whole', 'integer', 3],
      ['broken', 'number', 0.5],
      ['flag', 'boolean', true],
      ['list', 'array', ['a']],
      ['numbers', 'array', undefined],
      ['level', 'number', undefined],
      ['verbose', 'integer', 0],
      ['choice', 'string', undefined],
    ]);
    expect(required).to.deep.equal([]);
    expect(properties['choice']?.deprecated).to.equal(true);
    expect(await structum.run('types', { verbose: 2 })).to.deep.equal({ whole: 3, broken: 0.5, flag: true, list: ['a'], verbose: 2 });
  });

  it('refuses flags that are none, are used twice, or clash with a negation', async () => {
    expect(await problemsWith({ a: { flags: 'a', description: 'x' } })).to.deep.equal(['"a" of the field "a" is no flag like -n or --name', 'the field "a" has no long flag like --name']);
    expect(await problemsWith({ a: { flags: '-a', description: 'x' } })).to.deep.equal(['the field "a" has no long flag like --name']);
    expect(await problemsWith({ a: { flags: '-x,--a', description: 'x' }, b: { flags: '-x,--b', description: 'x' } })).to.deep.equal(['both "a" and "b" use the flag -x']);
    expect(await problemsWith({ color: { description: 'x', default: true }, noColor: { description: 'x' } })).to.deep.equal(['both "color" and "noColor" use the flag --no-color']);
  });

  it('refuses rules that cannot hold', async () => {
    expect(await problemsWith({ a: { description: 'x', separator: ',' } })).to.deep.equal(['the field "a" has a separator and is no array']);
    expect(await problemsWith({ a: { description: 'x', enum: ['one', 2] } })).to.deep.equal(['the choices of the field "a" are not of its type, string']);
    expect(await problemsWith({ a: { description: 'x', count: true, type: 'string' } })).to.deep.equal(['the field "a" counts and is no integer']);
    expect(await problemsWith({ a: { description: 'x', type: 'bolean' as 'boolean' } })).to.deep.equal(['the type of the field "a" is not valid']);
    expect(await problemsWith({ a: { description: 'x', pattern: '(' } })).to.deep.equal(['the pattern of the field "a" is not valid']);
    expect(await problemsWith({ a: { description: 'x', enum: [] } })).to.deep.equal(['the enum of the field "a" is not valid']);
    expect(await problemsWith({ a: { description: 'x', type: 'integer', enum: ['one'] } })).to.deep.equal(['the choices of the field "a" are not of its type, integer']);
    expect(await problemsWith({ a: { description: 'x', type: 'integer', minimum: 2, maximum: 1 } })).to.deep.equal(['the minimum of the field "a" is above its maximum']);
    expect(await problemsWith({ a: { description: 'x', minimun: 1 } as OptionOptions })).to.deep.equal(['the field "a" has the rule "minimun", which is not known']);
    expect(await problemsWith({ a: {} as OptionOptions })).to.deep.equal(['the field "a" has no description']);
    expect(await problemsWith({ a: { description: 'x', type: 'object' } })).to.deep.equal(['the field "a" has the type object, which no command line can give']);
  });

  it('refuses a default that is no constant', async () => {
    class Input {
      @Option('--since', { description: 'x', type: 'string' })
      since = new Date(0) as unknown as string;
      @Option('--made', { description: 'x', type: 'string' })
      made = (() => 'x') as unknown as string;
    }
    @Command({ path: 'x', description: 'x', input: Input })
    class XCommand {
      execute(): void {
        // Only described.
      }
    }
    const error = await failure('COMMAND_INVALID', hostWith([XCommand]));
    expect(error.details?.['problems']).to.include('the default of "made" is no constant that JSON can hold');
    expect(error.details?.['problems']).to.include('the default of "since" is no constant that JSON can hold');
  });

  it('refuses a default that its own rules refuse', async () => {
    expect(await problemsWith({ a: { description: 'x', default: 0, minimum: 1 } })).to.deep.equal(['the default of the field "a" must be at least 1']);
    expect(await problemsWith({ a: { description: 'x', default: 'c', enum: ['a', 'b'] } })).to.deep.equal(['the default of the field "a" must be one of a, b']);
    expect(await problemsWith({ a: { description: 'x', default: 'c', type: 'integer' } })).to.deep.equal(['the default of the field "a" must be an integer']);
    expect(await problemsWith({ a: { description: 'x', default: null } })).to.deep.equal(['the default of the field "a" must be a string']);
    expect(await problemsWith({ a: { description: 'x', default: Number.POSITIVE_INFINITY } })).to.deep.equal(['the default of "a" is no constant that JSON can hold']);
    expect(await problemsWith({ a: { description: 'x', default: ['c'], enum: ['a', 'b'] } })).to.deep.equal(['the default[0] of the field "a" must be one of a, b']);
  });

  it('takes the choices of an array as those of its items', async () => {
    const command = defineCommand({ path: 'pick', description: 'x', options: { tones: { description: 'x', type: 'array', enum: ['warm', 'cool'], default: [] } }, execute: ({ tones }) => tones });
    const structum = await hostWith([command]);
    expect(structum.registry.command('pick')?.manifest.input.properties['tones']).to.deep.include({ type: 'array', items: { type: 'string', enum: ['warm', 'cool'] } });
    expect(await structum.run('pick', { tones: ['cool'] })).to.deep.equal(['cool']);
    await failure('INPUT_INVALID', structum.run('pick', { tones: ['cold'] }));
  });

  it('takes numbers that are not all whole as numbers', async () => {
    const command = defineCommand({
      path: 'scale',
      description: 'x',
      options: { by: { description: 'x', default: 1, enum: [0.5, 1] }, all: { description: 'x', default: [1, 1.5] } },
      execute: (input) => input,
    });
    const structum = await hostWith([command]);
    expect(await structum.run('scale', { by: 0.5 })).to.deep.equal({ by: 0.5, all: [1, 1.5] });
  });

  it('takes fields that are named like members of every object', async () => {
    const options = { constructor: { description: 'x' }, toString: { description: 'x' } };
    const structum = await hostWith([defineCommand({ path: 'named', description: 'x', options, execute: (input) => Object.entries(input) })]);
    expect(await structum.run('named', { constructor: 'a' })).to.deep.equal([['constructor', 'a']]);
  });

  it('refuses one field as an argument and as an option', async () => {
    const command = defineCommand({ path: 'x', description: 'x', arguments: { a: { description: 'x' } }, options: { a: { description: 'x' } }, execute: () => 1 });
    expect((await failure('COMMAND_INVALID', hostWith([command]))).details?.['problems']).to.deep.equal(['the field "a" is described twice']);
  });

  it('says that it streams where its code shows or its description says so', async () => {
    const shown = defineCommand({ path: 'shown', description: 'x', async *execute() { yield await Promise.resolve(1); } });
    const told = defineCommand({ path: 'told', description: 'x', streams: true, execute: () => (async function* () { yield await Promise.resolve(1); })() });
    const neither = defineCommand({ path: 'neither', description: 'x', execute: () => [1] });
    const structum = await hostWith([shown, told, neither]);
    expect(structum.registry.commands.map(({ path, manifest }) => [path, manifest.streams])).to.deep.equal([['neither', undefined], ['shown', true], ['told', true]]);
  });

  it('refuses arguments behind one that takes all, and a required one behind an optional one', async () => {
    class Input {
      @Argument({ description: 'x', type: 'array', required: false })
      files!: string[];
      @Argument({ description: 'x' })
      target!: string;
    }
    @Command({ path: 'x', description: 'x', input: Input })
    class XCommand {
      execute(): void {
        // Only described.
      }
    }
    expect((await failure('COMMAND_INVALID', hostWith([XCommand]))).details?.['problems']).to.deep.equal([
      'the argument "target" follows "files", which takes all words that are left',
      'the required argument "target" follows "files", which is optional',
    ]);
  });

  it('refuses an input class that cannot be made, paths and aliases that are none, and a class without execute', async () => {
    class Needy {
      constructor(readonly port: { number: number }) {
        port.number;
      }
    }
    @((Command as (options: object) => (target: object) => void)({ path: "Bad Path", aliases: ['x', 'x'], description: '', input: Needy as never }))
    class Bad {
      run(): void {
        // Not what a command is called by.
      }
    }
    @Plugin({ name: 'bad', description: 'x', commands: [Bad as never] })
    class BadPlugin {}
    const { details } = await failure('COMMAND_INVALID', Structum.create({ plugins: [BadPlugin] }));
    expect(details?.['problems']).to.deep.equal([
      'its input class Needy cannot be constructed without arguments (Cannot read properties of undefined (reading \'number\'))',
      'it has no execute method',
      'it has no description',
      '"Bad Path" is not lower-case words separated by one space',
      'the alias "x" is given twice',
    ]);
  });
});
