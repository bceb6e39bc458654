import { expect } from 'chai';
import { conformance } from './conformance.js';
import { outcomeOf, Text } from './probe-host.js';

/** A reader that is slow: it takes one piece after the other, and remembers whether it ever got two at once. */
class SlowReader extends Text {
  wasOverrun = false;
  #isBusy = false;

  override async write(chunk: string | Uint8Array): Promise<void> {
    this.wasOverrun ||= this.#isBusy;
    this.#isBusy = true;
    await new Promise((resolve) => { setImmediate(resolve); });
    this.#isBusy = false;
    void super.write(chunk);
  }
}

/** A reader that goes after its first piece. */
class GoneReader extends Text {
  override write(chunk: string | Uint8Array): void | Promise<void> {
    if (this.bytes.length > 0) return Promise.reject(Object.assign(new Error('write EPIPE'), { code: 'EPIPE', errno: -32, syscall: 'write' }));
    return super.write(chunk);
  }
}

conformance('output', (probe) => {
  for (const how of ['bytes', 'split', 'asking', 'colours', 'much', 'at once']) {
    probe(`of a command that writes: ${how}`, async (host) => {
      const output = new Text();
      const { text, ...observed } = await host.observe('probe writes', { input: { how }, output, confirm: () => { void output.write('[asked]\n'); return true; } });
      expect(text).not.to.equal('');
      return { ...observed, bytes: output.bytes };
    });
  }

  for (const how of ['well', 'long', 'badly']) {
    probe(`of a command that renders ${how}`, async (host) => {
      const output = new Text();
      const observed = await host.observe('probe renders', { input: { how }, output });
      return { ...observed, bytes: output.bytes };
    });
  }

  probe('without one, and without rendering', async (host) => {
    const output = new Text();
    return [
      await host.observe('probe renders'), await host.observe('probe renders', { output, render: false }),
      await host.observe('probe renders', { output: { write: (chunk) => output.write(chunk) } }),
      await outcomeOf(host.run('probe writes', { how: 'at once' })),
    ];
  });

  for (const kind of ['map', 'texts', 'nothing']) {
    probe(`shows ${kind} where nothing renders it`, (host) => host.observe('probe result', { input: { kind }, output: new Text() }));
  }

  probe('waits for a slow reader that is waited for', async (host) => {
    const output = new SlowReader();
    await host.run('probe writes', { how: 'much' }, { output });
    return { wasOverrun: output.wasOverrun, text: output.text };
  });

  probe('arrives as a whole at a slow reader that nobody waits for', async (host) => {
    const output = new SlowReader();
    await host.run('probe writes', { how: 'at once' }, { output });
    return output.text;
  });

  for (const how of ['much', 'at once']) {
    probe(`that a reader does not take any more fails the command: ${how}`, async (host) => {
      const { error } = await host.observe('probe writes', { input: { how }, output: new GoneReader() });
      expect(error?.cause).to.include({ code: 'EPIPE' });
      return error;
    });
  }

  probe('keeps its place among log lines', async (host) => {
    const seen: string[] = [];
    await host.observe('probe writes', { input: { how: 'logging' }, output: { write: (chunk) => void seen.push(...String(chunk).trim().split('\n')) } });
    return seen;
  });

  probe('holds no secrets', async (host) => {
    const output = new Text();
    const { result } = await host.observe('probe echo', { input: { word: 'a hush-hush-token' }, output });
    return { text: output.text, result };
  });
});
