import type { Structum } from '@structum/core';
import { uptime } from './clock.js';
import { escapeLine } from './terminal/escape.js';

/** One line of the table: what took how many milliseconds. */
export interface Timing {
  readonly label: string;
  readonly duration: number;
}

/** Notes where the time of one command line goes. */
export class Timings {
  readonly #rows: Timing[] = [];

  add(label: string, duration: number): void {
    this.#rows.push({ label, duration });
  }

  /** Notes how long `action` takes. */
  async measure<Value>(label: string, action: () => Promise<Value>): Promise<Value> {
    const begin = uptime();
    try {
      return await action();
    } finally {
      this.add(label, uptime() - begin);
    }
  }

  /** Notes how long plugins take to load and activate, and the command to run. */
  follow(host: Structum): void {
    host.on('plugin:loaded', ({ plugin, duration }) => { this.add(`load ${plugin}`, duration); });
    host.on('plugin:activated', ({ plugin, duration }) => { this.add(`activate ${plugin}`, duration); });
    host.on('command:finished', ({ command, duration }) => { this.add(`execute ${command}`, duration); });
  }

  /**
   * The rows as JSON, or as a table for people. The total goes from the start of the process to now; what of it no row
   * accounts for is the row `other`: finding the command, rendering, waiting.
   */
  report(isJson: boolean): string {
    const total = uptime();
    const noted = this.#rows.reduce((sum, { duration }) => sum + duration, 0);
    const rows = [...this.#rows, { label: 'other', duration: Math.max(0, total - noted) }, { label: 'total', duration: total }];
    return isJson ? `${JSON.stringify({ timings: rows })}\n` : tableOf(rows);
  }
}

function tableOf(rows: readonly Timing[]): string {
  const width = Math.max(...rows.map(({ label }) => label.length));
  return rows.map(({ label, duration }) => `${escapeLine(label).padEnd(width)}  ${duration.toFixed(1).padStart(9)} ms\n`).join('');
}
