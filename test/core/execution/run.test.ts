import { defineCommand, definePlugin, StructumError, Structum, type CommandContext, type PluginDefinition, type StructumOptions, type TextQuestion } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

type Execute = (input: Readonly<Record<string, unknown>>, context: CommandContext) => unknown;

/** A host whose plugin "probe" has the command "probe", which does what `execute` does. */
function probe(execute: Execute, options: StructumOptions = {}, plugin: Partial<PluginDefinition> = {}): Promise<Structum> {
  const command = defineCommand({ path: 'probe', description: 'Probe', execute, render: (result, out) => out.line(`<${JSON.stringify(result)}>`) });
  return Structum.create({ ...options, plugins: [definePlugin({ name: 'probe', version: '1.0.0', description: 'Probe', commands: [command], ...plugin }), ...(options.plugins ?? [])] });
}

describe('Structum#run', () => {
  it('gives the result as data of its own', async () => {
    const kept = { list: [1, 2], when: new Date(0), bytes: new Uint8Array([1]) };
    const structum = await probe(() => kept);
    const result = (await structum.run('probe')) as typeof kept;
    expect(result).to.deep.equal(kept);
    result.list.push(3);
    expect(kept.list).to.deep.equal([1, 2]);
  });

  it('refuses a result and an input that are no plain data', async () => {
    const structum = await probe(() => ({ close: () => 1 }));
    await failure('RESULT_NOT_CLONEABLE', structum.run('probe'));
    await failure('INPUT_NOT_CLONEABLE', structum.run('probe', { callback: () => 1 }));
  });

  it('refuses an input that is no object', async () => {
    const structum = await probe(() => 1);
    for (const input of [null, 'text', [1]]) await failure('INPUT_INVALID', structum.run('probe', input as object));
  });

  it('gives every execution defaults of its own', async () => {
    const command = defineCommand({ path: 'grow', description: 'x', options: { list: { description: 'x', default: ['a'] } }, execute: ({ list }) => { list.push('b'); return list; } });
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'grow', description: 'x', commands: [command] })] });
    expect([await structum.run('grow'), await structum.run('grow')]).to.deep.equal([['a', 'b'], ['a', 'b']]);
  });

  it('wraps what a command throws, and keeps a StructumError as it is', async () => {
    const cause = new TypeError('cannot read');
    const structum = await probe(() => {
      throw cause;
    });
    const error = await failure('COMMAND_FAILED', structum.run('probe'));
    expect(error.cause).to.equal(cause);
    expect(error.exitCode).to.equal(1);
    const own = await probe(() => {
      throw new StructumError({ code: 'NO_TREE', message: 'There is no tree.', hint: 'Plant one.', exitCode: 2 });
    });
    expect(await failure('NO_TREE', own.run('probe'))).to.deep.include({ hint: 'Plant one.', exitCode: 2 });
  });

  it('names commands that the path may have meant', async () => {
    const structum = await probe(() => 1);
    const error = await failure('COMMAND_UNKNOWN', structum.run('prob'));
    expect(error.hint).to.equal('Did you mean "probe"?');
    expect(error.exitCode).to.equal(2);
  });

  it('gives a command its surroundings', async () => {
    const structum = await probe(
      (_input, context) => ({
        command: context.command,
        plugin: context.plugin,
        cwd: context.cwd,
        env: { ...context.env },
        config: context.config,
        frozen: Object.isFrozen(context.config),
        output: context.output.isAvailable,
      }),
      { cwd: '/somewhere', env: { HOME: '/home' }, config: { plugins: { probe: { deep: { value: 1 } }, other: { secret: 1 } } } },
    );
    expect(await structum.run('probe', {}, { cwd: '/elsewhere' })).to.deep.equal({
      command: 'probe',
      plugin: { name: 'probe', version: '1.0.0' },
      cwd: '/elsewhere',
      env: { HOME: '/home' },
      config: { deep: { value: 1 } },
      frozen: true,
      output: false,
    });
  });

  it('gives an environment only where the host does', async () => {
    const structum = await probe((_input, context) => Object.keys(context.env).length);
    expect(await structum.run('probe')).to.equal(0);
  });

  it('renders only where there is an output, with what the output can do', async () => {
    const structum = await probe((_input, { output }) => ({ color: output.color, columns: output.columns, terminal: output.isTerminal, unicode: output.unicode }));
    const written: string[] = [];
    const write = (chunk: string | Uint8Array): void => void written.push(String(chunk));
    await structum.run('probe', {}, { output: { write, color: true, columns: 40, isTerminal: true, unicode: false } });
    expect(written).to.deep.equal(['<{"color":true,"columns":40,"terminal":true,"unicode":false}>\n']);
    await structum.run('probe', {}, { output: { write }, render: false });
    expect(written).to.have.length(1);
  });

  it('writes what a command gives that does not render: text as it is, other data for people', async () => {
    const give = defineCommand({ path: 'give', description: 'x', arguments: { json: { description: 'x' } }, execute: ({ json }) => (json === '' ? undefined : (JSON.parse(json) as unknown)) });
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'give', description: 'x', commands: [give] })] });
    let written = '';
    for (const json of ['"text"', '{"a":[1,{"b":null}]}', '']) await structum.run('give', { json }, { output: { write: (chunk) => void (written += String(chunk)) } });
    expect(written).to.equal('text\n{ a: [ 1, { b: null } ] }\n');
    const odd = await probe(() => ({ big: 5n, map: new Map([['a', 1]]) }), {}, { commands: [defineCommand({ path: 'probe', description: 'x', execute: () => ({ big: 5n, map: new Map([['a', 1]]) }) })] });
    await odd.run('probe', {}, { output: { write: (chunk) => void (written += String(chunk)) } });
    expect(written).to.contain("{ big: 5n, map: Map(1) { 'a' => 1 } }");
  });

  it('writes to what returns something else than a promise', async () => {
    const structum = await probe(() => 1);
    expect(await structum.run('probe', {}, { output: { write: () => true } as object as { write: () => void } })).to.equal(1);
  });

  it('renders nothing after it was cancelled', async () => {
    const controller = new AbortController();
    const structum = await probe(() => { controller.abort(); return 1; });
    let written = '';
    await failure('COMMAND_CANCELLED', structum.run('probe', {}, { signal: controller.signal, output: { write: (chunk) => void (written += String(chunk)) } }));
    expect(written).to.equal('');
  });

  it('lets a command write itself, and says so where there is no output', async () => {
    const structum = await probe(async (_input, { output }) => output.write(new Uint8Array([104, 105])));
    const written: (string | Uint8Array)[] = [];
    await structum.run('probe', {}, { render: false, output: { write: (chunk) => void written.push(chunk) } });
    expect(written).to.deep.equal([new Uint8Array([104, 105])]);
    expect((await failure('OUTPUT_UNAVAILABLE', structum.run('probe'))).exitCode).to.equal(2);
  });

  it('asks whoever answers, the caller before the host', async () => {
    const structum = await probe((_input, context) => context.confirm('Really?'), { confirm: ({ message }) => message === 'Really?' });
    expect(await structum.run('probe')).to.equal(true);
    expect(await structum.run('probe', {}, { confirm: () => false })).to.equal(false);
    await failure('CONFIRMATION_UNAVAILABLE', (await probe((_input, context) => context.confirm('Really?'))).run('probe'));
  });

  it('asks for a text, says whether anybody can be asked, and takes one of the choices only', async () => {
    const asking = (question: string | TextQuestion): Execute => async (_input, context) => (context.canAsk ? context.ask(question) : 'nobody');
    const structum = await probe(asking('Name?'), { ask: ({ message }) => `answer to ${message}` });
    expect(await structum.run('probe')).to.equal('answer to Name?');
    expect(await structum.run('probe', {}, { ask: async () => 'Ada' })).to.equal('Ada');
    expect(await (await probe(asking('Name?'))).run('probe')).to.equal('nobody');
    await failure('ANSWER_UNAVAILABLE', (await probe((_input, context) => context.ask('Name?'))).run('probe'));
    await failure('ANSWER_UNAVAILABLE', structum.run('probe', {}, { ask: () => undefined }));
    const choosing = await probe(asking({ message: 'Tone?', choices: ['loud', 'plain'] }), { ask: ({ choices: [first = ''] = [] }) => first });
    expect(await choosing.run('probe')).to.equal('loud');
    await failure('ANSWER_INVALID', choosing.run('probe', {}, { ask: () => 'shrill' }));
  });

  it('runs other commands for a command, which end with it', async () => {
    let innerAborted = false;
    const inner = defineCommand({
      path: 'inner',
      description: 'Inner',
      arguments: { word: { description: 'A word' } },
      execute: async ({ word }, { signal }) => {
        if (word === 'wait') await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
        innerAborted = signal.aborted;
        return word.toUpperCase();
      },
    });
    const structum = await probe((input, context) => context.run('inner', input), {
      plugins: [definePlugin({ name: 'inner', description: 'Inner', commands: [inner] })],
    });
    await failure('INPUT_INVALID', structum.run('probe', { word: 'x' }));
    const outer = await probe((_input, context) => context.run('inner', { word: 'hi' }), {
      plugins: [definePlugin({ name: 'inner', description: 'Inner', commands: [inner] })],
    });
    expect(await outer.run('probe')).to.equal('HI');
    const waiting = await probe((_input, context) => context.run('inner', { word: 'wait' }), {
      plugins: [definePlugin({ name: 'inner', description: 'Inner', commands: [inner] })],
    });
    const execution = waiting.start('probe');
    setTimeout(() => { execution.cancel(); }, 20);
    await failure('COMMAND_CANCELLED', execution.result);
    expect(innerAborted).to.equal(true);
  });

  it('tells when a command starts and finishes, and how it went', async () => {
    const structum = await probe((_input, context) => {
      if (context.cwd === '/fail') throw new Error('no');
      return 1;
    });
    const seen: string[] = [];
    structum.on('command:started', ({ command, plugin }) => seen.push(`started ${plugin} ${command}`));
    const off = structum.on('command:finished', ({ outcome, duration }) => seen.push(`${outcome} ${String(duration >= 0)}`));
    await structum.run('probe');
    await structum.run('probe', {}, { cwd: '/fail' }).catch(() => undefined);
    off();
    await structum.run('probe');
    expect(seen).to.deep.equal(['started probe probe', 'done true', 'started probe probe', 'failed true', 'started probe probe']);
  });

  it('runs a hundred at once', async () => {
    const structum = await probe(async (_input, { executionId }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return executionId;
    });
    const ids = await Promise.all(Array.from({ length: 100 }, () => structum.run('probe')));
    expect(new Set(ids).size).to.equal(100);
  });
});
