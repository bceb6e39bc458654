import type { CommandManifest, InputProperty } from '@structum/core';
import { expect } from 'chai';
import { fieldsOf } from '#internal/cli/command-line/fields.js';
import type { GlobalValues } from '#internal/cli/command-line/global-options.js';
import { inputOf } from '#internal/cli/command-line/input.js';
import { readTail } from '#internal/cli/command-line/tail.js';

const command = (properties: Readonly<Record<string, InputProperty>>, required: readonly string[] = []): CommandManifest => ({
  path: 'try', aliases: [], description: '', examples: [], source: 0, hash: '',
  input: { type: 'object', properties, required, additionalProperties: false },
});
const argument = (position: number, rest: Partial<InputProperty> = {}, variadic = false): InputProperty =>
  ({ type: 'string', ...rest, 'x-structum': { kind: 'argument', position, ...(variadic ? { variadic: true as const } : {}) } });
const option = (flags: readonly string[], rest: Partial<InputProperty> = {}, binding = {}): InputProperty =>
  ({ type: 'string', ...rest, 'x-structum': { kind: 'option', flags, ...binding } });

describe('readTail and inputOf', () => {
  const read = async (manifest: CommandManifest, args: readonly string[], globals: GlobalValues = {}): Promise<unknown> => {
    const fields = fieldsOf(manifest);
    const tail = readTail(args, fields, globals);
    if (tail.problem !== undefined) throw tail.problem;
    return inputOf(tail, fields);
  };
  const code = async (manifest: CommandManifest, args: readonly string[]): Promise<unknown> => {
    try {
      return await read(manifest, args);
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  it('gives required arguments their words first, then optional ones, in order', async () => {
    const copy = command({ from: argument(0), via: argument(1), to: argument(2) }, ['from', 'to']);
    expect(await read(copy, ['a', 'b'])).to.deep.equal({ from: 'a', to: 'b' });
    expect(await read(copy, ['a', 'b', 'c'])).to.deep.equal({ from: 'a', via: 'b', to: 'c' });
    expect(await code(copy, ['a'])).to.equal('ARGUMENT_MISSING');
    expect(await code(copy, ['a', 'b', 'c', 'd'])).to.equal('ARGUMENT_UNEXPECTED');
  });

  it('gives a variadic argument all words that are left', async () => {
    const optional = command({ first: argument(0), more: argument(1, { type: 'array', items: { type: 'integer' } }, true) }, ['first']);
    expect(await read(optional, ['a'])).to.deep.equal({ first: 'a' });
    expect(await read(optional, ['a', '1', '2'])).to.deep.equal({ first: 'a', more: [1, 2] });
    const required = command({ files: argument(0, { type: 'array', items: { type: 'string' } }, true) }, ['files']);
    expect(await code(required, [])).to.equal('ARGUMENT_MISSING');
    expect(await read(required, ['a', 'b'])).to.deep.equal({ files: ['a', 'b'] });
  });

  it('lets the last of several values win, and collects those of a list', async () => {
    const manifest = command({ style: option(['--style']), tag: option(['--tag', '-t'], { type: 'array', items: { type: 'string' } }) });
    expect(await read(manifest, ['--style', 'a', '--style=b', '--tag', 'x,y', '-tz'])).to.deep.equal({ style: 'b', tag: ['x,y', 'z'] });
  });

  it('splits lists where they have a separator', async () => {
    const manifest = command({ port: option(['--port'], { type: 'array', items: { type: 'integer' } }, { separator: ',' }) });
    expect(await read(manifest, ['--port', '1, 2,,3', '--port', 'x'])).to.deep.equal({ port: [1, 2, 3, 'x'] });
  });

  it('turns switches on and off, and counts', async () => {
    const manifest = command({
      toc: option(['--toc'], { type: 'boolean', default: true }),
      bare: option(['--no-wrap'], { type: 'boolean' }),
      level: option(['-v', '--level'], { type: 'integer' }, { count: true }),
    });
    expect(await read(manifest, ['--no-toc', '--no-wrap', '-vv', '--level'])).to.deep.equal({ toc: false, bare: true, level: 3 });
    expect(await read(manifest, ['--no-toc', '--toc'])).to.deep.equal({ toc: true });
    expect(await code(manifest, ['--no-level'])).to.equal('OPTION_UNKNOWN');
    expect(await code(manifest, ['--no-no-wrap'])).to.equal('OPTION_UNKNOWN');
  });

  it('takes negative numbers as what they are', async () => {
    const manifest = command({ at: argument(0, { type: 'number' }), depth: option(['-d', '--depth'], { type: 'integer' }), name: option(['--name']) });
    expect(await read(manifest, ['-5', '-d', '-2'])).to.deep.equal({ at: -5, depth: -2 });
    expect(await read(manifest, ['--depth=-.5e1'])).to.deep.equal({ depth: -5 });
    expect(await code(manifest, ['--name', '-x'])).to.equal('OPTION_VALUE_MISSING');
  });

  it('leaves what is no number to the check of the input', async () => {
    const manifest = command({ depth: option(['--depth'], { type: 'integer' }) });
    for (const text of ['two', '', '0x10', '1_000', ' 1', 'Infinity', 'NaN']) expect(await read(manifest, [`--depth=${text}`])).to.deep.equal({ depth: text });
  });

  it('stops at "--"', async () => {
    const manifest = command({ words: argument(0, { type: 'array', items: { type: 'string' } }, true), loud: option(['--loud'], { type: 'boolean' }) });
    const globals: GlobalValues = {};
    expect(await read(manifest, ['a', '--', '--loud', '--', '--json', '-x'], globals)).to.deep.equal({ words: ['a', '--loud', '--', '--json', '-x'] });
    expect(globals).to.deep.equal({});
  });

  it('takes global options from anywhere, also from among short ones', async () => {
    const manifest = command({ loud: option(['-l', '--loud'], { type: 'boolean' }) });
    const globals: GlobalValues = {};
    expect(await read(manifest, ['-lq', '--cwd', 'there', '--no-color'], globals)).to.deep.equal({ loud: true });
    expect(globals).to.deep.equal({ quiet: true, cwd: 'there', color: false });
  });

  it('keeps the first problem, so that --help behind it is seen', () => {
    const globals: GlobalValues = {};
    const { problem } = readTail(['--oops', '--alas', '--help'], { arguments: [], options: [] }, globals);
    expect(problem?.details).to.include({ option: '--oops' });
    expect(globals).to.deep.equal({ help: true });
  });
});
