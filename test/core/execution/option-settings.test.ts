import { defineCommand, definePlugin, defineSettings, Structum, type PluginClass } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

const settings = defineSettings({
  colorTheme: { description: 'The look', enum: ['dark', 'light', 'none'], default: 'none' },
  depth: { description: 'How deep', type: 'integer' },
  token: { description: 'A token', secret: true },
});

const painting = (setting = 'color_theme'): PluginClass => definePlugin({
  name: 'paint', version: '1.0.0', description: 'Paints', settings,
  commands: [defineCommand({
    path: 'paint', description: 'Paint',
    options: {
      theme: { flags: '--theme', description: 'The look', type: 'string', enum: ['dark', 'light', 'none'], env: 'PAINT_THEME', setting },
      depth: { flags: '--depth', description: 'How deep', type: 'integer', maximum: 5, default: 1, setting: 'depth' },
      token: { flags: '--token', description: 'A token', type: 'string', setting: 'token' },
    },
    execute: ({ theme, depth }) => `${String(theme)} ${String(depth)}`,
  })],
});

describe('an option whose value is a setting where it is not given', () => {
  const painted = async (paint: object, input: object = {}, env: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    await using structum = await Structum.create({ plugins: [painting()], config: { plugins: { paint } }, env });
    return await structum.run('paint', input);
  };

  it('has what is given, then what its variable says, then the setting, then the default', async () => {
    expect(await painted({})).to.equal('none 1');
    expect(await painted({ color_theme: 'dark', depth: 3 })).to.equal('dark 3');
    expect(await painted({ color_theme: 'dark', depth: 3 }, {}, { PAINT_THEME: 'light' })).to.equal('light 3');
    expect(await painted({ color_theme: 'dark', depth: 3 }, { theme: 'none', depth: 2 }, { PAINT_THEME: 'light' })).to.equal('none 2');
  });

  it('has the setting resolved, and that of the version that runs', async () => {
    expect(await painted({ depth: '${env:DEPTH}' }, {}, { DEPTH: '4' })).to.equal('none 4');
  });

  it('holds the setting against its own rules, and says where the value comes from', async () => {
    const error = await failure('INPUT_INVALID', painted({ depth: 9 }));
    expect(error.details?.['problems']).to.deep.equal([{ field: 'depth', rule: 'maximum', message: 'must be at most 5', received: 9, origin: 'the setting depth' }]);
    expect(error.message).to.contain('the setting depth');
  });

  it('does not wait for the plugin where something else is wrong', async () => {
    await using structum = await Structum.create({ plugins: [painting()] });
    await failure('INPUT_INVALID', structum.run('paint', { depth: 'deep' }));
    expect(structum.registry.plugin('paint')?.state).not.to.equal('active');
  });

  it('names a setting that the plugin describes', async () => {
    const error = await failure('PLUGIN_INVALID', Structum.create({ plugins: [painting('colour_theme')] }));
    expect(error.message).to.contain('the option "theme" of the command "paint" takes its value from the setting "colour_theme"');
  });

  it('is of a type that the setting can have', async () => {
    const error = await failure('PLUGIN_INVALID', Structum.create({ plugins: [painting('depth')] }));
    expect(error.message).to.contain('the setting "depth", which is an integer, but the option is a string');
  });
});
