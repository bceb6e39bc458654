import { uptime } from './clock.js';

/** Signals that end a command, and the exit codes that shells use for them. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type EndingSignal = keyof typeof EXIT_CODES;

/** What to do when somebody wants an end. */
export interface SignalActions {
  /** The first time: let the command stop and clean up. */
  readonly cancel: (signal: string) => void;
  /** The second time: end the process now. */
  readonly abort: (exitCode: number, signal: NodeJS.Signals) => void;
}

/** Listens for Ctrl-C and for signals to end, from when it is made until {@link stop}. */
export class SignalWatch {
  readonly #actions: SignalActions;
  readonly #listener = (signal: NodeJS.Signals): void => { this.#receive(signal as EndingSignal); };
  #first: { readonly signal: EndingSignal; readonly time: number } | undefined;

  constructor(actions: SignalActions) {
    this.#actions = actions;
    for (const signal of Object.keys(EXIT_CODES)) process.on(signal, this.#listener);
  }

  /** The signal that came, if one did. */
  get signal(): NodeJS.Signals | undefined {
    return this.#first?.signal;
  }

  /** The exit code for that signal. */
  get exitCode(): number | undefined {
    return this.#first === undefined ? undefined : EXIT_CODES[this.#first.signal];
  }

  /** Leaves signals to the system again: the next one ends the process. */
  stop(): void {
    for (const signal of Object.keys(EXIT_CODES)) process.off(signal, this.#listener);
  }

  #receive(signal: EndingSignal): void {
    const now = uptime();
    if (this.#first === undefined) {
      this.#first = { signal, time: now };
      this.#actions.cancel(signal);
    } else if (now - this.#first.time > ECHO_MS) {
      this.stop();
      this.#actions.abort(EXIT_CODES[signal], signal);
    }
  }
}

/** One Ctrl-C can arrive twice: from the terminal, and handed on by npm or another parent. */
const ECHO_MS = 100;
