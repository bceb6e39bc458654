import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogued, defineCommand, definePlugin, Structum, StructumError, type AuditRecord, type StructumOptions } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

const PLUGIN = `
const { catalogued, defineCommand, definePlugin, RegistryService } = require('@structum/core');
const fs = require('node:fs');
const header = JSON.stringify({ kind: 'request', id: 'forged', method: 'tell', data: { call: '1', news: [{ started: true }] } });
const BEGUN = Buffer.concat([Buffer.from([0, 0, 0, header.length, 0, 0, 0, 0]), Buffer.from(header)]);
const command = (path, execute) => defineCommand({ path, description: path, execute });
exports.default = definePlugin({ name: 'guest', description: 'A guest', commands: [
  command('guest work', () => 'done'),
  command('guest bad', (input, context) => { context.setExitCode(3); }),
  command('guest fail', () => { throw new Error('no'); }),
  command('guest ask', () => { throw catalogued('PERMISSION_DENIED', { plugin: 'guest', permission: 'net', wanted: 'example.org:443' }); }),
  command('guest quiet', async (input, context) => { for (let time = 0; time < 2; time += 1) await context.fetch('https://example.org/x').catch(() => undefined); }),
  command('guest forge', () => { for (let time = 0; time < 3; time += 1) fs.writeSync(3, BEGUN); return new Promise(() => {}); }),
  command('guest look', (input, context) => context.run('guest work').then(() => kept?.plugins.length)),
], permissions: { services: ['structum.registry'] }, onActivate: (context) => { try { kept = context.service(RegistryService); } catch (error) { kept = undefined; throw error; } } });
let kept;`;

