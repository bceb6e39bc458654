import { expect } from 'chai';
import { formatOf } from '#internal/core/config/formats/index.js';
import { failure } from '../../../../support/errors.js';

const edit = async (text: string, path: string, value: unknown): Promise<string | undefined> =>
  formatOf('config.json')?.edit(text, 'config.json', { path: path.split('.'), value });

describe('changing one setting of a JSON file', () => {
  const cases: readonly (readonly [name: string, before: string, path: string, value: unknown, after: string])[] = [
    ['begins an empty file', '', 'a.b', 1, '{\n  "a": {\n    "b": 1\n  }\n}\n'],
    ['opens an empty object', '{}\n', 'a', [1, { b: null }], '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ]\n}\n'],
    ['opens an empty object within', '{\n    "a": {}\n}\n', 'a.b', 1, '{\n    "a": {\n        "b": 1\n    }\n}\n'],
    ['adds a line behind the last one', '{\n  "a": 1\n}\n', 'b.c', 'x', '{\n  "a": 1,\n  "b": {\n    "c": "x"\n  }\n}\n'],
    ['indents with tabs where the file does', '{\n\t"a": {\n\t\t"x": 1\n\t}\n}\n', 'a.y', [1], '{\n\t"a": {\n\t\t"x": 1,\n\t\t"y": [\n\t\t\t1\n\t\t]\n\t}\n}\n'],
    ['stays on one line', '{"a": 1}', 'b', { c: [1, 'x'], d: {} }, '{"a": 1, "b": {"c": [1, "x"], "d": {}}}'],
    ['stays on one line that ends', '{"a": {}}\n', 'a.b', 1, '{"a": {"b": 1}}\n'],
    ['stays without blanks', '{"a":{}}', 'a.b.c', [1, 2], '{"a":{"b":{"c":[1,2]}}}'],
    ['replaces a value, and nothing around it', '{ "a" : 1 , "b":[ 2 ]}', 'a', 'x', '{ "a" : "x" , "b":[ 2 ]}'],
    ['replaces a collection', '{\n  "a": [\n    1\n  ],\n  "b": 2\n}', 'a', { c: 1 }, '{\n  "a": {\n    "c": 1\n  },\n  "b": 2\n}'],
    ['keeps the lines of items that stay', '{\n  "a": [\n    "x", "y",\n    { "b": 1 }\n  ]\n}\n', 'a', ['x', { b: 1 }, [2]], '{\n  "a": [\n    "x",\n    { "b": 1 },\n    [\n      2\n    ]\n  ]\n}\n'],
    ['keeps the blanks of a list', '{"a":[1,2],"b":[ 3 ]}', 'a', [2, 3, 4], '{"a":[2,3,4],"b":[ 3 ]}'],
    ['changes an object key by key', '{\n  "a": { "b": [1,2], "c": 3 }\n}\n', 'a', { b: [1, 2], d: 4 }, '{\n  "a": { "b": [1,2], "d": 4 }\n}\n'],
    ['fills what is null', '{"a": null}', 'a.b', true, '{"a": {"b": true}}'],
    ['removes a line', '{\n  "a": 1,\n  "b": [\n    2\n  ],\n  "c": 3\n}\n', 'b', undefined, '{\n  "a": 1,\n  "c": 3\n}\n'],
    ['removes the last line, and the comma before it', '{\n  "a": 1,\n  "b": 2\n}\n', 'b', undefined, '{\n  "a": 1\n}\n'],
    ['removes the only key', '{\n  "a": {\n    "b": 1\n  }\n}\n', 'a.b', undefined, '{\n  "a": {}\n}\n'],
    ['removes the first of a line', '{ "a": 1, "b": 2 }', 'a', undefined, '{ "b": 2 }'],
    ['removes the last of a line', '{"a": 1, "b": 2}', 'b', undefined, '{"a": 1}'],
    ['keeps the line ends of Windows and a byte order mark', '\uFEFF{\r\n  "a": 1\r\n}\r\n', 'b.c', 2, '\uFEFF{\r\n  "a": 1,\r\n  "b": {\r\n    "c": 2\r\n  }\r\n}\r\n'],
    ['leaves alone what is so already', '{"a":[1, 2]}', 'a', [1, 2], '{"a":[1, 2]}'],
    ['leaves alone what is not there to be removed', '{"a":[1, 2]}', 'a.b.c', undefined, '{"a":[1, 2]}'],
  ];
  for (const [name, before, path, value, after] of cases) {
    it(name, async () => {
      expect(await edit(before, path, value)).to.equal(after);
      expect(await edit(after, path, value)).to.equal(after);
    });
  }

  it('refuses what cannot be written, and what is in the way', async () => {
    for (const value of [NaN, Infinity, 1n, new Date(), () => 1, { a: undefined }, { constructor: 1 }]) {
      await failure('CONFIG_UNEDITABLE', edit('{"a": 1}', 'b', value));
    }
    const cycle: Record<string, unknown> = {};
    cycle.cycle = cycle;
    await failure('CONFIG_UNEDITABLE', edit('{}', 'a', cycle));
    for (const path of ['a.b', '__proto__.a', 'list.0']) await failure('CONFIG_UNEDITABLE', edit('{"a": 1, "list": [1]}', path, 2));
    await failure('CONFIG_FILE_INVALID', edit('{"a": 1,}', 'b', 2));
  });
});
