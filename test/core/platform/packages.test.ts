import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { entryOf, readPackageJson } from '#internal/core/platform/packages.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('readPackageJson', () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  async function refused(): Promise<string> {
    const error = await failure('PACKAGE_UNREADABLE', (async () => readPackageJson(join(folder, 'package.json')))());
    expect(error.message).to.contain(join(folder, 'package.json'));
    expect(error.hint).to.be.a('string');
    return error.message;
  }

  const contents: Readonly<Record<string, readonly [content: string, reason: RegExp]>> = {
    'nothing': ['', /JSON/],
    'half of it': ['{"name": "x', /JSON/],
    'null': ['null', /no object/],
    'a list': ['[]', /no object/],
    'a name that is no text': ['{"name": 3}', /"name" is no text/],
    'a version that is no text': ['{"version": {}}', /"version" is no text/],
    'an entry that is no text': ['{"main": []}', /"main" is no text/],
    'settings for Structum that are none': ['{"structum": "yes"}', /"structum" is no object/],
    'an entry for Structum that is no text': ['{"structum": {"entry": 7}}', /"structum\.entry" is no text/],
  };
  for (const [what, [content, reason]] of Object.entries(contents)) {
    it(`refuses ${what}, and names the file and what is wrong`, async () => {
      writeFiles(folder, { 'package.json': content });
      expect(await refused()).to.match(reason);
    });
  }

  it('refuses a folder, and what is not there', async () => {
    await refused();
    writeFiles(folder, { 'package.json/inner': '' });
    expect(await refused()).to.contain('no file');
  });

  it('does not wait for a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    spawnSync('mkfifo', [join(folder, 'package.json')]);
    expect(await refused()).to.contain('no file');
  });

  it('takes a byte order mark, and passes over keywords that are no list, and what it knows nothing of', () => {
    writeFiles(folder, { 'package.json': '\uFEFF{"name":"x","keywords":"one, two","exports":7,"scripts":[]}' });
    const found = readPackageJson(join(folder, 'package.json'));
    expect([found.name, found.keywords, entryOf(found)]).to.deep.equal(['x', undefined, './index.js']);
  });
});
