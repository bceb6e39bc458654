import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../support/folder.js';
import { runNode } from '../support/run.js';

describe('api-docs/guides/errors.md', () => {
  it('says what the catalogue of errors says', async () => {
    const { stderr, code } = await runNode([join(root, 'tools/errors-guide.mjs'), '--check']);
    expect({ stderr, code }).to.deep.equal({ stderr: '', code: 0 });
  });
});
