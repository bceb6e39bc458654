import { inspect } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { formatOf } from '#internal/core/config/formats/index.js';
import { failure } from '../../../../support/errors.js';

const set = async (text: string, path: readonly string[], value: unknown): Promise<string> => {
  const edited = await formatOf('config.yaml')?.edit(text, 'config.yaml', { path, value });
  return edited ?? '';
};
const edit = (text: string, plugin: string, value: boolean): Promise<string> => set(text, ['plugin_policy', 'enabled', plugin], value);

describe('changing one setting of a YAML file', () => {
  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    ['a file that is empty', '', 'plugin_policy:\n  enabled:\n    tree: false\n'],
    ['one of comments', '# mine\n', '# mine\nplugin_policy:\n  enabled:\n    tree: false\n'],
    ['one without a last line end', 'a: 1', 'a: 1\nplugin_policy:\n  enabled:\n    tree: false\n'],
    ['one that ends with a text of lines', 'a: |+\n  x\n\n', 'a: |+\n  x\n\nplugin_policy:\n  enabled:\n    tree: false\n'],
    ['one that is indented', '  a: 1\n  b: 2\n', '  a: 1\n  b: 2\n  plugin_policy:\n    enabled:\n      tree: false\n'],
    ['an empty section', 'plugin_policy: # mine\nz: 1\n', 'plugin_policy: # mine\n  enabled:\n    tree: false\nz: 1\n'],
    ['a section that is null', 'plugin_policy: ~\n', 'plugin_policy:\n  enabled:\n    tree: false\n'],
    ['a section without plugins', 'plugin_policy:\n    # where\n    folders: [a]\n', 'plugin_policy:\n    # where\n    folders: [a]\n    enabled:\n        tree: false\n'],
    ['one whose end is told', 'a: 1\n...\n', 'a: 1\nplugin_policy:\n  enabled:\n    tree: false\n...\n'],
    ['an empty list of plugins', 'plugin_policy:\n  enabled:\n  # archive: false\n', 'plugin_policy:\n  enabled:\n    tree: false\n  # archive: false\n'],
    ['other plugins', 'plugin_policy:\n  enabled:\n    # slow\n    archive: false  # really\n\nz: 1\n', 'plugin_policy:\n  enabled:\n    # slow\n    archive: false  # really\n    tree: false\n\nz: 1\n'],
    ['other plugins at the very end', 'plugin_policy:\n  enabled:\n    archive: false', 'plugin_policy:\n  enabled:\n    archive: false\n    tree: false\n'],
    ['the plugin itself', 'plugin_policy:\n  enabled:\n    tree:   true   # mine\n    z: true\n', 'plugin_policy:\n  enabled:\n    tree:   false   # mine\n    z: true\n'],
    ['the plugin itself, quoted', 'plugin_policy: { enabled: { "tree": true } }', 'plugin_policy: { enabled: { "tree": false } }'],
    ['a list in braces', 'plugin_policy: { enabled: { a: true } }\n', 'plugin_policy: { enabled: { a: true, tree: false } }\n'],
    ['a file in braces', '{"a": 1}\n', '{"a": 1, "plugin_policy": {"enabled": {"tree": false}}}\n'],
    ['a file in braces without blanks', '{"a":"b"}\n', '{"a":"b","plugin_policy":{"enabled":{"tree":false}}}\n'],
    ['an empty file in braces', '{}\n', '{plugin_policy: {enabled: {tree: false}}}\n'],
    ['line ends of Windows', 'a: 1\r\nplugin_policy:\r\n  enabled:\r\n    x: true\r\n', 'a: 1\r\nplugin_policy:\r\n  enabled:\r\n    x: true\r\n    tree: false\r\n'],
  ];
  for (const [name, before, after] of cases) {
    it(`takes ${name}`, async () => {
      expect(await edit(before, 'tree', false)).to.equal(after);
      expect(await edit(after, 'tree', false)).to.equal(after);
    });
  }

  const others: readonly (readonly [name: string, before: string, path: string, value: unknown, after: string])[] = [
    ['keeps the lines of items that stay', 'tags:\n  # all\n  - a # one\n  # about b\n  - "b"   # two\n  - c\nz: 1\n', 'tags', ['a', 'b', 'd'], 'tags:\n  # all\n  - a # one\n  # about b\n  - "b"   # two\n  - d\nz: 1\n'],
    ['takes the comments of an item that goes with it', 'tags:\n- a # one\n# about b\n- b # two\n- c # three\n', 'tags', ['c', 'a'], 'tags:\n- c # three\n- a # one\n'],
    ['keeps items of lines', 'l:\n  - a: 1 # one\n    b: 2\n\n  - - x # y\n  -\n  - |\n    text\n', 'l', [{ a: 1, b: 2 }, 'new', null, 'text\n'], 'l:\n  - a: 1 # one\n    b: 2\n  - new\n  -\n  - |\n    text\n'],
    ['quotes new items as the others are', "l:\n  - 'a' # one\n", 'l', ['a', 'b'], "l:\n  - 'a' # one\n  - 'b'\n"],
    ['keeps the items of a list in brackets', 'l: [a, # one\n  "b", # two\n  c # three\n  ]\n', 'l', ['a', 'b', 'd'], 'l: [a, # one\n  "b", # two\n  d\n  ]\n'],
    ['adds to a list on one line', 'l: [a, b] # l\n', 'l', ['b', 'a', 'c'], 'l: [b, a, c] # l\n'],
    ['changes a mapping key by key', 'm:\n  # about a\n  a: 1 # one\n  b: "2" # two\n  c: 3\nz: 1\n', 'm', { a: 1, b: 'x', d: [4] }, 'm:\n  # about a\n  a: 1 # one\n  b: "x" # two\n  d:\n    - 4\nz: 1\n'],
    ['removes what is before a comment in braces', '{demo: {b: 1, # one\n a: x}}\n', 'demo.b', undefined, '{demo: { # one\n a: x}}\n'],
  ];
  for (const [name, before, path, value, after] of others) {
    it(name, async () => {
      const keys = path.split('.');
      expect(await set(before, keys, value)).to.equal(after);
      expect(await set(after, keys, value)).to.equal(after);
    });
  }

  it('changes thousands of settings at once', async () => {
    const keys = Array.from({ length: 5000 }, (_, index) => `key-${String(index)}`);
    const text = `m:\n${keys.map((key) => `  ${key}: 1 # ${key}\n`).join('')}`;
    const value = Object.fromEntries(keys.map((key) => [key, 2]));
    expect(parse(await set(text, ['m'], value))).to.deep.equal({ m: value });
    // One by one where that takes no time.
    expect(await set(text, ['m'], { ...(parse(text) as { m: object }).m, 'key-7': 2 })).to.equal(text.replace('key-7: 1', 'key-7: 2'));
  });

  it('quotes names that mean something else', async () => {
    for (const plugin of ['7', '1e5', 'true', 'null', 'no', '0x1f']) {
      const text = await edit('', plugin, false);
      expect(parse(text)).to.deep.equal({ plugin_policy: { enabled: { [plugin]: false } } });
    }
  });

  it('refuses where something else would change', async () => {
    for (const text of [
      'plugin_policy:\n  enabled: &e\n    a: true\nmine: *e\n', 'x: &x { a: true }\nplugin_policy:\n  enabled: *x\n',
      'plugin_policy:\n  enabled:\n    tree: &t true\nmine: *t\n', 'plugin_policy: 7\n', '~\n',
    ]) await failure('CONFIG_UNEDITABLE', edit(text, 'tree', false));
  });

  it('does not repeat what it refuses to write: it may be a secret', async () => {
    const aliased = 'plugins:\n  other: &d { token: tok-older }\n  demo: *d\n';
    for (const value of ['tok-brand-new', { nested: ['tok-brand-new'] }]) {
      const error = await failure('CONFIG_UNEDITABLE', set(aliased, ['plugins', 'demo', 'token'], value));
      expect(inspect(error, { depth: null, showHidden: true })).not.to.include('tok-');
      expect(error.details).to.deep.equal({ file: 'config.yaml', setting: 'plugins.demo.token', change: 'set' });
    }
    expect((await failure('CONFIG_UNEDITABLE', set(aliased, ['plugins', 'demo', 'token'], undefined))).details).to.include({ change: 'removal' });
  });

  it('changes no line but its own in whatever people write', async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
    const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.constant(null), fc.string({ maxLength: 20 }), fc.constant('line\nline\n'));
    const other = fc.dictionary(name, fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(name, leaf, { maxKeys: 3 })), { maxKeys: 4 });
    const policy = fc.record({ enabled: fc.dictionary(name, fc.boolean(), { maxKeys: 4 }), aliases: fc.dictionary(name, name, { maxKeys: 2 }) }, { requiredKeys: [] });
    const file = fc.record({
      before: other, policy: fc.option(policy), after: other,
      options: fc.record({ indent: fc.constantFrom(2, 4), collectionStyle: fc.constantFrom('any', 'any', 'flow'), singleQuote: fc.constantFrom(null, true, false) }),
      eol: fc.constantFrom('\n', '\n', '\r\n'), comments: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), isOpen: fc.boolean(),
    });
    await fc.assert(fc.asyncProperty(file, name, fc.boolean(), async ({ before, policy: given, after, options, eol, comments, isOpen }, plugin, value) => {
      const data = { ...before, ...(given === null ? {} : { plugin_policy: given }), ...after };
      const plain = Object.keys(data).length === 0 ? '' : stringify(data, options);
      const text = commented(plain, comments, isOpen).replaceAll('\n', eol);
      const source = (parse(text) ?? {}) as Record<string, unknown>;
      const outcome = await edit(text, plugin, value);
      const section = (source.plugin_policy ?? {}) as { enabled?: Record<string, boolean> };
      expect(parse(outcome)).to.deep.equal({ ...source, plugin_policy: { ...section, enabled: { ...section.enabled, [plugin]: value } } });
      // Every old line is there still, in its order, but for the one that changed.
      const left = outcome.split(/\r?\n/);
      const lost = text.split(/\r?\n/).filter((line) => {
        const at = left.indexOf(line);
        if (at !== -1) left.splice(0, at + 1);
        return at === -1;
      });
      expect(lost.length).to.be.at.most(1);
      expect(await edit(outcome, plugin, value)).to.equal(outcome);
    }), { numRuns: 400 });
  });
});

/** Puts comments between the top lines and behind values that are plain; `isOpen` takes the last line end away. */
function commented(text: string, comments: readonly boolean[], isOpen: boolean): string {
  const lines = text.split('\n').slice(0, -1).flatMap((line, index) => {
    if (comments[index % comments.length] !== true) return [line];
    if (/^[a-z][a-z0-9_-]*:( [a-z]+)?$/.test(line)) return ['# about what comes', `${line}  # about this`];
    return [line];
  });
  const joined = lines.join('\n');
  return isOpen || joined === '' ? joined : `${joined}\n`;
}
