import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { ProcessOutput, type OutputTargets } from '#internal/core/execution/remote/process/process-output.js';
import { Text } from '../conformance/probe-host.js';

describe('the output of the process of a guest', () => {
  /** What is handed on of what a program writes, and whether that says that it had no memory. */
  async function handedOn(source: string, { didCrash = false, most = Infinity } = {}): Promise<{ readonly text: string; readonly isOutOfMemory: boolean; readonly isExceeded: boolean }> {
    const text = new Text();
    const target = (): Writable => new Writable({ write: (chunk: Buffer, _encoding, taken) => { void text.write(chunk); taken(); } });
    const child = spawn(process.execPath, ['-e', source]);
    let isExceeded = false;
    const output = new ProcessOutput(child, { most, hasLastWords: true, onExceeded: () => { isExceeded = true; } }, { stdout: target(), stderr: target() });
    await once(child, 'close');
    return { isOutOfMemory: output.conclude(didCrash), text: text.text, isExceeded };
  }

  const TITLE = 'process.stderr.write("before\\n#\\n# Title\\nJavaScript heap out of memory\\n")';

  it('has what only looks like last words', async () => {
    expect(await handedOn(TITLE)).to.deep.equal({ text: 'before\n#\n# Title\nJavaScript heap out of memory\n', isOutOfMemory: false, isExceeded: false });
  });

  it('goes on behind what only looks like last words', async () => {
    const { text } = await handedOn(`${TITLE}; setTimeout(() => console.error("x".repeat(100_000)), 50)`);
    expect(text).to.have.lengthOf('before\n#\n# Title\nJavaScript heap out of memory\n'.length + 100_001);
  });

  it('has no last words', async () => {
    expect(await handedOn(TITLE, { didCrash: true })).to.deep.include({ text: 'before\n', isOutOfMemory: true });
    expect(await handedOn('console.error("ä\\nterminate called after throwing an instance of \'std::bad_alloc\'\\n  what():  std::bad_alloc")', { didCrash: true })).to.deep.include({ text: 'ä\n', isOutOfMemory: true });
    expect(await handedOn('console.error("#\\n# Fatal error in , line 0")', { didCrash: true })).to.deep.include({ text: '', isOutOfMemory: false });
  });

  it('is handed on at once, whatever it looks like, where there are no last words', () => {
    const stderr = new PassThrough();
    const target = new PassThrough();
    const output = new ProcessOutput({ stdout: null, stderr }, { most: 100, hasLastWords: false, onExceeded: () => undefined }, { stdout: target, stderr: target });
    stderr.emit('data', Buffer.from('FATAL ERROR: out of memory\n'));
    expect(String(target.read())).to.equal('FATAL ERROR: out of memory\n');
    expect(output.conclude(true)).to.equal(false);
  });

  it('is what one call writes', () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    let times = 0;
    const output = new ProcessOutput({ stdout, stderr }, { most: 10, hasLastWords: true, onExceeded: () => { times += 1; } }, { stdout: new PassThrough(), stderr: new PassThrough() });
    for (let call = 0; call < 5; call += 1) {
      output.begin();
      stdout.emit('data', Buffer.from('12345'));
      stderr.emit('data', Buffer.from('67890'));
    }
    expect(times).to.equal(0);
    stdout.emit('data', Buffer.from('!'));
    expect(times).to.equal(1);
  });

  it('waits for a slow reader with one listener, however many processes wait', async () => {
    const pieces: (() => void)[] = [];
    const target = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, taken) => { pieces.push(taken); } });
    const targets: OutputTargets = { stdout: target, stderr: target };
    const sources = Array.from({ length: 20 }, () => new PassThrough());
    for (const stdout of sources) {
      new ProcessOutput({ stdout, stderr: null }, { most: Infinity, hasLastWords: true, onExceeded: () => undefined }, targets);
      stdout.emit('data', Buffer.from('much'));
    }
    expect(target.listenerCount('drain')).to.equal(1);
    expect(sources.every((source) => source.isPaused())).to.equal(true);
    const drained = once(target, 'drain');
    while (pieces.length > 0) {
      for (const taken of pieces.splice(0)) taken();
      await setImmediate();
    }
    await drained;
    expect(target.listenerCount('drain')).to.equal(0);
    expect(sources.some((source) => source.isPaused())).to.equal(false);
  });
});
