import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';

const MEBIBYTE = 1024 * 1024;

/** A worker that takes so many bytes more when it is told, and then says how much it has. */
const SOURCE = `
  const { parentPort, workerData } = require('node:worker_threads');
  globalThis.taken = [];
  import(workerData).then(({ memoryInUse }) => {
    parentPort.on('message', (bytes) => {
      globalThis.taken.push(Buffer.alloc(bytes, 1));
      parentPort.postMessage(memoryInUse());
    });
  });
`;

describe('the memory of a guest in a worker', () => {
  let worker: Worker;

  beforeEach(() => { worker = new Worker(SOURCE, { eval: true, workerData: import.meta.resolve('#internal/core/guest/memory-in-use.js') }); });
  afterEach(() => worker.terminate());

  async function afterTaking(bytes: number): Promise<number> {
    worker.postMessage(bytes);
    const [memory] = (await once(worker, 'message')) as [number];
    return memory;
  }

  it('is what it has itself', async () => {
    const before = await afterTaking(0);
    expect(await afterTaking(128 * MEBIBYTE)).to.be.above(before + 100 * MEBIBYTE);
  });

  it('is not what its host has', async () => {
    const before = await afterTaking(0);
    const taken = Buffer.alloc(128 * MEBIBYTE, 1);
    expect(await afterTaking(0)).to.be.below(before + 64 * MEBIBYTE);
    expect(taken).to.have.lengthOf(128 * MEBIBYTE);
  });
});
