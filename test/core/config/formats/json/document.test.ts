import { expect } from 'chai';
import { formatOf } from '#internal/core/config/formats/index.js';
import { failure } from '../../../../support/errors.js';

describe('a JSON file', () => {
  const format = formatOf('config.json');
  const parse = async (text: string): Promise<unknown> => (await format?.parse(text, 'config.json'))?.data;
  const problemsOf = async (text: string): Promise<readonly string[]> => {
    const { details } = await failure('CONFIG_FILE_INVALID', parse(text));
    return (details?.problems as { line: number; column: number; problem: string }[]).map(({ line, column, problem }) => `${String(line)}:${String(column)} ${problem}`);
  };

  it('may hold nothing, and begin with a byte order mark', async () => {
    for (const text of ['', ' \r\n', '{}', '\uFEFF', '\uFEFF{}']) expect(await parse(text), JSON.stringify(text)).to.deep.equal({});
    expect(await parse('\uFEFF{"a": [1, -0.5e3, "\\u00e9\\n", true, null, {}]}')).to.deep.equal({ a: [1, -500, 'é\n', true, null, {}] });
  });

  it('knows where each of its keys stands', async () => {
    const document = await format?.parse('\uFEFF{ "a": 1,\r\n  "b": { "c\\"d": [0,\r\n    { "e": 1 }] } }', 'config.json');
    const places = [[], ['a'], ['b'], ['b', 'c"d'], ['b', 'c"d', '1', 'e'], ['b', 'none'], ['none']].map((path) => document?.positionOf(path));
    expect(places.map((place) => [place?.line, place?.column])).to.deep.equal([[1, 1], [1, 3], [2, 3], [2, 10], [3, 7], [2, 3], [1, 1]]);
  });

  it('is told everything that is wrong with it, and where', async () => {
    expect(await problemsOf('// mine\n{\n  "a": [1, 2,],\n  b: \'c\',\n  "d" tru\n  "e": 01,\n}\n')).to.deep.equal([
      '1:1 holds a comment, which JSON does not know',
      '3:13 holds a comma behind the last value',
      '4:3 lacks the name of a setting, in double quotes',
      '4:6 holds a text in single quotes: JSON has double ones',
      '5:7 lacks a ":" between a name and its value',
      '5:7 holds a word that is no value: texts are written in double quotes',
      '6:3 lacks a ","',
      '6:8 holds a word that is no value: texts are written in double quotes',
      '6:10 holds a comma behind the last value',
    ]);
    expect(await problemsOf('{"a": {"b": [1, 2')).to.deep.equal(['1:13 holds a "[" that is never closed']);
    expect(await problemsOf('{"a": "b')).to.deep.equal(['1:7 holds a text that does not end']);
    expect(await problemsOf('{"a": "\\q\t", "b":}')).to.deep.equal(['1:7 holds a text with a character that must be escaped', '1:18 lacks a value']);
    expect(await problemsOf('{"a": 1}\n{"b": 2}')).to.deep.equal(['2:1 holds more than one value']);
    expect(await problemsOf('{}]')).to.deep.equal(['1:3 holds a "]" that closes nothing']);
    expect(await problemsOf('{"a": \0}')).to.have.length(1);
    for (const text of ['[]', '7', '"a"']) expect((await problemsOf(text))[0], text).to.match(/holds no settings/);
  });

  it('holds no key twice, none that reaches into every object, and no number that would be another', async () => {
    expect(await problemsOf('{"a": 1, "\\u0061": 2, "b": {"__proto__": 1, "constructor": 2, "prototype": 3},\n "c": [12345678901234567890, 1e999]}')).to.deep.equal([
      '1:10 has the key "a" twice: it is duplicated',
      '1:29 must not use the name __proto__',
      '1:45 must not use the name constructor',
      '1:63 must not use the name prototype',
      '2:8 holds a number that is too large to be exact: write it as a text',
      '2:30 holds a number that is too large',
    ]);
  });

  it('may lie a hundred levels deep, and overflows nothing', async () => {
    const deep = (levels: number): string => `{"a": ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(await parse(deep(100))).to.be.an('object');
    for (const text of [deep(101), deep(100_000), `{"a": ${'['.repeat(100_000)}`, '{"a":'.repeat(100_000)]) {
      expect((await problemsOf(text)).join(), text.slice(0, 20)).to.contain('lies too deep: more than 100 levels');
    }
  });
});
