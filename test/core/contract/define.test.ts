import { defineCommand, definePlugin, defineService, Structum } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

describe('definePlugin and defineCommand', () => {
  it('give the same as decorators do', async () => {
    const greet = defineCommand({
      path: 'greet',
      aliases: ['hello'],
      description: 'Greet somebody',
      arguments: { name: { description: 'Who' }, others: { description: 'Who else', type: 'array', required: false } },
      options: {
        times: { flags: '-n,--times', description: 'How often', default: 1, minimum: 1 },
        loudVoice: { description: 'Shout', type: 'boolean' },
        tone: { description: 'Which tone', enum: ['warm', 'cool'], default: 'warm' },
      },
      execute: ({ name, others, times, loudVoice, tone }) => ({ name, others, times, loudVoice, tone }),
      render: (result, out) => out.line(result.name),
    });
    const structum = await Structum.create({ plugins: [definePlugin({ name: 'greet', description: 'Greetings', commands: [greet] })] });
    expect(await structum.run('hello', { name: 'Ada', others: ['Bob'] })).to.deep.equal({ name: 'Ada', others: ['Bob'], times: 1, loudVoice: false, tone: 'warm' });
    const flags = Object.values(structum.registry.command('greet')?.manifest.input.properties ?? {}).map(({ 'x-structum': binding }) => binding);
    expect(flags).to.deep.equal([
      { kind: 'argument', position: 0 },
      { kind: 'argument', position: 1, variadic: true },
      { kind: 'option', flags: ['-n', '--times'] },
      { kind: 'option', flags: ['--loud-voice'] },
      { kind: 'option', flags: ['--tone'] },
    ]);
    const written: string[] = [];
    await structum.run('greet', { name: 'Ada' }, { output: { write: (chunk) => void written.push(String(chunk)) } });
    expect(written).to.deep.equal(['Ada\n']);
  });

  it('run hooks with the plugin as this', async () => {
    const seen: string[] = [];
    const type = definePlugin({
      name: 'hooked',
      description: 'Hooked',
      commands: [defineCommand({ path: 'wake', description: 'Wake', execute: () => 'awake' })],
      onActivate(context) {
        seen.push(`activate ${context.name} ${context.version}`);
      },
      onDeactivate() {
        seen.push('deactivate');
      },
    });
    const structum = await Structum.create({ plugins: [type] });
    await structum.run('wake');
    await structum.dispose();
    expect(seen).to.deep.equal(['activate hooked 0.0.0', 'deactivate']);
  });
});

describe('defineService', () => {
  it('names one service however often it is declared', async () => {
    const offered = defineService<{ value: number }>('numbers.one');
    const asked = defineService<{ value: number }>('numbers.one');
    const numbers = definePlugin({ name: 'numbers', description: 'Numbers', provides: [offered], providers: [{ provide: offered, useValue: { value: 1 } }] });
    const structum = await Structum.create({ plugins: [numbers] });
    expect((await structum.services.get(asked)).value).to.equal(1);
  });

  it('refuses an id that can name nothing', async () => {
    for (const id of [undefined, '', 'has space', 5]) await failure('SERVICE_ID_INVALID', () => defineService(id as string));
  });
});

describe('a class that another copy of the core described', () => {
  it('is refused where that has another format', async () => {
    class Future {}
    Object.defineProperty(Future, Symbol.for('structum.plugin'), { value: { version: 99, options: {} } });
    const { details } = await failure('DESCRIPTION_UNSUPPORTED', Structum.create({ plugins: [Future] }));
    expect(details).to.include({ version: 99, supported: 1 });
  });
});
