import { defineService, Inject, Injectable, type Class, type Provider } from '@structum/core';
import { expect } from 'chai';
import { checkInjection } from '#internal/core/container/index.js';
import { failure } from '../../support/errors.js';

class PlainPlugin {}

function check(providers: readonly Provider[], { type = PlainPlugin, commands = [] }: { type?: Class; commands?: readonly Class[] } = {}): void {
  checkInjection({ plugin: 'test', providers, type, commands, checkService: () => undefined });
}

@Injectable({ scope: 'execution' })
class PerExecution {}

@Injectable({ scope: 'transient' })
class Transient {
  constructor(@Inject(PerExecution) readonly held: PerExecution) {}
}

@Injectable({ scope: 'transient' })
class OuterTransient {
  constructor(@Inject(Transient) readonly held: Transient) {}
}

describe('checkInjection', () => {
  it('allows what lives for one execution in commands, also through transients', () => {
    class TestCommand {
      constructor(@Inject(PerExecution) readonly a: PerExecution, @Inject(OuterTransient) readonly b: OuterTransient) {}
    }
    check([PerExecution, Transient, OuterTransient], { commands: [TestCommand] });
  });

  it('refuses it in the class of the plugin', async () => {
    class TestPlugin {
      constructor(@Inject(PerExecution) readonly held: PerExecution) {}
    }
    const { details } = await failure('INJECTION_SCOPE', () => { check([PerExecution], { type: TestPlugin }); });
    expect(details).to.deep.equal({ holder: 'TestPlugin', held: 'PerExecution', through: [] });
  });

  it('refuses it in what lives as long as the plugin, also through transients', async () => {
    class Keeper {
      constructor(@Inject(OuterTransient) readonly held: OuterTransient) {}
    }
    class TestPlugin {
      constructor(@Inject(Transient) readonly held: Transient) {}
    }
    class TestCommand {
      constructor(@Inject(Transient) readonly first: Transient, @Inject(Keeper) readonly second: Keeper) {}
    }
    const providers = [PerExecution, Transient, OuterTransient];
    const error = await failure('INJECTION_SCOPE', () => { check([...providers, Keeper]); });
    expect(error.details).to.deep.equal({ holder: 'Keeper', held: 'PerExecution', through: ['OuterTransient', 'Transient'] });
    expect((await failure('INJECTION_SCOPE', () => { check(providers, { type: TestPlugin }); })).details).to.deep.include({ holder: 'TestPlugin', through: ['Transient'] });
    // That the command may hold the transient does not make it right for the keeper.
    await failure('INJECTION_SCOPE', () => { check([...providers, Keeper], { commands: [TestCommand] }); });
  });

  it('finds circles and what is missing in transients that nobody asks for', async () => {
    const circle: Provider[] = [
      { provide: 'a', useFactory: () => 1, inject: ['b'], scope: 'transient' },
      { provide: 'b', useFactory: () => 1, inject: ['a'], scope: 'transient' },
    ];
    expect((await failure('INJECTION_CYCLE', () => { check(circle); })).details).to.deep.equal({ chain: ['a', 'b', 'a'] });
    const error = await failure('PROVIDER_UNKNOWN', () => { check(circle.slice(0, 1)); });
    expect(error.details).to.deep.equal({ token: 'b', wantedBy: 'a of plugin "test"' });
  });

  it('asks about every service that the plugin does not make itself, and says whether it is optional', () => {
    class TestCommand {
      constructor(
        @Inject(defineService('own')) readonly own: unknown,
        @Inject(defineService('theirs')) readonly theirs: unknown,
        @Inject(defineService('perhaps'), { optional: true }) readonly perhaps: unknown,
        @Inject('absent', { optional: true }) readonly absent: unknown,
      ) {}
    }
    const asked: unknown[] = [];
    checkInjection({
      plugin: 'test',
      providers: [{ provide: defineService('own'), useValue: 1 }],
      type: PlainPlugin,
      commands: [TestCommand],
      checkService: ({ id }, wantedBy, optional) => void asked.push([id, wantedBy, optional]),
    });
    expect(asked).to.deep.equal([['theirs', 'TestCommand of plugin "test"', false], ['perhaps', 'TestCommand of plugin "test"', true]]);
  });
});
