import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigService, definePlugin, Plugin, Setting, Structum, type ConfigStore, type SettingProblem } from '@structum/core';
import { IsUrl, Min, ValidateBy } from 'class-validator';
import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

class RangeSettings {
  @Setting({ description: 'At least', type: 'integer' }) @Min(2) fewestItems = 2;
  @Setting({ description: 'At most', type: 'integer' })
  @ValidateBy({ name: 'above', validator: { validate: (value, context) => Number(value) > (context?.object as RangeSettings).fewestItems, defaultMessage: () => 'must be more than fewest_items' } })
  mostItems = 10;
  @Setting({ description: 'Where', type: 'string' }) @IsUrl() url = 'https://example.org';
  @Setting({ description: 'Where else', type: 'string', secret: true }) @IsUrl() hidden = 'https://example.org';
}
class RangePlugin {}
Plugin({ name: 'range', version: '1.0.0', description: 'Ranges', settings: RangeSettings })(RangePlugin);

describe('the rules that only the code of a plugin has', () => {
  let global: string;
  const file = (): string => join(global, 'config.yaml');

  beforeEach(() => { global = temporaryFolder(); });

  async function ask<Answer>(question: (config: ConfigStore, structum: Structum) => Promise<Answer>): Promise<Answer> {
    let store: ConfigStore | undefined;
    const asking = definePlugin({ name: 'asking', version: '1.0.0', description: 'Asks', permissions: { services: ['structum.config'] }, onActivate: (context) => { store = context.service(ConfigService); } });
    await using structum = await Structum.create({ plugins: [RangePlugin, asking], configSources: { global }, configProblems: 'warn' });
    await structum.activate('asking');
    if (store === undefined) throw new Error('There is none');
    return await question(store, structum);
  }
  const problemsOfSetting = async (key: string, value: string): Promise<unknown> => {
    const { details } = await failure('CONFIG_INVALID', ask((config) => config.set(`plugins.range.${key}`, value, { scope: 'global' })));
    return (details?.['problems'] as readonly SettingProblem[]).map(({ path, problem }) => [path, problem]);
  };

  it('are in its manifest by the name of their library, so that nobody is imported who has none', async () => {
    const known = await ask((_config, structum) => Promise.resolve(['range', 'asking'].map((name) => structum.registry.plugin(name)?.manifest.settings?.['x-structum'])));
    expect(known).to.deep.equal([{ rules: 'class-validator' }, undefined]);
  });

  it('are found broken in what all layers say together, without taking the plugin up', async () => {
    writeFiles(global, { 'config.yaml': 'plugins:\n  range:\n    fewest_items: 5\n    most_items: 4\n    url: nowhere\n    hidden: nowhere-else\n' });
    const [findings, state] = await ask(async (config, structum) => [await config.validate(), structum.registry.plugin('range')?.state] as const);
    expect(findings).to.deep.equal([
      { layer: 'global', file: file(), line: 4, column: 5, severity: 'error', key: 'plugins.range.most_items', problem: 'must be more than fewest_items', rule: 'above', value: 4 },
      { layer: 'global', file: file(), line: 5, column: 5, severity: 'error', key: 'plugins.range.url', problem: 'must be a URL address', rule: 'isUrl', value: 'nowhere' },
      { layer: 'global', file: file(), line: 6, column: 5, severity: 'error', key: 'plugins.range.hidden', problem: 'must be a URL address', rule: 'isUrl', value: '[redacted]' },
    ]);
    expect(state).to.equal('resolved');
  });

  it('are told with all else that is wrong when the plugin comes up', async () => {
    writeFiles(global, { 'config.yaml': 'plugins:\n  range: { fewest_items: many, most_items: 1, url: nowhere, hidden: hunter22 }\n' });
    const { details, message } = await failure('CONFIG_INVALID', ask((_config, structum) => structum.activate('range')));
    expect((details?.['problems'] as readonly SettingProblem[]).map(({ path, rule, origin }) => [path, rule, origin?.line, origin?.column])).to.deep.equal([
      ['plugins.range.fewest_items', 'type', 2, 12], ['plugins.range.most_items', 'above', 2, 32], ['plugins.range.url', 'isUrl', 2, 47], ['plugins.range.hidden', 'isUrl', 2, 61],
    ]);
    expect(message).not.to.contain('hunter22');
  });

  it('do not judge what does not fit its schema, and what a reference stands for', async () => {
    writeFiles(global, { 'config.yaml': 'plugins:\n  range: { fewest_items: many, url: "${env:URL}" }\n' });
    expect((await ask((config) => config.validate())).map(({ key, rule }) => [key, rule])).to.deep.equal([['plugins.range.fewest_items', 'type']]);
  });

  it('keep a value from being written that breaks them, alone or with what is there', async () => {
    expect(await problemsOfSetting('fewest_items', '1')).to.deep.equal([['plugins.range.fewest_items', 'must not be less than 2']]);
    expect(await problemsOfSetting('fewest_items', '10')).to.deep.equal([['plugins.range.most_items', 'must be more than fewest_items']]);
    expect(existsSync(file())).to.equal(false);
    await ask((config) => config.set('plugins.range.fewest_items', '3', { scope: 'global' }));
    await ask((config) => config.set('plugins.range.url', 'nowhere', { scope: 'global', force: true }));
    expect(readFileSync(file(), 'utf8')).to.equal('plugins:\n  range:\n    fewest_items: 3\n    url: nowhere\n');
  });

  it('do not hinder other values where they are broken already', async () => {
    writeFiles(global, { 'config.yaml': 'plugins:\n  range: { url: nowhere }\n' });
    expect(await ask((config) => config.set('plugins.range.most_items', '9', { scope: 'global' }))).to.deep.include({ changed: true });
  });
});
