import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseConfig } from '#internal/walk/git/config.js';
import { GitSandbox } from './git-sandbox.js';

const cases: Readonly<Record<string, string>> = {
  'plain variables': '[core]\n\tbare = false\n\teditor = vim -f\n',
  'names in any case': '[Core]\n\tExcludesFile = x\n[Sub "Kept"]\nName = y\n',
  'a variable on the line of its section': '[core] excludesFile = ~/mine\n',
  'a variable without a value': '[core]\n\tbare\n\tignoreCase\n',
  'an empty value': '[core]\nexcludesFile =\neditor = ""\n',
  'comments': '# one\n[core] ; two\n; three\na = b # four\nc = d;five\n',
  'quotes': '[a]\nb = "x ; y" z\nc = "  kept  "\nd = x "  " y\n',
  'escapes': '[a]\nb = one\\ntwo\\tthree \\"four\\" \\\\five\n',
  'continued lines': '[a]\nb = one \\\n  two \\\nthree\nc = d\n',
  'subsections': '[a "b \\" c \\\\ d"]\nx = 1\n[a.b]\ny = 2\n',
  'spaces': '  [a]  \n   b   =    c  d   \n\n\n',
  'CRLF': '[a]\r\nb = c\r\nd\r\n',
  'a byte order mark': '\ufeff[a]\nb = c\n',
  'no line feed at the end': '[a]\nb = c',
  'nothing': '',
};

describe("git's configuration, compared with git", () => {
  let sandbox: GitSandbox;

  before(() => {
    sandbox = new GitSandbox();
  });

  after(() => {
    sandbox.remove();
  });

  for (const [title, text] of Object.entries(cases)) {
    it(`agrees about ${title}`, () => {
      const file = join(sandbox.root, 'config');
      writeFileSync(file, text);
      const listed = sandbox.git('config', '--file', file, '--list', '-z');
      const expected = listed
        .split('\0')
        .slice(0, -1)
        .map((entry) => (entry.includes('\n') ? [entry.slice(0, entry.indexOf('\n')), entry.slice(entry.indexOf('\n') + 1)] : [entry, 'true']));
      expect(parseConfig(text)).to.deep.equal(expected);
    });
  }

  it('reads up to the line that git would refuse', () => {
    expect(parseConfig('[a]\nb = c\n= nonsense\nd = e\n')).to.deep.equal([['a.b', 'c']]);
    expect(parseConfig('[a]\nb = c\nd = "open\ne = f\n')).to.deep.equal([['a.b', 'c']]);
    expect(parseConfig('[a]\nb = \\q\n')).to.deep.equal([]);
    expect(parseConfig('[a b]\nc = d\n')).to.deep.equal([]);
  });
});