describe('what is recorded of plugins', () => {
  let folder: string;
  let records: AuditRecord[];

  beforeEach(async function () {
    this.timeout(10_000);
    records = [];
    folder = temporaryFolder();
    linkCore(folder);
    const own = join(folder, 'node_modules/structum-plugin-guest');
    mkdirSync(own, { recursive: true });
    writeFiles(own, { 'package.json': { name: 'structum-plugin-guest', version: '1.2.3', main: './index.cjs', keywords: ['structum-plugin'], structum: { manifest: './structum.manifest.json' } }, 'index.cjs': PLUGIN });
    const { manifest, file } = await generateManifest({ folder: own });
    writeFileSync(file, formatManifest(manifest));
  });

  /** A host with the guest, which is not of the host. */
  const host = (security: object = {}, options: StructumOptions = {}): Promise<Structum> => Structum.create({
    from: join(folder, 'index.js'), discover: { trust: () => 'installed' }, cwd: folder, audit: (record) => { records.push(record); },
    config: { security: { sandbox_mode: 'off', ...security } }, ...options,
  });
  const facts = ({ time: _time, execution: _execution, ...others }: AuditRecord): object => ('duration' in others ? { ...others, duration: typeof others.duration } : others);
  const OF_GUEST = { plugin: 'guest', version: '1.2.3', tier: 'installed', executor: 'inline' };

  it('is each run of one that is not of the host, and how it ended', async () => {
    await using structum = await host();
    await structum.run('guest work');
    await structum.run('guest bad');
    await failure('COMMAND_FAILED', structum.run('guest fail'));
    await failure('INPUT_INVALID', structum.run('guest work', { x: 1 }));
    await failure('COMMAND_CANCELLED', structum.run('guest work', {}, { signal: AbortSignal.abort() }));
    expect(records.map(facts)).to.deep.equal([
      { event: 'run', command: 'guest work', ...OF_GUEST, outcome: 'done', duration: 'number', exitCode: 0 },
      { event: 'run', command: 'guest bad', ...OF_GUEST, outcome: 'done', duration: 'number', exitCode: 3 },
      { event: 'run', command: 'guest fail', ...OF_GUEST, outcome: 'failed', duration: 'number', exitCode: 1, code: 'COMMAND_FAILED' },
      { event: 'run', command: 'guest work', ...OF_GUEST, outcome: 'failed', exitCode: 2, code: 'INPUT_INVALID' },
    ]);
    expect(new Date(records[0]?.time ?? '').toISOString()).to.equal(records[0]?.time);
  });

  it('is what the host saw of a run, and not what the plugin says', async () => {
    const events: string[] = [];
    const on = { 'command:started': () => { events.push('started'); }, 'command:finished': ({ outcome }: { readonly outcome: string }) => { events.push(outcome); } };
    await using structum = await host({ sandbox_mode: 'standard' }, { on });
    await failure('PROTOCOL_VIOLATION', structum.run('guest forge'));
    expect(records.map(facts)).to.deep.equal([{ event: 'run', command: 'guest forge', ...OF_GUEST, executor: 'process', outcome: 'failed', duration: 'number', exitCode: 1, code: 'PROTOCOL_VIOLATION' }]);
    expect(events).to.deep.equal(['started', 'failed']);
  });

  it('is what was denied, with an event', async () => {
    const events: object[] = [];
    await using structum = await host({}, { on: { 'permission:denied': (denied) => { events.push(denied); } } });
    const execution = structum.start('guest ask');
    await failure('PERMISSION_DENIED', execution.result);
    expect(records.map(facts)).to.deep.equal([
      { event: 'denied', command: 'guest ask', ...OF_GUEST, permission: 'net', wanted: 'example.org:443' },
      { event: 'run', command: 'guest ask', ...OF_GUEST, outcome: 'failed', duration: 'number', exitCode: 3, code: 'PERMISSION_DENIED' },
    ]);
    expect(events).to.deep.equal([{ command: 'guest ask', plugin: 'guest', execution: execution.id, permission: 'net', wanted: 'example.org:443' }]);
  });

  it('is what was denied by the host itself, once, also where the plugin makes nothing of that', async () => {
    await using structum = await host();
    await structum.run('guest quiet');
    expect(records.map(facts)).to.deep.equal([
      { event: 'denied', command: 'guest quiet', ...OF_GUEST, permission: 'net', wanted: 'example.org:443' },
      { event: 'run', command: 'guest quiet', ...OF_GUEST, outcome: 'done', duration: 'number', exitCode: 0 },
    ]);
  });

  it('is a service of the host that the configuration takes away from it, from when it does', async () => {
    await using structum = await host();
    expect(await structum.run('guest look')).to.equal(1);
    await structum.configure({ security: { sandbox_mode: 'off', plugins: { guest: { permissions: { services: [] } } } } });
    const { hint } = await failure('SERVICE_NOT_GRANTED', structum.run('guest look'));
    expect(hint).to.contain('security.plugins.guest.permissions.services');
    expect(records.map(facts)).to.deep.include({ event: 'denied', command: 'guest look', ...OF_GUEST, permission: 'services', wanted: 'structum.registry' });
  });

  it('is of plugins of the host only what was denied to them', async () => {
    const own = definePlugin({ name: 'own', version: '1.0.0', description: 'x', commands: [
      defineCommand({ path: 'own work', description: 'x', execute: () => 1 }),
      defineCommand({ path: 'own ask', description: 'x', execute: () => { throw catalogued('PERMISSION_DENIED', { plugin: 'own', permission: 'run', wanted: 'git' }); } }),
    ] });
    await using structum = await host({}, { plugins: [own] });
    await structum.run('own work');
    await failure('PERMISSION_DENIED', structum.run('own ask'));
    expect(records.map(({ event, plugin }) => [event, plugin])).to.deep.equal([['denied', 'own']]);
  });

  it('is nothing where the configuration says so, from when it does', async () => {
    await using structum = await host({ audit: false });
    await structum.run('guest work');
    await structum.configure({ security: { sandbox_mode: 'off' } });
    await structum.run('guest work');
    await structum.configure({ security: { sandbox_mode: 'off', audit: false } });
    await structum.run('guest work');
    expect(records).to.have.length(1);
  });

  it('goes to a file, and takes no command down where it cannot', async () => {
    const warnings: string[] = [];
    const on = { warning: ({ error }: { error: Error }) => { if (StructumError.is(error)) warnings.push(error.code); } };
    const file = join(folder, 'state/audit.jsonl');
    {
      await using structum = await host({}, { audit: { file }, on });
      await structum.run('guest work');
    }
    expect((JSON.parse(readFileSync(file, 'utf8')) as AuditRecord).command).to.equal('guest work');
    writeFiles(folder, { blocked: '' });
    await using structum = await host({}, { audit: { file: join(folder, 'blocked/audit.jsonl') }, on });
    for (let time = 0; time < 2; time += 1) expect(await structum.run('guest work')).to.equal('done');
    expect(warnings).to.deep.equal(['AUDIT_UNWRITABLE']);
  });
});
