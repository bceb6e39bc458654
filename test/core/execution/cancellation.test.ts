import { setTimeout as sleep } from 'node:timers/promises';
import { defineCommand, definePlugin, Structum, type CommandContext, type Execution, type Output, type StructumOptions } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

type Execute = (input: object, context: CommandContext) => unknown;

async function probe(execute: Execute, options: StructumOptions & { onActivate?: () => Promise<void>; render?: (result: unknown, out: Output) => Promise<void> } = {}): Promise<Structum> {
  const { onActivate, render, ...host } = options;
  const command = defineCommand({ path: 'probe', description: 'Probe', execute, ...(render === undefined ? {} : { render }) });
  const plugin = definePlugin({ name: 'probe', description: 'Probe', commands: [command], ...(onActivate === undefined ? {} : { onActivate }) });
  return Structum.create({ ...host, plugins: [plugin] });
}

/** Cancels and gives the milliseconds until the caller had its answer. */
async function timeToAnswer(execution: Execution): Promise<number> {
  const start = performance.now();
  execution.cancel();
  await failure('COMMAND_CANCELLED', execution.result);
  return performance.now() - start;
}

const forever = (): Promise<never> => new Promise(() => undefined);

describe('cancelling', () => {
  it('before anything has begun runs nothing', async () => {
    let ran = false;
    const structum = await probe(() => { ran = true; });
    await timeToAnswer(structum.start('probe'));
    await structum.dispose();
    expect(ran).to.equal(false);
  });

  it('does not wait for a plugin to come up, which others may want', async () => {
    let up = false;
    const structum = await probe(() => 1, { onActivate: async () => { await sleep(200); up = true; } });
    const cancelled = structum.start('probe');
    const wanted = structum.run('probe');
    await sleep(5);
    await timeToAnswer(cancelled);
    expect(up).to.equal(false);
    expect(await wanted).to.equal(1);
  });

  it('ends a question that nobody answers', async () => {
    let asked: AbortSignal | undefined;
    const structum = await probe((_input, context) => context.confirm('Really?'), { confirm: (_question, signal) => { asked = signal; return forever(); } });
    const execution = structum.start('probe');
    await sleep(5);
    await timeToAnswer(execution);
    expect(asked?.aborted).to.equal(true);
  });

  it('waits for a command to clean up, and keeps what it logs meanwhile', async () => {
    let cleaned = false;
    const structum = await probe(async (_input, { signal, logger }) => {
      try {
        await sleep(60_000, undefined, { signal });
      } finally {
        await sleep(10);
        logger.info('cleaned up');
        cleaned = true;
      }
    });
    const execution = structum.start('probe');
    await sleep(5);
    await timeToAnswer(execution);
    expect(cleaned).to.equal(true);
    const lines: string[] = [];
    for await (const event of execution) if (event.type === 'log') lines.push(event.record.message);
    expect(lines).to.deep.equal(['cleaned up']);
  });

  it('gives up on a command, or a render, that heeds nothing', async function () {
    this.timeout(20_000);
    const stuck = await probe(forever, { limits: { drain: 10, deactivate: 10 } });
    const rendering = await probe(() => 1, { render: forever, limits: { drain: 10, deactivate: 10 } });
    const executions = [stuck.start('probe'), rendering.start('probe', {}, { output: { write: () => undefined } })];
    await sleep(5);
    await Promise.all(executions.map(timeToAnswer));
    await Promise.all([stuck.dispose(), rendering.dispose()]);
  });

  it('tells a time limit from other reasons', async () => {
    const structum = await probe((_input, { signal }) => sleep(60_000, undefined, { signal }));
    const error = await failure('COMMAND_TIMED_OUT', structum.run('probe', {}, { signal: AbortSignal.timeout(10) }));
    expect(error.exitCode).to.equal(124);
  });

  it('by one signal ends hundreds of commands, without a warning', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const structum = await probe((_input, { signal }) => sleep(60_000, undefined, { signal }));
    const controller = new AbortController();
    const running = Array.from({ length: 200 }, () => failure('COMMAND_CANCELLED', structum.run('probe', {}, { signal: controller.signal })));
    await sleep(20);
    controller.abort();
    await Promise.all(running);
    await sleep(5);
    process.off('warning', onWarning);
    expect(warnings).to.deep.equal([]);
  });
});

