import { messageOf } from '../../../errors/index.js';
import { importOptional } from '../../../platform/index.js';
import { SecretFailure } from '../secret-failure.js';
import type { Scheme } from './scheme.js';

/** What of the package is used; see its type declarations. */
interface Keyring {
  readonly AsyncEntry: new (service: string, account: string, options?: KeyringOptions) => {
    getPassword(signal: AbortSignal): Promise<string | null | undefined>;
  };
}

interface KeyringOptions {
  /** Where this store cannot be reached, there is no entry. */
  readonly linux: { readonly store: 'secret-service' };
}

/** `${keyring:service/account}`: a password that the system keeps for its user. What is behind the last `/` is the account. */
export const keyring: Scheme = {
  lifetime: 300_000,
  async resolve(target, { locations, signal }) {
    const [, service, account] = /^(.+)\/([^/]+)$/s.exec(target.trim()) ?? [];
    if (service === undefined || account === undefined) throw new SecretFailure('unavailable', 'it must name a service and an account, as "service/account"');
    const keyring = await imported(locations);
    let password: string | null | undefined;
    try {
      password = await new keyring.AsyncEntry(service, account).getPassword(signal);
    } catch (error) {
      throw failed(messageOf(error), keyring, error);
    }
    if (typeof password !== 'string') throw failed(`the keyring has no password of "${account}" for "${service}"`, keyring);
    return password;
  },
};

/** Where the keyring of a desktop cannot be reached, the package asks that of Linux's kernel, and does not say so. */
function failed(problem: string, { AsyncEntry }: Keyring, cause?: unknown): SecretFailure {
  const failure = new SecretFailure('unavailable', problem, { cause, remedy: cause === undefined ? undefined : 'See that the keyring of your system is unlocked.' });
  if (process.platform !== 'linux') return failure;
  try {
    new AsyncEntry('structum', 'structum', { linux: { store: 'secret-service' } });
    return failure;
  } catch (error) {
    const remedy = 'Run this in the session of your desktop, or start a keyring that is reached by D-Bus, such as gnome-keyring or KWallet.';
    return new SecretFailure('unavailable', `only the keyring of the kernel can be reached (${trimmed(messageOf(error))}): ${trimmed(problem)}`, { remedy, cause: error });
  }
}

function trimmed(message: string): string {
  return message.replace(/\.$/, '');
}

async function imported(locations: readonly string[]): Promise<Keyring> {
  const found = await importOptional('@napi-rs/keyring', locations);
  if (found === undefined) throw new SecretFailure('missing-package', 'the package @napi-rs/keyring is not installed');
  return found as Keyring;
}
