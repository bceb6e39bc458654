/** A time after which something ends, unless somebody ends it before. */
export interface TimeLimit {
  /** Milliseconds. */
  readonly limit: number;
  /** Aborted when the time is over, or the other signal is. */
  readonly signal: AbortSignal;
  readonly isOver: boolean;
  /** The time counts no more. */
  end(): void;
}

/** @param limit - Milliseconds from now on. */
export function timeLimit(signal: AbortSignal, limit: number): TimeLimit {
  const controller = new AbortController();
  const timer = setTimeout(() => { controller.abort(); }, limit);
  return {
    limit,
    signal: AbortSignal.any([signal, controller.signal]),
    get isOver() {
      return controller.signal.aborted;
    },
    end: () => { clearTimeout(timer); },
  };
}
