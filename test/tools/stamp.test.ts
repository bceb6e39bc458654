import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { root, temporaryFolder } from '../support/folder.js';

/** What is used of tools/lib/stamp.mjs, which has no declarations. */
interface Stamp {
  fingerprint(): string;
  isUpToDate(file: string): boolean;
  writeStamp(inputs: string, outputs: readonly string[], file: string): void;
}

describe('the stamp of a build', () => {
  let stamp: Stamp;
  before(async () => { stamp = (await import(new URL('tools/lib/stamp.mjs', pathToFileURL(`${root}/`)).href)) as Stamp; });

  const built = (): { file: string; output: string } => {
    const folder = temporaryFolder();
    const output = join(folder, 'structum.manifest.json');
    writeFileSync(output, '{}');
    stamp.writeStamp(stamp.fingerprint(), [output], join(folder, 'stamp.json'));
    return { file: join(folder, 'stamp.json'), output };
  };

  it('holds while nothing changes', () => {
    const { file } = built();
    expect(stamp.isUpToDate(file)).to.equal(true);
  });

  it('is void when somebody edits what the build made, or removes it', () => {
    const { file, output } = built();
    writeFileSync(output, '{ "edited": "by hand" }');
    expect(stamp.isUpToDate(file)).to.equal(false);
    rmSync(output);
    expect(stamp.isUpToDate(file)).to.equal(false);
  });

  it('is void for other inputs, and where there is none', () => {
    const { file, output } = built();
    stamp.writeStamp('other', [output], file);
    expect(stamp.isUpToDate(file)).to.equal(false);
    rmSync(file);
    expect(stamp.isUpToDate(file)).to.equal(false);
  });
});
