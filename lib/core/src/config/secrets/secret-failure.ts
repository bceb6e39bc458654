/** Why a reference cannot be resolved, before it is said which setting holds it. */
export class SecretFailure extends Error {
  readonly kind: 'missing-package' | 'refused' | 'timed-out' | 'unavailable' | 'unknown-scheme';
  /** What to do about it. */
  readonly remedy: string | undefined;

  /** @param problem - As it reads after the reference: `the environment variable TOKEN is not set`. */
  constructor(kind: SecretFailure['kind'], problem: string, { remedy, cause }: { readonly remedy?: string | undefined; readonly cause?: unknown } = {}) {
    super(problem, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.remedy = remedy;
  }
}
