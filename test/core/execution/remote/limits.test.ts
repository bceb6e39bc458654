import { expect } from 'chai';
import { defineService, StructumError, type ExecutionEvent } from '@structum/core';
import { ELSEWHERE, INLINE, type PlacedExecutor } from '../conformance/executors.js';
import { isMissing } from '../conformance/conformance.js';
import { ProbeHost, Text } from '../conformance/probe-host.js';
import { failure } from '../../../support/errors.js';

interface Journal {
  loops(): Promise<never>;
  prints(length: number): Promise<void>;
}

const Journal = defineService<Journal>('probe.journal', { remote: true });

/** The executor of that name, whose guests have these limits. */
function limited(name: string, limits: Readonly<Record<string, number>>): PlacedExecutor {
  const config = ELSEWHERE.find((each) => each.name === name)?.config;
  return { name, config: { ...config, security: { ...(config?.['security'] as object | undefined), limits } } };
}

/** Cancels a call as soon as it says that it waits, and gives the code of what becomes of it. */
async function cancelled(host: ProbeHost, command: string, reason: unknown): Promise<unknown> {
  const controller = new AbortController();
  const onEvent = (event: ExecutionEvent): void => { if (event.type === 'log' && event.record.message === 'waiting') controller.abort(reason); };
  const { error } = await host.observe(command, { signal: controller.signal, onEvent });
  return error?.['code'];
}

/** More than there is room for in a message, however large. */
function aggregate(): Error {
  return new AggregateError(Array.from({ length: 50 }, () => new Error('x'.repeat(60_000))));
}

for (const name of ['worker', 'process']) {
  describe(`the limits of a plugin elsewhere: ${name}`, () => {
    before(async function () {
      for (const executor of ELSEWHERE) if (executor.name === name && (await isMissing(executor))) this.skip();
    });

    it('end what takes more memory', async () => {
      const allowed = 128 * 2 ** 20;
      await using host = await ProbeHost.create(limited(name, { memory: allowed }));
      const error = await failure('LIMIT_EXCEEDED', host.run('probe hoards'));
      expect(error.details).to.deep.include({ limit: 'memory' });
      expect(await host.run('probe echo', { word: 'again' })).to.include({ word: 'again' });
    }).timeout(30_000);

    it('end a method of a service that takes longer than it may, and no call beside it', async () => {
      await using host = await ProbeHost.create(limited(name, { wall_time: 1000 }));
      const journal = await host.structum.services.get(Journal);
      const looping = failure('LIMIT_EXCEEDED', journal.loops());
      expect(await host.run('probe keeps')).to.equal(1);
      expect((await looping).details).to.deep.include({ command: 'probe.journal.loops', limit: 'wallTime', allowed: 1000 });
      expect(await host.run('probe keeps')).to.equal(2);
    });

    it('of output are those of one call of a service', async () => {
      await using host = await ProbeHost.create(limited(name, { output: 200 }));
      const journal = await host.structum.services.get(Journal);
      for (let call = 0; call < 5; call += 1) await journal.prints(100);
    });

    it('end what writes more than it may', async () => {
      await using host = await ProbeHost.create(limited(name, { output: 1000 }));
      const written = await failure('LIMIT_EXCEEDED', host.run('probe writes', { how: 'much' }, { output: new Text() }));
      expect(written.details).to.deep.include({ limit: 'output', allowed: 1000 });
    });
  });
}

for (const { name, config } of [INLINE, ...ELSEWHERE]) {
  describe(`a limit that is set for a command: ${name}`, () => {
    before(async function () {
      if (name !== 'inline' && (await isMissing({ name, config }))) this.skip();
    });

    const limitedBy = async (command: string, limits: object): Promise<StructumError> => {
      const security = { ...(config['security'] as object | undefined), limits: { wall_time: 60_000 }, plugins: { probe: { limits: { output: 1_000_000 }, commands: { [command]: { limits } } } } };
      await using host = await ProbeHost.create({ name, config: { ...config, security } });
      return await failure('LIMIT_EXCEEDED', host.run(command, { how: 'much' }, { output: new Text() }));
    };

    it('is what its hint says to raise', async () => {
      expect((await limitedBy('probe waits', { wall_time: 50 })).hint).to.contain('security.plugins.probe.commands."probe waits".limits.wall_time');
      if (name !== 'inline') expect((await limitedBy('probe writes', { output: 1000 })).hint).to.contain('security.plugins.probe.commands."probe writes".limits.output');
    });
  });
}

