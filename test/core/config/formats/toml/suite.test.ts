import { expect } from 'chai';
import { readToml } from '#internal/core/config/formats/toml/reader.js';
import { failure } from '../../../../support/errors.js';
import { shapeOfData, shapeOfNode } from '../shape.js';

/** Files that are TOML, by the classes of toml-test, and what they hold. */
const VALID: Readonly<Record<string, readonly (readonly [text: string, data: unknown])[]>> = {
  array: [
    ['a = []', { a: [] }],
    ['a = [ 1, 2, ]', { a: [1, 2] }],
    ['a = [[1, 2], ["x", 1.5, true, {}]]', { a: [[1, 2], ['x', 1.5, true, {}]] }],
    ['a = [ # one\n  1, # two\n  # three\n\n  2 # four\n  , ]\n', { a: [1, 2] }],
    ['a = ["]", "#", \',\', """[\n"""]', { a: [']', '#', ',', '[\n'] }],
    ['a = [{ b = 1, c.d = [{}] }, { b = 2 }]', { a: [{ b: 1, c: { d: [{}] } }, { b: 2 }] }],
  ],
  bool: [['a = true\nb = false', { a: true, b: false }]],
  comment: [
    ['# only', {}],
    ['#\n# \t tab\n\n   # indented\na = 1#close\n[b]# behind\n#end', { a: 1, b: {} }],
    ['a = "# no" # yes\n"#" = \'#\'', { a: '# no', '#': '#' }],
    ['# é ☃ 😀\na=1', { a: 1 }],
  ],
  datetime: [
    ['a = 1987-07-05T17:45:00Z\nb = 1987-07-05t17:45:00z\nc = 1987-07-05 17:45:00+05:30', { a: '1987-07-05T17:45:00Z', b: '1987-07-05t17:45:00z', c: '1987-07-05 17:45:00+05:30' }],
    ['a = 1987-07-05T17:45:56.6000000\nb = 1977-12-21\nc = 10:32:00.555\nd = 10:32', { a: '1987-07-05T17:45:56.6000000', b: '1977-12-21', c: '10:32:00.555', d: '10:32' }],
    ['a = 2000-02-29\nb = [0001-01-01, 9999-12-31T23:59:59-00:00]', { a: '2000-02-29', b: ['0001-01-01', '9999-12-31T23:59:59-00:00'] }],
  ],
  float: [
    ['a = 3.14\nb = +3.14\nc = -3.14\nd = 0.0\ne = 0.123', { a: 3.14, b: 3.14, c: -3.14, d: 0, e: 0.123 }],
    ['a = 5e+22\nb = 1E06\nc = -2e-2\nd = 6.626e-34\ne = 0e0', { a: 5e22, b: 1e6, c: -0.02, d: 6.626e-34, e: 0 }],
    ['a = 9_224.445_991_228\nb = 1e1_0', { a: 9224.445991228, b: 1e10 }],
    ['a = inf\nb = +inf\nc = -inf\nd = nan', { a: Infinity, b: Infinity, c: -Infinity, d: NaN }],
  ],
  'inline-table': [
    ['a = {}\nb = { c = 1 }\nd = {e={f={g=1}}}', { a: {}, b: { c: 1 }, d: { e: { f: { g: 1 } } } }],
    ['a = { b.c = 1, b.d = 2, "e f".g = "}" }', { a: { b: { c: 1, d: 2 }, 'e f': { g: '}' } } }],
    ['a = {\n  b = 1, # one\n  c = [\n    2,\n  ],\n}\n', { a: { b: 1, c: [2] } }],
  ],
  integer: [
    ['a = 42\nb = +42\nc = -42\nd = 0\ne = +0\nf = -0', { a: 42, b: 42, c: -42, d: 0, e: 0, f: 0 }],
    ['a = 0xDEADBEEF\nb = 0xdead_beef\nc = 0o755\nd = 0b1101_0110', { a: 0xdeadbeef, b: 0xdeadbeef, c: 0o755, d: 0b11010110 }],
    ['a = 1_2_3_4\nb = 9007199254740991\nc = -9007199254740991', { a: 1234, b: Number.MAX_SAFE_INTEGER, c: Number.MIN_SAFE_INTEGER }],
  ],
  key: [
    ['a-b_C1 = 1\n12 = 2\n"é" = 3\n\'a"b\' = 4\n"" = 5\n"a.b" = 6', { 'a-b_C1': 1, 12: 2, é: 3, 'a"b': 4, '': 5, 'a.b': 6 }],
    ['a.b = 1\na . c = 2\n"a".\'d\'.e = 3\n3.14 = 4', { a: { b: 1, c: 2, d: { e: 3 } }, 3: { 14: 4 } }],
    ['"\\u0061\\n\\U0001F600" = 1\ntrue = 2\ninf = 3\n-- = 4', { 'a\n😀': 1, true: 2, inf: 3, '--': 4 }],
    ['a = 1\nA = 2', { a: 1, A: 2 }],
  ],
  string: [
    ['a = ""\nb = \'\'\nc = """"""\nd = \'\'\'\'\'\'', { a: '', b: '', c: '', d: '' }],
    ['a = "\\b\\t\\n\\f\\r\\"\\\\\\e\\x41\\u00e9\\U0001F600/"', { a: '\b\t\n\f\r"\\\u001BAé😀/' }],
    ['a = \'C:\\Users\\n\'\nb = \'a "b"\'', { a: 'C:\\Users\\n', b: 'a "b"' }],
    ['a = """\none\n  two"""\nb = \'\'\'\none\\\ntwo\'\'\'', { a: 'one\n  two', b: 'one\\\ntwo' }],
    ['a = """one \\\n\n   two \\  \n   """', { a: 'one two ' }],
    ['a = """"one" and ""two"""""\nb = \'\'\'\'one\' and \'\'two\'\'\'\'\'', { a: '"one" and ""two""', b: "'one' and ''two''" }],
    ['a = """\\"""\\""" # [b]\n"""', { a: '"""""" # [b]\n' }],
    ['a = "\ttab # no = [comment]"', { a: '\ttab # no = [comment]' }],
  ],
  table: [
    ['[a]\n[b]\nc = 1', { a: {}, b: { c: 1 } }],
    ['[a.b.c]\nd = 1\n[a]\ne = 2\n[a.b]\nf = 3', { a: { b: { c: { d: 1 }, f: 3 }, e: 2 } }],
    ['[ a . "b c" . \'d\' ] # e\nf = 1', { a: { 'b c': { d: { f: 1 } } } }],
    ['[[a]]\nb = 1\n[[a]]\n[[a]]\nb = 3', { a: [{ b: 1 }, {}, { b: 3 }] }],
    ['[[a]]\n[[a.b]]\nc = 1\n[a.b.d]\ne = 2\n[[a.b]]\n[[a]]\n[[a.b]]\nc = 3', { a: [{ b: [{ c: 1, d: { e: 2 } }, {}] }, { b: [{ c: 3 }] }] }],
    ['[a]\nb.c = 1\n[a.d]\ne = 2', { a: { b: { c: 1 }, d: { e: 2 } } }],
    ['[[a.b]]\nc = 1\n[a]\nd = 2', { a: { b: [{ c: 1 }], d: 2 } }],
  ],
  'line ends': [
    ['', {}],
    ['\n\r\n \t\n', {}],
    ['a = 1\r\n[b]\r\nc = """\r\nx"""\r\n', { a: 1, b: { c: 'x' } }],
    ['a = 1', { a: 1 }],
  ],
};

