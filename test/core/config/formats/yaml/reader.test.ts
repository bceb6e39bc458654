import { expect } from 'chai';
import { readYaml } from '#internal/core/config/formats/yaml/reader.js';
import { failure } from '../../../../support/errors.js';

/** What is told of a text that is refused, each with its line and column. */
async function problems(text: string): Promise<readonly string[]> {
  const { details } = await failure('CONFIG_FILE_INVALID', readYaml(text, 'a.yaml'));
  return (details?.['problems'] as readonly { line: number; column: number; problem: string }[]).map(({ line, column, problem }) => `${String(line)}:${String(column)} ${problem}`);
}

describe('a text of YAML', () => {
  it('may have tabs between words, also in lines with brackets', async () => {
    for (const [text, data] of [
      ['tags:\t[a, b]', { tags: ['a', 'b'] }],
      ['tags: [a,\tb]\r\nmore: x', { tags: ['a', 'b'], more: 'x' }],
      ['all:\n  - {b: 1,\t c: 2}\n', { all: [{ b: 1, c: 2 }] }],
      ['all:\n  -\t[a]\n  - {b:\t"x\ty", c: it\tis }\t# [\n', { all: [['a'], { b: 'x\ty', c: 'it\tis' }] }],
      ['a:\t[x]\nb: |\n  t\tt\n  \tt\n', { a: ['x'], b: 't\tt\n\tt\n' }],
    ] as const) expect((await readYaml(text, 'a.yaml')).data, text).to.deep.equal(data);
  });

  it('may not be indented with tabs', async () => {
    expect(await problems('tags: [\n\ta ]\n')).to.deep.equal(['2:1 is indented with a tab: indent it with spaces']);
    for (const text of ['a:\t[x]\nb:\n  -\t- c\n', 'a:\t[x]\nb:\n  -\tc: d\n', 'a:\t[x]\nb:\n\tc: d\n', 'a:\t[x]\nb:\tc: d\n', 'a:\t[x]\rb:\r\tc: d\r']) await problems(text);
  });

  it('is told where a bracket closes that must be indented more', async () => {
    expect(await problems('tags: [\n  b,\n]\n')).to.deep.equal(['3:1 closes the bracket of line 1, column 7: indent it more than the key before that']);
    expect(await problems('a:\n  "b": {\n    c: 1, d: [2]\n  }\n')).to.deep.equal(['4:3 closes the bracket of line 2, column 8: indent it more than the key before that']);
  });

  it('is told where a bracket or a quote was opened that is not closed', async () => {
    const unclosed = (place: string): string => `is in the bracket of ${place}, which is not closed: close that, or indent this line more than its key`;
    expect(await problems('a: {b: 1\nc: 2\n')).to.deep.equal([`2:1 ${unclosed('line 1, column 4')}`]);
    expect(await problems(`# it's [\na: it's [fine\nb: "]\\"["\nc: |\n  [ '\nd: [x, 'it''s', y 'z, {"z":"]"}, [1 # ]\ne: 1\n`)).to.deep.equal([`7:1 ${unclosed('line 6, column 34')}`]);
    expect(await problems('- k: |\n    {\n  l: >\n  m: [a\n- b\n')).to.deep.equal([`5:1 ${unclosed('line 4, column 6')}`]);
    expect(await problems('a:\n  b: [1, [2]')).to.deep.equal(['2:6 holds a "[" that is never closed']);
    expect(await problems('a: 1\nb: "x')).to.deep.equal(['2:4 holds a text that does not end: its quote is not closed']);
    expect(await problems('a: [{? "]" : b}, {c: ["it\'s"]}\nd: 1\n')).to.deep.equal([`2:1 ${unclosed('line 1, column 4')}`]);
    expect(await problems("a: 'x\nb: 1\n")).to.deep.equal(['2:1 is in the text that begins with the quote of line 1, column 4: end that, or indent this line more than its key']);
  });

  it('is told so also where it is megabytes', async () => {
    const words = 'x '.repeat(2_000_000);
    expect(await problems(`a:\t[${words}\nb: 1\n`)).to.deep.equal(['2:1 is in the bracket of line 1, column 4, which is not closed: close that, or indent this line more than its key']);
  });

  it('is told in words of its own what else is wrong', async () => {
    expect(await problems(`a: ${'['.repeat(200)}${']'.repeat(200)}`)).to.have.lengthOf(1).and.to.satisfy(([problem = '']: readonly string[]) => problem.endsWith('lies too deep: more than 100 levels'));
    expect(await problems('a: ["b" "c"]')).to.deep.equal(['1:9 lacks a "," before it, or a bracket that closes']);
    expect(await problems('a: [b,, c]')).to.deep.equal(['1:7 has a "," without a value before it']);
  });
});
