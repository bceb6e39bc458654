import { expect } from 'chai';
import { conformance } from './conformance.js';
import { placeOf } from './facts.js';
import { outcomeOf } from './probe-host.js';

const FAILURES = ['own', 'type', 'syntax', 'range', 'text', 'nothing', 'data', 'file', 'aggregate', 'abort', 'named', 'chained', 'deeply chained', 'frozen'];

conformance('errors', (probe) => {
  for (const how of FAILURES) {
    probe(`of a command: ${how}`, async (host) => {
      const observed = await host.observe('probe fails', { input: { how } });
      const place = placeOf(await host.run('probe fails', { how }).catch((error: unknown) => error));
      expect(observed.error).to.include({ isStructumError: true });
      return { observed, place };
    });
  }

  probe('of commands that are not there', (host) => outcomeOf(host.run('probe nothing-like-it')));

  probe('in log lines, and everything else in them', (host) => host.observe('probe tells'));
});
