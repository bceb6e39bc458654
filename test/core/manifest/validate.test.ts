import type { CommandManifest, InputProperty, PluginManifest } from '@structum/core';
import { manifestProblems } from '@structum/core/manifest';
import { expect } from 'chai';

const option = (member: object = {}): InputProperty => ({ type: 'string', description: 'x', 'x-structum': { kind: 'option', flags: ['--a'] }, ...member });
const argument = (position: number, binding: object = {}): InputProperty => ({ type: 'string', description: 'x', 'x-structum': { kind: 'argument', position, ...binding } });

const input = (properties: Readonly<Record<string, unknown>>, required: readonly string[] = []): Partial<CommandManifest> => ({
  input: { type: 'object', properties: properties as Record<string, InputProperty>, required, additionalProperties: false },
});

const command: CommandManifest = {
  path: 'greet',
  aliases: ['hello'],
  description: 'Greet',
  examples: [{ command: 'structum greet Ada', description: 'Greet Ada' }],
  ...(input({ name: argument(0), times: option({ type: 'integer', default: 1, minimum: 1 }) }, ['name']) as Pick<CommandManifest, 'input'>),
  source: 0,
  hash: '0',
};

const manifest: PluginManifest = {
  manifestVersion: 1,
  name: 'greet',
  version: '1.0.0',
  description: 'Greetings',
  category: 'utility',
  entry: './index.js',
  engine: '*',
  requires: {},
  optional: {},
  conflicts: {},
  provides: ['acme.greeter'],
  permissions: { read: ['$workspace'] },
  commands: [command],
  hash: '0',
};

const withPlugin = (changed: object): readonly string[] => manifestProblems({ ...manifest, ...changed });
const withCommand = (changed: object): readonly string[] => withPlugin({ commands: [{ ...command, ...changed }] });
const withOption = (member: object): readonly string[] => withCommand(input({ a: option(member) }));

