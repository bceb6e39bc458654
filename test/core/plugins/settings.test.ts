import { Structum, type SettingProblem } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { givenConfig } from '#internal/core/plugins/settings.js';

describe('the settings that a host gives', () => {
  it('are copied and frozen', () => {
    const config = { plugins: { tree: { theme: { colors: ['red'] } } } };
    const section = (givenConfig(config) as typeof config).plugins.tree;
    config.plugins.tree.theme.colors.push('blue');
    expect(section).to.deep.equal({ theme: { colors: ['red'] } });
    expect([section, section.theme, section.theme.colors].every(Object.isFrozen)).to.equal(true);
    expect([givenConfig({}), givenConfig({ plugins: null })]).to.deep.equal([{}, { plugins: {} }]);
  });

  it('may hold the same object in two places', () => {
    const shared = { a: 1 };
    expect(givenConfig({ plugins: { x: { one: shared, two: shared } } })).to.deep.equal({ plugins: { x: { one: { a: 1 }, two: { a: 1 } } } });
  });

  it('are refused where they cannot be frozen or copied, or use names that no file may, and where is said', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const [section, path] of [
      [circle, 'plugins.x.self'],
      [{ list: [new Uint8Array(1)] }, 'plugins.x.list[0]'],
      [{ when: new Date(0) }, 'plugins.x.when'],
      [{ call: () => 1 }, 'plugins.x.call'],
      [JSON.parse('{"labels":[{"__proto__":1}]}') as object, 'plugins.x.labels[0].__proto__'],
      [{ labels: { constructor: 1 } }, 'plugins.x.labels.constructor'],
    ] as const) {
      const error = await failure('CONFIG_INVALID', Structum.create({ config: { plugins: { x: section } } }));
      expect((error.details?.['problems'] as readonly SettingProblem[]).map((problem) => problem.path)).to.deep.equal([path]);
    }
  });

  it('are held to that in the core\'s own sections too', async () => {
    for (const [config, path] of [
      [{ plugin_policy: { enabled: JSON.parse('{"constructor":false}') as object } }, 'plugin_policy.enabled.constructor'],
      [JSON.parse('{"__proto__":{}}'), '__proto__'],
      [{ plugin_policy: { folders: [new Date(0)] } }, 'plugin_policy.folders[0]'],
    ] as const) {
      const error = await failure('CONFIG_INVALID', Structum.create({ config: config as Readonly<Record<string, unknown>> }));
      expect((error.details?.['problems'] as readonly SettingProblem[]).map((problem) => problem.path)).to.deep.equal([path]);
    }
  });
});
