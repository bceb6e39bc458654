import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';

/** Milliseconds that timers came late at most, in this thread and in one that has nothing to do. */
export interface LoopLag {
  readonly host: number;
  /** What the machine itself did to a thread meanwhile. */
  readonly control: number;
}

const MILLISECOND = 1e6;

/** Tells how long this thread kept timers waiting, beside one that shows how loaded the machine is. */
export class LagMeter {
  readonly #control = new Worker(CONTROL, { eval: true });
  readonly #own = monitorEventLoopDelay({ resolution: 1 });

  constructor() {
    this.#control.unref();
  }

  /** Measures while `work` is done. */
  async during(work: () => Promise<unknown>): Promise<LoopLag> {
    await this.#ask('begin');
    this.#own.enable();
    this.#own.reset();
    try {
      await work();
    } finally {
      this.#own.disable();
    }
    const host = this.#own.max / MILLISECOND;
    return { host, control: await this.#ask('end') };
  }

  async dispose(): Promise<void> {
    await this.#control.terminate();
  }

  #ask(question: 'begin' | 'end'): Promise<number> {
    return new Promise((resolve) => {
      this.#control.once('message', resolve);
      this.#control.postMessage(question);
    });
  }
}

const CONTROL = `
const { parentPort } = require('node:worker_threads');
const delay = require('node:perf_hooks').monitorEventLoopDelay({ resolution: 1 });
parentPort.on('message', (question) => {
  if (question === 'begin') { delay.enable(); delay.reset(); } else delay.disable();
  parentPort.postMessage(delay.max / ${String(MILLISECOND)});
});`;
