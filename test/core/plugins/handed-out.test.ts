import { join } from 'node:path';
import { defineCommand, definePlugin, RegistryService, StructumError, Structum, type EventListeners, type Registry } from '@structum/core';
import { expect } from 'chai';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';
import { writePackage } from '../../support/plugin-package.js';
import { writeRealPackage } from '../../support/real-package.js';

/** Changes, adds and removes whatever can be. */
function vandalise(value: unknown, seen = new Set()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const key of Object.keys(value)) {
    vandalise((value as Record<string, unknown>)[key], seen);
    Reflect.set(value, key, 'vandalised');
    Reflect.deleteProperty(value, key);
  }
  Reflect.set(value, 'added', 'vandalised');
  if (Array.isArray(value) && Object.isExtensible(value)) value.push('vandalised');
}

/** Everything that a registry hands out. */
async function everythingOf(registry: Registry): Promise<Readonly<Record<string, unknown>>> {
  const names = ['bad', 'broken', 'failing', 'given', 'needy', 'off', 'tool'];
  return {
    judged: await registry.judged(), plugins: registry.plugins, commands: registry.commands, core: registry.core,
    plugin: names.map((name) => registry.plugin(name)),
    command: ['tool', 'given', 'moved', 'short', 'needy', 'off'].map((path) => registry.command(path)),
    route: [registry.route(['tool', 'more']), registry.route(['needy'])],
    group: registry.group('given'), category: registry.category('utility'), keyword: registry.keyword('word'), provider: registry.provider('tool.value'),
    dependsOn: names.map((name) => registry.dependsOn(name)), dependents: names.map((name) => registry.dependents(name)),
    problems: registry.problems(), indexes: registry.indexes(), suggest: registry.suggest('toll'),
  };
}

function compareNames(one: string, other: string): number {
  return one.localeCompare(other, 'en');
}

describe('What a host hands out', () => {
  const details = { list: ['one'] };
  const given = definePlugin({
    name: 'given', description: 'given', version: '1.0.0', keywords: ['word'], requires: { tool: '*' },
    commands: [defineCommand({ path: 'given do', description: 'x', aliases: ['g'], execute: () => 1 }), defineCommand({ path: 'old', description: 'x', execute: () => 1 })],
  });
  const failing = definePlugin({
    name: 'failing', description: 'failing', version: '1.0.0', onActivate: () => { throw new StructumError({ code: 'OWN', message: 'own', details }); },
    commands: [defineCommand({ path: 'failing', description: 'x', execute: () => 1 })],
  });
  const checked = definePlugin({ name: 'checked', description: 'checked', version: '1.0.0', checkHealth: () => ({ status: 'DEGRADED', details }), onActivate: (context) => { context.own(() => undefined, 'a thing'); } });
  let folder: string;

  async function create(on: EventListeners = {}): Promise<Structum> {
    linkCore(folder);
    await writeRealPackage(join(folder, 'plugins/tool'), 'tool', { more: { keywords: ['word'], category: 'utility' } });
    for (const [name, more] of Object.entries({ needy: { requires: { absent: '^1.0.0' } }, outer: { requires: { needy: '*' } }, off: {} })) writePackage(join(folder, 'plugins', name), name, more);
    writeFiles(folder, { 'plugins/broken/structum.manifest.json': '{', 'plugins/bad/structum.manifest.json': { name: 3 } });
    const structum = await Structum.create({
      discover: { folders: [join(folder, 'plugins')], cache: join(folder, 'cache') }, plugins: [given, failing, checked],
      // What is given here is only there as a class, and requires what was discovered.
      config: { security: { sandbox_mode: 'off' }, plugin_policy: { enabled: { off: false }, aliases: { short: 'tool' }, renames: { given: { old: 'moved' } } } },
      on,
    });
    await structum.run('given do');
    await structum.run('failing').catch(() => undefined);
    await structum.activate('checked');
    await structum.checkHealth('checked');
    return structum;
  }

  beforeEach(() => {
    folder = temporaryFolder();
  });

  it('by its registry changes nothing in it, whatever is done to it', async () => {
    await using structum = await create();
    const before = JSON.stringify(await everythingOf(structum.registry), undefined, 1);
    vandalise(await everythingOf(structum.registry));
    expect(JSON.stringify(await everythingOf(structum.registry), undefined, 1)).to.equal(before);
    expect(details).to.deep.equal({ list: ['one'] });
    expect(Object.isFrozen(details)).to.equal(false);
  });

  it('as its registry is what can be asked, for plugins too, and nothing that changes it', async () => {
    const asked = [
      'category', 'command', 'commands', 'constructor', 'core', 'dependents', 'dependsOn', 'group', 'indexes', 'judged', 'keyword', 'plugin', 'plugins', 'problems', 'provider', 'refresh', 'reservedWords', 'route', 'suggest',
    ];
    const seen: Registry[] = [];
    const asking = definePlugin({
      name: 'asking', description: 'asking', version: '1.0.0', permissions: { services: ['structum.registry'] },
      onActivate: (context) => { seen.push(context.service(RegistryService)); },
    });
    await using structum = await create();
    await structum.register(asking);
    await structum.activate('asking');
    for (const registry of [structum.registry, ...seen]) {
      expect([...Object.getOwnPropertyNames(registry), ...Object.getOwnPropertyNames(Object.getPrototypeOf(registry))].sort(compareNames)).to.deep.equal(asked);
      expect(Reflect.set(registry, 'plugin', () => undefined)).to.equal(false);
    }
    expect(seen).to.have.length(1);
  });

  it('by its events is the same for each who listens, and changes nothing', async () => {
    const heard: string[] = [];
    const vandal = (payload: unknown): void => { vandalise(payload); };
    const names = ['plugin:changed', 'plugin:registered', 'plugin:rejected', 'plugin:loaded', 'plugin:activated', 'plugin:failed', 'command:started', 'command:finished', 'warning'] as const;
    await using structum = await create(Object.fromEntries(names.map((name) => [name, vandal])));
    for (const name of names) structum.on(name, (payload) => void heard.push(`${name} ${JSON.stringify(payload)}`));
    structum.registry.refresh();
    await structum.run('tool');
    await structum.run('failing').catch(() => undefined);
    expect(heard.filter((line) => line.includes('vandalised'))).to.deep.equal([]);
    expect(heard).to.have.length.greaterThan(1);
    expect(structum.registry.plugin('failing')?.reason?.causes?.[0]).to.deep.include({ code: 'OWN', message: 'own', details: { list: ['one'] } });
  });
});
