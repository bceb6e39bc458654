import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { StructumError } from '@structum/core';
import { FileReplacements } from '#internal/core/execution/file-replacements.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('files that the host replaces for a confined plugin', () => {
  it('are those that it may write and has no folder around, in which it could put links', async () => {
    const cwd = temporaryFolder();
    writeFiles(cwd, { 'named.txt': 'old', 'own/.keep': '' });
    const denied = (path: string): StructumError => new StructumError({ code: 'PERMISSION_DENIED', message: path });
    const files = new FileReplacements({ cwd, confinement: { write: [join(cwd, 'named.txt'), join(cwd, 'own')], denied } });
    const replacement = await files.replace('named.txt');
    await replacement.write('new');
    await replacement.commit();
    expect(readFileSync(join(cwd, 'named.txt'), 'utf8')).to.equal('new');
    for (const path of ['own/file', 'other.txt']) await failure('PERMISSION_DENIED', files.replace(path));
    expect(existsSync(join(cwd, 'own/file'))).to.equal(false);
    await files.end();
  });
});
