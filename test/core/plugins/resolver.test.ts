import {
  ClockService, defineCommand, definePlugin, defineService, LoggerService, PolicyService, RegistryService, SettingsService, Structum,
  type StructumError, type PluginClass, type PluginDefinition, type ServiceToken,
} from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';

function plugin(name: string, more: Partial<PluginDefinition> = {}): PluginClass {
  return definePlugin({ name, version: '1.0.0', description: name, commands: [defineCommand({ path: name, description: name, execute: () => name })], ...more });
}

const create = (...plugins: PluginClass[]): Promise<Structum> => Structum.create({ plugins });

describe('resolving plugins', () => {
  it('takes versions within npm ranges', async () => {
    const ranges = ['^1.0.0', '1.x', '>=0.9 <2', '1.0.0 || 3', '*', '~1.0'];
    for (const range of ranges) await create(plugin('a', { requires: { b: range } }), plugin('b'));
    for (const range of ['^2.0.0', '<1.0.0', '0.x']) await failure('REQUIREMENT_MISMATCH', create(plugin('a', { requires: { b: range } }), plugin('b')));
  });

  it('takes a pre-release only where npm does', async () => {
    const pre = plugin('b', { version: '2.0.0-beta.1' });
    await failure('REQUIREMENT_MISMATCH', create(plugin('a', { requires: { b: '^2.0.0' } }), pre));
    await failure('REQUIREMENT_MISMATCH', create(plugin('a', { requires: { b: '*' } }), pre));
    await create(plugin('a', { requires: { b: '>=2.0.0-alpha' } }), pre);
  });

  it('refuses a core outside the range that a plugin works with', async () => {
    await create(plugin('a', { engine: '^2.0.0' }));
    const error = await failure('ENGINE_MISMATCH', create(plugin('a', { engine: '^99.0.0' })));
    expect(error.message).to.contain('^99.0.0').and.contain('2.0.0');
  });

  it('refuses what is no range', async () => {
    const wrong: Partial<PluginDefinition>[] = [{ engine: 'newest' }, { requires: { b: 'v?' } }, { optional: { b: '1.2.3.4' } }, { conflicts: { b: 'all' } }];
    for (const more of wrong) await failure('RANGE_INVALID', create(plugin('a', more), plugin('b')));
  });

  it('judges anew when a plugin comes', async () => {
    const structum = await create();
    await failure('REQUIREMENT_MISSING', structum.register(plugin('a', { requires: { b: '*' } })));
    await structum.register(plugin('b'));
    await structum.register(plugin('a', { requires: { b: '*' } }));
    expect(await structum.run('a')).to.equal('a');
  });

  it('names the chain to what is missing', async () => {
    const error = await failure('REQUIREMENT_REJECTED', create(plugin('a', { requires: { b: '*' } }), plugin('b', { requires: { c: '^3.0.0' } })));
    expect(error.message).to.equal('Plugin "a" requires "b", which cannot be used: Plugin "b" requires "c" ^3.0.0, and it is not there.');
    expect(error.details).to.deep.include({ plugin: 'a', required: 'b', chain: ['a', 'b'] });
    const cause = error.cause as StructumError;
    expect([cause.code, cause.details]).to.deep.equal(['REQUIREMENT_MISSING', { plugin: 'b', required: 'c', range: '^3.0.0' }]);
    expect([error.hint, cause.hint]).to.deep.equal([cause.hint, 'Add the plugin "c" to the host, in a version within ^3.0.0: install its package with npm, or link its folder with "structum plugins link".']);
  });

  it('names all that is wrong', async () => {
    const needy = plugin('a', { engine: '^99.0.0', requires: { b: '^2.0.0', c: '*' }, conflicts: { d: '*' } });
    const error = await failure('PLUGIN_UNFIT', create(needy, plugin('b'), plugin('d')));
    const reasons = error.details?.['reasons'] as readonly { code: string }[];
    expect(reasons.map(({ code }) => code)).to.deep.equal(['ENGINE_MISMATCH', 'CONFLICT', 'REQUIREMENT_MISMATCH', 'REQUIREMENT_MISSING']);
    expect((error.cause as AggregateError).errors.map((reason: StructumError) => reason.code)).to.deep.equal(reasons.map(({ code }) => code));
    expect(error.message).to.match(/^Plugin "a" cannot be used for 4 reasons: \(1\) .+ \(4\) Plugin "a" requires "c" \*, and it is not there\.$/);
  });

  it('takes whichever plugin provides a service that is required, and names it in the circle', async () => {
    const search = defineService<object>('acme.search');
    const providing = { provides: [search], providers: [{ provide: search, useValue: { found: 3 } }] };
    const asking = plugin('asking', {
      requiresServices: [search],
      onActivate: (context) => void expect(context.service(search)).to.deep.equal({ found: 3 }),
    });
    const structum = await create(asking, plugin('engine', providing));
    expect(await structum.run('asking')).to.equal('asking');
    expect(structum.registry.dependsOn('asking')).to.deep.equal([{ service: 'acme.search', range: '*', optional: false, plugin: 'engine', found: '1.0.0' }]);
    expect((await failure('SERVICE_MISSING', create(asking))).details).to.deep.equal({ plugin: 'asking', service: 'acme.search' });
    const rejected = await failure('REQUIREMENT_REJECTED', create(asking, plugin('engine', { ...providing, engine: '^9.0.0' })));
    expect(rejected.details).to.deep.include({ required: 'engine', service: 'acme.search' });
    const circle = await failure('REQUIREMENT_CYCLE', create(asking, plugin('engine', { ...providing, requires: { asking: '*' } })));
    expect(circle.details?.['chain']).to.deep.equal(['asking', 'engine', 'asking']);
  });

  it('takes services of the core itself for provided', async () => {
    const services: readonly ServiceToken<object>[] = [LoggerService, SettingsService, ClockService, RegistryService, PolicyService];
    const asking = plugin('asking', {
      requiresServices: services,
      permissions: { services: [RegistryService.id, PolicyService.id] },
      onActivate: (context) => { for (const service of services) expect(context.service(service)).to.be.an('object'); },
    });
    const structum = await create(asking);
    expect(await structum.run('asking')).to.equal('asking');
    const ungranted = await create(plugin('asking', { requiresServices: [RegistryService], onActivate: (context) => void context.service(RegistryService) }));
    await failure('SERVICE_NOT_GRANTED', ungranted.activate('asking'));
  });

  it('refuses plugins that conflict, and only in the versions that do', async () => {
    await create(plugin('a', { conflicts: { b: '<1.0.0' } }), plugin('b'));
    await failure('CONFLICT', create(plugin('a', { conflicts: { b: '^1.0.0' } }), plugin('b')));
  });

  it('counts pre-releases among the versions that conflict', async () => {
    const pre = plugin('b', { version: '2.0.0-beta.1' });
    await failure('CONFLICT', create(plugin('a', { conflicts: { b: '*' } }), pre));
    await failure('CONFLICT', create(plugin('a', { conflicts: { b: '>=1.0.0' } }), pre));
    await create(plugin('a', { conflicts: { b: '>=2.0.0' } }), pre);
  });

  it('shows a circle as a chain, to all that are on it', async () => {
    const circle = [plugin('c', { requires: { a: '*' } }), plugin('a', { requires: { b: '*' } }), plugin('b', { requires: { c: '*' } })];
    for (const plugins of [circle, [...circle].reverse()]) {
      const error = await failure('REQUIREMENT_CYCLE', create(...plugins));
      expect(error.message).to.equal('Plugins require each other in a circle: a -> b -> c -> a.');
    }
    expect((await failure('REQUIREMENT_CYCLE', create(plugin('a', { requires: { a: '*' } })))).details?.['chain']).to.deep.equal(['a', 'a']);
    const outside = await failure('REQUIREMENT_REJECTED', create(plugin('0', { requires: { a: '*' } }), ...circle));
    expect((outside.cause as StructumError).code).to.equal('REQUIREMENT_CYCLE');
  });

  it('lets two optional users of each other be', async () => {
    const structum = await create(plugin('a', { optional: { b: '*' } }), plugin('b', { optional: { a: '*' } }));
    expect(await structum.run('a')).to.equal('a');
    expect(await structum.run('b')).to.equal('b');
  });

  it('refuses two plugins of one name, two commands of one path or alias, and two providers of a service', async () => {
    await failure('PLUGIN_DUPLICATE', create(plugin('a'), plugin('a')));
    const aliased = plugin('b', { commands: [defineCommand({ path: 'b', aliases: ['a'], description: 'b', execute: () => 1 })] });
    const error = await failure('COMMAND_DUPLICATE', create(plugin('a'), aliased));
    expect(error.message).to.equal('The command "a" is claimed by both plugin "a" 1.0.0 and plugin "b" 1.0.0.');
    const twice = [1, 2].map(() => defineCommand({ path: 'twice', description: 'x', execute: () => 1 }));
    await failure('COMMAND_DUPLICATE', create(plugin('c', { commands: twice })));
    const token = { id: 'same', remote: false, [Symbol.for('structum.service')]: true };
    const provider = { provides: [token], providers: [{ provide: token, useValue: 1 }] };
    await failure('SERVICE_DUPLICATE', create(plugin('a', provider), plugin('b', provider)));
  });

  it('refuses flags that the host keeps for itself', async () => {
    const greedy = plugin('greedy', { commands: [defineCommand({ path: 'x', description: 'x', options: { json: { description: 'x', type: 'boolean' } }, execute: () => 1 })] });
    await create(greedy);
    await failure('OPTION_RESERVED', Structum.create({ plugins: [greedy], reservedFlags: ['--json'] }));
    await failure('OPTION_RESERVED', Structum.create({ plugins: [greedy], reservedFlags: ['--no-json'] }));
  });

  it('refuses commands and aliases that begin with a word that the host keeps for itself, until they are renamed', async () => {
    const named = (path: string, ...aliases: string[]): PluginClass => plugin('help', { commands: [defineCommand({ path, aliases, description: 'x', execute: () => 1 })] });
    for (const [greedy, command] of [[named('help'), 'help'], [named('help me'), 'help me'], [named('x', 'help'), 'help']] as const) {
      const error = await failure('COMMAND_RESERVED', Structum.create({ plugins: [greedy], reservedWords: ['help'] }));
      expect(error.details).to.include({ command, plugin: 'help', word: 'help' });
      const remedy = `plugin_policy: { renames: { "help": { ${JSON.stringify(command)}: ${JSON.stringify(`help-${command}`)} } } }`;
      expect(error.hint).to.include(remedy);
      await using structum = await Structum.create({ plugins: [greedy], reservedWords: ['help'], config: { plugin_policy: { renames: { help: { [command]: `help-${command}` } } } } });
      expect(await structum.run(`help-${command}`)).to.equal(1);
    }
    await using structum = await Structum.create({ plugins: [named('helpful')], reservedWords: ['help'] });
    expect(structum.registry.reservedWords).to.deep.equal(['help']);
  });
});
