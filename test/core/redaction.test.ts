import { createLogger, defineCommand, definePlugin, defineSettings, Structum, type LogRecord, type PluginContext, type PluginDefinition } from '@structum/core';
import { expect } from 'chai';

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
});
