import { join } from 'node:path';
import { catalogued, ConfigService, definePlugin, defineCommand, Plugin, Setting, Structum, type ConfigStore, type PluginManifest, type SecurityPolicy, type TrustTier } from '@structum/core';
import { Min } from 'class-validator';
import { expect } from 'chai';
import { placementOf } from '#internal/core/execution/placement.js';
import { PluginUnit } from '#internal/core/plugins/plugin-unit.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';
import { manifestOf } from '../../support/plugin-package.js';

const POLICY: SecurityPolicy = { mode: 'standard', audit: true, concurrency: { global: 1, perPlugin: 1, queue: 1 }, limitsFor: () => ({}), permissionsFor: () => ({}), executorOf: () => undefined };

function placed(tier: TrustTier, policy: Partial<SecurityPolicy>, { name = 'some', ...more }: Partial<PluginManifest> = {}): string {
  const unit = new PluginUnit(manifestOf(name, more), { file: '/nowhere/index.cjs' }, { source: { kind: 'given', label: name }, tier });
  return placementOf(unit, { ...POLICY, ...policy });
}

describe('where a plugin runs', () => {
  it('is said by how far it is trusted, and by the mode', () => {
    const table = (['off', 'standard', 'strict'] as const).map((mode) => [mode, placed('host', { mode }), placed('installed', { mode })]);
    expect(table).to.deep.equal([['off', 'inline', 'inline'], ['standard', 'inline', 'process'], ['strict', 'process', 'process']]);
  });

  describe('in strict', () => {
    /** A plugin in a package of that name, installed beside its host, in a folder of that name or of another one. */
    const installed = (plugin: string, packageName: string, { tier = 'host', folder = packageName }: { readonly tier?: TrustTier; readonly folder?: string } = {}): string => {
      const label = join(temporaryFolder(), 'node_modules', folder);
      writeFiles(label, { 'package.json': { name: packageName, version: '1.0.0' } });
      const unit = new PluginUnit(manifestOf(plugin), { file: join(label, 'index.cjs') }, { source: { kind: 'package', label, origin: 'host' }, tier });
      return placementOf(unit, { ...POLICY, mode: 'strict' });
    };

    it('is this thread for those of Structum with which an operator mends things', () => {
      for (const name of ['config', 'plugins', 'security']) expect(installed(name, `@structum/plugin-${name}`), name).to.equal('inline');
    });

    it('is a process for a package that only names its plugin so', () => {
      expect(installed('config', 'structum-plugin-config')).to.equal('process');
      expect(installed('config', 'config')).to.equal('process');
      expect(placed('host', { mode: 'strict' }, { name: 'config' })).to.equal('process');
    });

    it('is a process for a package that says of itself that it is one of them', () => {
      expect(installed('config', '@structum/plugin-config', { folder: 'structum-plugin-other' })).to.equal('process');
    });

    it('is a process for one that is not of the host', () => {
      expect(installed('config', '@structum/plugin-config', { tier: 'installed' })).to.equal('process');
    });

    it('is a process for other plugins of Structum', () => {
      for (const name of ['health', 'tree', 'archive']) expect(installed(name, `@structum/plugin-${name}`), name).to.equal('process');
    });
  });

  it('is the strictest place that its manifest, the host and the trust in it ask for', () => {
    expect(placed('host', {}, { executor: 'worker' })).to.equal('worker');
    expect(placed('host', { executorOf: () => 'process' }, { executor: 'worker' })).to.equal('process');
    expect(placed('host', { executorOf: () => 'inline' }, { executor: 'worker' })).to.equal('worker');
    expect(placed('installed', { executorOf: () => 'inline' }, { executor: 'worker' })).to.equal('process');
  });
});

class LimitedSettings { @Setting({ description: 'At least', type: 'integer' }) @Min(2) least = 2; }
class LimitedPlugin {}
Plugin({ name: 'limited', version: '1.0.0', description: 'Limited', settings: LimitedSettings, executor: 'process', module: import.meta.url })(LimitedPlugin);

describe('a plugin that is only there as a class', () => {
  const given = definePlugin({ name: 'given', version: '1.0.0', description: 'Given', commands: [defineCommand({ path: 'given', description: 'g', execute: () => 'here' })] });

  it('is refused by name, at once, where it may not run in this thread', async () => {
    const error = await failure('PLUGIN_NOT_IMPORTABLE', Structum.create({ plugins: [given], config: { security: { sandbox_mode: 'strict' } } }));
    expect(error.details).to.deep.equal({ plugin: 'given' });
    await failure('PLUGIN_NOT_IMPORTABLE', Structum.create({ plugins: [given], config: { plugin_policy: { executor: { given: 'worker' } } } }));
  });

  it('runs in this thread where nothing speaks against it', async () => {
    await using structum = await Structum.create({ plugins: [given] });
    expect(await structum.run('given')).to.equal('here');
  });
});

describe('a plugin that runs isolated', () => {
  it('has its code imported for nothing here: rules that only that has are not checked where settings are changed', async () => {
    let store: ConfigStore | undefined;
    const asking = definePlugin({ name: 'asking', version: '1.0.0', description: 'Asks', permissions: { services: ['structum.config'] }, onActivate: (context) => { store = context.service(ConfigService); } });
    await using structum = await Structum.create({ plugins: [LimitedPlugin, asking], configSources: { global: temporaryFolder() } });
    await structum.activate('asking');
    const change = await store?.set('plugins.limited.least', '1', { scope: 'global' });
    const { message } = catalogued('PLUGIN_ISOLATED', { plugin: 'limited' });
    expect(change).to.include({ changed: true, unchecked: message });
    expect((await store?.validate())?.map(({ severity, problem }) => [severity, problem.endsWith(message)])).to.deep.equal([['warning', true]]);
  });
});
