import { definePlugin, defineSettings, Plugin, Setting, Structum, type Class, type SettingOptions } from '@structum/core';
import { manifestProblems } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

const hostWith = (settings: Class<object>): Promise<Structum> => Structum.create({ plugins: [definePlugin({ name: 'subject', version: '1.0.0', description: 'Subject', settings })] });

async function problemsWith(fields: Readonly<Record<string, SettingOptions>>): Promise<unknown> {
  return (await failure('PLUGIN_INVALID', hostWith(defineSettings(fields)))).details?.['problems'];
}

describe('the description of settings', () => {
  it('is a schema by their keys, which names the properties that hold them', async () => {
    class Settings {
      @Setting({ description: 'A theme', enum: ['dark', 'light'] }) colorTheme = 'dark';
      @Setting({ description: 'A port', type: 'integer', required: true, key: 'port' }) HTTPPort!: number;
      @Setting({ description: 'A token', secret: true }) apiToken?: string;
      @Setting({ description: 'Hosts', items: { type: 'string', minLength: 1 } }) hosts: string[] = [];
      @Setting({ description: 'Old', deprecated: 'use hosts' }) host?: string;
    }
    const structum = await hostWith(Settings);
    expect(structum.registry.plugin('subject')?.manifest.settings).to.deep.equal({
      type: 'object', required: ['port'], additionalProperties: false,
      properties: {
        color_theme: { type: 'string', description: 'A theme', enum: ['dark', 'light'], default: 'dark', 'x-structum': { property: 'colorTheme' } },
        port: { type: 'integer', description: 'A port', 'x-structum': { property: 'HTTPPort' } },
        api_token: { type: 'string', description: 'A token', 'x-structum': { property: 'apiToken', secret: true } },
        hosts: { type: 'array', description: 'Hosts', items: { type: 'string', minLength: 1 }, default: [], 'x-structum': { property: 'hosts' } },
        host: { type: 'string', description: 'Old', deprecated: true, 'x-structum': { property: 'host', deprecated: 'use hosts' } },
      },
    });
  });

  it('has those of the parent class first', async () => {
    class Parent { @Setting({ description: 'One' }) one = 1; @Setting({ description: 'Two' }) two = 2; }
    class Child extends Parent { @Setting({ description: 'Three' }) three = 3; @Setting({ description: 'Another one' }) override one = 4; }
    const { properties = {} } = (await hostWith(Child)).registry.plugin('subject')?.manifest.settings ?? {};
    expect(Object.entries(properties).map(([key, { description, default: fallback }]) => [key, description, fallback])).to.deep.equal([['one', 'Another one', 4], ['two', 'Two', 2], ['three', 'Three', 3]]);
  });

  it('is part of what makes a manifest stale', async () => {
    const hashOf = async (description: string): Promise<string | undefined> => (await hostWith(defineSettings({ a: { description } }))).registry.plugin('subject')?.manifest.hash;
    expect(await hashOf('one')).to.equal(await hashOf('one'));
    expect(await hashOf('one')).not.to.equal(await hashOf('two'));
  });

  it('refuses what cannot hold', async () => {
    expect(await problemsWith({ one: { description: 'x', default: 5, maximum: 3 } })).to.deep.equal(['the default of the setting "one" must be at most 3']);
    expect(await problemsWith({ one: { description: 'x', key: 'One' } })).to.deep.equal(['the setting "One" is not in snake_case']);
    expect(await problemsWith({ one: { description: 'x' }, other: { description: 'x', key: 'one' } })).to.deep.equal(['the setting "one" is described twice']);
    expect(await problemsWith({ one: { description: ' ' } })).to.deep.equal(['the description of the setting "one" is not valid']);
    expect(await problemsWith({ one: { description: 'x', type: 'object', properties: { a: { type: 'integer', default: 'b' } } } })).to.deep.equal(['the default of the property "a" of the setting "one" must be an integer']);
  });

  it('refuses a class that cannot be made, and decorators in wrong places', async () => {
    class Needy {
      @Setting({ description: 'x' }) one: number;
      constructor(start: { number: number }) { this.one = start.number; }
    }
    expect((await failure('PLUGIN_INVALID', hostWith(Needy))).details?.['problems']).to.deep.equal(['its settings class Needy cannot be constructed without arguments (Cannot read properties of undefined (reading \'number\'))']);
    await failure('DECORATOR_MISPLACED', () => { Setting({ description: 'x' })({}.constructor, 'one'); });
    await failure('DECORATORS_STANDARD', () => { Setting({ description: 'x' })({}, { kind: 'field' } as never); });
    await failure('REFERENCE_INVALID', hostWith({ one: 1 } as never));
    await failure('DECORATOR_MISPLACED', () => { (Setting({ description: 'x' }) as (...args: unknown[]) => void)({ constructor: Plugin }, 'run', { value: () => 1 }); });
  });

  it('is looked at in manifests that come from files', () => {
    const manifest = { manifestVersion: 1, name: 'x', version: '1.0.0', description: 'x', category: 'utility', engine: '*', requires: {}, optional: {}, conflicts: {}, provides: [], permissions: {}, commands: [], hash: '' };
    const problems = (settings: unknown): readonly string[] => manifestProblems({ ...manifest, settings });
    expect(problems(undefined)).to.deep.equal([]);
    expect(problems([])).to.deep.equal(['it has no valid schema of its settings']);
    expect(problems({ type: 'object', properties: { a: 1 }, required: ['b'] })).to.deep.equal(['the setting "a" has no schema', 'it requires "b", which is no setting of its']);
    expect(problems({ type: 'object', properties: { a: { description: 'x' } }, required: [] })).to.deep.equal(['the setting "a" has no property that holds it']);
    expect(problems({ type: 'object', properties: { a: { description: 'x', 'x-structum': { property: '__proto__', secret: 1, deprecated: '' } } }, required: [] })).to.have.length(3);
  });
});
