import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Structum, StructumError, type RunOptions } from '@structum/core';
import ArchivePlugin, { type ArchiveInput, type ArchiveResult } from '@structum/plugin-archive';
import TreePlugin from '@structum/plugin-tree';
import { expect } from 'chai';
import { archive, OLD_ARCHIVE } from '../../support/archive.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

/** Runs `archive` in a sandbox of the operating system. */
async function confined(cwd: string, input: Partial<ArchiveInput> = {}, options: RunOptions = {}): Promise<ArchiveResult> {
  const structum = await Structum.create({ plugins: [TreePlugin, ArchivePlugin], cwd, config: { security: { sandbox_mode: 'strict' } } });
  try {
    return await structum.run('archive', input, options);
  } finally {
    await structum.dispose();
  }
}

async function isRefused(): Promise<boolean> {
  try {
    await confined(temporaryFolder());
    return false;
  } catch (error) {
    return StructumError.is(error) && error.code === 'SANDBOX_UNAVAILABLE';
  }
}

describe('structum archive in strict mode', () => {
  let folder: string;
  let work: string;

  before(async function () {
    if (await isRefused()) this.skip();
  });

  beforeEach(() => {
    folder = temporaryFolder();
    work = join(folder, 'work');
    mkdirSync(work);
    writeFiles(work, { 'src/index.ts': 'export {};\n', 'README.md': '# Hello\n', 'long.txt': 'long\n'.repeat(500_000) });
  });

  for (const output of ['archive.md', 'src/inner.md', '../outside.md']) {
    it(`writes to ${output} what it writes without`, async () => {
      const expected = await archive(work, { output });
      const bytes = readFileSync(join(work, output));
      writeFiles(folder, { [join('work', output)]: OLD_ARCHIVE });
      expect(await confined(work, { output })).to.deep.equal(expected);
      expect(readFileSync(join(work, output)).equals(bytes)).to.equal(true);
      expect(await confined(work, { output })).to.deep.equal(expected);
      expect([...readdirSync(folder), ...readdirSync(work)].filter((name) => name.endsWith('.tmp'))).to.deep.equal([]);
    });
  }

  it('writes to the output what it writes without', async () => {
    const taken = async (run: typeof archive): Promise<string> => {
      const chunks: Buffer[] = [];
      await run(work, { output: '-' }, { output: { write: (chunk) => { chunks.push(Buffer.from(chunk)); } } });
      return Buffer.concat(chunks).toString();
    };
    expect(await taken(confined)).to.equal(await taken(archive));
  });

  it('writes parts into the folder that it works in, and into no other', async () => {
    const input = { splitFolder: true, output: 'parts.md' };
    const expected = await archive(work, input);
    const parts = expected.outputs.map(({ path }) => readFileSync(path, 'utf8'));
    expect(parts).to.have.length(2);
    expect(await confined(work, input)).to.deep.equal(expected);
    expect(expected.outputs.map(({ path }) => readFileSync(path, 'utf8'))).to.deep.equal(parts);
    await failure('PERMISSION_DENIED', confined(work, { ...input, output: '../parts.md' }));
    expect(readdirSync(folder)).to.deep.equal(['work']);
  });

  it('fails as it does without', async () => {
    await failure('ARCHIVE_OUTPUT_FOLDER_MISSING', confined(work, { output: '../none/archive.md' }));
    await failure('ARCHIVE_OUTPUT_IS_A_FOLDER', confined(work, { output: '..' }));
    await failure('ARCHIVE_OUTPUT_IS_A_FOLDER', confined(work, { output: 'src' }));
    expect(existsSync(join(folder, 'none'))).to.equal(false);
  });
});
