import { rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Structum } from '@structum/core';
import PluginsPlugin from '@structum/plugin-plugins';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';
import { manifestOf, writePackage } from '../../../support/plugin-package.js';

describe('structum plugins list, info, why, graph and doctor in a host that runs on', () => {
  let folder: string;
  let structum: Structum;

  beforeEach(async () => {
    folder = temporaryFolder();
    write('base', '1.0.0');
    write('user', '1.0.0', { requires: { base: '^1.0.0' } });
    structum = await Structum.create({ plugins: [PluginsPlugin], discover: { userFolder: join(folder, 'plugins'), cache: join(folder, 'cache') }, configSources: { global: join(folder, 'config') } });
    await everything();
  });

  afterEach(() => structum.dispose());

  const write = (name: string, version: string, more: Parameters<typeof writePackage>[2] = {}): void => {
    writePackage(packageFolder(name), `structum-plugin-${name}`, { name, version, ...more });
  };
  const packageFolder = (name: string): string => join(folder, 'plugins/node_modules', `structum-plugin-${name}`);
  const listed = async (): Promise<Record<string, string>> => {
    const plugins = await structum.run('plugins list', {});
    return Object.fromEntries(plugins.filter(({ name }) => name !== 'plugins').map(({ name, version, state }) => [name, `${version} ${state}`]));
  };
  const everything = async (): Promise<unknown[]> => [
    await listed(), await structum.run('plugins info', { name: 'base' }), await structum.run('plugins why', { name: 'base' }),
    await structum.run('plugins graph', {}), await structum.run('plugins doctor', { manifests: false }),
  ];
  const findings = async (): Promise<string[]> => (await structum.run('plugins doctor', { manifests: false })).findings.map(({ code }) => code);

  it('show a plugin that was upgraded, and what follows from that', async () => {
    write('base', '2.0.0');
    expect((await structum.run('plugins why', { name: 'base' })).version).to.equal('2.0.0');
    write('base', '3.0.0');
    expect(await structum.run('plugins info', { name: 'base' })).to.deep.include({ version: '3.0.0' });
    write('base', '4.0.0');
    expect((await structum.run('plugins graph', {})).nodes.filter(({ id }) => id !== 'plugins')).to.deep.equal([{ id: 'base', version: '4.0.0', state: 'resolved' }, { id: 'user', version: '1.0.0', state: 'rejected' }]);
    write('base', '5.0.0');
    expect(await listed()).to.deep.equal({ base: '5.0.0 resolved', user: '1.0.0 rejected' });
    write('base', '1.1.0');
    expect(await findings()).to.deep.equal([]);
    expect(await listed()).to.deep.equal({ base: '1.1.0 resolved', user: '1.0.0 resolved' });
  });

  it('show a plugin that came, and one that went', async () => {
    write('late', '1.0.0', { requires: { base: '*' } });
    expect((await structum.run('plugins why', { name: 'base' })).direct).to.deep.equal(['late', 'user']);
    rmSync(packageFolder('base'), { recursive: true });
    expect(await structum.run('plugins why', { name: 'base' })).to.deep.include({ plugin: 'base', direct: ['late', 'user'] }).and.not.have.property('version');
    await failure('PLUGIN_UNKNOWN', structum.run('plugins info', { name: 'base' }));
    expect(await findings()).to.deep.equal(['REQUIREMENT_MISSING', 'REQUIREMENT_MISSING']);
    expect(await listed()).to.deep.equal({ late: '1.0.0 rejected', user: '1.0.0 rejected' });
  });

  it('show what was disabled and enabled in that host', async () => {
    const disabled = await structum.run('plugins disable', { names: ['base'], force: true });
    expect(disabled).to.deep.equal([{
      plugin: 'base', enabled: false, scope: 'user', file: join(folder, 'config/config.yaml'), changed: true, inForce: true,
      notes: ['"user" requires it, and cannot be used any more.'],
    }]);
    expect(await listed()).to.deep.equal({ base: '1.0.0 disabled', user: '1.0.0 rejected' });
    expect((await structum.run('plugins info', { name: 'base' })).reason).to.deep.include({ code: 'PLUGIN_DISABLED' });
    expect(await findings()).to.deep.equal(['PLUGIN_DISABLED']);
    await structum.run('plugins enable', { names: ['base'] });
    expect(await listed()).to.deep.equal({ base: '1.0.0 resolved', user: '1.0.0 resolved' });
  });

  it('show a manifest that broke, and one that was mended', async () => {
    const file = join(packageFolder('base'), 'structum.manifest.json');
    unlinkSync(file);
    writeFiles(packageFolder('base'), { 'structum.manifest.json': '{' });
    expect(await findings()).to.include('MANIFEST_UNREADABLE');
    writeFiles(packageFolder('base'), { 'structum.manifest.json': manifestOf('base') });
    expect(await listed()).to.deep.equal({ base: '1.0.0 resolved', user: '1.0.0 resolved' });
  });
});
