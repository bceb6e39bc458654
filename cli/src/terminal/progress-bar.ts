import type { ProgressUpdate } from '@structum/core';
import { uptime } from '../clock.js';
import { escapeLine } from './escape.js';
import type { StandardError } from './standard-error.js';
import { textWidth, truncate } from './text.js';

/** Draws how far a command is, on the last line of a terminal. */
export class ProgressBar {
  readonly #stderr: StandardError;
  readonly #unicode: boolean;
  readonly #now: () => number;
  #state: ProgressUpdate = {};
  #nextDraw: number;

  constructor(stderr: StandardError, unicode: boolean, now: () => number = uptime) {
    this.#stderr = stderr;
    this.#unicode = unicode;
    this.#now = now;
    this.#nextDraw = now() + DELAY_MS;
  }

  /** Takes what is new; what an update leaves out stays as it was. */
  report(update: ProgressUpdate): void {
    this.#state = { ...this.#state, ...update };
    const now = this.#now();
    if (now < this.#nextDraw) return;
    this.#nextDraw = now + INTERVAL_MS;
    this.#stderr.show(progressLine(this.#state, this.#stderr.columns - 1, this.#unicode));
  }
}

/** Quick commands show no bar at all. */
const DELAY_MS = 200;
const INTERVAL_MS = 100;

/** `reading files  ███████░░░░░  58 %  1,160 / 2,000 files`, at most `width` columns. */
export function progressLine({ message = '', completed, total, unit }: ProgressUpdate, width: number, unicode: boolean): string {
  const counted = completed === undefined ? '' : count(completed, total, unit);
  // In hundredths from the start: 0.58 * 100 is a little less than 58.
  const share = completed === undefined || total === undefined || total <= 0 ? undefined : Math.min(100, Math.max(0, (completed * 100) / total));
  const percent = share === undefined ? '' : `${String(Math.floor(share)).padStart(3)} %`;
  const texts = [escapeLine(message), percent, counted].filter((text) => text !== '');
  const left = width - textWidth(texts.join('  ')) - 2;
  const bar = share === undefined || left < 10 ? [] : [barOf(share, Math.min(30, left), unicode)];
  const [first = '', ...others] = texts;
  return truncate((message === '' ? [...bar, ...texts] : [first, ...bar, ...others]).join('  '), width);
}

function count(completed: number, total: number | undefined, unit: string | undefined): string {
  const numbers = total === undefined ? grouped(completed) : `${grouped(completed)} / ${grouped(total)}`;
  return unit === undefined ? numbers : `${numbers} ${escapeLine(unit)}`;
}

function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function barOf(share: number, width: number, unicode: boolean): string {
  const filled = Math.round((share * width) / 100);
  const [full, empty] = unicode ? ['█', '░'] : ['#', '-'];
  return full.repeat(filled) + empty.repeat(width - filled);
}
