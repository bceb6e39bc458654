import { definePlugin, defineCommand, defineSettings, Plugin, Setting, SettingsService, Structum, StructumError, type PluginContext, type SettingProblem } from '@structum/core';
import { Min, ValidateBy } from 'class-validator';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

class DrawerSettings {
  @Setting({ description: 'How trees are drawn', enum: ['unicode', 'ascii'] })
  theme = 'unicode';

  @Setting({ description: 'How deep to go', type: 'integer', minimum: 1 })
  maxDepth?: number;

  @Setting({ description: 'A colour for each kind of file', type: 'object', additionalProperties: { type: 'string' } })
  colors: Readonly<Record<string, string>> = { folder: 'blue' };

  get isPlain(): boolean {
    return this.theme === 'ascii';
  }
}

/** A host with one plugin, and what that one saw. */
async function seen(config: Readonly<Record<string, unknown>>, settings: new () => object = DrawerSettings): Promise<unknown> {
  let found: unknown;
  class DrawerPlugin {
    onActivate(context: PluginContext): void { found = context.config; }
  }
  Plugin({ name: 'drawer', version: '1.0.0', description: 'Draws', settings })(DrawerPlugin);
  const structum = await Structum.create({ plugins: [DrawerPlugin], config: { plugins: { drawer: config } } });
  await structum.activate('drawer');
  await structum.dispose();
  return found;
}

const problemsOf = async (config: Readonly<Record<string, unknown>>, settings?: new () => object): Promise<readonly SettingProblem[]> => {
  const { details } = await failure('CONFIG_INVALID', seen(config, settings));
  return details?.['problems'] as readonly SettingProblem[];
};

describe('the settings of a plugin', () => {
  it('are an instance of its settings class: what the configuration says, in snake_case, over the defaults', async () => {
    const config = await seen({ max_depth: 3 });
    expect(config).to.be.instanceOf(DrawerSettings);
    expect({ ...(config as object) }).to.deep.equal({ theme: 'unicode', maxDepth: 3, colors: { folder: 'blue' } });
    expect((await seen({ theme: 'ascii' }) as DrawerSettings).isPlain).to.equal(true);
  });

  it('are frozen, with all that they hold', async () => {
    const { colors } = await seen({}) as DrawerSettings;
    expect(Object.isFrozen(colors)).to.equal(true);
    expect(Object.isFrozen(await seen({}))).to.equal(true);
  });

  it('are as if they were not given where they are null', async () => {
    expect((await seen({ theme: null }) as DrawerSettings).theme).to.equal('unicode');
  });

  it('are refused with all that is wrong, before any code of the plugin runs', async () => {
    expect(await problemsOf({ theme: 'wood', max_depth: 0, colors: { folder: 5 } })).to.deep.equal([
      { path: 'plugins.drawer.theme', problem: 'must be one of unicode, ascii', rule: 'enum', value: 'wood' },
      { path: 'plugins.drawer.max_depth', problem: 'must be at least 1', rule: 'minimum', value: 0 },
      { path: 'plugins.drawer.colors.folder', problem: 'must be a string', rule: 'type', value: 5 },
    ]);
  });

  it('must be there where they are required', async () => {
    const settings = defineSettings({ url: { description: 'Where it is', required: true } });
    expect(await problemsOf({}, settings)).to.deep.equal([{ path: 'plugins.drawer.url', problem: 'is required', rule: 'required' }]);
    expect(await seen({ url: 'x' }, settings)).to.deep.include({ url: 'x' });
  });

  it('are held against the rules of class-validator too, told by their keys', async () => {
    class Ruled {
      @Setting({ description: 'At least' }) @Min(2) fewestItems = 2;
      @Setting({ description: 'At most' })
      @ValidateBy({ name: 'above', validator: { validate: (value, context) => Number(value) > (context?.object as Ruled).fewestItems, defaultMessage: () => 'must be more than fewest_items' } })
      mostItems = 10;
    }
    expect(await seen({ most_items: 3 }, Ruled)).to.be.instanceOf(Ruled);
    expect(await problemsOf({ fewest_items: 1, most_items: 1 }, Ruled)).to.deep.equal([
      { path: 'plugins.drawer.fewest_items', problem: 'must not be less than 2', rule: 'min', value: 1 },
      { path: 'plugins.drawer.most_items', problem: 'must be more than fewest_items', rule: 'above', value: 1 },
    ]);
  });

  it('that nobody knows are told once, with what may have been meant', async () => {
    const warnings: unknown[] = [];
    const plugin = definePlugin({ name: 'drawer', version: '1.0.0', description: 'Draws', settings: DrawerSettings });
    const structum = await Structum.create({ plugins: [plugin], config: { plugins: { drawer: { them: 'ascii' } } }, on: { warning: ({ error }) => { if (StructumError.is(error)) warnings.push([error.code, error.details]); } } });
    await structum.activate('drawer');
    await structum.dispose();
    expect(warnings).to.deep.equal([['CONFIG_KEY_UNKNOWN', { path: 'plugins.drawer.them', suggestions: ['plugins.drawer.theme'] }]]);
  });

  it('that are deprecated are told once, where they are set', async () => {
    const warnings: unknown[] = [];
    const settings = defineSettings({ old: { description: 'Old', deprecated: 'use theme', default: 'x' }, older: { description: 'Older', deprecated: 'use theme' } });
    const plugin = definePlugin({ name: 'drawer', version: '1.0.0', description: 'Draws', settings });
    await using structum = await Structum.create({ plugins: [plugin], config: { plugins: { drawer: { old: 'a' } } }, on: { warning: ({ error }) => { if (StructumError.is(error)) warnings.push([error.code, error.details]); } } });
    await structum.activate('drawer');
    await structum.deactivate('drawer');
    await structum.activate('drawer');
    expect(warnings).to.deep.equal([['CONFIG_DEPRECATED', { path: 'plugins.drawer.old', reason: 'use theme' }]]);
  });

  it('are whatever the configuration says where a plugin describes none', async () => {
    let found: unknown;
    const plugin = definePlugin({ name: 'open', version: '1.0.0', description: 'Takes anything', onActivate: ({ config }) => { found = config; } });
    const structum = await Structum.create({ plugins: [plugin], config: { plugins: { open: { anything: [1] } } } });
    await structum.activate('open');
    await structum.dispose();
    expect(found).to.deep.equal({ anything: [1] });
  });

  it('reach its commands, and what injects them', async () => {
    const plugin = definePlugin({
      name: 'drawer', version: '1.0.0', description: 'Draws', settings: defineSettings({ theme: { description: 'Theme', default: 'unicode' } }),
      providers: [{ provide: 'theme', useFactory: ({ theme }: { theme: string }) => theme, inject: [SettingsService] }],
      commands: [defineCommand({ path: 'draw', description: 'Draws', execute: (_input, { config }) => config['theme'] })],
    });
    const structum = await Structum.create({ plugins: [plugin], config: { plugins: { drawer: { theme: 'ascii' } } } });
    expect(await structum.run('draw')).to.equal('ascii');
    await structum.dispose();
  });
});
