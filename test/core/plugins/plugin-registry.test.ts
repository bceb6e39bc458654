import type { ErrorReport, PluginManifest, PluginPolicy } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { DataLayer } from '#internal/core/config/layers/data-layer.js';
import { mergePolicies } from '#internal/core/config/policy-layers.js';
import { catalogued } from '#internal/core/errors/index.js';
import { reportOf } from '#internal/core/plugins/error-report.js';
import { AppliedPolicy } from '#internal/core/plugins/policy.js';
import { PluginRegistry, type RegistryHost } from '#internal/core/plugins/plugin-registry.js';
import { PluginUnit } from '#internal/core/plugins/plugin-unit.js';
import { failure } from '../../support/errors.js';
import { MemoryCatalog, type Discovered } from './memory-catalog.js';

function policy(decided: PluginPolicy, disabledByProject: readonly string[] = []): AppliedPolicy {
  const project = { enabled: Object.fromEntries(disabledByProject.map((name) => [name, false])) };
  const layers = [{ layer: new DataLayer('project', {}), policy: project }, { layer: new DataLayer('host', {}), policy: decided }];
  return new AppliedPolicy(mergePolicies(layers, false));
}

function registry(plugins: readonly Discovered[], more: RegistryHost = {}): PluginRegistry {
  return new PluginRegistry({ catalog: new MemoryCatalog(plugins), ...more });
}

/** A plugin as the host gives it. */
function given(plugin: Discovered): PluginUnit {
  const { manifest } = new MemoryCatalog([plugin]).all()[0] ?? {};
  return new PluginUnit(manifest as PluginManifest, { file: '/none.js' }, { source: { kind: 'given', label: plugin.name } });
}

async function states(plugins: readonly Discovered[], more: RegistryHost = {}): Promise<Record<string, string>> {
  const judged = await registry(plugins, more).view.judged();
  return Object.fromEntries(judged.map(({ name, state, reason }) => [name, reason === undefined ? state : `${state} ${reason.code}`]));
}

