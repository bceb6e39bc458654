import type { UsageLimits } from '../../platform/usage-watch.js';

/** A program has more than it may, with what it started. */
export class Exceeded extends Error {
  readonly limit: keyof UsageLimits;

  constructor(limit: keyof UsageLimits) {
    super();
    this.limit = limit;
  }
}
