import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AuditRecord } from '@structum/core';
import { expect } from 'chai';
import { AuditLog } from '#internal/core/security/audit-log.js';
import { root, temporaryFolder, writeFiles } from '../../support/folder.js';

describe('the log of what plugins do', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, 'state/audit.jsonl');
  });

  const denial = (facts: object = {}): AuditRecord => ({ time: '2026-01-01T00:00:00.000Z', event: 'denied', execution: 'x', command: 'c', plugin: 'p', version: '1.0.0', tier: 'installed', executor: 'process', permission: 'read', wanted: '/x', ...facts });
  const records = (path = file): readonly AuditRecord[] => readFileSync(path, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as AuditRecord);

  it('has a record a line, in a file that is made for its user alone', function () {
    new AuditLog(file).write(denial());
    new AuditLog(file).write(denial({ plugin: 'q' }));
    expect(records()).to.deep.equal([denial(), denial({ plugin: 'q' })]);
    if (process.platform === 'win32') this.skip();
    expect([statSync(file).mode & 0o777, statSync(join(folder, 'state')).mode & 0o777]).to.deep.equal([0o600, 0o700]);
    chmodSync(file, 0o644);
    new AuditLog(file).write(denial());
    expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it('keeps what a plugin writes in one line, and from the terminal', () => {
    const wanted = 'a\nb\u001b[31m\u009b31m\u2028\u202e\u007f"\ud800';
    new AuditLog(file).write(denial({ wanted }));
    const text = readFileSync(file, 'utf8');
    expect(text).to.match(/^[\x20-\x7e]+\n$/);
    expect(records()).to.deep.equal([denial({ wanted })]);
  });

  it('shortens what is too long', () => {
    new AuditLog(file).write(denial({ wanted: 'x'.repeat(100_000) }));
    expect(readFileSync(file, 'utf8').length).to.be.below(5000);
  });

  it('begins a new file where one is full, and keeps the one before', () => {
    const log = new AuditLog(file, { rotateAt: 1000 });
    for (let count = 0; count < 20; count += 1) log.write(denial({ execution: String(count) }));
    expect(readdirSync(join(folder, 'state')).sort()).to.deep.equal(['audit.jsonl', 'audit.jsonl.1']);
    expect([...records(`${file}.1`), ...records()].map(({ execution }) => execution).at(-1)).to.equal('19');
    for (const path of [file, `${file}.1`]) expect(statSync(path).size).to.be.at.most(1000);
  });

  it('goes on with a full file while another process begins a new one', () => {
    const log = new AuditLog(file, { rotateAt: 100 });
    log.write(denial());
    writeFiles(folder, { 'state/audit.jsonl.rotating': '' });
    log.write(denial());
    expect([records().length, existsSync(`${file}.1`)]).to.deep.equal([2, false]);
  });

  it('leads records nowhere else, and is held up by nothing', function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(folder, 'state'));
    symlinkSync(join(folder, 'elsewhere'), file);
    expect(() => { new AuditLog(file).write(denial()); }).to.throw();
    expect(existsSync(join(folder, 'elsewhere'))).to.equal(false);
    mkdirSync(join(folder, 'folder.jsonl'));
    expect(() => { new AuditLog(join(folder, 'folder.jsonl')).write(denial()); }).to.throw();
  });

  it('loses and tears nothing where many processes write at once, and begin new files', async function () {
    this.timeout(60_000);
    const module = pathToFileURL(join(root, 'test/build/internal/core/security/audit-log.js')).href;
    writeFiles(folder, {
      'writer.mjs': `import { AuditLog } from '${module}';
        const log = new AuditLog(process.argv[2], { rotateAt: 200_000 });
        for (let count = 0; count < 250; count += 1) log.write({ ...${JSON.stringify(denial())}, execution: process.argv[3] + '-' + count, wanted: 'x'.repeat(count) });`,
    });
    const writers = Array.from({ length: 6 }, (_, index) => spawn(process.execPath, [join(folder, 'writer.mjs'), file, String(index)], { stdio: 'inherit' }));
    const codes = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit') as [number])[0]));
    expect(codes).to.deep.equal([0, 0, 0, 0, 0, 0]);
    const written = [...records(`${file}.1`), ...records()].map(({ execution }) => execution);
    expect(new Set(written).size).to.equal(written.length);
    // 1,500 records are about 480,000 bytes: of three files, the last two are kept.
    expect(written.length).to.be.within(600, 1500);
  });
});
