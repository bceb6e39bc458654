import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand, definePlugin, Structum, type CommandContext, type ExecutionEvent } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

const commands = (wall: { released: number }) => [
  defineCommand({
    path: 'count',
    description: 'Count',
    arguments: { to: { description: 'How far', type: 'integer' } },
    async *execute({ to }, context: CommandContext) {
      try {
        for (let number = 1; number <= to; number++) {
          context.progress.report({ completed: number, total: to });
          yield { number };
        }
      } finally {
        wall.released += 1;
      }
    },
    renderItem: (item, out) => out.line(String((item).number)),
  }),
  defineCommand({
    path: 'wait',
    description: 'Wait until cancelled',
    execute: async (_input, { signal, logger }) => {
      logger.info('waiting', { reason: 'test' });
      await sleep(60_000, undefined, { signal });
    },
  }),
  defineCommand({
    path: 'check',
    description: 'A check that finds something',
    execute: (_input, context) => {
      context.setExitCode(1);
      return 'bad';
    },
  }),
];

async function host(wall = { released: 0 }): Promise<Structum> {
  return Structum.create({ plugins: [definePlugin({ name: 'counter', description: 'Counter', commands: commands(wall) })] });
}

async function drain(events: AsyncIterable<ExecutionEvent>): Promise<ExecutionEvent[]> {
  const all: ExecutionEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('Structum#start', () => {
  it('gives events from the first one on, then the result', async () => {
    const execution = (await host()).start('count', { to: 2 });
    expect((await drain(execution)).map(({ type }) => type)).to.deep.equal(['progress', 'item', 'progress', 'item']);
    expect(await execution.result).to.deep.equal([{ number: 1 }, { number: 2 }]);
    expect(execution.exitCode).to.equal(0);
  });

  it('gives log lines with the plugin that wrote them', async () => {
    const execution = (await host()).start('wait');
    for await (const event of execution) {
      if (event.type !== 'log') continue;
      expect(event.record).to.deep.include({ level: 'info', message: 'waiting', fields: { plugin: 'counter', reason: 'test' } });
      execution.cancel();
    }
    await failure('COMMAND_CANCELLED', execution.result);
  });

  it('is said by the manifest to stream where it does', async () => {
    const { registry } = await host();
    expect([registry.command('count')?.manifest.streams, registry.command('wait')?.manifest.streams]).to.deep.equal([true, undefined]);
  });

  it('renders a stream item by item', async () => {
    const written: string[] = [];
    await (await host()).run('count', { to: 3 }, { output: { write: (chunk) => void written.push(String(chunk)) } });
    expect(written).to.deep.equal(['1\n', '2\n', '3\n']);
  });

  it('streams more than memory should hold when the items are not to be kept', async () => {
    const structum = await host();
    const execution = structum.start('count', { to: 20_000 }, { collect: false });
    let items = 0;
    let last = 0;
    for await (const event of execution) {
      if (event.type !== 'item') continue;
      items += 1;
      last = (event.item as { number: number }).number;
    }
    expect([items, last, await execution.result]).to.deep.equal([20_000, 20_000, undefined]);
  });

  it('does not wait for a reader who never comes', async () => {
    expect(await (await host()).run('count', { to: 5_000 })).to.have.length(5_000);
  });

  it('does not wait for a reader who has gone', async () => {
    const wall = { released: 0 };
    const execution = (await host(wall)).start('count', { to: 5_000 });
    for await (const event of execution) if (event.type === 'item') break;
    expect(await execution.result).to.have.length(5_000);
    expect(wall.released).to.equal(1);
  });

  it('cancels: the signal is aborted, a stream is closed, the result rejects', async () => {
    const wall = { released: 0 };
    const structum = await host(wall);
    const execution = structum.start('count', { to: 1_000_000 }, { collect: false });
    for await (const event of execution) if (event.type === 'item') execution.cancel('enough');
    const error = await failure('COMMAND_CANCELLED', execution.result);
    expect(error.message).to.contain('enough');
    expect([error.exitCode, execution.exitCode, wall.released]).to.deep.equal([130, 130, 1]);
    execution.cancel();
  });

  it('is cancelled by a signal, also by one that was aborted before', async () => {
    const structum = await host();
    const controller = new AbortController();
    const waiting = structum.run('wait', {}, { signal: controller.signal });
    setTimeout(() => { controller.abort(new Error('time is up')); }, 10);
    expect((await failure('COMMAND_CANCELLED', waiting)).message).to.contain('time is up');
    await failure('COMMAND_CANCELLED', structum.run('wait', {}, { signal: AbortSignal.abort() }));
  });

  it('gives the exit code that a command sets with its answer', async () => {
    const execution = (await host()).start('check');
    expect(await execution.result).to.equal('bad');
    expect(execution.exitCode).to.equal(1);
  });

  it('harms nobody when a failure is not looked at', async () => {
    const structum = await host();
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listener);
    structum.start('count', { to: 'x' });
    structum.start('nothing');
    await sleep(20);
    process.off('unhandledRejection', listener);
    expect(unhandled).to.deep.equal([]);
  });
});
