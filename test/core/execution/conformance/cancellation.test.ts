import { expect } from 'chai';
import { conformance } from './conformance.js';
import type { Observed, ProbeHost } from './probe-host.js';

/** Cancels a call as soon as it says that it waits. */
function cancelled(host: ProbeHost, how: string, cancel: (controller: AbortController) => void): Promise<Observed> {
  const controller = new AbortController();
  return host.observe('probe waits', {
    input: { how }, signal: controller.signal,
    onEvent: (event) => { if (event.type === 'log' && event.record.message.includes('wait')) cancel(controller); },
  });
}

const REASONS: Readonly<Record<string, unknown>> = {
  'a text': 'because', 'an error': new RangeError('too far'), 'nothing': undefined, 'a time limit': new DOMException('too slow', 'TimeoutError'), 'data': { why: 5 },
};

conformance('cancellation', (probe) => {
  for (const [name, reason] of Object.entries(REASONS)) {
    probe(`with ${name} for a reason`, async (host) => {
      const observed = await cancelled(host, 'heeding', (controller) => { controller.abort(reason); });
      expect(observed.error?.['code']).to.be.oneOf(['COMMAND_CANCELLED', 'COMMAND_TIMED_OUT']);
      return observed;
    });
  }

  for (const how of ['answering', 'failing']) probe(`of a command that ends ${how}`, (host) => cancelled(host, how, (controller) => { controller.abort('stop'); }));

  probe('before it starts', (host) => host.observe('probe waits', { signal: AbortSignal.abort('never') }));

  probe('while a question is open', async (host) => {
    const controller = new AbortController();
    const asked: unknown[] = [];
    const observed = await host.observe('probe waits', {
      input: { how: 'asking' }, signal: controller.signal,
      confirm: (question, signal) => {
        asked.push(question, signal.aborted);
        signal.addEventListener('abort', () => { asked.push('withdrawn'); });
        setImmediate(() => { controller.abort('no answer'); });
        return new Promise<never>(() => undefined);
      },
    });
    return { asked, observed };
  });

  probe('of a command that runs another one', async (host) => {
    const controller = new AbortController();
    const heard = new Promise<void>((resolve) => {
      const stop = setInterval(() => {
        if (host.logs.some(({ message }) => message === 'neighbour waits')) controller.abort('all of it');
        if (host.logs.some(({ message }) => message === 'neighbour heard')) { clearInterval(stop); resolve(); }
      }, 2);
    });
    const observed = await host.observe('probe waits', { input: { how: 'calling' }, signal: controller.signal });
    await heard;
    return observed.error;
  });

  probe('leaves the plugin usable', (host) => host.run('probe echo', { word: 'still there' }));
});