/** Files that are no TOML. */
const INVALID: Readonly<Record<string, readonly string[]>> = {
  array: ['a = [', 'a = [1', 'a = [1 2]', 'a = [,]', 'a = [1,,2]', 'a = [1, , 2]', 'a = 1]', 'a = [] b', 'a = [[1]', 'a = [1] [2]', 'a = [ b = 1 ]', 'a = [ # ]'],
  bool: ['a = True', 'a = TRUE', 'a = t', 'a = tru', 'a = truer', 'a = falsify', 'a = true false'],
  comment: ['# \0', '# \u0001', '# \u007f', 'a = 1 # \u0010', '# \r x'],
  datetime: [
    'a = 1987-7-05', 'a = 1987-13-01', 'a = 1987-00-01', 'a = 1987-01-32', 'a = 87-07-05', 'a = 1987-07-05T', 'a = 1987-07-0517:45:00Z', 'a = 1987-07-05T25:00:00Z',
    'a = 1987-07-05T17:60:00Z', 'a = 1987-07-05T17:45:61Z', 'a = 1987-07-05T17:45:00.Z', 'a = 17:4', 'a = 24:00:00', 'a = 10:61:00', 'a = 1987-07-05 \n17:45:00', 'a = T17:45:00',
  ],
  float: [
    'a = .5', 'a = 5.', 'a = 1.e5', 'a = 1e', 'a = 1e+', 'a = 1.2.3', 'a = 03.14', 'a = -03.14', 'a = 1__2.0', 'a = _1.0', 'a = 1_.0', 'a = 1._0', 'a = 1.0_', 'a = 1e_2', 'a = 1e2_', 'a = 1e2.3',
    'a = Inf', 'a = NaN', 'a = infinity', 'a = in', 'a = na', 'a = ++inf', 'a = 1,5',
  ],
  'inline-table': ['a = {', 'a = { b }', 'a = { b = }', 'a = { b = 1 c = 2 }', 'a = { b = 1,, c = 2 }', 'a = { , }', 'a = { b = 1, b = 2 }', 'a = { b.c = 1, b = 2 }', 'a = { b = 1 }\n[a]', 'a = { b = 1 }\na.c = 2', 'a = { b = 1 }\n[a.c]', 'a = { b = { c = 1 }, b.d = 2 }', 'a = {} b'],
  integer: [
    'a = 012', 'a = -012', 'a = 0x', 'a = 0xG', 'a = 0o8', 'a = 0b2', 'a = 0X1', 'a = +0x1', 'a = -0b1', 'a = 1_', 'a = _1', 'a = 1__2', 'a = 0x_1', 'a = 0x1_', 'a = 1a', 'a = 1 2', 'a = --1', 'a = +-1', 'a = +', 'a = 00',
  ],
  key: [
    'a', 'a =', '= 1', 'a = 1 b = 2', 'a = 1\na = 2', 'a.b = 1\na = 2', 'a = 1\na.b = 2', 'a. = 1', '.a = 1', 'a..b = 1', 'a b = 1', 'a! = 1', 'a[1] = 1', '"a = 1', '"a\nb" = 1', '"""a""" = 1', "'''a''' = 1", 'é = 1', 'a == 1', 'a = = 1', 'a\n= 1', 'a =\n1', '"a"b = 1',
    '"a" = 1\na = 2', '"\\u0061" = 1\na = 2', '"\\q" = 1', 'a:1', '{ a = 1 }', 'a = b',
  ],
  string: [
    'a = "', "a = '", 'a = "x', 'a = "x\ny"', "a = 'x\ny'", 'a = """', 'a = """x', 'a = """x"', "a = '''x", "a = '''x''", 'a = "\\q"', 'a = "\\u12"', 'a = "\\uD800"', 'a = "\\U00110000"', 'a = "\\x4"', 'a = "\\ "', 'a = "\0"', 'a = "\u001f"', 'a = "\u007f"', "a = '\u0001'",
    'a = """\u0001"""', "a = '''\u007f'''", 'a = "x" y', 'a = "x" "y"', "a = ''x'", 'a = """x""""""', 'a = """\\ x"""', 'a = "\r"', 'a = """\r"""',
  ],
  table: [
    '[', '[]', '[a', '[a]]', '[[a]', '[[a] ]', '[ [a]]', '[a]b = 1', '[a] b', '[a\n]', '[a.]', '[.a]', '[a..b]', '[a b]', '[a=b]', '[a#b]', '[a]\n[a]', '[a.b]\n[a.b]', '[a]\nb = 1\n[a.b]', 'a = 1\n[a]', 'a = 1\n[a.b]', '[[a]]\n[a]', '[a]\n[[a]]', 'a = []\n[[a]]', '[[a.b]]\n[a.b]',
    'a = [{}]\n[a.b]', '[a.b.c]\n[a]\nb.d = 1', 'a.b = 1\n[a]', '[[]]', '[a]\n[a.b]\n[a]',
  ],
  control: ['\u0001', 'a\0 = 1', 'a = 1\0', 'a = 1\u000B', 'a = 1\u000C', '\u00A0a = 1', '\u2028', 'a = 1\r', 'a\r = 1', '\r'],
};

describe('the classes of toml-test', () => {
  for (const [name, cases] of Object.entries(VALID)) {
    it(`read: ${name}`, async () => {
      for (const [text, data] of cases) {
        const read = await readToml(text, name);
        expect(read.data, text).to.deep.equal(data);
        expect(shapeOfNode(read.root()), text).to.deep.equal(shapeOfData(data, shapeOfNode(read.root())));
      }
    });
  }

  for (const [name, cases] of Object.entries(INVALID)) {
    it(`refuse: ${name}`, async () => {
      const accepted: unknown[] = [];
      for (const text of cases) await failure('CONFIG_FILE_INVALID', readToml(text, name)).catch(() => accepted.push(text));
      expect(accepted).to.deep.equal([]);
    });
  }
});
