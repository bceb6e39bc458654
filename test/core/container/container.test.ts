import { defineService, Inject, type Provider, type ServiceToken } from '@structum/core';
import { expect } from 'chai';
import { Container, type ServiceSource } from '#internal/core/container/container.js';
import { failure } from '../../support/errors.js';

const nothing: ServiceSource = {
  has: () => false,
  get: ({ id }) => {
    throw new Error(`no ${id}`);
  },
};

const open = (...providers: Provider[]): Promise<Container> => Container.open('test', providers, nothing);

const LIMIT = 1_000;

/** By a name that is no import: nothing but the container may depend on it. */
const LIBRARY = 'tsyringe';

/** Makes things that note in `seen` when they are disposed. */
function endings(): { seen: string[]; ending: (name: string) => Disposable } {
  const seen: string[] = [];
  return { seen, ending: (name) => ({ [Symbol.dispose]: () => void seen.push(name) }) };
}

describe('Container', () => {
  it('knows nothing of what others register in the global container of tsyringe', async () => {
    const { container: global } = (await import(LIBRARY)) as { container: { register(token: string, provider: object): void; reset(): void } };
    global.register('ambient', { useValue: 1 });
    try {
      await failure('PROVIDER_UNKNOWN', async () => (await open()).resolve('ambient', 'the test'));
    } finally {
      global.reset();
    }
  });

  it('takes the last provider of a token, whatever the scopes', async () => {
    const per = (scope: 'plugin' | 'execution' | 'transient'): Provider => ({ provide: 'x', useFactory: () => scope, scope });
    expect((await open(per('execution'), per('plugin'))).forExecution().resolve('x', 'the test')).to.equal('plugin');
    expect((await open(per('plugin'), per('execution'))).forExecution().resolve('x', 'the test')).to.equal('execution');
    expect((await open(per('execution'), per('transient'))).forExecution().resolve('x', 'the test')).to.equal('transient');
  });

  it('tells services apart by their ids', async () => {
    const copy = (): ServiceToken<number> => defineService<number>('test.number');
    const container = await open({ provide: copy(), useValue: 7 }, { provide: 'service:test.number', useValue: 8 });
    expect(container.resolve(copy(), 'the test')).to.equal(7);
  });

  it('injects undefined for an optional token that nobody provides', async () => {
    class Choosy {
      constructor(@Inject('x', { optional: true }) readonly x: unknown, @Inject(defineService('test.none'), { optional: true }) readonly service: unknown) {}
    }
    expect((await open()).construct(Choosy)).to.deep.equal({ x: undefined, service: undefined });
  });

  describe('#forExecution', () => {
    it('makes a transient for whoever asks for it', async () => {
      const container = await open(
        { provide: 'execution', useFactory: () => ({}), scope: 'execution' },
        { provide: 'transient', useFactory: (held: object) => ({ held }), inject: ['execution'], scope: 'transient' },
      );
      const execution = container.forExecution();
      const transient = execution.resolve('transient', 'the test') as { held: object };
      expect(transient.held).to.equal(execution.resolve('execution', 'the test'));
      expect(execution.resolve('transient', 'the test')).not.to.equal(transient);
    });

    it('is refused by a container that was disposed', async () => {
      const container = await open();
      await container.dispose(LIMIT);
      await failure('DISPOSED', () => container.forExecution());
    });
  });

  describe('#dispose', () => {
    it('ends what was made before and after something that has no end', async () => {
      const { seen, ending } = endings();
      const container = await open(
        { provide: 'a', useFactory: () => ending('a') },
        { provide: 'nothing', useFactory: () => undefined },
        { provide: 'b', useFactory: () => ending('b') },
      );
      for (const token of ['a', 'nothing', 'b']) container.resolve(token, 'the test');
      expect(await container.dispose(LIMIT)).to.deep.equal([]);
      expect(seen).to.deep.equal(['b', 'a']);
    });

    it('ends something once, under how many names it may be known', async () => {
      const { seen, ending } = endings();
      const one = ending('one');
      const container = await open(
        { provide: 'first', useFactory: () => one },
        { provide: 'second', useFactory: () => one },
        { provide: 'alias', useFactory: (first: unknown) => first, inject: ['first'] },
      );
      for (const token of ['alias', 'second', 'first']) container.resolve(token, 'the test');
      await container.dispose(LIMIT);
      await container.dispose(LIMIT);
      expect(seen).to.deep.equal(['one']);
    });

    it('leaves to the plugin what an execution only hands on', async () => {
      const { seen, ending } = endings();
      const container = await open(
        { provide: 'pool', useFactory: () => ({ connection: undefined as unknown, ...ending('pool') }) },
        { provide: 'alias', useFactory: (pool: unknown) => pool, inject: ['pool'], scope: 'execution' },
        { provide: 'alias of alias', useFactory: (pool: unknown) => ({ pool }), inject: ['alias'], scope: 'execution' },
        { provide: 'unwrapped', useFactory: ({ pool }: { pool: unknown }) => pool, inject: ['alias of alias'], scope: 'execution' },
      );
      const execution = container.forExecution();
      execution.resolve('unwrapped', 'the test');
      await execution.dispose(LIMIT);
      expect(seen).to.deep.equal([]);
      await container.dispose(LIMIT);
      expect(seen).to.deep.equal(['pool']);
    });

    it('leaves a value alone, which was made elsewhere', async () => {
      const { seen, ending } = endings();
      const container = await open({ provide: 'value', useValue: ending('value') });
      container.resolve('value', 'the test');
      await container.dispose(LIMIT);
      expect(seen).to.deep.equal([]);
    });

    it('ends transients with what they were made for', async () => {
      const { seen, ending } = endings();
      let made = 0;
      const container = await open(
        { provide: 'transient', useFactory: () => ending(`transient ${String(++made)}`), scope: 'transient' },
        { provide: 'held', useFactory: (transient: unknown) => ({ transient, ...ending('held') }), inject: ['transient'] },
      );
      const execution = container.forExecution();
      for (const token of ['held', 'transient', 'transient']) execution.resolve(token, 'the test');
      await execution.dispose(LIMIT);
      expect(seen).to.deep.equal(['transient 3', 'transient 2']);
      await container.dispose(LIMIT);
      expect(seen.slice(2)).to.deep.equal(['held', 'transient 1']);
    });

    it('gathers what goes wrong, and ends the rest', async () => {
      const { seen, ending } = endings();
      const problem = new Error('stuck');
      const container = await open(
        { provide: 'first', useFactory: () => ending('first') },
        { provide: 'failing', useFactory: () => ({ [Symbol.dispose]: () => { throw problem; } }) },
        { provide: 'hanging', useFactory: () => ({ [Symbol.asyncDispose]: () => new Promise(() => undefined) }) },
        { provide: 'last', useFactory: () => ending('last') },
      );
      for (const token of ['first', 'failing', 'hanging', 'last']) container.resolve(token, 'the test');
      const [overdue, ...others] = await container.dispose(10);
      expect(others).to.deep.equal([problem]);
      expect(overdue).to.deep.include({ code: 'DISPOSAL_TIMEOUT', details: { subject: 'hanging', plugin: 'test', limit: 10 } });
      expect(seen).to.deep.equal(['last', 'first']);
    });

    it('lets nothing more be made', async () => {
      const container = await open({ provide: 'x', useFactory: () => 1 }, { provide: 'y', useFactory: () => 2, scope: 'execution' });
      const execution = container.forExecution();
      await container.dispose(LIMIT);
      expect(container.isDisposed).to.equal(true);
      await failure('DISPOSED', () => container.resolve('x', 'the test'));
      await failure('DISPOSED', () => execution.resolve('x', 'the test'));
      // An execution that is still under way keeps what is its own.
      expect(execution.resolve('y', 'the test')).to.equal(2);
    });
  });
});