describe('looking plugins up', () => {
  const plugins: readonly Discovered[] = [
    { name: 'tree', paths: ['tree|t', 'tree print'], category: 'export', keywords: ['files'], provides: ['tree.walker'] },
    { name: 'archive', paths: ['archive'], category: 'export', requires: { tree: '^1.0.0' }, optional: { clean: '*' }, keywords: ['files', 'zip'] },
    { name: 'docs', paths: ['docs build', 'docs serve'], requiresServices: ['tree.walker'] },
  ];

  it('reads those that are asked for, and no others', () => {
    const catalog = new MemoryCatalog(plugins);
    const { asked } = catalog;
    const looked = new PluginRegistry({ catalog });
    expect(looked.view.route(['tree', 'print', 'here'])).to.deep.include({ length: 2 });
    expect(looked.view.command('t')?.path).to.equal('tree');
    expect(looked.view.provider('tree.walker')?.name).to.equal('tree');
    expect(asked).to.deep.equal({ entries: 1, all: 0, refresh: 0 });
    expect(looked.view.plugin('archive')?.state).to.equal('discovered');
    expect(asked).to.deep.equal({ entries: 2, all: 0, refresh: 0 });
  });

  it('gives the same before and after a look at everything', () => {
    const look = (looked: PluginRegistry): unknown => [
      looked.view.category('export'), looked.view.keyword('files'), looked.view.keyword('zip'), looked.view.dependents('tree'), looked.view.dependents('clean'),
      looked.view.dependsOn('archive'), looked.view.dependsOn('docs'), looked.view.dependsOn('nothing'), looked.view.provider('tree.walker'), looked.view.provider('none'),
      looked.view.route(['docs', 'build', 'x']), looked.view.command('docs'), looked.view.plugin('nothing'), looked.view.plugin('docs'),
    ];
    const all = registry(plugins);
    expect(all.view.plugins.map(({ name }) => name)).to.deep.equal(['archive', 'docs', 'tree']);
    expect(look(all)).to.deep.equal(look(registry(plugins)));
  });

  it('knows the graph both ways, with what is missing', () => {
    const looked = registry(plugins);
    expect(looked.view.dependsOn('archive')).to.deep.equal([
      { plugin: 'tree', range: '^1.0.0', optional: false, found: '1.0.0' },
      { plugin: 'clean', range: '*', optional: true },
    ]);
    expect(looked.view.dependents('tree')).to.deep.equal([
      { plugin: 'archive', range: '^1.0.0', optional: false },
      { plugin: 'docs', range: '*', service: 'tree.walker', optional: false },
    ]);
    expect(looked.view.dependents('clean')).to.deep.equal([{ plugin: 'archive', range: '*', optional: true }]);
  });

  it('looks again, once, where words lead to nothing', () => {
    const catalog = new MemoryCatalog(plugins);
    const looked = new PluginRegistry({ catalog });
    expect(looked.view.route(['fresh'])).to.equal(undefined);
    expect(catalog.asked.refresh).to.equal(1);
    catalog.change([...plugins, { name: 'fresh', paths: ['fresh'] }]);
    expect(looked.view.route(['fresh'])?.command.plugin).to.equal('fresh');
  });

  it('forgets what changed, and keeps what did not and what is up', async () => {
    const catalog = new MemoryCatalog(plugins);
    const looked = new PluginRegistry({ catalog });
    await looked.view.judged();
    const [tree, archive, docs] = ['tree', 'archive', 'docs'].map((name) => looked.unit(name));
    docs?.loaded(class {}, 1);
    catalog.change([{ ...plugins[0], name: 'tree' }, { name: 'archive', version: '2.0.0', paths: ['pack'] }]);
    expect([looked.refresh(), looked.refresh()]).to.deep.equal([true, false]);
    expect([looked.unit('tree') === tree, looked.unit('archive') === archive, looked.unit('docs') === docs]).to.deep.equal([true, false, true]);
    expect([looked.view.command('archive'), looked.view.command('pack')?.plugin]).to.deep.equal([undefined, 'archive']);
    expect(looked.view.plugins.map(({ name, version, state }) => [name, version, state])).to.deep.equal([
      ['archive', '2.0.0', 'discovered'], ['docs', '1.0.0', 'loaded'], ['tree', '1.0.0', 'discovered'],
    ]);
  });

  it('tells of packages that are no plugins, once, when everything is looked at', () => {
    const catalog = new MemoryCatalog([]);
    const told: string[] = [];
    const looked = new PluginRegistry({ catalog, report: ({ code }) => told.push(code) });
    const error = catalogued('MANIFEST_MISSING', { folder: '/broken' });
    catalog.change(plugins, [{ folder: '/broken', origin: 'user', error }]);
    looked.refresh();
    expect([looked.view.plugin('tree')?.name, told]).to.deep.equal(['tree', []]);
    expect(looked.view.problems()).to.deep.equal([{ folder: '/broken', origin: 'user', error: reportOf(error) }]);
    expect(looked.view.plugins).to.have.length(3);
    expect(told).to.deep.equal(['MANIFEST_MISSING']);
  });
});

