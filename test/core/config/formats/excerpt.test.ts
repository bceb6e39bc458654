import { expect } from 'chai';
import fc from 'fast-check';
import { JSON_TEXT } from '#internal/core/config/formats/json/json.js';
import type { Language } from '#internal/core/config/formats/language.js';
import { TOML } from '#internal/core/config/formats/toml/toml.js';
import { workIn } from '#internal/core/config/formats/work.js';
import { YAML } from '#internal/core/config/formats/yaml/yaml.js';
import { failure } from '../../../support/errors.js';
import { linesOf } from './written-lines.js';

const LANGUAGES: Readonly<Record<'yaml' | 'json' | 'toml', Language>> = { yaml: YAML, json: JSON_TEXT, toml: TOML };

const key = fc.oneof(fc.stringMatching(/^[a-c]{1,2}$/), fc.constantFrom('a b', '-', '#', '7', 'x.y'));
const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constantFrom('text', 'one\ntwo\n', '# x', 'a: b', '{', ']', '"', "'''", '\\"', 'x = 1'), fc.array(fc.constantFrom<unknown>(1, 'b', { a: 1 }), { maxLength: 2 }));
const inner = fc.dictionary(key, leaf, { maxKeys: 3, noNullPrototype: true });
const middle = fc.dictionary(key, fc.oneof(leaf, inner), { maxKeys: 4, noNullPrototype: true });
const data = fc.dictionary(key, fc.oneof(leaf, middle, middle), { maxKeys: 4, noNullPrototype: true });
const path = fc.array(key, { minLength: 1, maxLength: 3 });

describe('the part of a large configuration file', () => {
  for (const format of ['yaml', 'json', 'toml'] as const) {
    const file = `config.${format}`;
    const parts = workIn(LANGUAGES[format], 0);
    const whole = workIn(LANGUAGES[format], Infinity);

    it(`has its places where the whole has them: ${format}`, async () => {
      await fc.assert(fc.asyncProperty(data, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), path, async (given, choices, at) => {
        const text = linesOf(format, given, choices).map((line) => `${line.text}\n`).join('');
        expect(await parts.positionOf(text, file, at), text).to.deep.equal(await whole.positionOf(text, file, at));
      }), { numRuns: 400 });
    });

    it(`is changed like the whole: ${format}`, async () => {
      await fc.assert(fc.asyncProperty(data, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), path, fc.option(fc.oneof(leaf, inner), { nil: undefined }), async (given, choices, at, value) => {
        const text = linesOf(format, given, choices).map((line) => `${line.text}\n`).join('');
        const change = { path: at, value };
        const expected = await whole.edit(text, file, change).catch((error: unknown) => (error as { code?: string }).code);
        const outcome = await parts.edit(text, file, change, { isKnown: true }).catch((error: unknown) => (error as { code?: string }).code);
        expect(outcome, `${text}\n${at.join(' / ')} = ${JSON.stringify(value)}`).to.equal(expected);
      }), { numRuns: 400 });
    });
  }
});

describe('a large configuration file', () => {
  const plugins = Array.from({ length: 2000 }, (_, index) => `plugin-${String(index)}`);
  const TEXTS: Readonly<Record<'yaml' | 'json' | 'toml', string>> = {
    toml: plugins.map((name) => `[plugins.${name}]\ntheme = "ascii"\n\n`).join(''),
    yaml: `plugins:\n${plugins.map((name) => `  ${name}:\n    theme: ascii\n`).join('')}`,
    json: JSON.stringify({ plugins: Object.fromEntries(plugins.map((name) => [name, { theme: 'ascii' }])) }, null, 2),
  };
  for (const format of ['yaml', 'json', 'toml'] as const) {
    const file = `config.${format}`;
    const text = TEXTS[format];

    if (format !== 'toml') it(`is read around one place only where that is asked for: ${format}`, async () => {
      const reading = watched(LANGUAGES[format]);
      const place = await workIn(reading.language, 0).positionOf(text, file, ['plugins', 'plugin-1000', 'theme']);
      expect(place).to.deep.equal((await workIn(LANGUAGES[format], Infinity).parse(text, file)).positionOf(['plugins', 'plugin-1000', 'theme']));
      expect(reading.longest()).to.be.below(200);
    });

    it(`is read around what is changed, or the end of what something is added to: ${format}`, async () => {
      for (const path of [['policy', 'strict'], ['plugins', 'new', 'theme'], ['plugins', 'plugin-1000', 'theme']]) {
        const reading = watched(LANGUAGES[format]);
        const change = { path, value: true };
        const outcome = await workIn(reading.language, 0).edit(text, file, change, { isKnown: true });
        expect(outcome).to.equal(await workIn(LANGUAGES[format], Infinity).edit(text, file, change));
        expect(reading.longest(), path.join('.')).to.be.below(300);
      }
    });

    it(`is read as a whole for a change where nobody knows that it is whole: ${format}`, async () => {
      const broken = { yaml: `${text}  plugin-7: {}\n`, json: text.replace('"plugin-8"', '"plugin-7"'), toml: text.replace('plugin-8]', 'plugin-7]') }[format];
      const change = { path: ['plugins', 'plugin-1000', 'theme'], value: 'unicode' };
      await failure('CONFIG_FILE_INVALID', workIn(LANGUAGES[format], 0).edit(broken, file, change));
    });
  }
});

/** A language, and how long the longest text was that was read in it. */
function watched(language: Language): { readonly language: Language; readonly longest: () => number } {
  let longest = 0;
  const read: Language['read'] = (text, file) => {
    longest = Math.max(longest, text.length);
    return language.read(text, file);
  };
  return { language: { ...language, read }, longest: () => longest };
}
