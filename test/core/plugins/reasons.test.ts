import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorReport } from '@structum/core';
import { expect } from 'chai';
import { PluginRegistry } from '#internal/core/plugins/plugin-registry.js';
import { root, temporaryFolder, writeFiles } from '../../support/folder.js';
import { MemoryCatalog, type Discovered } from './memory-catalog.js';

/** Why each plugin cannot be used. */
async function reasons(...plugins: readonly Discovered[]): Promise<Record<string, ErrorReport | undefined>> {
  const judged = await new PluginRegistry({ catalog: new MemoryCatalog(plugins) }).view.judged();
  return Object.fromEntries(judged.map(({ name, reason }) => [name, reason]));
}

const codesIn = (report: ErrorReport | undefined): unknown => (report?.causes === undefined ? report?.code : [report.code, ...report.causes.map(codesIn)]);
const sizeOf = ({ causes = [] }: ErrorReport): number => causes.reduce((sum, cause) => sum + sizeOf(cause), 1);

describe('why a plugin cannot be used', () => {
  it('is told whole, also of what it requires', async () => {
    const { a, c } = await reasons(
      { name: 'a', requires: { b: '*' } },
      { name: 'b', requires: { c: '*' } },
      { name: 'c', requires: { x: '^1.0.0', y: '^2.0.0', z: '*' }, engine: '^9.0.0' },
      { name: 'y', version: '1.0.0' },
    );
    const own = ['PLUGIN_UNFIT', 'ENGINE_MISMATCH', 'REQUIREMENT_MISSING', 'REQUIREMENT_MISMATCH', 'REQUIREMENT_MISSING'];
    expect(codesIn(c)).to.deep.equal(own);
    expect(codesIn(a)).to.deep.equal(['REQUIREMENT_REJECTED', ['REQUIREMENT_REJECTED', own]]);
    expect(a?.details?.['chain']).to.deep.equal(['a', 'b', 'c']);
    expect(a?.message).to.match(/^Plugin "a" requires "b", which requires "c", which cannot be used: \(1\) .+\(2\) .+\(3\) .+ And 1 more\.$/);
  });

  it('is told once, however many ways lead there', async () => {
    const { a, many } = await reasons(
      { name: 'a', requires: { b: '*', c: '*', d: '*' } },
      ...['b', 'c', 'd'].map((name) => ({ name, requires: { low: '*' } })),
      { name: 'low', requires: { none: '*' } },
      { name: 'other', requires: { nothing: '*' } },
      { name: 'many', requires: { b: '*', c: '*', other: '*' } },
    );
    expect(codesIn(a)).to.deep.equal(['REQUIREMENT_REJECTED', ['REQUIREMENT_REJECTED', 'REQUIREMENT_MISSING']]);
    expect(a?.details?.['chain']).to.deep.equal(['a', 'b', 'low']);
    expect(codesIn(many)).to.deep.equal(['PLUGIN_UNFIT', ['REQUIREMENT_REJECTED', ['REQUIREMENT_REJECTED', 'REQUIREMENT_MISSING']], ['REQUIREMENT_REJECTED', 'REQUIREMENT_MISSING']]);
    expect(many?.message).to.match(/^Plugin "many" cannot be used for 2 reasons: \(1\) .+ \(2\) .+$/);
  });

  it('stays a tree that one can read, however wide and deep what it follows from', async () => {
    const name = (layer: number, index: number): string => `p-${String(layer)}-${String(index)}`;
    const row = Array.from({ length: 8 }, (_none, index) => index);
    const layers = Array.from({ length: 12 }, (_none, layer) => row.map((index): Discovered => ({
      name: name(layer, index), requires: Object.fromEntries(layer === 11 ? [['none', '*']] : row.map((other) => [name(layer + 1, other), '*'])),
    }))).flat();
    const { [name(0, 0)]: top } = await reasons(...layers);
    expect(top?.code).to.equal('REQUIREMENT_REJECTED');
    expect(sizeOf(top ?? { code: '', message: '' })).to.be.lessThan(8 * 70);
    expect(JSON.stringify(top)).to.contain('requires \\"none\\" *, and it is not there').and.have.length.lessThan(2_000_000);
  });

  it('says what to run for what was installed, where it was', async () => {
    const folder = temporaryFolder();
    const place = (...parts: string[]): string => join(folder, ...parts);
    writeFiles(folder, {
      'app/package.json': {},
      'app/node_modules/needy/package.json': { name: 'needy', version: '1.0.0', peerDependencies: { '@acme/plugin-part': '*', '"; evil"plugin-other': '*' } },
      'all/node_modules/lonely/package.json': { name: 'lonely', version: '1.0.0' },
    });
    const { needy, old, outer, lonely, stranger } = await reasons(
      { name: 'needy', folder: place('app/node_modules/needy'), requires: { part: '^2.0.0', tree: '^2.0.0', other: '*', base: '^3.0.0' } },
      { name: 'base', folder: place('user/node_modules/@acme/base'), origin: 'user' },
      { name: 'old', folder: place('app/node_modules/old'), engine: '^1.0.0' },
      { name: 'outer', folder: place('app/node_modules/outer'), engine: '>=9.0.0' },
      { name: 'lonely', folder: place('all/node_modules/lonely'), requires: { tree: '*' } },
      { name: 'stranger', folder: place('strange/stranger'), tier: 'found', origin: 'configured' },
    );
    expect(needy?.causes?.map(({ hint }) => hint)).to.deep.equal([
      'Run: npm install "@acme/plugin-part@^2.0.0"',
      'Run: npm install "@structum/plugin-tree@^2.0.0"',
      'Add the plugin "other" to the host, in a version within *: install its package with npm, or link its folder with "structum plugins link".',
      `Run: npm install --prefix ${JSON.stringify(place('user'))} "@acme/base@^3.0.0"`,
    ]);
    expect(old?.hint).to.equal('Install a newer version of "old": npm install "old@latest".');
    expect(outer?.hint).to.contain('Upgrade the host: npm install "@structum/core@>=9.0.0"');
    expect(lonely?.hint).to.equal('Run: npm install --global "@structum/plugin-tree@*"');
    expect(stranger?.hint).to.equal(`If you trust it, run: structum plugins link ${JSON.stringify(place('strange/stranger'))}`);
  });

  it('knows the packages of all official plugins', async () => {
    const official = readdirSync(join(root, 'plugins')).map((name) => JSON.parse(readFileSync(join(root, 'plugins', name, 'package.json'), 'utf8')) as { name: string });
    const requires = Object.fromEntries(official.map(({ name }) => [name.replace('@structum/plugin-', ''), '*']));
    const { needy } = await reasons({ name: 'needy', requires });
    expect(needy?.causes?.map(({ hint }) => hint)).to.have.members(official.map(({ name }) => `Run: npm install "${name}@*"`));
  });

  it('says in plain words where a pre-release is in the way, and what would take it', async () => {
    const { a, b, c, d } = await reasons(
      { name: 'pre', version: '2.1.0-beta.1' },
      { name: 'a', requires: { pre: '^2.0.0' } },
      { name: 'b', requires: { pre: '*' } },
      { name: 'c', requires: { pre: '^3.0.0' } },
      { name: 'd', requires: { pre: '^2.1.0-beta.1' } },
    );
    expect(a?.message).to.contain('version 2.1.0-beta.1 is there').and.contain('which is a pre-release: a range takes it only where it names one of the same version, as ^2.1.0-beta.1 does.');
    expect(a?.details).to.include({ takenBy: '^2.1.0-beta.1' });
    expect(b?.details).to.include({ takenBy: '>=2.1.0-beta.1' });
    expect(c?.code).to.equal('REQUIREMENT_MISMATCH');
    expect(c?.message).not.to.contain('pre-release');
    expect(d).to.equal(undefined);
  });
});
