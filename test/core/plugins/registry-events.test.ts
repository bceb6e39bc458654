import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger, Structum, type StructumEvents } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder } from '../../support/folder.js';
import { writePackage } from '../../support/plugin-package.js';
import { writeRealPackage } from '../../support/real-package.js';

describe('Events of a registry', () => {
  let folder: string;
  let structum: Structum;
  const heard: string[] = [];

  beforeEach(async () => {
    folder = temporaryFolder();
    linkCore(folder);
    for (const name of ['c', 'a', 'b']) writePackage(place(name), name);
    structum = await Structum.create({ discover: { folders: [join(folder, 'plugins')], cache: join(folder, 'cache') }, on: { 'plugin:changed': hear } });
    heard.length = 0;
  });

  afterEach(() => structum.dispose());

  const place = (name: string): string => join(folder, 'plugins', name);
  const hear = ({ plugin, from, to }: StructumEvents['plugin:changed']): void => void heard.push(`${plugin}: ${from ?? ''} > ${to ?? ''}`);
  const toldSince = (): readonly string[] => heard.splice(0);
  const names = (): readonly string[] => structum.registry.plugins.map(({ name, version }) => `${name} ${version}`);

  it('tell of each plugin once when it comes to be known, by name', () => {
    names();
    expect(toldSince()).to.deep.equal(['a:  > discovered', 'b:  > discovered', 'c:  > discovered']);
    names();
    structum.registry.refresh();
    names();
    expect(toldSince()).to.deep.equal([]);
  });

  it('tell of what left when it is looked for again', () => {
    names();
    toldSince();
    for (const name of ['c', 'a']) rmSync(place(name), { recursive: true });
    structum.registry.refresh();
    expect(toldSince()).to.deep.equal(['a: discovered > ', 'c: discovered > ']);
    expect(names()).to.deep.equal(['b 1.0.0']);
    expect(toldSince()).to.deep.equal([]);
  });

  it('tell of what another version came in the place of', () => {
    names();
    toldSince();
    writePackage(place('b'), 'b', { version: '2.0.0' });
    structum.registry.refresh();
    expect(toldSince()).to.deep.equal(['b: discovered > ', 'b:  > discovered']);
    expect(names()).to.deep.equal(['a 1.0.0', 'b 2.0.0', 'c 1.0.0']);
    expect(toldSince()).to.deep.equal([]);
  });

  it('tell of what came, to who was told of all', () => {
    names();
    toldSince();
    writePackage(place('d'), 'd');
    structum.registry.refresh();
    expect(toldSince()).to.deep.equal(['d:  > discovered']);
    names();
    expect(toldSince()).to.deep.equal([]);
  });

  it('tell of one that nobody asked for no more when it leaves than when it came', () => {
    structum.registry.plugin('a');
    expect(toldSince()).to.deep.equal(['a:  > discovered']);
    for (const name of ['c', 'a']) rmSync(place(name), { recursive: true });
    structum.registry.refresh();
    expect(toldSince()).to.deep.equal(['a: discovered > ']);
  });

  it('tell of what left of those that nobody asked for since something else changed', () => {
    structum.registry.plugin('a');
    writePackage(place('d'), 'd');
    structum.registry.refresh();
    expect(toldSince()).to.deep.equal(['a:  > discovered']);
    rmSync(place('a'), { recursive: true });
    structum.registry.refresh();
    expect(toldSince()).to.deep.equal(['a: discovered > ']);
  });

  it('tell of what turns out to have left when it is to run', async () => {
    names();
    toldSince();
    rmSync(place('b'), { recursive: true });
    await failure('COMMAND_UNKNOWN', structum.run('b'));
    expect(toldSince()).to.deep.equal(['b: discovered > ']);
  });

  it('tell what becomes of those that are judged anew', async () => {
    writePackage(place('needy'), 'needy', { requires: { a: '*' } });
    await structum.registry.judged();
    expect(toldSince().filter((line) => line.startsWith('needy'))).to.deep.equal(['needy:  > discovered', 'needy: discovered > resolved']);
    rmSync(place('a'), { recursive: true });
    structum.registry.refresh();
    await structum.registry.judged();
    expect(toldSince()).to.deep.equal([
      'a: resolved > ', 'b: resolved > discovered', 'c: resolved > discovered', 'needy: resolved > discovered',
      'b: discovered > resolved', 'c: discovered > resolved', 'needy: discovered > rejected',
    ]);
  });

  it('tell of one whose package was taken away while it was up when it is down, and looked for again', async () => {
    await writeRealPackage(place('up'), 'up');
    await structum.run('up');
    toldSince();
    rmSync(place('up'), { recursive: true });
    structum.registry.refresh();
    expect(toldSince()).to.deep.equal([]);
    expect(structum.registry.plugin('up')?.state).to.equal('active');
    await structum.deactivate('up');
    toldSince();
    expect([structum.registry.refresh(), structum.registry.plugin('up')]).to.deep.equal([true, undefined]);
    expect(toldSince()).to.deep.equal(['up: stopped > ']);
    expect(structum.registry.refresh()).to.equal(false);
  });

  it('tell of one that was upgraded while it was up when it is down, and looked for again', async () => {
    await writeRealPackage(place('up'), 'up');
    await structum.run('up');
    await writeRealPackage(place('up'), 'up', { version: '2.0.0' });
    structum.registry.refresh();
    await structum.deactivate('up');
    toldSince();
    expect(structum.registry.refresh()).to.equal(true);
    expect(toldSince()).to.deep.equal(['up: stopped > ', 'up:  > discovered']);
    expect(structum.registry.plugin('up')?.version).to.equal('2.0.0');
  });

  it('say at each moment what the registry knows, whatever happens to the packages', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('write' as const), name, version: fc.constantFrom('1.0.0', '2.0.0') }),
      fc.record({ kind: fc.constant('require' as const), name, required: name }),
      fc.record({ kind: fc.constantFrom('remove' as const, 'ask' as const, 'run' as const), name }),
      fc.record({ kind: fc.constantFrom('refresh' as const, 'list' as const, 'judge' as const) }),
    );
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20 }), async (steps) => {
      const folders = join(temporaryFolder(), 'plugins');
      for (const each of ['a', 'b', 'c']) writePackage(join(folders, each), each);
      const states = new Map<string, string>();
      const surprises: string[] = [];
      const replay = ({ plugin, from, to }: StructumEvents['plugin:changed']): void => {
        // What a listener throws nobody hears.
        if (states.get(plugin) !== from) surprises.push(`${plugin} was ${states.get(plugin) ?? 'not there'}, not ${from ?? 'not there'}`);
        if (to === undefined) states.delete(plugin);
        else states.set(plugin, to);
      };
      await using host = await Structum.create({ discover: { folders: [folders] }, on: { 'plugin:changed': replay }, logger: silentLogger });
      const { registry } = host;
      for (const each of steps) {
        if (each.kind === 'write') writePackage(join(folders, each.name), each.name, { version: each.version });
        else if (each.kind === 'require') writePackage(join(folders, each.name), each.name, { requires: { [each.required]: '*' } });
        else if (each.kind === 'remove') rmSync(join(folders, each.name), { recursive: true, force: true });
        else if (each.kind === 'ask') registry.plugin(each.name);
        else if (each.kind === 'run') await host.run(each.name).catch(() => undefined);
        else if (each.kind === 'refresh') registry.refresh();
        else if (each.kind === 'list') expect(registry.plugins.length).to.equal(states.size);
        else await registry.judged();
      }
      expect(surprises).to.deep.equal([]);
      registry.refresh();
      const told = new Map(states);
      for (const { name: known, state } of registry.plugins) if (told.has(known)) expect([known, told.get(known)]).to.deep.equal([known, state]);
      expect([...states.keys()].sort()).to.deep.equal(registry.plugins.map((plugin) => plugin.name));
    }), { numRuns: 60 });
  });
});
