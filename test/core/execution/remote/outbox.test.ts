import { expect } from 'chai';
import { cut } from '#internal/core/guest/chunk.js';
import { Outbox } from '#internal/core/guest/outbox.js';

/** An outbox of numbers, each of which takes as much room as it is large; its host takes a batch when it is told to. */
function outbox(room: number): { readonly box: Outbox<number>; readonly sent: (readonly number[])[]; readonly take: (error?: Error) => Promise<void> } {
  const sent: (readonly number[])[] = [];
  const taken: ((error?: Error) => void)[] = [];
  const box = new Outbox<number>({
    room, sizeOf: (item) => item,
    send: (items) => new Promise<void>((resolve, reject) => {
      sent.push(items);
      taken.push((error) => { if (error === undefined) resolve(); else reject(error); });
    }),
  });
  const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
  return { box, sent, take: async (error) => { await settled(); taken.shift()?.(error); await settled(); } };
}

describe('Outbox', () => {
  it('sends what is added in one go together, and what comes meanwhile after it', async () => {
    const { box, sent, take } = outbox(100);
    for (const item of [1, 2, 3]) expect(box.add(item)).to.equal(undefined);
    await Promise.resolve();
    await Promise.resolve();
    void box.add(4);
    void box.add(5);
    await take();
    expect(sent).to.deep.equal([[1, 2, 3], [4, 5]]);
    await take();
    await box.flush();
  });

  it('has whoever adds more than there is room for wait', async () => {
    const { box, sent, take } = outbox(10);
    expect(box.add(8)).to.equal(undefined);
    let isThrough = false;
    const waiting = box.add(8)?.then(() => { isThrough = true; });
    await take();
    expect([sent, isThrough]).to.deep.equal([[[8, 8]], true]);
    await waiting;
  });

  it('sends no more at once than there is room for, but for one item', async () => {
    const { box, sent, take } = outbox(10);
    for (const item of [4, 4, 4, 50, 1]) void box.add(item);
    for (let batch = 0; batch < 4; batch += 1) await take();
    expect(sent).to.deep.equal([[4, 4, 4], [50], [1]]);
    await box.flush();
  });

  it('joins items that follow each other', async () => {
    const sent: unknown[] = [];
    const box = new Outbox<string>({ room: 10, sizeOf: ({ length }) => length, joined: (last, next) => (last.length + next.length > 4 ? undefined : last + next), send: (items) => { sent.push(items); return Promise.resolve(); } });
    for (const item of ['a', 'b', 'cd', 'e', 'fghi']) void box.add(item);
    await box.flush();
    expect(sent).to.deep.equal([['abcd', 'e', 'fghi']]);
  });

  it('tells who joins items whether there is room for more', async () => {
    const sent: unknown[] = [];
    const box = new Outbox<number>({ room: 2, sizeOf: () => 1, joined: (last, next, isFull) => (isFull ? last + next : undefined), send: (items) => { sent.push(items); return Promise.resolve(); } });
    for (const item of [1, 2, 3, 4]) void box.add(item);
    await box.flush();
    expect(sent).to.deep.equal([[1, 9]]);
  });

  it('tells everybody what went wrong, and sends nothing any more', async () => {
    const { box, sent, take } = outbox(10);
    void box.add(1);
    const flushed = box.flush().catch((error: unknown) => error);
    await take(new RangeError('full'));
    expect(await flushed).to.be.instanceOf(RangeError);
    expect(await box.add(2)?.catch((error: unknown) => error)).to.be.instanceOf(RangeError);
    expect(sent).to.deep.equal([[1]]);
  });
});

describe('pieces of output', () => {
  it('are cut, and no character with them', () => {
    expect(cut('abcde', 2)).to.deep.equal(['ab', 'cd', 'e']);
    expect(cut('a🙂b', 2)).to.deep.equal(['a', '🙂', 'b']);
    expect(cut('🙂🙂', 1)).to.deep.equal(['🙂', '🙂']);
    expect(cut('\ud800', 1)).to.deep.equal(['\ud800']);
    expect(cut(new Uint8Array([1, 2, 3]), 2)).to.deep.equal([new Uint8Array([1, 2]), new Uint8Array([3])]);
    expect(cut('', 2)).to.deep.equal([]);
  });
});
