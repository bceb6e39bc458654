/** Marks an error as Structum's own, whichever copy of the core made it. */
const BRAND = Symbol.for('structum.error');

/** What a {@link StructumError} is made of. */
export interface StructumErrorInit {
  /** Stable, upper-case name of the failure, e.g. `COMMAND_UNKNOWN`. */
  readonly code: string;
  /** One sentence: the subject and the likely cause. */
  readonly message: string;
  /** One sentence: what to do next. */
  readonly hint?: string | undefined;
  /** Facts for programs, as structured-clone data. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** The exit code of a command line that ends with this error; 1 when left out. */
  readonly exitCode?: number | undefined;
  /** The error underneath. */
  readonly cause?: unknown;
}

/** Whose code threw an error. */
export interface ErrorSource {
  readonly plugin: string;
  readonly command?: string;
}

/**
 * The one error type of Structum: a stable {@link code}, a message that names the subject, and a
 * {@link hint} that says what to do.
 *
 * Plugins throw it too, with codes of their own. Recognise it with {@link StructumError.is}, never
 * with `instanceof`: a second copy of the core has a second class.
 */
export class StructumError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly exitCode: number;
  /** The plugin, and its command, whose code threw it; `undefined` where that is the core, or is not known. */
  declare readonly source: ErrorSource | undefined;

  constructor(init: StructumErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'StructumError';
    this.code = init.code;
    this.hint = init.hint;
    this.details = init.details;
    this.exitCode = init.exitCode ?? 1;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether `value` is a StructumError of this or any other copy of the core. */
  static is(value: unknown): value is StructumError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
  }

  /** The error as plain data, for logs and `--json`. */
  toJSON(): { code: string; message: string; hint?: string; details?: Readonly<Record<string, unknown>>; source?: ErrorSource } {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details === undefined ? {} : { details: this.details }),
      ...(this.source === undefined ? {} : { source: this.source }),
    };
  }
}

/** The same error, which says from now on whose code threw it; who was said first stays. */
export function thrownBy<Thrown>(source: ErrorSource, error: Thrown): Thrown {
  if (!StructumError.is(error) || error.source !== undefined || !Object.isExtensible(error)) return error;
  Object.defineProperty(error, 'source', { value: Object.freeze({ ...source }), configurable: true });
  return error;
}

/** The message of anything that was thrown, also of what cannot be made text. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error && typeof thrown.message === 'string' ? thrown.message : String(thrown);
  } catch {
    return `something of type ${typeof thrown} that has no text`;
  }
}

/** What an error of a plugin's own says to do. */
export function remedyIn(error: unknown): { readonly remedy?: string } {
  return StructumError.is(error) && error.hint !== undefined ? { remedy: error.hint } : {};
}