describe('a command, its host, and what both are given', () => {
  it('survive an output that fails while nobody waits for it', async () => {
    const structum = await probe(() => 'text', { render: (_result, out) => { void out.line('x'); return Promise.resolve(); } });
    const write = async (): Promise<void> => { await sleep(1); throw new Error('the pipe is closed'); };
    const error = await failure('COMMAND_FAILED', structum.run('probe', {}, { output: { write } }));
    expect(error.message).to.contain('the pipe is closed');
  });

  it('survive listeners that reject', async () => {
    const structum = await probe(() => 1);
    structum.on('command:finished', () => Promise.reject(new Error('listener')));
    expect(await structum.run('probe')).to.equal(1);
    await sleep(5);
  });

  it('survive a logger that throws', async () => {
    const broken = (): never => { throw new Error('logger'); };
    const logger = { error: broken, warn: broken, info: broken, debug: broken, trace: broken, isEnabled: () => true, child: () => logger };
    const structum = await probe((_input, context) => { context.logger.error('x'); return 1; }, { logger });
    structum.on('command:finished', broken);
    expect(await structum.run('probe')).to.equal(1);
    await structum.dispose();
  });

  it('call a listener that comes during an event from the next one on', async () => {
    const structum = await probe(() => 1);
    let calls = 0;
    const listen = (): void => { calls += 1; structum.on('command:started', listen); };
    structum.on('command:started', listen);
    await structum.run('probe');
    expect(calls).to.equal(1);
  });

  it('settle the exit code with the result', async () => {
    const structum = await probe((_input, context) => { setTimeout(() => { context.setExitCode(7); }, 5); return 1; });
    const execution = structum.start('probe');
    await execution.result;
    await sleep(20);
    expect(execution.exitCode).to.equal(0);
    for (const code of [-1, 256, 1.5, Number.NaN]) {
      await failure('EXIT_CODE_INVALID', (await probe((_input, context) => { context.setExitCode(code); })).run('probe'));
    }
  });

  it('cannot pose as a stream by progress, nor change the environment for others', async () => {
    const structum = await probe((_input, context) => {
      context.progress.report({ type: 'item', item: 'forged' } as object);
      expect(() => { (context.env as Record<string, string>)['HOME'] = '/evil'; }).to.throw(TypeError);
    }, { env: { HOME: '/home' } });
    const execution = structum.start('probe');
    for await (const event of execution) expect(event.type).to.equal('progress');
    await execution.result;
  });

  it('are told apart by execution ids, across hosts', async () => {
    const id = async (): Promise<unknown> => (await probe((_input, { executionId }) => executionId)).run('probe');
    expect(await id()).not.to.equal(await id());
  });

  it('refuse an input that is a map, and a command that is nothing', async () => {
    const structum = await probe(() => 1);
    await failure('INPUT_INVALID', structum.run('probe', new Map([['x', 1]])));
    await failure('COMMAND_UNKNOWN', structum.run(undefined as unknown as string));
  });
});

describe('readers of events', () => {
  const counting = (): Promise<Structum> => Structum.create({
    plugins: [definePlugin({
      name: 'counter', description: 'x',
      commands: [defineCommand({ path: 'count', description: 'x', async *execute() { for (let number = 0; number < 5_000; number++) yield await Promise.resolve(number); } })],
    })],
  });

  it('may go, also where items are kept nowhere else', async () => {
    const execution = (await counting()).start('count', {}, { collect: false });
    for await (const event of execution) if (event.type === 'item') break;
    expect(await execution.result).to.equal(undefined);
  });

  it('share the events between them', async () => {
    const execution = (await counting()).start('count', {}, { collect: false });
    const read = async (): Promise<number> => {
      let items = 0;
      for await (const event of execution) if (event.type === 'item') items += 1;
      return items;
    };
    const [one, two] = await Promise.all([read(), read()]);
    expect(one + two).to.equal(5_000);
  });
});
