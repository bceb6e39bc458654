import { inspect } from 'node:util';
import { createLogger, defineCommand, definePlugin, defineService, defineSettings, Setting, SettingsService, Structum, StructumError, type LogRecord, type Output, type PluginContext, type PluginDefinition } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../support/errors.js';

const TOKEN = 'tok-9f8e7d6c5b4a';

const settings = defineSettings({
  token: { description: 'What opens the door', type: 'string', secret: true, default: 'none-by-default' },
  pins: { description: 'More of that', type: 'array', items: { type: 'integer' }, secret: true, default: [] },
  host: { description: 'Where the door is', type: 'string', default: 'localhost' },
});

/** A host with one plugin that has secrets, and what it logged. */
async function hostWith(plugin: Partial<PluginDefinition>, config: object = { token: TOKEN, pins: [482913, 7], host: 'door.example' }): Promise<{ host: Structum; logs: LogRecord[] }> {
  const logs: LogRecord[] = [];
  const host = await Structum.create({
    plugins: [definePlugin({ name: 'door', version: '1.0.0', description: 'A door', settings, ...plugin })],
    config: { plugins: { door: config } },
    logger: createLogger({ level: 'trace', write: (record) => { logs.push(record); } }),
  });
  return { host, logs };
}

describe('the secrets of a host', () => {
  it('are known once their plugin is on its way up', async () => {
    const { host } = await hostWith({});
    expect(host.redact(TOKEN)).to.equal(TOKEN);
    await host.activate('door');
    expect(host.redact(`${TOKEN} 482913 7 door.example`)).to.equal('[redacted] [redacted] 7 door.example');
    expect(host.redact({ token: TOKEN })).to.deep.equal({ token: '[redacted]' });
    await host.dispose();
  });

  it('are not what a default says anyway', async () => {
    const { host } = await hostWith({}, {});
    await host.activate('door');
    expect(host.redact('none-by-default')).to.equal('none-by-default');
    await host.dispose();
  });

  it('are those of this host alone', async () => {
    const { host } = await hostWith({});
    const other = (await hostWith({}, { token: 'another-one' })).host;
    await host.activate('door');
    await other.activate('door');
    expect([host, other].map((each) => each.redact(`${TOKEN} another-one`))).to.deep.equal(['[redacted] another-one', `${TOKEN} [redacted]`]);
    await host.dispose();
    await other.dispose();
  });

  it('do not reach its log: not in messages, facts or errors', async () => {
    const { host, logs } = await hostWith({
      onActivate: ({ logger, config }: PluginContext) => {
        const token = String(config['token']);
        logger.child({ session: token }).info(`Opens with ${token}.`, { headers: [{ authorization: `Bearer ${token}` }], error: new Error(token, { cause: token }) });
      },
    });
    await host.activate('door');
    const line = logs.find(({ message }) => message === 'Opens with [redacted].');
    expect(line?.fields).to.deep.include({ plugin: 'door', session: '[redacted]', headers: [{ authorization: 'Bearer [redacted]' }] });
    const error = line?.fields['error'] as Error;
    expect([error.message, error.cause, error.stack?.includes(TOKEN)]).to.deep.equal(['[redacted]', '[redacted]', false]);
    await host.dispose();
  });

  it('do not reach the log through a command either', async () => {
    const { host, logs } = await hostWith({
      commands: [defineCommand({ path: 'open', description: 'Open', execute: (_input, { logger, config }) => { logger.info(`Opens with ${String(config['token'])}.`); } })],
    });
    await host.run('open');
    expect(logs.map(({ message }) => message)).to.deep.equal(['Opens with [redacted].']);
    await host.dispose();
  });

  describe('do not reach the output of a command', () => {
    /** What a command wrote, in the chunks that arrived. */
    async function written(execute: (token: string, output: Output) => unknown, render?: (result: unknown, output: Output) => void | Promise<void>): Promise<(string | Uint8Array)[]> {
      const chunks: (string | Uint8Array)[] = [];
      const { host } = await hostWith({
        commands: [defineCommand({ path: 'open', description: 'Open', execute: async (_input, { config, output }) => execute(String(config['token']), output), ...(render === undefined ? {} : { render }) })],
      });
      await host.run('open', {}, { output: { write: (chunk) => { chunks.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk)); } } }).catch(() => undefined);
      await host.dispose();
      return chunks;
    }

    const textOf = (chunks: readonly (string | Uint8Array)[]): string => chunks.map((chunk) => (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString())).join('');

    it('in one write, in several, or as bytes', async () => {
      expect(textOf(await written((token, output) => {
        void output.line(`one ${token}`);
        void output.write(`two ${token.slice(0, 5)}`);
        void output.write(`${token.slice(5)} three `);
        for (const byte of Buffer.from(token)) void output.write(Uint8Array.of(byte));
      }))).to.equal('one [redacted]\ntwo [redacted] three [redacted]');
    });

    it('as its result, rendered or not', async () => {
      expect(textOf(await written((token) => ({ token })))).to.equal("{ token: '[redacted]' }\n");
      expect(textOf(await written((token) => token, (token, output) => output.line(`It is ${String(token)}.`)))).to.equal('It is [redacted].\n');
    });

    it('and all else arrives, also where it ends like the beginning of one, and where the command fails', async () => {
      expect(textOf(await written((_token, output) => { void output.write('to'); }))).to.equal('to');
      expect(textOf(await written((_token, output) => { void output.write('a tok-'); throw new Error('no'); }))).to.equal('a tok-');
      const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
      expect(Buffer.concat((await written((_token, output) => { void output.write(bytes); })).map((chunk) => Buffer.from(chunk)))).to.deep.equal(Buffer.from(bytes));
    });
  });

  it('are there in the result itself, which is the host\'s to show', async () => {
    const { host } = await hostWith({ commands: [defineCommand({ path: 'open', description: 'Open', execute: (_input, { config }) => ({ token: config['token'] }) })] });
    expect(await host.run('open')).to.deep.equal({ token: TOKEN });
    await host.dispose();
  });

  it('do not reach the events of an execution, and its questions', async () => {
    const questions: string[] = [];
    const { host } = await hostWith({
      commands: [defineCommand({
        path: 'open', description: 'Open', execute: async (_input, context) => {
          const token = String(context.config['token']);
          context.progress.report({ message: `opening with ${token}` });
          context.logger.info(token, { token });
          await context.confirm(`Use ${token}?`);
        },
      })],
    });
    const execution = host.start('open', {}, { confirm: ({ message }) => { questions.push(message); return true; } });
    const events = [];
    for await (const event of execution) events.push(event);
    expect(inspect({ events, questions }, { depth: null })).to.include('opening with [redacted]').and.include('Use [redacted]?').and.not.include(TOKEN);
    await host.dispose();
  });

  describe('do not leave in errors', () => {
    class DoorError extends Error {
      override readonly name = 'DoorError';
    }
    const throwing = ({ config }: { readonly config: Readonly<Record<string, unknown>> }): never => {
      const token = String(config['token']);
      throw new DoorError(`not with ${token}`, { cause: new StructumError({ code: 'DOOR_SHUT', message: token, hint: token, details: { token } }) });
    };

    /** Looks at everything in it, also what is not enumerable. */
    function expectClean(value: unknown): void {
      expect(inspect(value, { depth: null, showHidden: true })).to.include('[redacted]').and.not.include(TOKEN);
    }

    it('of commands', async () => {
      const { host } = await hostWith({ commands: [defineCommand({ path: 'open', description: 'Open', execute: (_input, context) => throwing(context) })] });
      const error = await failure('COMMAND_FAILED', host.run('open'));
      expectClean(error);
      expect(error.cause).to.be.instanceOf(DoorError);
      await host.dispose();
    });

    it('of plugins that cannot come up, nor stay in what is known of them', async () => {
      const told: unknown[] = [];
      const { host, logs } = await hostWith({ onActivate: throwing });
      host.on('plugin:failed', ({ error }) => { told.push(error); });
      for (const error of [await failure('PLUGIN_ACTIVATE_FAILED', host.activate('door')), await failure('PLUGIN_ACTIVATE_FAILED', host.activate('door')), told[0]]) expectClean(error);
      expectClean(host.registry.plugin('door'));
      expectClean(await host.checkHealth('door'));
      await host.trigger('onStart');
      expect(inspect(logs, { depth: null })).not.to.include(TOKEN);
      await host.dispose();
    });

    it('of services', async () => {
      const token = defineService<object>('door.keys');
      const { host } = await hostWith({ provides: [token], providers: [{ provide: token, useFactory: (config: Readonly<Record<string, unknown>>) => throwing({ config }), inject: [SettingsService] }] });
      try {
        await host.services.get(token);
        expect.fail('it was made');
      } catch (error) {
        expectClean(error);
      }
      await host.dispose();
    });

    it('of what goes wrong on the way down', async () => {
      let token = '';
      const { host, logs } = await hostWith({
        onActivate: (context: PluginContext) => { token = String(context.config['token']); context.own({ [Symbol.dispose]: () => { throw new Error(token); } }, `a door with ${token}`); },
      });
      await host.activate('door');
      expectClean(host.registry.plugin('door')?.owned);
      await host.dispose();
      expect(logs.length).to.be.above(0);
      expectClean(logs);
    });
  });

  it('do not reach who hears of changes of the configuration', async () => {
    const { host } = await hostWith({});
    const told: unknown[] = [];
    host.on('config:changed', (change) => { told.push(change); });
    await host.configure({ plugins: { door: { token: `${TOKEN}-new`, pins: [482913], host: 'new.example' } } });
    expect(told).to.deep.equal([{
      previous: { plugins: { door: { token: '[redacted]', pins: '[redacted]', host: 'door.example' } } },
      current: { plugins: { door: { token: '[redacted]', pins: '[redacted]', host: 'new.example' } } },
      changed: ['plugins.door.host', 'plugins.door.pins', 'plugins.door.token'],
    }]);
    await host.dispose();
  });

  it('do not leave where a plugin refuses them', async () => {
    class Keys {
      #token = '';

      @Setting({ description: 'What opens the door', type: 'string', secret: true })
      set token(token: string) {
        if (token !== TOKEN) throw new Error(`not ${token}`);
        this.#token = token;
      }

      get token(): string { return this.#token; }
    }
    const { host } = await hostWith({ settings: Keys }, { token: TOKEN });
    await host.activate('door');
    const error = await failure('CONFIG_INVALID', host.configure({ plugins: { door: { token: 'hunter2233' } } }));
    expect(inspect(error, { depth: null, showHidden: true })).to.include('not [redacted]').and.not.include('hunter2233');
    await host.dispose();
  });

  it('do not reach what a health check answers', async () => {
    const answers = [
      (token: string) => ({ status: 'DEGRADED' as const, reason: token, details: { token } }),
      (token: string): never => { throw new Error(token); },
    ];
    for (const answer of answers) {
      let token = '';
      const { host } = await hostWith({ onActivate: ({ config }: PluginContext) => { token = String(config['token']); }, checkHealth: () => answer(token) });
      await host.activate('door');
      for (const report of [await host.checkHealth('door'), host.registry.plugin('door')?.health]) expect(inspect(report, { depth: null })).to.include('[redacted]').and.not.include(TOKEN);
      await host.dispose();
    }
  });
});
