import { expect } from 'chai';
import { conformance } from './conformance.js';
import { Text } from './probe-host.js';

conformance('questions and other commands', (probe) => {
  for (const how of ['plainly', 'with default', 'text', 'choice']) {
    probe(`asks ${how}`, async (host) => {
      const asked: unknown[] = [];
      const answers = { confirm: (question: unknown) => { asked.push(question); return true; }, ask: (question: unknown) => { asked.push(question); return 'blue'; } };
      const answered = await host.observe('probe asks', { input: { how }, ...answers });
      const nobody = await host.observe('probe asks', { input: { how } });
      const wrong = await host.observe('probe asks', { input: { how }, confirm: () => { throw new RangeError('no idea'); }, ask: () => 'green' });
      const silent = await host.observe('probe asks', { input: { how }, confirm: () => false, ask: () => undefined });
      expect(answered.error).to.equal(undefined);
      return { asked, answered, nobody, wrong, silent };
    });
  }

  probe('tells whether somebody can be asked', async (host) => {
    const can = async (options: object): Promise<unknown> => ((await host.run('probe surroundings', {}, options)) as { canAsk: boolean }).canAsk;
    return [await can({}), await can({ ask: () => 'x' })];
  });

  probe('runs commands of other plugins', async (host) => {
    const { answer } = (await host.run('probe calls', { command: 'neighbour echo', input: '{"data":["a","b"]}' })) as { answer: { data: unknown; cwd: unknown } };
    return [answer.data, answer.cwd];
  });

  for (const [command, input] of [['probe result', '{"kind":"map"}'], ['probe calls', '{"command":"probe result","input":"{\\"kind\\":\\"numbers\\"}"}'], ['neighbour back', '{}'], ['probe counts', '{"to":3}'], ['neighbour fail', '{}'], ['probe fails', '{"how":"own"}'], ['probe fails', '{"how":"type"}'], ['nobody', '{}'], ['probe echo', 'null'], ['probe echo', '[1]'], ['probe echo', '{"times":"x"}'], ['helper count', '{}']] as const) {
    probe(`hands on the answer of ${command} ${input}`, (host) => host.observe('probe calls', { input: { command, input } }));
  }

  probe('fails as what it runs fails', (host) => host.observe('probe calls-on', { input: { command: 'neighbour fail' } }));

  for (const what of ['a path', 'options of a file', 'a program', 'arguments', 'options of a program', 'options of a request', 'no progress', 'progress', 'output', 'no output', 'variables']) {
    probe(`takes mistakes for what they are: ${what}`, (host) => host.observe('probe mistakes', { input: { what }, output: new Text() }));
  }

  probe('refuses to run a command with what is no data', async (host) => {
    const observed = await host.observe('probe calls-with-code');
    expect(observed.error).to.include({ code: 'INPUT_NOT_CLONEABLE' });
    return observed;
  });

  probe('lets what it runs ask', (host) => host.observe('probe waits', { input: { how: 'asking there' }, ask: () => 'an answer' }));

  probe('runs very many at once', async (host) => {
    const answers = await host.run('probe calls-often', { times: 20 });
    expect(answers).to.have.lengthOf(20);
    return answers;
  });

  probe('refuses services that it was not granted, through others too', async (host) => ({
    own: await host.run('probe calls', { command: 'neighbour services' }),
    direct: await host.run('neighbour services'),
  }));
});

conformance('services and settings', (probe) => {
  probe('injects what plugins offer that it uses', async (host) => {
    const { next, ...services } = (await host.run('probe services')) as { next: number };
    return { ...services, isNumber: next > 0 };
  });

  probe('keeps to the scopes of what it injects', async (host) => {
    const first = (await host.run('probe scopes')) as { plugin: number; ended: number };
    const second = (await host.run('probe scopes')) as { plugin: number; ended: number };
    return { first: { ...first, plugin: 0, ended: 0 }, isPlugins: first.plugin === second.plugin, ended: second.ended - first.ended };
  });

  probe('uses services of the host', (host) => host.observe('probe core'));

  probe('asks services of the host for much at once', (host) => host.run('probe judges-often', { times: 400 }));

  probe('tells of its settings', (host) => host.run('probe settings'));

  probe('came up with its settings, and with what it requires', (host) => host.run('probe journal'));

  probe('tells how it is', async (host) => host.structum.checkHealth('probe'));
});