describe('plugins that claim the same', () => {
  it('give way to the one whose source comes first, and are told what to do', async () => {
    const told: string[] = [];
    const looked = registry([
      { name: 'mine', origin: 'user', paths: ['tree', 'mine'], provides: ['acme.walker'] },
      { name: 'tree', paths: ['tree'] },
    ], { report: ({ code }) => told.push(code) });
    expect(looked.view.command('tree')?.plugin).to.equal('tree');
    const reason = looked.view.plugin('mine')?.reason;
    expect([reason?.code, told]).to.deep.equal(['COMMAND_DUPLICATE', ['COMMAND_DUPLICATE']]);
    expect(reason?.message.replaceAll('\\', '/')).to.equal(
      'The command "tree" is claimed by both plugin "tree" 1.0.0 (/app/node_modules/structum-plugin-tree) and plugin "mine" 1.0.0 (/app/node_modules/structum-plugin-mine). The first one keeps it, because plugins beside the host come before plugins of the user.',
    );
    expect(reason?.hint).to.contain('plugin_policy: { renames: { "mine": { "tree": "mine tree" } } }').and.contain('{ enabled: { "tree": false } }');
    expect(looked.view.provider('acme.walker')).to.equal(undefined);
    expect(looked.view.commands.map(({ path }) => path)).to.deep.equal(['tree']);
    expect(looked.view.command('mine')?.plugin, 'so that running it says why').to.equal('mine');
    expect((await looked.view.judged()).map(({ state }) => state)).to.deep.equal(['rejected', 'resolved']);
  });

  it('take nothing where they give way themselves', async () => {
    expect(await states([
      { name: 'a', folder: '/1', paths: ['one'] },
      { name: 'b', folder: '/2', paths: ['one', 'two'] },
      { name: 'c', folder: '/3', paths: ['two', 'three'] },
      { name: 'd', folder: '/4', paths: ['three|other'], provides: ['x.y'] },
      { name: 'e', folder: '/5', provides: ['x.y'] },
    ])).to.deep.equal({ a: 'resolved', b: 'rejected COMMAND_DUPLICATE', c: 'resolved', d: 'rejected COMMAND_DUPLICATE', e: 'resolved' });
    expect(await states([{ name: 'a', provides: ['x.y'] }, { name: 'b', provides: ['x.y'] }])).to.deep.equal({ a: 'resolved', b: 'rejected SERVICE_DUPLICATE' });
  });

  it('do not where one is disabled, not trusted, or moved out of the way', async () => {
    const both: readonly Discovered[] = [{ name: 'first', paths: ['x|y'] }, { name: 'second', origin: 'user', paths: ['x'] }];
    expect(await states(both, { policy: policy({ enabled: { first: false } }) })).to.deep.equal({ first: 'disabled PLUGIN_DISABLED', second: 'resolved' });
    const [first, second] = both.map((plugin) => ({ ...plugin }));
    expect(await states([{ ...first, name: 'first', tier: 'found' }, { ...second, name: 'second' }])).to.deep.equal({ first: 'rejected PLUGIN_UNTRUSTED', second: 'resolved' });
    const moved = registry(both, { policy: policy({ renames: { second: { x: 'second x' } } }) });
    expect(moved.view.route(['second', 'x'])).to.deep.include({ length: 2 });
    expect(moved.view.command('second x')).to.deep.include({ path: 'second x', plugin: 'second' });
    expect(moved.view.command('second x')?.manifest.path).to.equal('x');
    expect(moved.view.commands.map(({ path, plugin }) => [path, plugin])).to.deep.equal([['second x', 'second'], ['x', 'first']]);
  });

  it('may be packages of one plugin', async () => {
    const told: string[] = [];
    const looked = registry([
      { name: 'same', folder: '/user/same', origin: 'user', version: '2.0.0' },
      { name: 'same', folder: '/host/same', version: '1.0.0' },
    ], { report: ({ code }) => told.push(code) });
    expect([looked.view.plugin('same')?.version, told]).to.deep.equal(['1.0.0', ['PLUGIN_DUPLICATE']]);
    const [, other] = await looked.view.judged();
    expect([other?.version, other?.state, other?.reason?.details?.['first']]).to.deep.equal(['2.0.0', 'rejected', '/host/same']);
  });

  it('give way to what the host is given, unless they are up', async () => {
    const looked = registry([{ name: 'found', paths: ['x'] }]);
    await looked.view.judged();
    looked.add(given({ name: 'given', paths: ['x'] }));
    looked.reconsider();
    expect([looked.view.command('x')?.plugin, looked.view.plugin('found')?.reason?.code]).to.deep.equal(['given', 'COMMAND_DUPLICATE']);
    const unit = looked.unit('given');
    if (unit !== undefined) looked.remove(unit);
    looked.reconsider();
    expect(looked.view.command('x')?.plugin).to.equal('found');
    await looked.view.judged();
    looked.unit('found')?.loaded(class {}, 1);
    await failure('COMMAND_DUPLICATE', () => { looked.add(given({ name: 'given', paths: ['x'] })); });
    await failure('PLUGIN_DUPLICATE', () => { looked.add(given({ name: 'found' })); });
    expect(looked.view.plugins.map(({ name }) => name)).to.deep.equal(['found']);
  });

  it('show where the flags of one are the host’s', () => {
    const catalog = new MemoryCatalog([{ name: 'greedy', paths: ['x'] }]);
    const [entry] = catalog.all();
    const property = { type: 'boolean', 'x-structum': { kind: 'option', flags: ['--json'] } };
    Object.assign(entry?.manifest.commands[0]?.input.properties ?? {}, { json: property });
    expect(new PluginRegistry({ catalog, reservedFlags: ['--json'] }).view.plugin('greedy')?.reason?.code).to.equal('OPTION_RESERVED');
  });
});

