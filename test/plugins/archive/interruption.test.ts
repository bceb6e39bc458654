import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { archive, OLD_ARCHIVE, readArchive } from '../../support/archive.js';
import { ArchiveProcess, temporaryFiles } from '../../support/archive-process.js';
import { failure } from '../../support/errors.js';
import { root, temporaryFolder, writeFiles } from '../../support/folder.js';

/** Takes long enough to be interrupted. */
const LARGE = { directory: join(root, 'node_modules'), gitignore: false };

describe('Interrupting structum archive', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    writeFiles(folder, { 'archive.md': OLD_ARCHIVE });
    // The processes below may be another user's.
    chmodSync(join(folder, 'archive.md'), 0o666);
  });
  const archived = (): string => readFileSync(join(folder, 'archive.md'), 'utf8');

  it('by cancelling it leaves the old archive and nothing else', async () => {
    const interruption = new AbortController();
    const running = archive(folder, LARGE, { signal: interruption.signal });
    setTimeout(() => { interruption.abort(); }, 60);
    await failure('COMMAND_CANCELLED', running);
    expect(archived()).to.equal(OLD_ARCHIVE);
    expect(temporaryFiles(folder)).to.deep.equal([]);
  });

  it('before it begins does nothing', async () => {
    await failure('COMMAND_CANCELLED', archive(folder, LARGE, { signal: AbortSignal.abort() }));
    expect(archived()).to.equal(OLD_ARCHIVE);
  });

  it('with SIGINT leaves the old archive and nothing else', async function () {
    if (process.platform === 'win32') this.skip();
    const running = new ArchiveProcess(folder, LARGE);
    await running.writing();
    running.kill('SIGINT');
    expect(await running.done).to.deep.include({ error: 'COMMAND_CANCELLED', exitCode: 130 });
    expect(archived()).to.equal(OLD_ARCHIVE);
    expect(temporaryFiles(folder)).to.deep.equal([]);
  });

  it('with SIGKILL leaves the old archive, and the next run is not disturbed', async () => {
    const running = new ArchiveProcess(folder, LARGE);
    await running.writing();
    running.kill('SIGKILL');
    expect(await running.done).to.deep.equal({ signal: 'SIGKILL' });
    expect(archived()).to.equal(OLD_ARCHIVE);
    await archive(folder, { hidden: true });
    expect(readArchive(join(folder, 'archive.md')).entries).to.deep.equal([]);
  });
});
