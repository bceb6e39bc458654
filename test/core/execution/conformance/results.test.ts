import { expect } from 'chai';
import { conformance } from './conformance.js';
import { outcomeOf } from './probe-host.js';

const KINDS = ['nothing', 'null', 'texts', 'numbers', 'dates', 'boxed', 'map', 'holes', 'fields', 'cycle', 'shared', 'bytes', 'window', 'large', 'errors', 'instance', 'deep', 'deepest'];

conformance('results and input', (probe) => {
  for (const kind of KINDS) probe(`gives ${kind}`, (host) => host.run('probe result', { kind }));

  probe('keeps what is the same the same', async (host) => {
    const shared = (await host.run('probe result', { kind: 'shared' })) as { left: object; right: object };
    const [bytes, , buffer] = (await host.run('probe result', { kind: 'window' })) as [Uint8Array, unknown, ArrayBuffer];
    const cycle = (await host.run('probe result', { kind: 'cycle' })) as { self: object };
    return [shared.left === shared.right, bytes.buffer === buffer, bytes.byteOffset, cycle.self === cycle];
  });

  for (const kind of ['function', 'nested', 'symbol', 'promise', 'weak', 'proxy', 'deeper', 'deeper map']) {
    probe(`refuses a result with a ${kind}`, async (host) => {
      const observed = await host.observe('probe rejected', { input: { kind } });
      expect(observed.error?.['code']).to.equal('RESULT_NOT_CLONEABLE');
      return observed;
    });
  }

  probe('gives the input, with defaults, as it was given', (host) => Promise.all([host.run('probe echo'), host.run('probe echo', { word: '\ud800 ü', times: -0, list: [] })]));

  probe('refuses input that is no data, or does not fit', (host) => Promise.all([
    outcomeOf(host.run('probe echo', { word: () => 1 })),
    outcomeOf(host.run('probe echo', { times: 'many' })),
    outcomeOf(host.run('probe echo', { unknown: 1 })),
  ]));

  probe('gives exit codes', async (host) => {
    const codes: unknown[] = [];
    for (const given of [[], [3], [3, 0], [255], [256], [-1], [1.5]]) {
      const { exitCode, result, error } = await host.observe('probe exits', { input: { codes: given } });
      codes.push({ exitCode, result, error });
    }
    return codes;
  });

  probe('keeps its state from call to call', async (host) => {
    const first = (await host.run('probe keeps')) as number;
    return ((await host.run('probe keeps')) as number) - first;
  });

  probe('tells commands of their surroundings', async (host) => {
    const { env, ...surroundings } = (await host.run('probe surroundings', {}, { cwd: host.cwd })) as { env: object };
    return { ...surroundings, seen: Object.entries(env).filter(([name]) => name.startsWith('SEEN')) };
  });
});
