import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../support/folder.js';
import { runNode } from '../support/run.js';

const check = async (tool: string): Promise<void> => {
  const { stderr, code } = await runNode([join(root, 'tools', tool), '--check']);
  expect({ stderr, code }).to.deep.equal({ stderr: '', code: 0 });
};

describe('api-docs/guides/errors.md', () => {
  it('says what the catalogue of errors says', () => check('errors-guide.mjs'));
});

describe('api-docs/images/terminal.svg', () => {
  it('shows what the command line prints', function () {
    if (process.platform === 'win32') this.skip(); // paths look different there
    return check('terminal-svg.mjs');
  });
});
