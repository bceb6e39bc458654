import type { ValueSchema } from '@structum/core';
import { expect } from 'chai';
import fc from 'fast-check';
import { commandLineLayer } from '#internal/core/config/layers/command-line-layer.js';
import { valueOfText } from '#internal/core/config/layers/text-value.js';
import { variableLayer } from '#internal/core/config/layers/variable-layer.js';
import { failure } from '../../../support/errors.js';

const SCHEMA = {
  properties: {
    max_depth: { type: 'integer' }, theme: { type: 'string' }, hosts: { type: 'array', items: { type: 'integer' } },
    colors: { type: 'object', additionalProperties: { type: 'string' } },
  },
} as const;

describe('the value that a text stands for', () => {
  const cases: readonly [string, ValueSchema | undefined, unknown][] = [
    ['3', { type: 'integer' }, 3], ['3', { type: 'string' }, '3'], ['yes', { type: 'boolean' }, true], ['null', { type: 'string' }, 'null'],
    ['a, b,', { type: 'array', items: { type: 'string' } }, ['a', 'b']], ['["a,b"]', { type: 'array', items: { type: 'string' } }, ['a,b']],
    ['["a"', { type: 'array', items: { type: 'string' } }, '["a"'], ['[ab].ts,c', { type: 'array', items: { type: 'string' } }, ['[ab].ts', 'c']],
    ['1,2', { type: 'array', items: { type: 'integer' } }, [1, 2]], ['', { type: 'array' }, []],
    ['{"a":1}', { type: 'object' }, { a: 1 }], ['[1]', { type: 'object' }, '[1]'], ['three', { type: 'integer' }, 'three'],
    ['{"a":{"__proto__":1}}', { type: 'object' }, '{"a":{"__proto__":1}}'], ['[{"constructor":1}]', undefined, '[{"constructor":1}]'],
    ['3', undefined, 3], ['true', undefined, true], ['null', undefined, null], ['ascii', undefined, 'ascii'], ['{"a":[1]}', undefined, { a: [1] }],
  ];
  for (const [text, schema, value] of cases) {
    it(`is ${JSON.stringify(value)} for ${JSON.stringify(text)} as ${schema?.type ?? 'whatever it may be'}`, () => {
      expect(valueOfText(text, schema)).to.deep.equal(value);
    });
  }
});

describe('settings on a command line', () => {
  it('have keys with dots between, and are of the types that their schemas say', () => {
    const layer = commandLineLayer(['plugins.tree.max_depth=3', 'plugins.tree.colors.".ts"=blue', 'plugins.tree.theme=a=b', 'plugins.other.x=1']);
    expect(layer.valueAt(['plugins', 'tree'], SCHEMA)).to.deep.equal({ max_depth: 3, colors: { '.ts': 'blue' }, theme: 'a=b' });
    expect(layer.valueAt(['plugins', 'absent'])).to.equal(undefined);
  });

  it('count the more the later they come', () => {
    expect(commandLineLayer(['a.b=1', 'a.b=2', 'a.c={"d":1}', 'a.c.e=2']).valueAt(['a'])).to.deep.equal({ b: 2, c: { d: 1, e: 2 } });
  });

  it('are merged where they are mappings, given as a whole or by their keys', () => {
    const told = (...assignments: readonly string[]): unknown => commandLineLayer(assignments.map((assignment) => `plugins.tree${assignment}`)).valueAt(['plugins', 'tree'], SCHEMA);
    expect(told('.max_depth=4', '={"hosts":[1]}')).to.deep.equal({ max_depth: 4, hosts: [1] });
    expect(told('.colors.a=red', '.colors={"b":"blue"}')).to.deep.equal({ colors: { a: 'red', b: 'blue' } });
    expect(told('={"colors":{"a":"red","b":"red"}}', '={"colors":{"b":"blue","c":null}}', '.colors.d=null')).to.deep.equal({ colors: { a: 'red', b: 'blue', c: null, d: null } });
    expect(told('.max_depth=4', '=null')).to.equal(null);
    expect(told('.hosts=1,2', '.hosts=3')).to.deep.equal({ hosts: [3] });
  });

  it('take away with null what weaker layers say, whatever the type; quoted, it is a text', () => {
    expect(commandLineLayer(['plugins.tree.theme=null', 'plugins.tree.hosts=null', 'plugins.tree.max_depth=null']).valueAt(['plugins', 'tree'], SCHEMA)).to.deep.equal({ theme: null, hosts: null, max_depth: null });
    expect(commandLineLayer(['plugins.tree.theme="null"', 'plugins.tree.colors.a=null', 'plugins.open.x="null"']).valueAt(['plugins'], {})).to.deep.equal({ tree: { theme: 'null', colors: { a: null } }, open: { x: 'null' } });
  });

  it('may hold a whole section as JSON, or take it away', async () => {
    const layer = commandLineLayer(['plugins.tree.theme=b', 'plugins.tree={"max_depth":3,"colors":{"a":"red"}}', 'plugins.tree.colors.b=blue', 'config={"unknown_keys":"strict"}', 'plugins.gone=null']);
    expect(layer.valueAt(['plugins', 'tree'], SCHEMA)).to.deep.equal({ theme: 'b', max_depth: 3, colors: { a: 'red', b: 'blue' } });
    expect(layer.valueAt(['config'])).to.deep.equal({ unknown_keys: 'strict' });
    expect(layer.valueAt(['plugins', 'gone'])).to.equal(null);
    expect(commandLineLayer(['plugins={"tree":{"theme":"a"}}', 'plugins.open.x=1']).valueAt(['plugins', 'tree'])).to.deep.equal({ theme: 'a' });
    for (const assignment of ['plugins.tree={"a":', 'plugins.tree=3', 'config=[1]', 'plugins=']) await failure('CONFIG_OVERRIDE_INVALID', () => commandLineLayer([assignment]));
  });

  it('are refused where they set nothing, or reach for what every object has', async () => {
    for (const assignment of ['', '=1', 'theme', 'plugins.tree']) await failure('CONFIG_OVERRIDE_INVALID', () => commandLineLayer([assignment]));
    expect((await failure('CONFIG_OVERRIDE_INVALID', () => commandLineLayer(['plugins.tree.token: hunter2']))).details).to.deep.equal({ assignment: 'plugins.tree.token:…' });
    for (const assignment of ['a..b=1', '.a=1', 'a.=1', 'a b=1', 'a.__proto__.b=1', 'constructor=1', '"a=1']) await failure('CONFIG_KEY_INVALID', () => commandLineLayer([assignment]));
  });
});

