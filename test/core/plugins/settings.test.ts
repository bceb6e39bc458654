import { Structum, type SettingProblem } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { Settings } from '#internal/core/plugins/settings.js';

describe('Settings', () => {
  it('gives each plugin a frozen copy of its own section', () => {
    const config = { plugins: { tree: { theme: { colors: ['red'] } }, wrong: 5 } };
    const settings = new Settings(config);
    config.plugins.tree.theme.colors.push('blue');
    const section = settings.of('tree') as typeof config.plugins.tree;
    expect(section).to.deep.equal({ theme: { colors: ['red'] } });
    expect([section, section.theme, section.theme.colors].every(Object.isFrozen)).to.equal(true);
    for (const name of ['wrong', 'absent', 'constructor']) expect(settings.of(name)).to.deep.equal({});
  });

  it('takes the same object in two places', () => {
    const shared = { a: 1 };
    expect(new Settings({ plugins: { x: { one: shared, two: shared } } }).of('x')).to.deep.equal({ one: { a: 1 }, two: { a: 1 } });
  });

  it('refuses what cannot be frozen or copied, and says where it is', async () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const [section, path] of [
      [circle, 'plugins.x.self'],
      [{ list: [new Uint8Array(1)] }, 'plugins.x.list[0]'],
      [{ when: new Date(0) }, 'plugins.x.when'],
      [{ call: () => 1 }, 'plugins.x.call'],
    ] as const) {
      const error = await failure('CONFIG_INVALID', Structum.create({ config: { plugins: { x: section } } }));
      expect((error.details?.['problems'] as readonly SettingProblem[]).map((problem) => problem.path)).to.deep.equal([path]);
    }
  });
});
