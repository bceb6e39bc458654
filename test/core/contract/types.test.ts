import { Argument, Command, defineCommand, definePlugin, defineService, Option, Plugin, Structum, type CommandContext } from '@structum/core';
import { expect } from 'chai';

declare module '@structum/core' {
  interface CommandMap {
    'typed sum': { input: { numbers: number[]; scale?: number }; result: { sum: number } };
  }
}

class SumInput {
  @Argument({ description: 'What to add', type: 'array', items: { type: 'number' } })
  numbers!: number[];

  @Option('--scale', { description: 'What to multiply by' })
  scale = 1;
}

@Command({ path: 'typed sum', description: 'Add', input: SumInput })
class SumCommand {
  execute({ numbers, scale }: SumInput): { sum: number } {
    return { sum: numbers.reduce((a, b) => a + b, 0) * scale };
  }
}

@Command({ path: 'typed stream', description: 'Stream' })
class StreamCommand {
  async *execute(_input: object, context: CommandContext): AsyncGenerator<{ name: string }> {
    yield await Promise.resolve({ name: context.command });
  }
}

@Plugin({ name: 'typed', description: 'Typed', commands: [SumCommand, StreamCommand] })
class TypedPlugin {}

// What follows is checked by the compiler: a wrong type, or an error that is expected and missing, fails the build.
describe('types', () => {
  it('of a command are known by its path, through CommandMap', async () => {
    const structum = await Structum.create({ plugins: [TypedPlugin] });
    const result = await structum.run('typed sum', { numbers: [1, 2], scale: 2 });
    const { sum }: { sum: number } = result;
    expect(sum).to.equal(6);
    // @ts-expect-error -- the input needs numbers
    await structum.run('typed sum', { scale: 2 }).catch(() => undefined);
    // @ts-expect-error -- the result has no such member
    expect(result.total).to.equal(undefined);
  });

  it('of a command are known by its class', async () => {
    const structum = await Structum.create({ plugins: [TypedPlugin] });
    const { sum }: { sum: number } = await structum.run(SumCommand, { numbers: [1] });
    const items: { name: string }[] = await structum.run(StreamCommand, {});
    expect([sum, items]).to.deep.equal([1, [{ name: 'typed stream' }]]);
    for await (const event of structum.start(StreamCommand, {})) {
      if (event.type === 'item') expect((event.item satisfies { name: string }).name).to.equal('typed stream');
    }
    // @ts-expect-error -- run() always collects
    await structum.run(StreamCommand, {}, { collect: false });
    // @ts-expect-error -- numbers are numbers
    await structum.run(SumCommand, { numbers: ['1'] }).catch(() => undefined);
  });

  it('of other commands are unknown, and the caller says', async () => {
    const structum = await Structum.create({ plugins: [TypedPlugin] });
    const path = ['typed', 'sum'].join(' ');
    const result: unknown = await structum.run(path, { numbers: [3] });
    expect(result).to.deep.equal({ sum: 3 });
  });

  it('of a defined command follow from its arguments and options', async () => {
    const command = defineCommand({
      path: 'typed define',
      description: 'Define',
      arguments: { name: { description: 'x' }, rest: { description: 'x', type: 'array', items: { type: 'integer' }, required: false } },
      options: {
        tone: { description: 'x', enum: ['warm', 'cool'], default: 'warm' },
        depth: { description: 'x', type: 'integer' },
        loud: { description: 'x', type: 'boolean', default: false },
        tags: { description: 'x', type: 'array', separator: ',' },
      },
      execute: (input) => {
        const name: string = input.name;
        const rest: number[] | undefined = input.rest;
        const tone: 'warm' | 'cool' = input.tone;
        const depth: number | undefined = input.depth;
        const loud: boolean = input.loud;
        const tags: string[] | undefined = input.tags;
        // @ts-expect-error -- there is no such option
        expect(input.other).to.equal(undefined);
        return { name, rest, tone, depth, loud, tags };
      },
      render: (result, out) => out.line(result.tone),
    });
    defineCommand({
      path: 'typed lists',
      description: 'Lists',
      options: {
        flags: { description: 'x', type: 'array', items: { type: 'boolean' }, required: true },
        sizes: { description: 'x', default: [1, 2] },
        names: { description: 'x', default: [] },
        tones: { description: 'x', type: 'array', enum: ['warm', 'cool'], default: [] },
      },
      execute: (input) => {
        const flags: boolean[] = input.flags;
        const sizes: number[] = input.sizes;
        const names: string[] = input.names;
        const tones: ('warm' | 'cool')[] = input.tones;
        return { flags, sizes, names, tones };
      },
    });
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'defined', description: 'x', commands: [command] })] });
    const { name }: { name: string } = await structum.run(command, { name: 'Ada' });
    expect(name).to.equal('Ada');
    // @ts-expect-error -- the name is required
    await structum.run(command, {}).catch(() => undefined);
    // @ts-expect-error -- the depth is a number
    await structum.run(command, { name: 'Ada', depth: 'x' }).catch(() => undefined);
    await structum.run(command, { name: 'Ada', tone: 'cool', rest: [1] });
  });

  it('of a service that may be called across processes are methods that return promises', () => {
    interface Remote { greet(name: string): Promise<string> }
    interface Local { greet(name: string): string }
    interface Sized extends Remote { readonly size: number }
    expect(defineService<Remote>('typed.remote', { remote: true }).remote).to.equal(true);
    expect(defineService<Local>('typed.local').remote).to.equal(false);
    // @ts-expect-error -- it returns no promise
    defineService<Local>('typed.local', { remote: true });
    // @ts-expect-error -- only methods can be called
    defineService<Sized>('typed.sized', { remote: true });
  });
});
