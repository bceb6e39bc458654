import { expect } from 'chai';
import { failure } from '../../../support/errors.js';
import { isMissing } from './conformance.js';
import { ELSEWHERE } from './executors.js';
import { logFacts } from './facts.js';
import { ProbeHost } from './probe-host.js';

/** What is different where a plugin runs elsewhere, by nature. The guide "Isolate plugins" tells it to users. */
for (const executor of ELSEWHERE) {
  const isProcess = executor.name !== 'worker';

  describe(`executors: what is different by nature: ${executor.name}`, () => {
    let host: ProbeHost;

    before(async function () {
      if (await isMissing(executor)) this.skip();
      host = await ProbeHost.create(executor);
    });
    after(() => (host as ProbeHost | undefined)?.structum.dispose());

    it('what is no data in a log line is told as text', async () => {
      await host.run('probe tells-code');
      expect(host.logs.map(logFacts).find(({ message }) => message === 'a fact')?.fields).to.include({ handler: '() => 1', symbol: 'Symbol(s)', size: 5 });
    });

    it('what nobody catches ends the plugin\'s guest, and not the host', async () => {
      const error = await failure('PLUGIN_CRASHED', host.run('probe breaks'));
      expect(error.cause).to.be.instanceOf(RangeError).with.property('message', 'too late');
      expect(await host.run('probe echo', { word: 'again' })).to.include({ word: 'again' });
    });

    // Once is enough: it takes as long as commands have to heed their end.
    if (executor.name === 'process') it('what does not heed its end is ended', async () => {
      const execution = host.structum.start<string>('probe stubborn' as never, {} as never);
      for await (const event of execution) if (event.type === 'log') execution.cancel('now');
      await failure('COMMAND_CANCELLED', execution.result);
      expect(await host.run('probe echo', { word: 'after it' })).to.include({ word: 'after it' });
    }).timeout(20_000);

    it('calls at the same time run in guests of their own, and share no state', async () => {
      await using own = await ProbeHost.create(executor);
      await Promise.all([own.run('probe calls', { command: 'probe keeps' }), own.run('probe calls', { command: 'probe keeps' })]);
      expect(own.logs.filter(({ message }) => message === 'comes up')).to.have.length.above(1);
    });

    it('what is no data is nothing that services of the host are given', async () => {
      const [first, , last] = (await host.run('probe asks-with-code')) as { readonly code: string }[];
      expect([first?.code, last?.code]).to.deep.equal(['SERVICE_DATA_NOT_CLONEABLE', 'SERVICE_DATA_NOT_CLONEABLE']);
    });

    it('standard input is at its end, and nothing else', async () => {
      for (const how of isProcess ? ['stream', 'file'] : ['stream']) {
        expect(await host.run(`probe reads ${how}`), how).to.deep.equal({ read: '', asked: 'helper' });
      }
    });

    if (!isProcess) return;

    it('only variables that the plugin may see are there', async () => {
      const { env } = (await host.run('probe surroundings')) as { env: object };
      expect(env).to.deep.equal({ SEEN: 'seen', SEEN_TOO: 'too' });
    });

    it('a limit that is exceeded is told with how much it allows', async () => {
      const security = { ...(executor.config['security'] as object), limits: { message: 100_000 } };
      await using limited = await ProbeHost.create({ ...executor, config: { ...executor.config, security } });
      const error = await failure('LIMIT_EXCEEDED', limited.run('probe echo', { word: 'x'.repeat(200_000) }));
      expect(error.details).to.deep.equal({ plugin: 'probe', command: 'probe echo', limit: 'message', allowed: 100_000 });
    });

    it('of a buffer, only what its views show is there', async () => {
      const excerpt = (await host.run('probe result', { kind: 'excerpt' })) as Uint8Array;
      expect([[...excerpt], excerpt.buffer.byteLength]).to.deep.equal([[2, 3], 2]);
    });

    it('shared memory, and keys that change what an object is, are no results', async () => {
      for (const kind of ['shared memory', 'own']) await failure('RESULT_NOT_CLONEABLE', host.run('probe result', { kind }));
    });
  });
}
