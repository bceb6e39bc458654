import type { SecretProvider } from '../../contract/index.js';
import { messageOf, StructumError } from '../../errors/index.js';
import { within } from '../../platform/index.js';
import type { ProgramRefusal } from './programs.js';
import { SCHEMES } from './schemes/index.js';
import type { SchemeContext } from './schemes/scheme.js';
import { SecretCache, type LastingSecret } from './secret-cache.js';
import { SecretFailure } from './secret-failure.js';
import type { SecretReference } from './template.js';

/** What resolving needs from its host. */
export interface SecretsHost extends Omit<SchemeContext, 'folder' | 'signal'> {
  /** Milliseconds that resolving one reference may take. */
  readonly limit: number;
}

/** Who asks for a secret. */
export interface Asking {
  /** The folder of the file that holds the reference; absent where that is none. */
  readonly folder?: string | undefined;
  /** Why no program may be run for it, and what to do about that; absent where one may. */
  readonly refusal?: ProgramRefusal | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Gets every text that is resolved, and is a part of that. */
  readonly found: (text: string) => void;
  /** Who resolves a scheme that not every host knows; `undefined` where nobody does. Rejects with why it cannot be used. */
  readonly provider: (scheme: string) => Promise<SecretProvider | undefined>;
}

/** Milliseconds for which a value is kept where its provider says nothing. */
const LIFETIME = 300_000;

/** Resolves references, each within a time limit. */
export class SecretResolver {
  readonly #host: SecretsHost;
  readonly #cache = new SecretCache();

  constructor(host: SecretsHost) {
    this.#host = host;
  }

  /** @throws a {@link SecretFailure}, or the reason of `asking.signal`. */
  async resolve(reference: SecretReference, asking: Asking): Promise<string> {
    const { value } = await this.#secret(reference, asking);
    asking.found(value);
    return value;
  }

  /** From now on, all are resolved anew. */
  forget(): void {
    this.#cache.forget();
  }

  async #secret({ scheme, target, text }: SecretReference, asking: Asking): Promise<LastingSecret> {
    const { folder, signal, refusal } = asking;
    const builtIn = SCHEMES.get(scheme);
    if (builtIn !== undefined) {
      // Also where a value is known: whose it is makes a difference.
      if (builtIn.runsPrograms === true && refusal !== undefined) throw new SecretFailure('refused', refusal.problem, refusal);
      const work = async (ending: AbortSignal): Promise<LastingSecret> => ({ value: await builtIn.resolve(target, { ...this.#host, folder, signal: ending }), lifetime: builtIn.lifetime });
      return this.#cache.get(JSON.stringify([text, folder]), (ending) => this.#limited(work, ending), signal);
    }
    const known = this.#cache.known(text);
    if (known !== undefined) return known;
    // Before anybody shares it: whoever waits for a provider that waits for him would wait for ever.
    const provider = await foundBy(asking, scheme);
    return this.#cache.get(text, (ending) => this.#limited((given) => ofProvider(provider, target, given), ending), signal);
  }

  async #limited(work: (signal: AbortSignal) => Promise<LastingSecret>, signal: AbortSignal): Promise<LastingSecret> {
    const { limit } = this.#host;
    try {
      return await within(limit, () => work(signal), () => new SecretFailure('timed-out', `${String(limit)} ms were not enough`), { until: signal });
    } catch (error) {
      throw asFailure(error);
    }
  }
}

async function foundBy({ provider, signal }: Asking, scheme: string): Promise<SecretProvider> {
  let found: SecretProvider | undefined;
  try {
    found = await provider(scheme);
  } catch (error) {
    signal.throwIfAborted();
    throw asFailure(error);
  }
  if (found === undefined) throw new SecretFailure('unknown-scheme', `nobody knows the scheme "${scheme}"`);
  // A plugin may provide anything under that name.
  if (typeof (found as Partial<SecretProvider>).resolve !== 'function') throw new SecretFailure('unavailable', 'its provider has no method resolve()');
  return found;
}

async function ofProvider(provider: SecretProvider, target: string, signal: AbortSignal): Promise<LastingSecret> {
  const given: unknown = await provider.resolve(target, { signal });
  const { value, lifetime } = typeof given === 'object' && given !== null ? given as { readonly value?: unknown; readonly lifetime?: unknown } : { value: given, lifetime: undefined };
  if (typeof value !== 'string') throw new SecretFailure('unavailable', 'its provider gave no text');
  const lasting = lifetime ?? provider.lifetime ?? LIFETIME;
  if (typeof lasting !== 'number' || !(lasting >= 0)) throw new SecretFailure('unavailable', 'its provider gave a lifetime that is no number of milliseconds');
  return { value, lifetime: lasting };
}

function asFailure(error: unknown): SecretFailure {
  if (error instanceof SecretFailure) return error;
  return new SecretFailure('unavailable', messageOf(error).replace(/\.$/, ''), { remedy: StructumError.is(error) ? error.hint : undefined, cause: error });
}
