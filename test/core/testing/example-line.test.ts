import { expect } from 'chai';
import type { CommandManifest } from '@structum/core';
import { GLOBAL_OPTIONS, negationOf } from '#internal/cli/command-line/global-options.js';
import { HOST_OPTIONS, readExample } from '#internal/core/testing/example-line.js';

const command: CommandManifest = {
  path: 'archive extract',
  aliases: ['x'],
  description: 'Extract',
  examples: [],
  source: 0,
  hash: '',
  input: {
    type: 'object',
    additionalProperties: false,
    required: ['archive'],
    properties: {
      archive: { type: 'string', description: 'The archive', 'x-structum': { kind: 'argument', position: 0 } },
      files: { type: 'array', items: { type: 'string' }, description: 'Files', 'x-structum': { kind: 'argument', position: 1, variadic: true } },
      depth: { type: 'integer', description: 'Depth', 'x-structum': { kind: 'option', flags: ['-d', '--depth'] } },
      tag: { type: 'array', items: { type: 'string' }, description: 'Tags', 'x-structum': { kind: 'option', flags: ['-t', '--tag'], separator: ',' } },
      level: { type: 'integer', description: 'Level', 'x-structum': { kind: 'option', flags: ['-v', '--level'], count: true } },
      frame: { type: 'boolean', description: 'Frame', 'x-structum': { kind: 'option', flags: ['-f', '--frame'] } },
    },
  },
};

const input = (line: string): unknown => {
  const { problems, input: found } = readExample(line, command);
  expect(problems, line).to.deep.equal([]);
  return found;
};
const problems = (line: string): readonly string[] => readExample(line, command).problems;

describe('readExample', () => {
  it('reads arguments and options as a command line does', () => {
    expect(input('structum archive extract all.md a.txt b.txt --depth 2')).to.deep.equal({ archive: 'all.md', files: ['a.txt', 'b.txt'], depth: 2 });
    expect(input('structum archive extract all.md -d2 -fvv --tag one,two -t three')).to.deep.equal({ archive: 'all.md', depth: 2, frame: true, level: 2, tag: ['one', 'two', 'three'] });
    expect(input('structum archive extract --depth=3 --no-frame -- -odd.md')).to.deep.equal({ archive: '-odd.md', depth: 3, frame: false });
    expect(input('structum archive extract - --depth -1')).to.deep.equal({ archive: '-', depth: -1 });
  });

  it('knows aliases, other programs, variables before the program, and what follows in a shell', () => {
    expect(input('acme x all.md')).to.deep.equal({ archive: 'all.md' });
    expect(input('NO_COLOR=1 npx structum x all.md | less')).to.deep.equal({ archive: 'all.md' });
    expect(input('source <(structum x all.md)')).to.deep.equal({ archive: 'all.md' });
    expect(input('structum x all.md > out.txt')).to.deep.equal({ archive: 'all.md' });
    expect(input('structum x "my files/all.md" \'it is\' a\\ b')).to.deep.equal({ archive: 'my files/all.md', files: ['it is', 'a b'] });
  });

  it('lets options of the command line pass, each with its value', () => {
    expect(input('structum x all.md --json --cwd somewhere')).to.deep.equal({ archive: 'all.md' });
  });

  it('knows every option of the command line', () => {
    for (const { flags, negatable, placeholder } of GLOBAL_OPTIONS) {
      for (const flag of [...flags, ...(negatable === true ? flags.map(negationOf) : [])]) expect(HOST_OPTIONS.get(flag), flag).to.equal(placeholder === undefined ? 0 : 1);
    }
  });

  it('says what is wrong with a line', () => {
    expect(problems('')).to.deep.equal(['it is empty']);
    expect(problems('structum archive all.md')).to.deep.equal(['it does not run "archive extract": "structum" is followed by "archive all.md"']);
    expect(problems('structum x all.md --deep 2')).to.deep.equal(['there is no option --deep']);
    expect(problems('structum x all.md --depth')).to.deep.equal(['--depth has no value']);
    expect(problems('structum x all.md --frame=yes')).to.deep.equal(['--frame takes no value']);
  });
});
