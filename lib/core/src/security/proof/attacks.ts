import type { Control, ProcessLimits } from '../sandbox/index.js';

/** What a confined process tries. */
export interface Attack {
  readonly control: Control;
  /** The body of an asynchronous function that says what it achieved, or nothing. What it throws, and being ended, is a denial. */
  readonly script: string;
  readonly limits?: ProcessLimits;
}

const MEBIBYTE = 1024 * 1024;

/** One for each control but `death-with-host`, which is no attack of the process itself. */
export const ATTACKS: readonly Attack[] = [
  {
    control: 'files',
    // What it makes may lie where only it sees it: whether it does, its host can tell.
    script: `
      for (const path of bait.written) { try { fs.writeFileSync(path, ''); } catch {} }
      return firstThatWorks({
        'read a file that was not granted': () => anyOf(bait.secrets, (path) => fs.readFileSync(path)),
        'read a file of others': () => anyOf(bait.others, (path) => fs.openSync(path)),
        'changed a file that was not granted': () => anyOf(bait.secrets, (path) => fs.writeSync(fs.openSync(path, 'r+'), '!')),
        'changed a file that may only be read': () => fs.writeSync(fs.openSync(bait.readable, 'r+'), '!'),
        'removed a file': () => anyOf(bait.secrets, (path) => fs.rmSync(path)),
      });`,
  },
  {
    control: 'file-metadata',
    script: `
      return firstThatWorks({
        'changed who may read a file': () => anyOf(bait.secrets, (path) => fs.chmodSync(path, 0o644)),
        'changed the times of a file': () => anyOf(bait.secrets, (path) => fs.utimesSync(path, 1, 1)),
        'changed who may read a file that may only be read': () => fs.chmodSync(bait.readable, 0o644),
        'changed an open file that may only be read': () => fs.fchmodSync(fs.openSync(bait.readable), 0o644),
      });`,
  },
  { control: 'existence', script: `return [...bait.secrets, ...bait.others].some((path) => fs.existsSync(path)) ? 'saw that a file is there' : undefined;` },
  {
    control: 'network',
    script: `
      const { connect, createServer } = await import('node:net');
      const { createSocket } = await import('node:dgram');
      const settled = (emitter, event) => new Promise((resolve, reject) => { emitter.once('error', reject).once(event, resolve); });
      return firstThatWorks({
        'reached a server on this machine': () => settled(connect(bait.port, '127.0.0.1'), 'connect'),
        'sent a datagram': () => { const socket = createSocket('udp4'); return new Promise((resolve, reject) => { socket.once('error', reject); socket.send('x', 9, '127.0.0.1', (error) => error ? reject(error) : resolve()); }); },
        // The last: Node throws its own denial of it where nobody catches it.
        'listened': () => settled(createServer().listen(0, '127.0.0.1'), 'listening'),
      });`,
  },
  {
    control: 'processes',
    script: `
      const { spawnSync } = await import('node:child_process');
      const { error } = spawnSync(process.execPath, ['--version']);
      if (error) throw error;
      return 'started a program';`,
  },
  {
    control: 'signals',
    script: `
      return firstThatWorks({
        'may send signals to its host': () => process.kill(bait.host, 0),
        'may send signals to its parent': () => process.kill(process.ppid, 0),
        'may send signals to everybody': () => process.kill(-1, 0),
      });`,
  },
  {
    control: 'kernel-interfaces',
    script: `
      const status = fs.readFileSync('/proc/self/status', 'utf8');
      const line = (name) => new RegExp('^' + name + ':\\\\s*(\\\\S+)', 'm').exec(status)?.[1];
      if (line('Seccomp') !== '2') return 'makes system calls that nobody filters';
      if (line('NoNewPrivs') !== '1') return 'may gain privileges';
      if (Number('0x' + line('CapEff')) !== 0) return 'has privileges of an administrator';
      return firstThatWorks({
        'may change settings of the kernel': () => fs.openSync('/proc/sys/fs/aio-max-nr', 'r+'),
        'may give the kernel orders': () => fs.openSync('/proc/sysrq-trigger', 'r+'),
        'may change settings of devices': () => fs.openSync('/sys/kernel/uevent_seqnum', 'r+'),
      });`,
  },
  {
    control: 'memory',
    limits: { memory: 64 * MEBIBYTE },
    script: `
      const all = [];
      for (let taken = 0; taken < 192; taken += 4) all.push(Buffer.alloc(4 * ${String(MEBIBYTE)}, 1));
      return 'took thrice the memory it may';`,
  },
  {
    control: 'cpu-time',
    limits: { cpuTime: 1000 },
    script: `
      const start = process.cpuUsage();
      for (;;) {
        const { user, system } = process.cpuUsage(start);
        if (user + system > 4e6) return 'computed for four seconds where it may for one';
      }`,
  },
  {
    control: 'environment',
    script: `
      const own = new Set(['HOME', 'TMPDIR', 'TZ', 'PWD', 'LD_LIBRARY_PATH', 'BAIT', 'USERPROFILE', 'TEMP', 'TMP', '__CF_USER_TEXT_ENCODING', 'SYSTEMROOT']);
      const seen = Object.keys(process.env).find((name) => !own.has(name.toUpperCase()));
      if (seen !== undefined) return 'saw the variable ' + seen;
      return firstThatWorks({
        'read the environment of its host': () => fs.readFileSync('/proc/' + bait.host + '/environ'),
        'read the environment of its parent': () => { if (process.ppid !== 0 && !fs.readFileSync('/proc/' + process.ppid + '/environ').includes('BAIT=')) return; throw new Error('its own launcher'); },
      });`,
  },
  {
    control: 'descriptors',
    script: `
      const isInherited = (descriptor) => { try { return fs.fstatSync(descriptor).ino === bait.inode; } catch { return false; } };
      return Array.from({ length: 1024 }, (_, descriptor) => descriptor).some(isInherited) ? 'has a file of its host open' : undefined;`,
  },
];

/** What an attack writes first. */
export const BEGUN = 'begun:';

/** The module that carries an attack out, and writes what it achieved behind {@link BEGUN}. */
export function attackModule({ script }: Attack): string {
  return `
    import fs from 'node:fs';
    fs.writeSync(1, '${BEGUN}');
    const bait = JSON.parse(process.env.BAIT);
    function anyOf(paths, attempt) {
      const denials = [];
      for (const path of paths) { try { return attempt(path); } catch (error) { denials.push(error); } }
      throw new AggregateError(denials);
    }
    async function firstThatWorks(attempts) {
      for (const [what, attempt] of Object.entries(attempts)) {
        try { await attempt(); return what; } catch {}
      }
    }
    const achieved = await (async () => {${script}})().catch(() => undefined);
    fs.writeSync(1, achieved ?? '');
    process.exit();
  `;
}
