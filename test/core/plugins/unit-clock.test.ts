import { ClockService, defineCommand, definePlugin, Structum, type Clock, type PluginContext } from '@structum/core';
import { manualClock } from '@structum/core/testing';
import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** A host whose one plugin does `work` with its clock when it comes up. */
async function hostWith(work: (clock: Clock, context: PluginContext) => void, clock?: Clock): Promise<Structum> {
  const plugin = definePlugin({ name: 'x', description: 'x', onActivate: (context) => { work(context.service(ClockService), context); } });
  const structum = await Structum.create({ plugins: [plugin], ...(clock === undefined ? {} : { clock }) });
  await structum.activate('x');
  return structum;
}

const ownedBy = (structum: Structum): readonly string[] | undefined => structum.registry.plugin('x')?.owned;

describe('the clock of a plugin', () => {
  it("is the host's", async () => {
    const clock = manualClock('2026-05-04T03:02:01Z');
    let now: Date | undefined;
    await hostWith((own) => { now = own.now(); }, clock);
    expect(now?.toISOString()).to.equal('2026-05-04T03:02:01.000Z');
  });

  it('makes timers that the plugin owns until they are over', async () => {
    const seen: string[] = [];
    const clock = manualClock();
    const structum = await hostWith((own) => {
      own.setTimeout(() => seen.push('timeout'), 10);
      own.setInterval(() => seen.push('interval'), 40);
      void own.sleep(20).then(() => seen.push('slept'));
      own.setTimeout(() => seen.push('never'), 5)[Symbol.dispose]();
    }, clock);
    expect(ownedBy(structum)).to.deep.equal(['timeout of 10 ms', 'interval of 40 ms', 'sleep of 20 ms']);
    await clock.advance(15);
    expect(ownedBy(structum)).to.deep.equal(['interval of 40 ms', 'sleep of 20 ms']);
    await clock.advance(100);
    expect(ownedBy(structum)).to.deep.equal(['interval of 40 ms']);
    expect(seen).to.deep.equal(['timeout', 'slept', 'interval', 'interval']);
    await structum.dispose();
    expect(clock.waiting).to.equal(0);
  });

  it('ends with the plugin: nothing is called, and nothing wakes up, any more', async () => {
    const seen: string[] = [];
    const structum = await hostWith((own, { signal }) => {
      own.setTimeout(() => seen.push('timeout'), 20);
      own.setInterval(() => seen.push('interval'), 20);
      own.sleep(20).then(() => seen.push('slept'), () => seen.push('rejected'));
      own.sleep(20, signal).catch((error: unknown) => seen.push((error as Error).name));
    });
    await structum.deactivate('x');
    await sleep(60);
    expect(seen).to.deep.equal(['AbortError']);
    expect(ownedBy(structum)).to.deep.equal([]);
  });

  it('wakes up with the reason of the signal', async () => {
    for (const clock of [undefined, manualClock()]) {
      const controller = new AbortController();
      const late = AbortSignal.abort('late');
      const seen: unknown[] = [];
      const structum = await hostWith((own) => {
        for (const signal of [controller.signal, late]) own.sleep(60_000, signal).catch((error: unknown) => seen.push(error));
      }, clock);
      controller.abort('enough');
      await sleep(1);
      expect(seen).to.have.members(['enough', 'late']);
      expect(ownedBy(structum)).to.deep.equal([]);
      await structum.dispose();
    }
  });

  it('serves commands too', async () => {
    const plugin = definePlugin({ name: 'x', description: 'x', providers: [{ provide: 'nap', useFactory: (clock: Clock) => () => clock.sleep(5), inject: [ClockService] }],
      commands: [defineCommand({ path: 'x', description: 'x', execute: () => 'done' })], onActivate: async (context) => { await context.service(ClockService).sleep(5); } });
    const structum = await Structum.create({ plugins: [plugin] });
    expect(await structum.run('x')).to.equal('done');
    await structum.dispose();
  });

  it('keeps the process running for what is slept for, and not for what happens again and again', () => {
    const folder = temporaryFolder();
    linkCore(folder);
    writeFiles(folder, {
      'main.mjs': `
        import { ClockService, definePlugin, Structum } from '@structum/core';
        const plugin = definePlugin({ name: 'x', description: 'x', onActivate(context) {
          const clock = context.service(ClockService);
          clock.setInterval(() => undefined, 10);
          clock.sleep(30).then(() => console.log('slept'));
          clock.setTimeout(() => console.log('called'), 40);
        } });
        await (await Structum.create({ plugins: [plugin] })).activate('x');`,
    });
    expect(execFileSync(process.execPath, ['main.mjs'], { cwd: folder, encoding: 'utf8', timeout: 20_000 })).to.equal('slept\ncalled\n');
  });
});
