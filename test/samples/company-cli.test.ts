import { join } from 'node:path';
import { expect } from 'chai';
import { root, temporaryFolder, writeFiles } from '../support/folder.js';
import { runNode, type Finished } from '../support/run.js';

describe('samples/company-cli', () => {
  let project: string;

  beforeEach(() => {
    project = temporaryFolder();
    writeFiles(project, { 'README.md': '# Project\n', 'package.json': {}, 'src/index.js': '' });
  });

  const acme = (...words: string[]): Promise<Finished> => runNode([join(root, 'samples/company-cli/build/main.js'), ...words], { cwd: project });

  it('lists the commands of both plugins', async () => {
    const { stdout, code } = await acme();
    expect(stdout).to.match(/audit +Look for the files/).and.match(/tree +Draw a folder/);
    expect(code).to.equal(0);
  });

  it('explains one command', async () => {
    const { stdout } = await acme('audit', '--help');
    expect(stdout).to.include('Usage: acme audit [directory] [options]').and.include('--except');
  });

  it('runs the company\'s own command, which uses the service of tree, and ends with 1 for a bad answer', async () => {
    const { stdout, code } = await acme('audit');
    expect(stdout).to.equal('2 missing:\n.\n└── docs/\n    ├── owners.md\n    └── runbook.md\n');
    expect(code).to.equal(1);
  });

  it('takes lists in one word or several', async () => {
    for (const words of [['-x', 'docs/owners.md,docs/runbook.md'], ['--except', 'docs/owners.md', '--except=docs/runbook.md']]) {
      expect(await acme('audit', ...words)).to.deep.equal({ stdout: 'Nothing is missing.\n', stderr: '', code: 0 });
    }
  });

  it('runs the official tree, with its negated options', async () => {
    const { stdout, code } = await acme('tree', '.', '--depth', '1', '--no-gitignore');
    expect(stdout).to.equal('.\n├── README.md\n├── package.json\n└── src/\n');
    expect(code).to.equal(0);
  });

  it('says what is wrong on standard error and ends with 2', async () => {
    const lines = {
      'acme: There is no command "tre".\n  Did you mean "tree"?\n': ['tre'],
      'acme: The input of "tree" is not valid: depth must be at least 1, got 0.\n': ['tree', '--depth', '0'],
      'acme: "two" is one word too many.\n': ['audit', 'one', 'two'],
    };
    for (const [stderr, words] of Object.entries(lines)) expect(await acme(...words)).to.deep.equal({ stdout: '', stderr, code: 2 });
  });
});