describe('manifestProblems', () => {
  it('finds none in a whole manifest, and does not mind members that it does not know', () => {
    expect(manifestProblems(manifest)).to.deep.equal([]);
    expect(withPlugin({ name: 'n'.repeat(214), version: `1.0.0-${'x'.repeat(250)}` })).to.deep.equal([]);
    expect(withPlugin({ later: 1, commands: [{ ...command, later: 1 }] })).to.deep.equal([]);
  });

  for (const [changed, problem] of [
    [{ version: 'junk' }, 'it has no version of the form 1.2.3, of at most 256 characters'],
    [{ version: `1.0.0-${'x'.repeat(251)}` }, 'it has no version of the form 1.2.3, of at most 256 characters'],
    [{ version: '99999999999999999.0.0' }, 'it has no version of the form 1.2.3, of at most 256 characters'],
    [{ name: 'n'.repeat(215) }, 'it has no name of lower-case letters, digits and hyphens, or scope/name, of at most 214 characters'],
    [{ provides: ['s'.repeat(215)] }, `the service id "${'s'.repeat(215)}" is not words separated by dots`],
    [{ description: ' ' }, 'it has no description'],
    [{ requires: { tree: 5 } }, 'it has requires that are not names and ranges'],
    [{ requires: { 'not a name': '*' } }, 'it has requires that are not names and ranges'],
    [{ optional: JSON.parse('{"__proto__":"*"}') as object }, 'it has optional requirements that are not names and ranges'],
    [{ conflicts: { 'to\u001b[31mX': '*' } }, 'it has conflicts that are not names and ranges'],
    [{ category: 'c\u001b[2J' }, 'it has no category'],
    [{ keywords: ['one', 'two\u0007'] }, 'it has keywords that are no list of words'],
    [{ requiresServices: ['acme.\u009b31m'] }, 'it has requiresServices that are no list of service ids'],
    [{ activation: ['onCommand:a\u001bb'] }, 'it has an activation that is no list of onStart, onCommand:<path>, onService:<id> and onEvent:<name>'],
    ...['onCommand:Nope Nope', 'onService:a b', 'onEvent: ', 'onTuesday'].map((event) => [{ activation: [event] }, 'it has an activation that is no list of onStart, onCommand:<path>, onService:<id> and onEvent:<name>'] as const),
    [{ provides: [''] }, 'the service id "" is not words separated by dots'],
    [{ provides: ['structum.registry'] }, 'the service "structum.registry" is the core\'s own'],
    [{ executor: 'inline' }, 'it has an executor that is neither "worker" nor "process"'],
    [{ permissions: { services: 5 } }, 'its permissions for "services" are no list of texts'],
    [{ commands: [null] }, 'command 1: it is no object'],
  ] as const) {
    it(`says of a plugin: ${problem}`, () => {
      expect(withPlugin(changed)).to.deep.equal([problem]);
    });
  }

  for (const [changed, problem] of [
    [{ examples: [null] }, 'it has no list of examples, each with a command and a description'],
    [{ details: 5 }, 'it has details that are no text'],
    [{ deprecated: {} }, 'it does not say why it is deprecated'],
    [{ hidden: 'x' }, 'it has a "hidden" that is not true'],
    [{ aliases: ['Bad Alias '] }, '"Bad Alias " is not lower-case words separated by one space'],
    [{ aliases: ['greet'] }, 'the alias "greet" is given twice'],
    [{ source: -1 }, 'it has no source'],
    [{ input: { type: 'array' } }, 'it has no valid input schema'],
    [input({}, ['nope']), 'it requires "nope", which is no field of its input'],
    [input({ a: null }), 'the field "a" has no schema'],
    [input(JSON.parse('{"__proto__":{}}') as Record<string, unknown>), 'the field "__proto__" has a name that objects cannot hold'],
    [input({ a: argument(0), b: argument(0) }), 'its arguments do not stand at the positions 0, 1, 2 and so on'],
    [input({ a: argument(1) }), 'its arguments do not stand at the positions 0, 1, 2 and so on'],
    [input({ a: argument(5_000_000_000) }), 'its arguments do not stand at the positions 0, 1, 2 and so on'],
    [input({ a: argument(0), b: argument(1) }, ['b']), 'the required argument "b" follows "a", which is optional'],
    [input({ a: argument(0, { variadic: true }), b: argument(1) }), 'the argument "b" follows "a", which takes all words that are left'],
    [input({ a: option(), b: option() }), 'both "a" and "b" use the flag --a'],
  ] as const) {
    it(`says of a command: ${problem}`, () => {
      expect(withCommand(changed)).to.deep.equal([`command 1: ${problem}`]);
    });
  }

  for (const [changed, problem] of [
    [{ enum: 5 }, 'the enum of the field "a" is not valid'],
    [{ items: 7 }, 'the items of the field "a" is not valid'],
    [{ pattern: '(' }, 'the pattern of the field "a" is not valid'],
    [{ minLength: -1 }, 'the minLength of the field "a" is not valid'],
    [{ type: 'array', items: { type: 'nothing' } }, 'the type of each item of the field "a" is not valid'],
    [{ default: 5 }, 'the default of the field "a" must be a string'],
    [{ 'x-structum': undefined }, 'the field "a" has no place on a command line'],
    [{ 'x-structum': { kind: 'word' } }, 'the field "a" is neither an argument nor an option'],
    [{ 'x-structum': { kind: 'option', flags: [] } }, 'the field "a" has no long flag like --name'],
    [{ 'x-structum': { kind: 'option', flags: ['--a', 'b'] } }, '"b" of the field "a" is no flag like -n or --name'],
    [{ 'x-structum': { kind: 'option', flags: ['--a'], env: 5 } }, 'the field "a" has an environment variable without a name'],
    [{ 'x-structum': { kind: 'option', flags: ['--a'], path: 'run' } }, 'the field "a" has a "path" that is neither read nor write'],
  ] as const) {
    it(`says of an option: ${problem}`, () => {
      expect(withOption(changed)).to.deep.equal([`command 1: ${problem}`]);
    });
  }

  it('takes no longer for very many aliases than for many', () => {
    const aliases = Array.from({ length: 200_000 }, (_none, index) => `a${String(index)}`);
    expect(withCommand({ aliases })).to.deep.equal([]);
    expect(withCommand({ aliases: [...aliases, 'a7'] })).to.deep.equal(['command 1: the alias "a7" is given twice']);
  });

  it('compares bounds where there are two', () => {
    expect(withOption({ type: 'number', maximum: -1 })).to.deep.equal([]);
    expect(withOption({ type: 'number', minimum: 1, maximum: -1 })).to.deep.equal(['command 1: the minimum of the field "a" is above its maximum']);
  });

  it('is not exhausted by a schema that is nested without end', () => {
    const deep = JSON.parse(`${'{"type":"array","items":'.repeat(50_000)}{}${'}'.repeat(50_000)}`) as object;
    expect(withOption(deep)).to.have.length(1);
  });
});
