import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Argument, Option } from '@structum/core';
import { expect } from 'chai';
import { describeCommand } from '#internal/core/manifest/describe.js';
import { pathGrants, type GrantingCall, type PathGrants } from '#internal/core/security/index.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

class Input {
  @Argument({ path: 'read', description: 'What to read' })
  source = 'docs';

  @Argument({ path: 'read', type: 'array', required: false, items: { type: 'string' }, description: 'More' })
  more?: string[];

  @Option('--output', { path: 'write', env: 'REPORT_OUTPUT', type: 'string', description: 'What to write' })
  output?: string;

  @Option('--title', { type: 'string', description: 'No path' })
  title?: string;
}

@Command({ path: 'report', description: 'Reports', input: Input })
class Report {
  execute(): void { /* Does nothing. */ }
}

describe('the paths that a user names for a call', () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
    writeFiles(folder, { 'work/docs/a.md': '', 'work/b.md': '', 'elsewhere/c.md': '' });
  });

  /** What is granted where the caller gives `given`, and `input` comes of it. */
  function granted(given: object, { input = given, ...call }: Partial<Pick<GrantingCall, 'callers'>> & { input?: object } = {}): PathGrants {
    return pathGrants({ schema: describeCommand(Report, 0, 'report').input, input: input as Record<string, unknown>, given: given as Record<string, unknown>, cwd: join(folder, 'work'), ...call });
  }

  it('are granted exactly, relative to where it runs', () => {
    expect(granted({ source: 'docs', more: ['b.md', '../elsewhere/c.md', join(folder, 'elsewhere')], output: 'out/new.pdf', title: '/etc' })).to.deep.equal({
      read: [join(folder, 'work/docs'), join(folder, 'work/b.md'), join(folder, 'elsewhere/c.md'), join(folder, 'elsewhere')], write: [join(folder, 'work/out/new.pdf')],
    });
  });

  it('grant nothing where they are not there to be read, or are none', () => {
    expect(granted({ source: 'none', more: ['', 'a\0b', 5], output: undefined })).to.deep.equal({ read: [], write: [] });
    expect(granted({})).to.deep.equal({ read: [], write: [] });
  });

  it('are what links of the user lead to', () => {
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'work/way'), 'junction');
    expect(granted({ source: 'way', output: 'way/new.txt' })).to.deep.equal({ read: [join(folder, 'elsewhere')], write: [join(folder, 'elsewhere/new.txt')] });
    mkdirSync(join(folder, 'far'));
    symlinkSync(join(folder, 'far/later'), join(folder, 'work/pending'), 'junction');
    expect(granted({ output: 'pending' }).write).to.deep.equal([join(folder, 'far/later')]);
  });

  it('count within the folder that it works in where a default or a setting says them', () => {
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'work/way'), 'junction');
    expect(granted({}, { input: { source: 'b.md', more: ['../elsewhere/c.md', 'way/c.md'], output: 'out' } })).to.deep.equal({ read: [join(folder, 'work/b.md')], write: [join(folder, 'work/out')] });
    expect(granted({}, { input: { output: join(folder, 'elsewhere/out') } }).write).to.deep.equal([]);
  });

  it('are no folders, and nothing of git, where a default or a setting says them', () => {
    for (const path of ['.', 'docs', '.git/hooks/pre-commit', 'sub/.GIT/config']) expect(granted({}, { input: { source: path, output: path } }), path).to.deep.equal({ read: [], write: [] });
  });

  it('are no more than what a plugin may do that gives them', () => {
    const callers = { read: [join(folder, 'work')], write: [] };
    expect(granted({ source: '../elsewhere', more: ['b.md'], output: 'out' }, { callers })).to.deep.equal({ read: [join(folder, 'work/b.md')], write: [] });
  });
});
