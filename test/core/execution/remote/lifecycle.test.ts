import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineService } from '@structum/core';
import { expect } from 'chai';
import { ELSEWHERE, type PlacedExecutor } from '../conformance/executors.js';
import { logFacts } from '../conformance/facts.js';
import { isMissing } from '../conformance/conformance.js';
import { PACKAGES, packagesFolder } from '../conformance/packages.js';
import { ProbeHost } from '../conformance/probe-host.js';
import { failure } from '../../../support/errors.js';
import { linkCore, temporaryFolder } from '../../../support/folder.js';

interface Journal {
  read(): Promise<readonly string[]>;
  write(entry: string): Promise<number>;
  fail(): Promise<never>;
  when(date: Date): Promise<Map<Date, string>>;
  takes(value: unknown): Promise<unknown>;
  gives(kind: string): Promise<unknown>;
  clones(): Promise<never>;
}

const Journal = defineService<Journal>('probe.journal', { remote: true });
/** Not of a class, for whoever gets it. */
class Entry {
  readonly text = 'noted';
}

const Hidden = defineService<{ now(): number }>('probe.hidden');

/** A folder with packages of its own, which a test may change. */
async function ownPackages(): Promise<string> {
  const folder = temporaryFolder();
  linkCore(folder);
  const source = await packagesFolder();
  for (const name of PACKAGES) cpSync(join(source, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  return folder;
}

function replaceIn(file: string, before: string, after: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).to.contain(before);
  writeFileSync(file, text.replace(before, after));
}

/** What a process confines, or confines what confines it; itself where nothing tells of others. */
function innermostProcess(pid: number): number {
  const file = `/proc/${String(pid)}/task/${String(pid)}/children`;
  const [child] = existsSync(file) ? readFileSync(file, 'utf8').split(' ') : [];
  return child === undefined || child === '' ? pid : innermostProcess(Number(child));
}

function executorsOf(names: readonly string[]): readonly PlacedExecutor[] {
  return ELSEWHERE.filter(({ name }) => names.includes(name));
}

for (const executor of executorsOf(['worker', 'process'])) {
  describe(`a plugin that runs elsewhere: ${executor.name}`, () => {
    let host: ProbeHost;

    before(async function () {
      if (await isMissing(executor)) this.skip();
    });
    beforeEach(async () => { host = await ProbeHost.create(executor); });
    afterEach(() => host.structum.dispose());

    it('has a record like others, which tells what runs it', async () => {
      await host.structum.activate('probe');
      const record = host.structum.registry.plugin('probe');
      expect(record).to.include({ state: 'active', running: 0, generation: 1 });
      expect(record?.timings.load).to.be.above(0);
      expect(record?.timings.activate).to.be.at.least(0);
      expect(record?.owned).to.have.lengthOf(1);
      expect(record?.owned[0]).to.match(new RegExp(`^${executor.name} \\d+$`));
      await host.structum.deactivate('probe');
      expect(host.structum.registry.plugin('probe')).to.deep.include({ state: 'stopped', owned: [] });
      expect(await host.run('probe keeps')).to.equal(1);
    });

    it('goes down as others do', async () => {
      await host.run('probe keeps');
      await host.structum.dispose();
      expect(host.logs.map(logFacts).filter(({ level }) => level === 'info').map(({ message }) => message)).to.deep.equal(['comes up', 'goes down', 'what it owns has ended']);
    });

    it('offers its remote services to the host, and no others', async () => {
      const journal = await host.structum.services.get(Journal);
      expect(await journal.read()).to.deep.equal(['probe 1.2.3 told', 'served']);
      expect(await Promise.all([journal.write('one'), journal.write('two')])).to.deep.equal([3, 4]);
      const date = new Date(5);
      expect(await journal.when(date)).to.deep.equal(new Map([[date, 'number']]));
      expect(await failure('PROBE_JOURNAL', journal.fail())).to.include({ hint: 'Tear out a page.' });
      await failure('SERVICE_METHOD_UNKNOWN', (journal as unknown as { size(): Promise<unknown> }).size());
      await failure('SERVICE_METHOD_UNKNOWN', (journal as unknown as { erase(): Promise<unknown> }).erase());
      await failure('SERVICE_NOT_REMOTE', host.structum.services.get(Hidden));
      await host.structum.deactivate('probe');
      await failure('DISPOSED', journal.read());
    });

    it('takes and gives data by its services, and names what is none', async () => {
      const journal = await host.structum.services.get(Journal);
      const taken = await journal.takes(new Entry());
      expect(Object.getPrototypeOf(taken)).to.equal(Object.prototype);
      expect([taken, await journal.gives('instance')]).to.deep.equal([{ text: 'noted' }, { x: 1 }]);
      const { details } = await failure('SERVICE_DATA_NOT_CLONEABLE', journal.takes(() => 1));
      expect(details).to.include({ service: 'probe.journal', method: 'takes', part: 'arguments' });
      expect((await failure('SERVICE_DATA_NOT_CLONEABLE', journal.gives('nested'))).details).to.include({ service: 'probe.journal', method: 'gives', part: 'result' });
      expect(await journal.clones().catch((error: unknown) => error)).to.be.instanceOf(DOMException).with.property('name', 'DataCloneError');
      expect(await journal.read()).to.have.lengthOf(2);
    });

    if (executor.name === 'process') it('names what only there is no data', async () => {
      const journal = await host.structum.services.get(Journal);
      await failure('SERVICE_DATA_NOT_CLONEABLE', journal.takes(new SharedArrayBuffer(4)));
      expect((await failure('SERVICE_DATA_NOT_CLONEABLE', journal.gives('shared memory'))).details).to.include({ part: 'result' });
    });

    it('shares its state between its service and its commands', async () => {
      const journal = await host.structum.services.get(Journal);
      await journal.write('from the host');
      expect(await host.run('probe journal')).to.include('from the host');
    });

    it('comes up anew when its settings change', async () => {
      expect(await host.run('probe settings')).to.include({ word: 'told' });
      const held = host.run('probe holds', {}, {
        confirm: async () => {
          await host.structum.configure({ ...executor.config, plugins: { probe: { word: 'changed' } } });
          return true;
        },
      });
      expect(await held).to.deep.equal({ before: 'told', after: 'told' });
      expect(await host.run('probe settings')).to.include({ word: 'changed' });
      await failure('CONFIG_INVALID', host.structum.configure({ ...executor.config, plugins: { probe: { word: 5 } } }));
      expect(await host.run('probe settings')).to.include({ word: 'changed' });
    });

    it('goes on where it refuses its new settings', async () => {
      const warnings: string[] = [];
      host.structum.on('warning', ({ error }) => { warnings.push(String((error as { code?: unknown }).code)); });
      await host.run('probe settings');
      await host.structum.configure({ ...executor.config, plugins: { probe: { word: 'refused' } } });
      expect(warnings).to.deep.equal(['RELOAD_FAILED']);
      expect(await host.run('probe settings')).to.include({ word: 'told' });
    });

    if (executor.name === 'process') it('goes on where the process that waits for calls was killed', async () => {
      expect(await host.run('probe keeps')).to.equal(1);
      const [label = ''] = host.structum.registry.plugin('probe')?.owned ?? [];
      // Not what confines it: that takes the rest with it a moment later, when a call may have begun.
      process.kill(innermostProcess(Number(label.replace('process ', ''))), 'SIGKILL');
      expect(await host.run('probe keeps')).to.equal(1);
    });

    it('fails to come up as others do', async () => {
      for (const [word, code] of [['refused', 'PLUGIN_ACTIVATE_FAILED'], ['broken', 'PLUGIN_ACTIVATE_FAILED'], ['slow', 'PLUGIN_PHASE_TIMEOUT']] as const) {
        const facts: unknown[] = [];
        for (const each of [{ name: 'inline', config: {} }, executor]) {
          await using failing = await ProbeHost.create(each, { settings: { word }, limits: { activate: 300 } });
          const error = await failure(code, failing.run('probe keeps'));
          facts.push({ ...error.toJSON(), exitCode: error.exitCode, cause: (error.cause as Error | undefined)?.message });
          expect(failing.structum.registry.plugin('probe')).to.include({ state: 'failed' });
        }
        expect(facts[1], word).to.deep.equal(facts[0]);
      }
    });

    it('is reloaded with its new code, while a call ends on the old one', async () => {
      const folder = await ownPackages();
      await using own = await ProbeHost.create(executor, { from: join(folder, 'host.js') });
      expect(await own.run('probe keeps')).to.equal(1);
      const file = join(folder, 'node_modules/probe/index.cjs');
      const held = own.run('probe holds', {}, {
        confirm: async () => {
          replaceIn(file, 'let kept = 0;', 'let kept = 100;');
          expect(await own.structum.reload('probe')).to.include({ generation: 2 });
          return true;
        },
      });
      expect(await held).to.deep.equal({ before: 'told', after: 'told' });
      expect(await own.run('probe keeps')).to.equal(101);
      expect(own.structum.registry.plugin('probe')).to.include({ state: 'active', generation: 2 });
      replaceIn(file, 'let kept = 100;', 'let kept = ;');
      await failure('RELOAD_FAILED', own.structum.reload('probe'));
      expect(await own.run('probe keeps')).to.equal(102);
    });

    it('is reloaded when its files change', async () => {
      const folder = await ownPackages();
      await using own = await ProbeHost.create(executor, { from: join(folder, 'host.js') });
      await own.run('probe keeps');
      const reloaded = new Promise((resolve, reject) => { own.structum.watch({ debounce: 10, onReload: resolve, onError: reject }); });
      replaceIn(join(folder, 'node_modules/probe/index.cjs'), 'let kept = 0;', 'let kept = 50;');
      await reloaded;
      expect(await own.run('probe keeps')).to.equal(51);
    });
  });
}
