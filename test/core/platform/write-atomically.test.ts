import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '@structum/core';
import { expect } from 'chai';
import { renameOver } from '#internal/core/platform/rename-over.js';
import { removeLeftovers } from '#internal/core/platform/replaced-file.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('writeAtomically', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, 'settings.yaml');
  });

  it('writes a new file and replaces an old one, text and bytes, and leaves nothing else', async () => {
    await writeAtomically(file, 'one: 1\n');
    expect(readFileSync(file, 'utf8')).to.equal('one: 1\n');
    await writeAtomically(file, Buffer.from([0xff, 0x00]), { durable: false });
    expect([...readFileSync(file)]).to.deep.equal([0xff, 0x00]);
    expect(readdirSync(folder)).to.deep.equal(['settings.yaml']);
  });

  it('keeps the permissions of a file, and gives a new one those that are asked for', async function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(file, '');
    chmodSync(file, 0o640);
    await writeAtomically(file, 'new');
    expect(statSync(file).mode & 0o777).to.equal(0o640);
    await writeAtomically(join(folder, 'secret'), 'new', { mode: 0o600 });
    expect(statSync(join(folder, 'secret')).mode & 0o777).to.equal(0o600);
  });

  it('keeps the owner of a file that root writes', async function () {
    if (process.getuid?.() !== 0) this.skip();
    writeFileSync(file, '');
    chownSync(file, 54_321, 54_322);
    await writeAtomically(file, 'new');
    expect(statSync(file)).to.include({ uid: 54_321, gid: 54_322 });
  });

  it('follows links, also one to a file that is not there yet, and keeps them', async () => {
    mkdirSync(join(folder, 'dotfiles'));
    symlinkSync('dotfiles/settings.yaml', file);
    for (const text of ['new', 'newer']) {
      await writeAtomically(file, text);
      expect(readFileSync(join(folder, 'dotfiles/settings.yaml'), 'utf8')).to.equal(text);
      expect(lstatSync(file).isSymbolicLink()).to.equal(true);
    }
    expect(readlinkSync(file)).to.equal('dotfiles/settings.yaml');
  });

  it('refuses links in a circle, folders, and folders that are not there, and leaves nothing', async () => {
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    expect(await codeOf(writeAtomically(join(folder, 'a'), ''))).to.equal('ELOOP');
    mkdirSync(join(folder, 'c'));
    expect(await messageOf(writeAtomically(join(folder, 'c'), ''))).to.match(/is no file$/);
    expect(await codeOf(writeAtomically(join(folder, 'none/file'), ''))).to.equal('ENOENT');
    expect(readdirSync(folder).sort()).to.deep.equal(['a', 'b', 'c']);
  });

  it('refuses a file that its user protected', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) this.skip();
    writeFileSync(file, 'old', { mode: 0o444 });
    expect(await codeOf(writeAtomically(file, 'new'))).to.equal('EACCES');
    expect(readFileSync(file, 'utf8')).to.equal('old');
  });

  it('names the file that was meant where it cannot be made', async () => {
    const missing = join(folder, 'none', 'file');
    const error: unknown = await writeAtomically(missing, '').catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'ENOENT', path: missing });
    expect((error as Error).message).to.include(missing).and.not.include('.tmp');
  });

  it('removes its temporary file when it fails', async () => {
    writeFileSync(file, 'old');
    const content = { [Symbol.iterator]: () => { throw new Error('torn'); } } as unknown as string;
    expect(await messageOf(writeAtomically(file, content))).not.to.equal('');
    expect(readFileSync(file, 'utf8')).to.equal('old');
    expect(readdirSync(folder)).to.deep.equal(['settings.yaml']);
  });

  it('leaves readers the old or the new content, never a part', async () => {
    const contents = ['a', 'b', 'c'].map((letter) => letter.repeat(300_000));
    await writeAtomically(file, contents[0] ?? '');
    for (let round = 0; round < 60; round += 1) {
      const writing = { isDone: false };
      const done = writeAtomically(file, contents[round % 3] ?? '', { durable: false }).finally(() => { writing.isDone = true; });
      while (!writing.isDone) {
        expect(contents.includes(readFileSync(file, 'utf8'))).to.equal(true);
        await new Promise((resolve) => { setImmediate(resolve); });
      }
      await done;
    }
  });

  it('clears up after writers that were killed, and after nobody else', async () => {
    writeFiles(folder, {
      'settings.yaml': '', '.settings.yaml.0123456789abcdefghij.tmp': '', '.settings.yaml.notes.tmp': '', '.other.yaml.0123456789abcdefghij.tmp': '',
    });
    await removeLeftovers(file);
    expect(readdirSync(folder).sort()).to.deep.equal(['.other.yaml.0123456789abcdefghij.tmp', '.settings.yaml.notes.tmp', 'settings.yaml']);
  });
});

describe('renaming over a file', () => {
  const failing = (code: string, times: number): { calls: number; renameFile: () => Promise<void> } => {
    const log = { calls: 0, renameFile: (): Promise<void> => {
      log.calls += 1;
      return log.calls > times ? Promise.resolve() : Promise.reject(Object.assign(new Error(code), { code }));
    } };
    return log;
  };

  it('is tried again on Windows while somebody reads the file', async () => {
    for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
      const log = failing(code, 3);
      await renameOver('a', 'b', { platform: 'win32', renameFile: log.renameFile });
      expect(log.calls).to.equal(4);
    }
  });

  it('fails at once for other reasons, and elsewhere', async () => {
    for (const [code, platform] of [['ENOSPC', 'win32'], ['EPERM', 'linux']] as const) {
      const log = failing(code, 1);
      expect(await codeOf(renameOver('a', 'b', { platform, renameFile: log.renameFile }))).to.equal(code);
      expect(log.calls).to.equal(1);
    }
  });

  it('fails in the end', async () => {
    const log = failing('EBUSY', Infinity);
    expect(await codeOf(renameOver('a', 'b', { platform: 'win32', renameFile: log.renameFile }))).to.equal('EBUSY');
    expect(log.calls).to.be.within(5, 12);
    expect(existsSync('b')).to.equal(false);
  });
});

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(() => 'done', (error: unknown) => (error as NodeJS.ErrnoException).code);
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(() => '', (error: unknown) => (error as Error).message);
}
