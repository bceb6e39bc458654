import { expect } from 'chai';
import { formatOf } from '#internal/core/config/formats/index.js';
import { failure } from '../../../../support/errors.js';

const edit = async (text: string, path: string, value: unknown): Promise<string | undefined> =>
  formatOf('config.toml')?.edit(text, 'config.toml', { path: path.split('.'), value });

describe('changing one setting of a TOML file', () => {
  const cases: readonly (readonly [name: string, before: string, path: string, value: unknown, after: string])[] = [
    ['begins an empty file', '', 'a.b', 1, '[a]\nb = 1\n'],
    ['writes all kinds of values', '', 'a', { t: 'x"\\\u007f', n: 1.5, b: false, l: [1, { 'm n': [] }], e: {} }, '[a]\nt = "x\\"\\\\\\u007F"\nn = 1.5\nb = false\nl = [1, { "m n" = [] }]\n\n[a.e]\n'],
    ['writes lines of texts as lines', 'a = 1\n', 'b', 'one\n\ttwo\n', 'a = 1\nb = """\none\n\ttwo\n"""\n'],
    ['but not between the line ends of Windows', 'a = 1\r\n', 'b', 'one\ntwo', 'a = 1\r\nb = "one\\ntwo"\r\n'],
    ['replaces a value, and nothing around it', '[a] # a\n"b"  =  1 # b\nc=2', 'a.b', 'x', '[a] # a\n"b"  =  "x" # b\nc=2'],
    ['adds behind the last of a table', '[a]\n  b = 1 # b\n# c = 2\n\n[d]\ne = 1\n', 'a.c', 2, '[a]\n  b = 1 # b\n  c = 2\n# c = 2\n\n[d]\ne = 1\n'],
    ['adds to the root before the first table', '# mine\n\n# a\n[a]\nb = 1\n', 'c', 2, '# mine\n\nc = 2\n\n# a\n[a]\nb = 1\n'],
    ['adds a table behind those of the same section', '[a.b]\nx = 1\n\n[c]\ny = 1\n', 'a.d.z', 2, '[a.b]\nx = 1\n\n[a.d]\nz = 2\n\n[c]\ny = 1\n'],
    ['adds a table before those in it, and what is said of them', '[x]\n\n# b\n[a.b]\nx = 1\n', 'a.y', 2, '[x]\n\n[a]\ny = 2\n\n# b\n[a.b]\nx = 1\n'],
    ['adds beside keys with dots', 'a.b.c = 1\nd = 2\n', 'a.b.e', 3, 'a.b.c = 1\na.b.e = 3\nd = 2\n'],
    ['adds to an inline table', 'a = { b = 1 }\n', 'a.c.d', 'x', 'a = { b = 1, c = { d = "x" } }\n'],
    ['adds to an inline table of lines', 'a = {\n  b = 1, # b\n}\n', 'a.c', 2, 'a = {\n  b = 1, # b\n  c = 2,\n}\n'],
    ['fills an inline table that is empty', 'a.b = {} # b\n', 'a.b.c', 2, 'a.b = { c = 2 } # b\n'],
    ['changes a table key by key', '[a]\n# b\nb = 1 # one\nc = 2\n', 'a', { b: 1, d: { e: 3 } }, '[a]\n# b\nb = 1 # one\n\n[a.d]\ne = 3\n'],
    ['keeps the lines of items that stay', 'a = [ # all\n  # about 1\n  1, # one\n  # about 2\n  2, # two\n  3 # three\n] # a\n', 'a', [1, 3, 4], 'a = [ # all\n  # about 1\n  1, # one\n  3, # three\n  4\n] # a\n'],
    ['keeps how texts are quoted', "a = ['x', 'y']\n", 'a', ['y', 'z'], "a = ['y', \"z\"]\n"],
    ['changes an inline table key by key', 'a = {\n  b = 1, # one\n  c = 0x10,\n}\n', 'a', { b: 2, c: 16 }, 'a = {\n  b = 2, # one\n  c = 0x10,\n}\n'],
    ['puts a value in the place of tables', 'x = 1\n[a]\nb = 1\n[a.c]\nd = 1\n', 'a', 5, 'x = 1\na = 5\n'],
    ['puts a value in the place of an array of tables', '[[a]]\nb = 1\n\n[[a]]\n\n[c]\nd = 1\n', 'a', [], 'a = []\n\n[c]\nd = 1\n'],
    ['keeps the tables of an array that stay', '# a\n[[a]] # one\nb = 1 # b\n\n# two\n[[a]]\nb = 2\n[a.c]\nd = 3 # d\n\n# e\n[e]\n', 'a', [{ b: 2, c: { d: 3 } }, { b: 4, c: { d: 5 } }], '# a\n# two\n[[a]]\nb = 2\n[a.c]\nd = 3 # d\n\n[[a]]\nb = 4\nc = { d = 5 }\n\n# e\n[e]\n'],
    ['adds to an array of tables at the end', '[[a]] # one\nb = 1', 'a', [{ b: 1 }, { b: 2 }], '[[a]] # one\nb = 1\n\n[[a]]\nb = 2\n'],
    ['removes a line, and keeps its comment', 'a = 1\nb = """\nx""" # b\nc = 3\n', 'b', undefined, 'a = 1\n# b\nc = 3\n'],
    ['removes a table with all that is in it', '# a\n\n[a] # a\n# b\nb = 1\n# of a\n\n[a.c]\nd = 1\n\n[e]\n', 'a', undefined, '# a\n\n# of a\n\n[e]\n'],
    ['keeps the table that loses its last one', '[x]\n[a.b]\nc = 1\n', 'a.b', undefined, '[x]\n[a]\n'],
    ['keeps the table of keys with dots', 'a.b.c = 1\n', 'a.b.c', undefined, 'a.b = {}\n'],
    ['removes from an inline table', 'a = { b = 1, c = 2 }\n', 'a.b', undefined, 'a = { c = 2 }\n'],
    ['replaces within an inline table what keys with dots lead to', 'a = { b.c = 1, b.d = 2 }\n', 'a.b.d', 3, 'a = { b.c = 1, b.d = 3 }\n'],
    ['adds to an inline table beside keys with dots', 'a = { b.c = 1, d = 2 }\n', 'a.b.e', 3, 'a = { b.c = 1, b.e = 3, d = 2 }\n'],
    ['adds to an inline table behind keys with dots', 'a = { d = 2, b.c = 1 } # a\n', 'a.e', 3, 'a = { d = 2, b.c = 1, e = 3 } # a\n'],
    ['adds to an inline table behind quoted keys with dots', 'a = {\n  "a.b" = "x",\n  c."d.e" = "y" # y\n}\n', 'a.f', 'z', 'a = {\n  "a.b" = "x",\n  c."d.e" = "y", # y\n  f = "z"\n}\n'],
    ['adds within an inline table in another one', 'a = { b.c = { d.e = 1 }, f = 2 }\n', 'a.b.c.d.g.h', 3, 'a = { b.c = { d.e = 1, d.g = { h = 3 } }, f = 2 }\n'],
    ['removes from an inline table what keys with dots lead to', 'a = { b = 1, c.d = 2, e = 3, c.f = 4 }\n', 'a.c', undefined, 'a = { b = 1, e = 3 }\n'],
    ['removes from an inline table one of the keys with dots', 'a = { b = 1, c.d = 2, c.f = 4 }\n', 'a.c.f', undefined, 'a = { b = 1, c.d = 2 }\n'],
    ['keeps the table of the last key with dots in an inline table', 'a = { b = 1, c.d = 2 }\n', 'a.c.d', undefined, 'a = { b = 1, c = {} }\n'],
    ['puts a value in the place of keys with dots in an inline table', 'a = { c.d = 2, b = 1, c.f = 4 }\n', 'a.c', 5, 'a = { c = 5, b = 1 }\n'],
    ['changes keys with dots in an inline table one by one', 'a = { c.d = 0x10, b = 1, c.f = 4 }\n', 'a.c', { d: 16, g: 5 }, 'a = { c.d = 0x10, b = 1, c.g = 5 }\n'],
    ['leaves alone what is so already', 'a = [1,\n 2]\n', 'a', [1, 2], 'a = [1,\n 2]\n'],
    ['leaves alone what is not there to be removed', 'a = 1', 'a.b', undefined, 'a = 1'],
    ['keeps the line ends of Windows and a byte order mark', '\uFEFFa = 1\r\n[b]\r\nc = 1\r\n', 'b.d.e', true, '\uFEFFa = 1\r\n[b]\r\nc = 1\r\n\r\n[b.d]\r\ne = true\r\n'],
  ];
  for (const [name, before, path, value, after] of cases) {
    it(name, async () => {
      expect(await edit(before, path, value)).to.equal(after);
      expect(await edit(after, path, value)).to.equal(after);
    });
  }

  it('refuses what cannot be written, and what is in the way', async () => {
    const { message } = await failure('CONFIG_UNEDITABLE', edit('', 'a', { b: [null] }));
    expect(message).to.contain('because TOML knows no null');
    for (const value of [1n, new Date(), () => 1, '\uD800']) await failure('CONFIG_UNEDITABLE', edit('a = 1', 'b', value));
    for (const path of ['a.b', '__proto__.a', 'list.0', 'tables.b']) await failure('CONFIG_UNEDITABLE', edit('a = 1\nlist = [1]\n[[tables]]\nb = 1\n', path, 2));
    await failure('CONFIG_FILE_INVALID', edit('a =', 'b', 2));
  });
});
