import { AssertionError } from 'node:assert';
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import {
  ClockService, defineCommand, definePlugin, defineService, defineSettings, Inject, Command, Plugin, RegistryService, StructumError,
  type Clock, type CommandContext, type Output, type PluginContext, type Registry,
} from '@structum/core';
import { fakePlugin, fakeService, manualClock, testHost, type TestHostOptions } from '@structum/core/testing';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

interface Tree {
  walk(folder: string): readonly string[];
  size(folder: string): number;
}

const TreeService = defineService<Tree>('acme.tree');

@Command({ path: 'count', description: 'Count files' })
class CountCommand {
  readonly #tree: Tree;

  constructor(@Inject(TreeService) tree: Tree) {
    this.#tree = tree;
  }

  execute(_input: object, { cwd, config, env }: CommandContext): { files: number; unit: unknown; user: string | undefined } {
    return { files: this.#tree.walk(cwd).length, unit: config['unit'], user: env['USER'] };
  }

  render({ files, unit }: { files: number; unit: unknown }, out: Output): void | Promise<void> {
    const text = `${String(files)} ${String(unit)}`;
    return out.line(out.color ? `\u001b[1m${text}\u001b[0m` : text.padStart(out.columns ?? 0));
  }
}

@Command({ path: 'size', description: 'Size' })
class SizeCommand extends CountCommand {
  readonly #other: Tree;

  constructor(@Inject(TreeService) tree: Tree) {
    super(tree);
    this.#other = tree;
  }