describe('the limits of a process', () => {
  before(async function () {
    for (const executor of ELSEWHERE) if (executor.name === 'process' && (await isMissing(executor))) this.skip();
  });

  it('end what prints more past its host than it may, also where it answers all the same', async () => {
    await using host = await ProbeHost.create(limited('process', { output: 1000 }));
    const error = await failure('LIMIT_EXCEEDED', host.run('probe prints', { lines: 2000 }));
    expect(error.details).to.deep.include({ limit: 'output', allowed: 1000 });
  });

  it('let calls be cancelled for whatever reason', async () => {
    await using host = await ProbeHost.create(limited('process', { message: 20_000 }));
    for (const reason of ['y'.repeat(2_000_000), aggregate()]) expect(await cancelled(host, 'probe waits', reason)).to.equal('COMMAND_CANCELLED');
    expect(host.logs.filter(({ message }) => message === 'heard')).to.have.lengthOf(2);
  });

  it('let calls be cancelled that do not heed it, for whatever reason', async () => {
    await using host = await ProbeHost.create(limited('process', { message: 20_000 }));
    const calls = [await host.run('probe keeps'), await cancelled(host, 'probe stubborn', new StructumError({ code: 'TIRED', message: 'It is late.', cause: aggregate() })), await host.run('probe keeps')];
    expect(calls).to.deep.equal([1, 'COMMAND_CANCELLED', 1]);
  });

  it('of messages hold for what calls get and give, and not for what the host says of a plugin and its surroundings, or for errors', async () => {
    await using host = await ProbeHost.create(limited('process', { message: 16 * 1024 }), { settings: { word: 'x'.repeat(50_000) }, env: { SEEN: 'y'.repeat(50_000) } });
    expect(await host.run('probe exits', { codes: [0] })).to.equal('done');
    await failure('LIMIT_EXCEEDED', host.run('probe echo', { word: 'z'.repeat(20_000) }));
    const { cause } = await failure('COMMAND_FAILED', host.run('probe fails', { how: 'long' }));
    expect(cause).to.be.instanceOf(RangeError).with.property('message').that.has.lengthOf(30_000);
  });

  for (const [what, limits, limit] of [['descriptors', { open_files: 64 }, 'openFiles'], ['memory', { memory: 128 * 2 ** 20 }, 'memory']] as const) {
    it(`end it with the call that used up all its ${what}, and say so`, async () => {
      await using host = await ProbeHost.create(limited('process', limits));
      for (let call = 0; call < 3; call += 1) {
        expect(await host.run('probe keeps')).to.equal(1);
        expect((await failure('LIMIT_EXCEEDED', host.run('probe exhausts', { what }))).details).to.deep.include({ limit });
      }
    }).timeout(30_000);
  }

  it('let it not stay that has grown much in a call that failed', async () => {
    await using host = await ProbeHost.create(limited('process', {}));
    expect(await host.run('probe keeps')).to.equal(1);
    await failure('COMMAND_FAILED', host.run('probe exhausts', { what: 'much' }));
    expect(await host.run('probe keeps')).to.equal(1);
  });

  it('let a plugin do much at once', async () => {
    await using host = await ProbeHost.create(limited('process', { message: 2 ** 20 }));
    expect(await host.run('probe calls-often', { times: 20, size: 800_000, wait: 20 })).to.deep.equal(Array.from({ length: 20 }, (_, call) => String(call)));
  });

  it('of calls at once are heeded as soon as they are others', async () => {
    const { name, config } = limited('process', {});
    const withMost = (most: number): Readonly<Record<string, unknown>> => ({ ...config, security: { ...(config['security'] as object), concurrency: { global: most, per_plugin: most } } });
    await using host = await ProbeHost.create({ name, config: withMost(1) });
    const holding = host.run('probe holds', {}, {
      confirm: async () => {
        const waiting = host.run('probe keeps', {}, { signal: AbortSignal.timeout(10_000) });
        await host.structum.configure({ ...withMost(2), plugins: { probe: { word: 'told', list: ['a'], long_name: 5, token: 'hush-hush-token' } } });
        await waiting;
        return true;
      },
    });
    expect(await holding).to.deep.equal({ before: 'told', after: 'told' });
  });

  it('count the items of a call as its output, and those of no other call', async () => {
    await using host = await ProbeHost.create(limited('process', { output: 10_000 }));
    for (let call = 0; call < 20; call += 1) expect(await host.run('probe counts', { to: 10 })).to.have.lengthOf(10);
    expect(await failure('LIMIT_EXCEEDED', host.run('probe counts', { to: 2000 }))).to.deep.include({ details: { plugin: 'probe', command: 'probe counts', limit: 'output', allowed: 10_000 } });
  });
});
