import { Structum } from '@structum/core';
import CompletionPlugin from '@structum/plugin-completion';
import TreePlugin from '@structum/plugin-tree';
import { expect } from 'chai';
import { complete, formatCompletion } from '#internal/cli/complete.js';

describe('complete', () => {
  let structum: Structum;
  before(async () => { structum = await Structum.create({ plugins: [TreePlugin, CompletionPlugin] }); });
  after(() => structum.dispose());
  const values = (...words: string[]): string[] => complete(words, structum.registry).candidates.map(({ value }) => value);
  const paths = (...words: string[]): string => complete(words, structum.registry).paths;

  it('knows the commands, and what each one does', () => {
    expect(complete(['tr'], structum.registry).candidates).to.deep.equal([{ value: 'tree', description: 'Draw a folder as a tree' }]);
    expect(values()).to.include.members(['tree', 'completion']);
  });

  it('passes over global options before the command', () => {
    expect(values('--json', '--cwd', '/', 'tr')).to.deep.equal(['tree']);
    expect(values('--json', 'tree', '--dep')).to.deep.equal(['--depth']);
  });

  it('completes the items of a list one by one', () => {
    expect(values('tree', '--theme', 'a')).to.deep.equal(['ascii']);
    expect(values('tree', '--theme=')).to.include.members(['ascii', 'emoji']);
  });

  it('knows where paths stand', () => {
    expect(paths('tree', '')).to.equal('folders');
    expect(paths('tree', 'src', '')).to.equal('none');
    expect(paths('--cwd', '')).to.equal('folders');
    expect(paths('--cwd=')).to.equal('folders');
    expect(paths('completion', '')).to.equal('none');
  });

  it('offers no options after "--"', () => {
    expect(values('tree', '--', '--')).to.deep.equal([]);
    expect(paths('tree', '--', '')).to.equal('folders');
  });

  it('survives whatever stands on the line', () => {
    for (const words of [['--cwd'], ['--json=1', ''], ['tree', '--nonsense', '--depth', ''], ['tree', '-', '='], ['--', '']]) {
      expect(complete(words, structum.registry).candidates).to.be.an('array');
    }
  });

  it('is printed a line each, whatever a description holds', () => {
    expect(formatCompletion({ paths: 'files', candidates: [{ value: 'a', description: 'one\ttwo\nthree\u001b' }] })).to.equal('files\na\tone two\\nthree\\u001b\n');
  });
});