  override execute(): never {
    return this.#other.size('.') as never;
  }
}

@Plugin({ name: 'counter', version: '1.0.0', description: 'Counts', requires: { tree: '^2.1.0' }, commands: [CountCommand, SizeCommand] })
class CounterPlugin {}

const tree = fakePlugin('tree', { services: [fakeService(TreeService, { walk: () => ['a', 'b'] })] });

const talk = definePlugin({
  name: 'talk',
  description: 'Talks',
  commands: [
    defineCommand({
      path: 'talk', description: 'Talk',
      async execute(_input, context) {
        context.logger.debug('not yet');
        context.logger.info('about to ask');
        context.progress.report({ message: 'asking', completed: 1, total: 2 });
        const name = await context.ask('Who are you?');
        return { name, sure: await context.confirm('Are you sure?') };
      },
    }),
    defineCommand({
      path: 'numbers', description: 'Numbers',
      async *execute() { await Promise.resolve(); yield 1; yield 2; },
      renderItem: (item, out) => out.line(`number ${String(item)}`),
    }),
    defineCommand({
      path: 'stumble', description: 'Fails half-way',
      execute(_input, { output }) { void output.line('half'); throw new StructumError({ code: 'TALK_OVER', message: 'No more.', exitCode: 7 }); },
    }),
    defineCommand({ path: 'quiet', description: 'Says whether somebody can be asked', execute: (_input, { canAsk }) => canAsk }),
  ],
});

const failed = async (work: Promise<unknown>): Promise<Error> => work.then(() => { throw new Error('nothing failed'); }, (error: unknown) => error as Error);

describe('testHost', () => {
  it('is a host with just the plugin, what it requires, its settings, environment and files', async () => {
    const host = await testHost(CounterPlugin, { fakes: [tree], settings: { unit: 'files' }, env: { USER: 'ada' }, files: { 'a.txt': '' } });
    expect(host.structum.registry.plugins.map(({ name }) => name)).to.deep.equal(['counter', 'tree']);
    expect(await host.run('count', {})).to.deep.equal({ files: 2, unit: 'files', user: 'ada' });
    expect(host.record.state).to.equal('active');
    const { folder } = host.workspace;
    await host.dispose();
    expect(existsSync(folder)).to.equal(false);
  });

  it('gives a fake the lowest version that will do, or its own', async () => {
    const versionOf = async (fake: ReturnType<typeof fakePlugin>): Promise<string | undefined> => {
      await using host = await testHost(CounterPlugin, { fakes: [fake] });
      return host.structum.registry.plugin('tree')?.version;
    };
    expect(await versionOf(tree)).to.equal('2.1.0');
    expect(await versionOf({ ...tree, version: '2.9.0' })).to.equal('2.9.0');
    expect((await failed(versionOf({ ...tree, version: '3.0.0' }))).message).to.include('3.0.0');
  });

  it('says which plugins are missing, and how to give them', async () => {
    const error = await failed(testHost(CounterPlugin));
    expect(error).to.be.an.instanceOf(AssertionError);
    expect(error.message).to.equal([
      'Plugin "counter" requires plugins that this test host does not have.',
      '- "tree", ^2.1.0',
      "Give it a fake, fakes: [fakePlugin('tree', { services: […] })], or the plugin itself: plugins: […].",
    ].join('\n'));
  });

  it('finds other plugins by name from where it is told, from the package of the plugin, or from the working folder', async () => {
    const source = (name: string): string => `import { definePlugin } from '@structum/core'; export default definePlugin({ name: '${name}', version: '1.0.0', description: '${name}' });`;
    const folder = temporaryFolder();
    linkCore(folder);
    writeFiles(folder, { 'package.json': { type: 'module' }, 'near.js': source('near'), 'node_modules/far/package.json': { name: 'far', type: 'module', exports: './index.js' }, 'node_modules/far/index.js': source('far') });
    const namesOf = async (type: Parameters<typeof testHost>[0], options: TestHostOptions): Promise<readonly string[]> => {
      await using host = await testHost(type, options);
      return host.structum.registry.plugins.map(({ name }) => name);
    };
    expect(await namesOf(talk, { plugins: ['./near.js', 'far'], from: join(folder, 'test.js') })).to.have.members(['talk', 'near', 'far']);
    const placed = definePlugin({ name: 'placed', description: 'Says where it is', module: pathToFileURL(join(folder, 'placed.js')).href });
    expect(await namesOf(placed, { plugins: ['./near.js', 'far'] })).to.have.members(['placed', 'near', 'far']);
    const inWorkingFolder = relative(process.cwd(), join(folder, 'near.js')).replaceAll('\\', '/');
    if (!isAbsolute(inWorkingFolder)) expect(await namesOf(talk, { plugins: [`./${inWorkingFolder}`] })).to.have.members(['talk', 'near']);
  });

  it('names what a fake lacks', async () => {
    await using host = await testHost(CounterPlugin, { fakes: [tree] });
    expect((await failed(host.run('size'))).message).to.include('The fake of the service "acme.tree" has no "size"');
  });

  it('fakes services of any plugin, and those of the host', async () => {
    const seen: unknown[] = [];
    class Probe {
      constructor(@Inject(TreeService) tree: Tree, @Inject(RegistryService) registry: Registry, @Inject(ClockService) clock: Clock) {
        seen.push(tree.walk('x'), registry.suggest('tre'), clock.now().getTime());
      }
      onActivate(context: PluginContext): void {
        seen.push(context.service(RegistryService).suggest(''));
      }
    }
    Plugin({ name: 'probe', description: 'Probe', requiresServices: [TreeService], permissions: { services: [RegistryService.id] } })(Probe);
    await using host = await testHost(Probe, {
      fakes: [fakeService(TreeService, { walk: (folder) => [folder] }), fakeService(RegistryService, { suggest: (path) => [path] }), fakeService(ClockService, manualClock(5))],
    });
    await host.activate();
    expect(seen).to.deep.equal([['x'], ['tre'], 5, ['']]);
  });

  it('does not grant what the plugin did not ask for', async () => {
    class Greedy {
      readonly registry: Registry;
      constructor(@Inject(RegistryService) registry: Registry) { this.registry = registry; }
    }
    Plugin({ name: 'greedy', description: 'Greedy' })(Greedy);
    expect(await failed(testHost(Greedy, { fakes: [fakeService(RegistryService, {})] }))).to.have.property('code', 'SERVICE_NOT_GRANTED');
  });

  it('gives the plugin other settings while it is up', async () => {
    const units: unknown[] = [];
    const measure = definePlugin({
      name: 'measure', version: '1.0.0', description: 'x', settings: defineSettings({ unit: { description: 'Unit', default: 'm' } }),
      onActivate: (context) => { context.onConfigChange(({ current }) => { units.push(current['unit']); }); },
    });
    await using host = await testHost(measure, { settings: { unit: 'km' }, config: { plugin_policy: { enabled: { other: false } } } });
    await host.activate();
    await host.configure({ unit: 'cm' });
    expect(await failed(host.configure({ unit: 5 }))).to.include({ code: 'CONFIG_INVALID' });
    await host.configure({});
    expect(units).to.deep.equal(['cm', 'm']);
    expect(host.events.flatMap(({ name, payload }) => (name === 'config:changed' ? [payload.changed] : []))).to.deep.equal([['plugins.measure.unit'], ['plugins.measure.unit']]);
  });

  it('lets the plugin live by a clock of the test', async () => {
    const clock = manualClock(0);
    const ticks: number[] = [];
    const Ticker = definePlugin({
      name: 'ticker', description: 'Ticks',
      onActivate(context) {
        const time = context.service(ClockService);
        context.own(time.setInterval(() => { ticks.push(time.now().getTime()); }, 1_000), 'the tick');
      },
    });
    const host = await testHost(Ticker, { clock });
    await host.activate();
    await clock.advance(2_500);
    expect(ticks).to.deep.equal([1_000, 2_000]);
    await host.dispose();
    expect(clock.waiting).to.equal(0);
  });

  it('answers questions in order, and keeps them', async () => {
    await using host = await testHost(talk, { answers: ['Ada', true] });
    expect(await host.run('talk')).to.deep.equal({ name: 'Ada', sure: true });
    expect(host.questions).to.deep.equal([{ message: 'Who are you?', answer: 'Ada' }, { message: 'Are you sure?', answer: true }]);
    expect((await failed(host.run('talk'))).message).to.include('"Who are you?" was asked, and no answer is left');
  });

  it('answers each question as a function says, of a run of its own too', async () => {
    await using host = await testHost(talk);
    const { result } = await host.capture('talk', {}, { answers: ({ message }) => (message.startsWith('Who') ? 'Bob' : false) });
    expect(result).to.deep.equal({ name: 'Bob', sure: false });
    expect((await failed(host.run('talk', {}))).message).to.include('Who are you?');
    const wrong = await host.capture('talk', {}, { answers: [true] });
    expect(wrong.error?.message).to.include('Answer it with a text');
  });

  it('has nobody to ask without answers', async () => {
    await using host = await testHost(talk);
    expect(await host.run('quiet')).to.equal(false);
  });

  it('captures what would be seen: without secrets', async () => {
    const door = definePlugin({
      name: 'door', version: '1.0.0', description: 'A door', settings: defineSettings({ token: { description: 'A secret', type: 'string', secret: true } }),
      commands: [defineCommand({
        path: 'open', description: 'Opens', execute: (_input, { config, output, logger, progress }) => {
          for (const part of String(config.token)) void output.write(part);
          logger.info(String(config.token));
          progress.report({ message: String(config.token) });
        },
      })],
    });
    await using host = await testHost(door, { settings: { token: 'hunter22' } });
    const { text, logs, progress } = await host.capture('open', {});
    expect([text, ...logs.map(({ message }) => message), ...progress.map(({ message }) => message), ...host.logs.map(({ message }) => message)]).to.deep.equal(Array(4).fill('[redacted]'));
  });

  it('captures text as a terminal would show it', async () => {
    await using host = await testHost(CounterPlugin, { fakes: [tree], settings: { unit: 'files' } });
    expect((await host.capture('count', {})).text).to.equal('2 files\n');
    expect((await host.capture('count', {}, { columns: 10 })).lines).to.deep.equal(['   2 files']);
    expect((await host.capture('count', {}, { color: true })).text).to.equal('\u001b[1m2 files\u001b[0m\n');
    expect((await host.capture('count', {}, { render: false })).text).to.equal('');
  });

  it('captures items, progress and log lines', async () => {
    await using host = await testHost(talk, { answers: ['Ada', true] });
    const numbers = await host.capture('numbers');
    expect({ items: numbers.items, result: numbers.result, lines: numbers.lines, exitCode: numbers.exitCode })
      .to.deep.equal({ items: [1, 2], result: [1, 2], lines: ['number 1', 'number 2'], exitCode: 0 });
    const { progress, logs } = await host.capture('talk');
    expect(progress).to.deep.equal([{ message: 'asking', completed: 1, total: 2 }]);
    expect(logs.map(({ level, message }) => `${level}: ${message}`)).to.deep.equal(['info: about to ask']);
    expect(host.logs.some(({ level, message, fields }) => level === 'debug' && message === 'not yet' && fields['plugin'] === 'talk')).to.equal(true);
  });

  it('captures a failure with what was written before it', async () => {
    await using host = await testHost(talk);
    const run = await host.capture('stumble');
    expect({ text: run.text, exitCode: run.exitCode, code: (run.error as StructumError).code }).to.deep.equal({ text: 'half\n', exitCode: 7, code: 'TALK_OVER' });
    expect(() => run.result).to.throw('No more.');
  });

  it('tells what happened, in order', async () => {
    await using host = await testHost(talk);
    await host.run('quiet');
    const told = host.events.map(({ name }) => name).filter((name) => name !== 'plugin:changed');
    expect(told).to.deep.equal(['plugin:loaded', 'plugin:activated', 'command:started', 'command:finished']);
  });

  it('refuses what is no plugin', async () => {
    expect(await failed(testHost(class {}))).to.have.property('code', 'PLUGIN_NOT_DESCRIBED');
    expect((await failed(testHost('/nowhere/at-all'))).message).to.include('There is no folder /nowhere/at-all.');
  });
});
