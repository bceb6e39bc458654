import type { SettingProperty, SettingsSchema, ValueSchema } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { Configuration } from '#internal/core/config/configuration.js';
import { DataLayer } from '#internal/core/config/layers/data-layer.js';
import { isMapping, valueAt, type KeyPath } from '#internal/core/config/section.js';
import { saidOf, type SaidTogether } from '#internal/core/config/store/voices.js';
import { checkSettings } from '#internal/core/manifest/check-settings.js';

const LAYERS = ['global', 'variable', 'command-line', 'host'] as const;
const SECTION = ['plugins', 'demo'];

function settings(properties: Readonly<Record<string, ValueSchema>>): SettingsSchema {
  const described = Object.entries(properties).map(([name, schema]): [string, SettingProperty] => [name, { ...schema, 'x-structum': { property: name } }]);
  return { type: 'object', properties: Object.fromEntries(described), required: [], additionalProperties: false };
}

/** @param layers - What each says of the plugin, the weakest first. */
function configured(...layers: readonly unknown[]): Configuration {
  return new Configuration(layers.map((demo, index) => new DataLayer(LAYERS[index] ?? 'host', { plugins: { demo } })), undefined);
}

function seenBy(schema: SettingsSchema, configuration: Configuration): Readonly<Record<string, unknown>> {
  return checkSettings(schema, configuration.pluginSection('demo', schema).section).settings;
}

function asked(schema: SettingsSchema, configuration: Configuration, rest: KeyPath): SaidTogether {
  return saidOf(configuration, { section: SECTION, rest, schema, plugin: 'demo' });
}

describe('the defaults of settings', () => {
  const schema = settings({
    nested: { type: 'object', default: { max_size: 7 }, properties: { deep: { type: 'object', properties: { size: { type: 'integer', default: 5 } } } } },
    limits: { type: 'object', properties: { load: { type: 'integer', default: 3 } } },
    hosts: { type: 'array', default: ['a', 'b'] },
  });

  it('are merged with what is set within them, and replaced where that is no mapping', () => {
    const configuration = configured({ nested: { inner: { x: 3 } }, hosts: ['c'] });
    expect(seenBy(schema, configuration)).to.deep.equal({ nested: { max_size: 7, inner: { x: 3 } }, hosts: ['c'] });
    expect(asked(schema, configuration, []).value).to.deep.equal({ nested: { max_size: 7, inner: { x: 3 } }, hosts: ['c'] });
    expect(asked(schema, configured(), []).value).to.deep.equal({ nested: { max_size: 7 }, hosts: ['a', 'b'] });
  });

  it('complete mappings that are there, at any depth, and make up none', () => {
    expect(seenBy(schema, configured({ nested: { deep: {} }, limits: {} }))).to.deep.include({ nested: { max_size: 7, deep: { size: 5 } }, limits: { load: 3 } });
    expect(asked(schema, configured({}), ['limits', 'load']).value).to.equal(undefined);
  });

  it('come back where what is set is taken away, also around it', () => {
    for (const taken of [{ nested: null }, { nested: { max_size: null } }, null]) {
      const { value, said } = asked(schema, configured({ nested: { max_size: 9 } }, taken), ['nested', 'max_size']);
      expect([value, said.map(({ effect }) => effect)]).to.deep.equal([7, ['counts', 'overridden', 'counts']]);
    }
  });

  it('are never changed by what a plugin does to its settings', () => {
    const seen = seenBy(schema, configured({}));
    (seen['nested'] as Record<string, unknown>)['max_size'] = 1;
    expect(seenBy(schema, configured({}))['nested']).to.deep.equal({ max_size: 7 });
  });

  it('lead to the same for plugins as for those who ask, whatever the settings and the layers', () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof({ maxDepth: 3 }, fc.integer({ max: 9 }), fc.constantFrom('x', null, true), fc.array(fc.integer(), { maxLength: 2 }), fc.dictionary(key, tie('json'), { maxKeys: 3 })),
    }));
    const { value } = fc.letrec<{ value: ValueSchema }>((tie) => ({
      value: fc.record({
        default: json.filter((candidate) => candidate !== null),
        properties: fc.dictionary(key, tie('value'), { maxKeys: 2, depthIdentifier: 'schema' }),
        additionalProperties: fc.oneof({ maxDepth: 2, depthIdentifier: 'schema' }, fc.boolean(), tie('value')),
      }, { requiredKeys: [] }) as fc.Arbitrary<ValueSchema>,
    }));
    const layer = fc.oneof(fc.dictionary(key, json, { maxKeys: 3 }), fc.constant(null));
    fc.assert(fc.property(fc.dictionary(key, value, { maxKeys: 3 }), fc.array(layer, { maxLength: LAYERS.length }), fc.array(fc.array(key, { minLength: 1, maxLength: 4 })), (properties, layers, paths) => {
      const described = settings(properties);
      const configuration = configured(...layers);
      const seen = seenBy(described, configuration);
      for (const path of [...pathsIn(seen), ...paths.filter(([first = '']) => Object.hasOwn(properties, first))]) {
        expect(asked(described, configuration, path).value, path.join('.')).to.deep.equal(valueAt(seen, path));
      }
    }));
  });
});

function pathsIn(value: unknown): readonly KeyPath[] {
  return isMapping(value) ? Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsIn(inner).map((path) => [key, ...path])]) : [];
}