describe('what is decided about plugins', () => {
  const plugins: readonly Discovered[] = [{ name: 'off', paths: ['off|o'], provides: ['off.service'] }, { name: 'needs', paths: ['needs'], requires: { off: '*' }, requiresServices: [] }];

  it('disables them: they offer nothing, and who asks for their commands is told', async () => {
    const looked = registry(plugins, { policy: policy({ enabled: { off: false } }) });
    expect(looked.view.commands.map(({ path }) => path)).to.deep.equal(['needs']);
    expect(looked.view.suggest('of')).to.deep.equal([]);
    expect(looked.view.provider('off.service')).to.equal(undefined);
    expect(looked.view.route(['o', 'file'])?.command.plugin).to.equal('off');
    expect(looked.view.plugin('off')).to.deep.include({ state: 'disabled' });
    const [needs] = await looked.view.judged();
    expect(needs?.reason).to.deep.include({ code: 'REQUIREMENT_REJECTED', hint: looked.view.plugin('off')?.reason?.hint });
    expect(needs?.reason?.causes?.map(({ code }) => code)).to.deep.equal(['PLUGIN_DISABLED']);
  });

  it('rejects what needs a service of a disabled one', async () => {
    const consumer: Discovered = { name: 'consumer', requiresServices: ['off.service'] };
    const judged = await registry([...plugins, consumer], { policy: policy({ enabled: { off: false } }) }).view.judged();
    expect(judged[0]?.reason?.causes?.map(({ code }) => code)).to.deep.equal(['PLUGIN_DISABLED']);
  });

  it('gives commands further names, which take none from others', () => {
    const looked = registry([{ name: 'tree', paths: ['tree'] }, { name: 'top', paths: ['t'] }], { policy: policy({ aliases: { t: 'tree', 'show all': 'tree', none: 'nothing' } }) });
    expect(looked.view.command('t')?.plugin).to.equal('top');
    expect(looked.view.route(['show', 'all', 'x'])).to.deep.include({ length: 2 });
    expect(looked.view.route(['show', 'all'])?.command.path).to.equal('tree');
    expect(looked.view.command('none')).to.equal(undefined);
    expect(looked.view.suggest('show al')).to.deep.equal(['show all']);
  });

  it('keeps what nobody trusts from being used, also where it was forgotten meanwhile', async () => {
    const catalog = new MemoryCatalog([{ name: 'foreign', tier: 'found', origin: 'project', folder: '/project/node_modules/foreign' }, { name: 'needy', requires: { foreign: '*' } }]);
    const looked = new PluginRegistry({ catalog });
    const [foreign, needy] = [looked.unit('foreign'), looked.unit('needy')];
    catalog.change([]);
    looked.refresh();
    for (const unit of [foreign, needy]) if (unit !== undefined) looked.resolve(unit);
    expect(foreign?.reason).to.include({ code: 'PLUGIN_UNTRUSTED', exitCode: 3 });
    expect(foreign?.reason?.details).to.deep.equal({ plugin: 'foreign', folder: '/project/node_modules/foreign', project: '/project' });
    expect(needy?.state).to.equal('rejected');
  });

  it('lets a command of a plugin that may be used come before longer ones of others', () => {
    const looked = registry([{ name: 'tree', paths: ['tree'] }, { name: 'foreign', paths: ['tree src'], tier: 'found' }]);
    expect(looked.view.route(['tree', 'src'])).to.deep.include({ length: 1 });
  });
});

