import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Structum, type StructumEvents } from '@structum/core';
import { expect } from 'chai';
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
});
