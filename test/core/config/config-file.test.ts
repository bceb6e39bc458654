import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readConfigFile } from '#internal/core/config/config-file.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder } from '../../support/folder.js';

describe('the text of a configuration file', () => {
  let file: string;

  beforeEach(() => {
    file = join(temporaryFolder(), 'config.yaml');
  });

  it('is what the file holds, with a byte order mark where it has one', () => {
    for (const text of ['', 'a: 1\r\n', '\uFEFFä: "😀 \uFFFD"\n', 'x'.repeat(200_000), 'é'.repeat(200_000)]) {
      writeFileSync(file, text);
      expect(readConfigFile(file)).to.equal(text);
    }
  });

  it('is none where there is no file, or no folder for it', () => {
    expect(readConfigFile(file)).to.equal(undefined);
    expect(readConfigFile(join(file, 'config.yaml'))).to.equal(undefined);
  });

  it('must be UTF-8', async () => {
    writeFileSync(file, Buffer.from('a: é', 'latin1'));
    await failure('CONFIG_UNREADABLE', () => readConfigFile(file));
  });

  it('is another one as soon as a large file is, even in its size and its time', () => {
    const time = new Date('2026-01-01');
    for (const letter of ['a', 'b', 'c']) {
      const text = letter.repeat(200_000);
      writeFileSync(file, text);
      utimesSync(file, time, time);
      expect(readConfigFile(file) === text).to.equal(true);
      // Long enough ago for the file system to tell a further change from this one.
      const { ctimeMs } = statSync(file);
      while (Date.now() < ctimeMs + 100);
      expect(readConfigFile(file) === text).to.equal(true);
    }
  });
});