describe('settings in environment variables', () => {
  it('have two underlines between keys, in capitals; one stands for -, / and . too', () => {
    const { layer, notices } = variableLayer({ STRUCTUM_PLUGINS__TREE__MAX_DEPTH: '3', STRUCTUM_PLUGINS__ACME_OLD_TREE__THEME: '5', STRUCTUM_PLUGINS__TREE__HOSTS: '1,2', PATH: '/bin', STRUCTUM_ENV: 'x' });
    expect(notices).to.deep.equal([]);
    expect(layer.valueAt(['plugins', 'tree'], SCHEMA)).to.deep.equal({ max_depth: 3, hosts: [1, 2] });
    expect(layer.valueAt(['plugins', 'acme/old-tree'], SCHEMA)).to.deep.equal({ theme: '5' });
    expect(layer.valueAt(['plugins', 'old-tree'], SCHEMA)).to.equal(undefined);
  });

  it('may hold a whole section as JSON', () => {
    const { layer, notices } = variableLayer({ STRUCTUM_PLUGINS__OLD_TREE: '{"max_depth":3}', STRUCTUM_PLUGINS: '{"acme/tree":{"theme":"a"}}', STRUCTUM_PLUGINS__OPEN: '{"x":', STRUCTUM_CONFIG: 'x.yaml' });
    expect(layer.valueAt(['plugins', 'old-tree'], SCHEMA)).to.deep.equal({ max_depth: 3 });
    expect(layer.valueAt(['plugins', 'acme/tree'], SCHEMA)).to.deep.equal({ theme: 'a' });
    expect(notices.map(({ code, details }) => [code, details?.['variable']])).to.deep.equal([['CONFIG_VARIABLE_UNKNOWN', 'STRUCTUM_PLUGINS__OPEN'], ['CONFIG_VARIABLE_UNKNOWN', 'STRUCTUM_CONFIG']]);
  });

  it('count the more the more keys they have, whatever the order in which a system hands them out', () => {
    const env = { STRUCTUM_PLUGINS__TREE__COLORS__A: 'red', STRUCTUM_PLUGINS__TREE__MAX_DEPTH: '3', STRUCTUM_PLUGINS__TREE__COLORS: '{"a":"blue","b":"blue"}', STRUCTUM_PLUGINS__TREE: '{"max_depth":9,"theme":"a"}', STRUCTUM_PLUGINS: '{"tree":{"theme":"b","hosts":[1]}}' };
    fc.assert(fc.property(fc.shuffledSubarray(Object.entries(env), { minLength: 5 }), (entries) => {
      const { layer } = variableLayer(Object.fromEntries(entries));
      expect(layer.valueAt(['plugins', 'tree'], SCHEMA)).to.deep.equal({ theme: 'a', hosts: [1], max_depth: 3, colors: { a: 'red', b: 'blue' } });
      const sources = [['colors', 'a'], ['colors', 'b'], ['max_depth'], ['theme'], ['hosts']].map((keys) => layer.sourceOf(['plugins', 'tree', ...keys])?.replace('$STRUCTUM_PLUGINS', ''));
      expect(sources).to.deep.equal(['__TREE__COLORS__A', '__TREE__COLORS', '__TREE__MAX_DEPTH', '__TREE', '']);
    }));
  });

  it('tell of one underline where there must be two', () => {
    const { notices } = variableLayer({ STRUCTUM_PLUGINS_TREE_THEME: 'a', STRUCTUM_PLUGIN_POLICY_ENABLED_TREE: 'false' });
    expect(notices.map(({ code, details }) => [code, details?.['suggestions']])).to.deep.equal([
      ['CONFIG_VARIABLE_UNKNOWN', ['STRUCTUM_PLUGINS__TREE__THEME']], ['CONFIG_VARIABLE_UNKNOWN', []],
    ]);
  });

  it('are refused where they reach for what every object has', async () => {
    for (const key of ['CONSTRUCTOR', 'PROTOTYPE']) {
      const { details } = await failure('CONFIG_KEY_INVALID', () => variableLayer({ [`STRUCTUM_PLUGINS__TREE__COLORS__${key}`]: 'x' }));
      expect(details?.['key']).to.equal(`$STRUCTUM_PLUGINS__TREE__COLORS__${key}`);
    }
  });

  it('tell of each name that sets nothing, with what may have been meant', () => {
    const told = (env: Readonly<Record<string, string>>, others?: readonly string[]): unknown =>
      Object.fromEntries(variableLayer(env, others).notices.map(({ code, details }) => [`${code} ${String(details?.['variable'])}`, details?.['suggestions']]));
    for (const [name, suggestions] of Object.entries({
      ENVV: ['ENV'], ENVIRONMENT: ['ENV'], CONFIG_HOM: ['CONFIG_HOME'],
      PLUGIN__TREE__THEME: ['PLUGINS__TREE__THEME'], PLUGINS____X__Y: ['PLUGINS__X__Y'], PLUGINS__TREE__THEME__: ['PLUGINS__TREE__THEME'],
      PLUGINS_TREE_THEME: ['PLUGINS__TREE__THEME'], UNKNOWN_KEYS: ['CONFIG__UNKNOWN_KEYS'], SECRETS_ALLOW_EXEC: ['SECRETS__ALLOW_EXEC'], CONFG__UNKNOWN_KEYS: ['CONFIG__UNKNOWN_KEYS'],
      GREETING: [], PLUGIN: [], PROFILE: [], VERBOSE: [], FOO: [], THEME: [], HOME: [], NODE_ENV: [], PLUGINS____X: [], PLUGINS__TREE__: [], PLUGIN_POLICY_ENABLED_TREE: [],
    })) {
      expect(told({ [`STRUCTUM_${name}`]: '5' }), name).to.deep.equal({ [`CONFIG_VARIABLE_UNKNOWN STRUCTUM_${name}`]: suggestions.map((known) => `STRUCTUM_${known}`) });
    }
    expect(told({ STRUCTUM_PLUGIN: '{}' })).to.deep.equal({ 'CONFIG_VARIABLE_UNKNOWN STRUCTUM_PLUGIN': ['STRUCTUM_PLUGINS', 'STRUCTUM_PLUGIN_POLICY'] });
    expect(told({ STRUCTUM_OWN: '5', STRUCTUM_OTHER: '5' }, ['STRUCTUM_OWN'])).to.deep.equal({ 'CONFIG_VARIABLE_UNKNOWN STRUCTUM_OTHER': [] });
    expect(told({ STRUCTUM_ENV: 'x', STRUCTUM_DATA_HOME: 'x', STRUCTUM_EDITED_FILE: 'x', PATH: 'x' })).to.deep.equal({});
  });

  it('tell where a whole section must hold JSON', () => {
    for (const variable of ['STRUCTUM_PLUGINS__TREE', 'STRUCTUM_PLUGINS', 'STRUCTUM_CONFIG']) {
      for (const text of ['5', '', '{"a":']) expect(variableLayer({ [variable]: text }).notices.map(({ details }) => details)).to.deep.equal([{ variable, suggestions: [], isSection: true }]);
    }
  });
});
