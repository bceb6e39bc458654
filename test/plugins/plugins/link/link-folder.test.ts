import { existsSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { LinkFolder } from '#internal/plugins/link/link-folder.js';
import { failure } from '../../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

/** The id of no process. */
const NOBODY = 2 ** 22 + 1;

for (const replaces of [true, false]) {
  describe(`LinkFolder, where links are ${replaces ? 'replaced' : 'moved aside'}`, () => {
    let path: string;
    let links: LinkFolder;
    let one: string;
    let two: string;
    beforeEach(() => {
      path = join(temporaryFolder(), 'data/links');
      links = new LinkFolder(path, replaces);
      const packages = temporaryFolder();
      [one, two] = [join(packages, 'one'), join(packages, 'two')];
      for (const folder of [one, two]) mkdirSync(folder);
    });

    const linkLeftover = (age: string, name: string, folder: string, pid = NOBODY): void => {
      mkdirSync(path, { recursive: true });
      symlinkSync(folder, join(path, `.${String(pid)}.0123abcd.${age}.${encodeURIComponent(name)}`), 'junction');
    };

    it('has none at first', () => {
      expect(links.links()).to.deep.equal([]);
      expect(existsSync(path)).to.equal(false);
    });

    it('links packages, with a scope or without, and lists them by name', async () => {
      expect(await links.place('hello', one)).to.equal('linked');
      expect(await links.place('@team/hello', two)).to.equal('linked');
      expect(links.links()).to.deep.equal([
        { name: '@team/hello', path: join(path, '@team/hello'), folder: two, target: two },
        { name: 'hello', path: join(path, 'hello'), folder: one, target: one },
      ]);
    });

    it('changes where a link leads, and leaves nothing else behind', async () => {
      await links.place('hello', one);
      expect(await links.place('hello', two)).to.equal('changed');
      expect(await links.place('hello', two)).to.equal('unchanged');
      expect(links.links().map(({ folder }) => folder)).to.deep.equal([two]);
      expect(readdirSync(path)).to.deep.equal(['hello']);
    });

    it('lists and changes a link that leads nowhere', async () => {
      await links.place('hello', one);
      renameSync(one, `${one}-moved`);
      expect(links.links()).to.deep.equal([{ name: 'hello', path: join(path, 'hello'), folder: undefined, target: one }]);
      expect(await links.place('hello', two)).to.equal('changed');
    });

    it('removes links, and the folder of a scope with its last one, and never what they lead to', async () => {
      writeFiles(one, { 'package.json': '{}' });
      await links.place('@team/hello', one);
      await links.place('@team/other', one);
      expect(await links.remove('@team/hello')).to.equal(true);
      expect(await links.remove('@team/hello')).to.equal(false);
      expect(readdirSync(path)).to.deep.equal(['@team']);
      await links.remove('@team/other');
      expect(readdirSync(path)).to.deep.equal([]);
      expect(readdirSync(one)).to.deep.equal(['package.json']);
    });

    it('touches nothing that is no link', async () => {
      writeFiles(path, { 'hello/package.json': '{}' });
      await failure('LINK_IN_THE_WAY', links.place('hello', one));
      await failure('LINK_IN_THE_WAY', links.remove('hello'));
      expect(links.links()).to.deep.equal([]);
      expect(existsSync(join(path, 'hello/package.json'))).to.equal(true);
    });

    it('says that it cannot write', async () => {
      writeFiles(path, { '../links': 'a file' });
      expect((await failure('LINK_UNWRITABLE', links.place('hello', one))).message).to.include('a file is in the way');
      if (process.platform === 'linux') await failure('LINK_UNWRITABLE', new LinkFolder('/proc/structum/links').place('hello', one));
    });

    it('removes what a killed process was about to link', async () => {
      linkLeftover('new', 'hello', one);
      await links.place('other', two);
      expect(readdirSync(path)).to.deep.equal(['other']);
    });

    it('puts back a link that a killed process had moved aside, unless there is another one by now', async () => {
      linkLeftover('old', '@team/hello', one);
      mkdirSync(join(path, '@team'));
      linkLeftover('old', 'other', one);
      symlinkSync(two, join(path, 'other'), 'junction');
      expect(links.links().map(({ name, folder }) => ({ name, folder }))).to.deep.equal([{ name: '@team/hello', folder: one }, { name: 'other', folder: two }]);
      expect(readdirSync(path).sort()).to.deep.equal(['@team', 'other']);
    });

    it('leaves to a running process what it is at', () => {
      linkLeftover('old', 'hello', one, process.ppid);
      expect(links.links()).to.deep.equal([]);
      expect(readdirSync(path)).to.have.lengthOf(1);
    });

    it('is changed by many at once', async () => {
      const changes = Array.from({ length: 40 }, async (_, index) => {
        if (index % 4 === 3) await links.remove('@team/hello');
        else await links.place('@team/hello', index % 2 === 0 ? one : two);
      });
      await Promise.all(changes);
      await links.place('@team/hello', one);
      expect(readlinkSync(join(path, '@team/hello')).replace(/[\\/]$/, '')).to.equal(one);
      expect(readdirSync(path)).to.deep.equal(['@team']);
      rmSync(path, { recursive: true });
    });
  });
}