describe('replacing a plugin', () => {
  it('hands its claims on in one step, or refuses', async () => {
    const looked = registry([{ name: 'other', paths: ['taken'] }]);
    const [old, fresh] = [given({ name: 'one', paths: ['stays', 'goes'], provides: ['one.old'] }), given({ name: 'one', version: '2.0.0', paths: ['stays', 'comes'], provides: ['one.new'] })];
    looked.add(old);
    looked.add(given({ name: 'two', paths: ['two'] }));
    looked.replace(old, fresh);
    expect(looked.unit('one')).to.equal(fresh);
    expect(['stays', 'goes', 'comes'].map((path) => looked.view.command(path)?.plugin)).to.deep.equal(['one', undefined, 'one']);
    expect(['one.old', 'one.new'].map((id) => looked.view.provider(id)?.version)).to.deep.equal([undefined, '2.0.0']);
    await failure('COMMAND_DUPLICATE', () => { looked.replace(fresh, given({ name: 'one', paths: ['two'] })); });
    expect(looked.unit('one')).to.equal(fresh);
  });
});

describe('how plugins are judged', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const ranges = fc.dictionary(fc.constantFrom(...names, 'missing'), fc.constantFrom('*', '^1.0.0', '>=1.5.0', '^2.0.0', 'wrong'), { maxKeys: 2 });
  const words = fc.uniqueArray(fc.constantFrom('one', 'two', 'three|x', 'four', 'x|y'), { maxLength: 2 });
  const plugin: fc.Arbitrary<Discovered> = fc.record({
    name: fc.constantFrom(...names),
    version: fc.constantFrom('1.0.0', '1.6.0', '2.0.0', '2.1.0-beta.1'),
    origin: fc.constantFrom('host', 'user', 'project'),
    tier: fc.constantFrom('host', 'host', 'host', 'found'),
    engine: fc.constantFrom('^2.0.0', '^2.0.0', '^2.0.0', '^3.0.0'),
    requires: ranges,
    optional: ranges,
    conflicts: fc.dictionary(fc.constantFrom(...names), fc.constantFrom('*', '<1.5.0'), { maxKeys: 1 }),
    paths: words,
    provides: fc.subarray(['s.one', 's.two'], { maxLength: 1 }),
    requiresServices: fc.subarray(['s.one', 's.two', 's.none'], { maxLength: 1 }),
  });
  const sets = fc.array(plugin, { maxLength: 12 }).map((plugins) => plugins.map((each, index) => ({ ...each, folder: `/packages/${String(index)}` })));
  const decided = policy({ enabled: { e: false }, renames: { f: { one: 'f one' }, g: { two: 'four' } }, aliases: { z: 'one' } });

  const outcome = (looked: PluginRegistry): unknown => ({
    plugins: looked.view.plugins,
    commands: looked.view.commands,
    holders: ['one', 'two', 'three', 'four', 'x', 'y', 'z', 'f one'].map((path) => looked.view.command(path)),
    providers: ['s.one', 's.two'].map((id) => looked.view.provider(id)?.name),
    ties: names.map((name) => [looked.unit(name)?.requirements, looked.unit(name)?.options].map((units) => units?.map((unit) => unit.name))),
  });

  it('depends neither on the order in which they were discovered, nor on who is asked for first', async () => {
    const orders = sets.chain((plugins) => fc.tuple(fc.constant(plugins), fc.shuffledSubarray(plugins, { minLength: plugins.length }), fc.shuffledSubarray(names), fc.boolean()));
    await fc.assert(fc.asyncProperty(orders, async ([plugins, shuffled, asked, byClaims]) => {
      const one = registry(plugins, { policy: decided });
      await one.view.judged();
      const other = registry(shuffled, { policy: decided });
      for (const name of asked) {
        if (byClaims) other.view.route(['one', name]);
        const unit = other.unit(name);
        if (unit !== undefined) other.resolve(unit);
      }
      await other.view.judged();
      expect(outcome(other)).to.deep.equal(outcome(one));
    }), { numRuns: 300 });
  });

  it('is never an error, and leaves nothing open', async () => {
    await fc.assert(fc.asyncProperty(sets, async (plugins) => {
      const judged = await registry(plugins).view.judged();
      for (const { state, reason } of judged) {
        expect(state).to.be.oneOf(['resolved', 'rejected']);
        expect(reason === undefined).to.equal(state === 'resolved');
        for (const report of treeOf(reason)) expect(report.message).to.match(/\S/).and.not.contain('undefined');
      }
    }), { numRuns: 200 });
  });

  it('lets plugins use only what can be used, and nobody wait for himself', async () => {
    await fc.assert(fc.asyncProperty(sets, async (plugins) => {
      const looked = registry(plugins);
      await looked.view.judged();
      const units = [...looked.units].filter(({ state }) => state === 'resolved');
      for (const unit of units) {
        const waitsFor = new Set([...unit.requirements, ...unit.options]);
        for (const other of waitsFor) {
          expect(other.state).to.equal('resolved');
          for (const next of [...other.requirements, ...other.options]) waitsFor.add(next);
        }
        expect(waitsFor.has(unit)).to.equal(false);
      }
    }), { numRuns: 200 });
  });

  it('takes chains and circles of five thousand', async () => {
    const name = (index: number): string => `p-${String(index).padStart(4, '0')}`;
    const chain = (last: Readonly<Record<string, string>>): Discovered[] =>
      Array.from({ length: 5_000 }, (_none, index) => ({ name: name(index), requires: index === 4_999 ? last : { [name(index + 1)]: '*' } }));
    const missing = await registry(chain({ missing: '*' })).view.judged();
    expect(missing.every(({ state }) => state === 'rejected')).to.equal(true);
    const reason = missing[0]?.reason;
    expect(reason?.details?.['chain']).to.deep.equal(['p-0000', 'p-0001', 'p-0002', 'p-0003', 'p-0004', '…', 'p-4996', 'p-4997', 'p-4998', 'p-4999']);
    expect(treeOf(reason).at(-1)).to.deep.include({ code: 'REQUIREMENT_MISSING' });
    expect(treeOf(reason).length).to.be.lessThan(20);

    const circle = await registry(chain({ [name(0)]: '*' })).view.judged();
    expect(new Set(circle.map((plugin) => plugin.reason?.code))).to.deep.equal(new Set(['REQUIREMENT_CYCLE']));
    expect(circle[2_500]?.reason?.details?.['chain']).to.have.length(5_001).and.satisfy((names: string[]) => names[0] === 'p-0000' && names.at(-1) === 'p-0000');
  });

  it('takes rows of rivals of five thousand', async () => {
    const row = Array.from({ length: 5_000 }, (_none, index): Discovered =>
      ({ name: `p-${String(index)}`, folder: `/p/${String(index).padStart(4, '0')}`, paths: [`c ${String(index)}`, `c ${String(index + 1)}`] }));
    const catalog = new MemoryCatalog(row);
    const looked = new PluginRegistry({ catalog });
    const judged = await looked.view.judged();
    expect(judged.filter(({ state }) => state === 'resolved')).to.have.length(2_500);
    expect(looked.view.command('c 4999')?.plugin).to.equal('p-4998');
  });
});

function treeOf(report: ErrorReport | undefined): readonly ErrorReport[] {
  return report === undefined ? [] : [report, ...(report.causes ?? []).flatMap(treeOf)];
}
