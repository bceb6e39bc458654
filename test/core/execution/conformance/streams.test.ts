import { expect } from 'chai';
import { conformance } from './conformance.js';
import { Text } from './probe-host.js';

conformance('streams', (probe) => {
  probe('gives items in order, and all of them as the result', (host) => host.observe('probe counts', { input: { to: 300 } }));

  probe('gives items as events only', async (host) => {
    const observed = await host.observe('probe counts', { input: { to: 3000 }, collect: false });
    expect(observed.events).to.have.lengthOf(3000);
    return observed;
  });

  probe('renders each item', (host) => host.observe('probe counts', { input: { to: 5 }, output: new Text() }));

  probe('shows items that nothing renders', (host) => host.observe('probe items', { output: new Text(), collect: false }));

  probe('keeps items among log lines and progress', (host) => host.observe('probe counts', { input: { to: 40, log: true }, output: new Text() }));

  probe('gives each of the reports that follow each other', async (host) => {
    const observed = await host.observe('probe reports', { input: { total: 3 } });
    expect(observed.events).to.have.lengthOf(4);
    return observed;
  });

  probe('loses nothing of what is new in too many reports', async (host) => {
    const { events } = await host.observe('probe reports', { input: { total: 30_000 } });
    const state: unknown = Object.assign({}, ...events);
    expect(state).to.deep.equal({ type: 'progress', message: 'first phase', unit: 'steps', completed: 30_000, total: 30_000 });
    return state;
  });

  probe('gives what came before an error', async (host) => {
    const observed = await host.observe('probe counts', { input: { to: 5, fail: 4 }, output: new Text() });
    expect(observed.events).to.have.lengthOf(3);
    expect(observed.error).to.include({ code: 'PROBE_STUCK' });
    return observed;
  });

  probe('refuses an item that is no data', async (host) => {
    const observed = await host.observe('probe bad-items');
    expect(observed.error).to.include({ code: 'RESULT_NOT_CLONEABLE' });
    return observed;
  });

  probe('ends when it is cancelled', async (host) => {
    let last = 0;
    const observed = await host.observe('probe endless', {
      collect: false,
      onEvent: (event, execution) => {
        if (event.type !== 'item') return;
        expect(event.item, 'in order').to.equal(last + 1);
        last = event.item as number;
        if (last === 200) execution.cancel('enough');
      },
    });
    return { error: { ...observed.error, cause: undefined }, exitCode: observed.exitCode, logs: observed.logs };
  });

  probe('goes on for a reader that comes back no more', async (host) => {
    const execution = host.structum.start<string>('probe counts' as never, { to: 2500 } as never, { collect: false });
    let count = 0;
    for await (const event of execution) {
      if (event.type === 'item') count += 1;
      if (count === 10) break;
    }
    return { count, result: await execution.result };
  });
});
