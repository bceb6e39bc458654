import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { editFile } from '#internal/core/config/files/edit-file.js';
import { failure } from '../../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

describe('changing a configuration file', () => {
  const edit = (file: string): Promise<boolean> => editFile(file, () => Promise.resolve('a: 1\n'), { isPrivate: true });

  it('makes none in a language that nobody knows', async () => {
    const file = join(temporaryFolder(), 'config.ini');
    await failure('CONFIG_FORMAT_UNKNOWN', edit(file));
    expect(existsSync(file)).to.equal(false);
  });

  it('says what is wrong where nothing can be written', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { settings: 'a file where the folder belongs' });
    const file = join(folder, 'settings/config.yaml');
    expect((await failure('CONFIG_UNWRITABLE', edit(file))).details).to.include({ file });
  });
});
