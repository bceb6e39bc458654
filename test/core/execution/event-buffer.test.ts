import { expect } from 'chai';
import { EventBuffer } from '#internal/core/execution/event-buffer.js';

const CAPACITY = 1024;

async function typesIn(buffer: EventBuffer): Promise<Readonly<Record<string, number>>> {
  buffer.close();
  const counts: Record<string, number> = {};
  for await (const { type } of buffer) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function log(buffer: EventBuffer): void {
  buffer.push({ type: 'log', record: { time: 0, level: 'info', message: 'line', fields: {} } });
}

describe('EventBuffer', () => {
  it('drops the oldest progress first, then the oldest log lines', async () => {
    const buffer = new EventBuffer({ itemsMustArrive: false });
    for (let index = 0; index < 100; index++) buffer.push({ type: 'progress', completed: index });
    for (let index = 0; index < CAPACITY; index++) log(buffer);
    expect(await typesIn(buffer)).to.deep.equal({ log: CAPACITY });

    const mixed = new EventBuffer({ itemsMustArrive: false });
    for (let index = 0; index < CAPACITY; index++) log(mixed);
    for (let index = 0; index < 10; index++) await mixed.pushItem(index);
    expect(await typesIn(mixed)).to.deep.equal({ log: CAPACITY - 10, item: 10 });
  });

  it('has the next progress tell what dropped progress told', async () => {
    const buffer = new EventBuffer({ itemsMustArrive: false });
    buffer.push({ type: 'progress', message: 'reading', total: 5 });
    for (let index = 0; index < CAPACITY; index++) log(buffer);
    buffer.push({ type: 'progress', completed: 1 });
    const reader = buffer[Symbol.asyncIterator]();
    await reader.next();
    buffer.push({ type: 'progress', completed: 2 });
    buffer.close();
    let last: unknown;
    for await (const event of buffer) last = event;
    expect(last).to.deep.equal({ type: 'progress', message: 'reading', total: 5, completed: 2 });
  });

  it('never drops a log line for progress', async () => {
    const buffer = new EventBuffer({ itemsMustArrive: false });
    for (let index = 0; index < CAPACITY; index++) log(buffer);
    buffer.push({ type: 'progress', completed: 1 });
    expect(await typesIn(buffer)).to.deep.equal({ log: CAPACITY });
  });

  it('makes the sender of an item wait for a slow reader', async () => {
    const buffer = new EventBuffer({ itemsMustArrive: true });
    for (let index = 0; index < CAPACITY; index++) await buffer.pushItem(index);
    let arrived = false;
    const waiting = buffer.pushItem('late').then(() => { arrived = true; });
    await new Promise((resolve) => setImmediate(resolve));
    expect(arrived).to.equal(false);
    const reader = buffer[Symbol.asyncIterator]();
    expect((await reader.next()).value).to.deep.equal({ type: 'item', item: 0 });
    await waiting;
    expect(arrived).to.equal(true);
  });

  it('takes nothing after it is closed, and lets a waiting sender go', async () => {
    const buffer = new EventBuffer({ itemsMustArrive: true });
    for (let index = 0; index < CAPACITY; index++) await buffer.pushItem(index);
    const waiting = buffer.pushItem('late');
    buffer.close();
    await waiting;
    log(buffer);
    expect(await typesIn(buffer)).to.deep.equal({ item: CAPACITY });
  });
});
