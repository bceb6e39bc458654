import { importOptional } from '../../../platform/index.js';
import { SecretFailure } from '../secret-failure.js';
import type { Scheme } from './scheme.js';

/** What of the package is used; see its type declarations. */
interface Keyring {
  readonly AsyncEntry: new (service: string, account: string) => {
    getPassword(signal: AbortSignal): Promise<string | null | undefined>;
  };
}

/** `${keyring:service/account}`: a password that the system keeps for its user. What is behind the last `/` is the account. */
export const keyring: Scheme = {
  lifetime: 300_000,
  async resolve(target, { locations, signal }) {
    const [, service, account] = /^(.+)\/([^/]+)$/s.exec(target.trim()) ?? [];
    if (service === undefined || account === undefined) throw new SecretFailure('unavailable', 'it must name a service and an account, as "service/account"');
    const { AsyncEntry } = await imported(locations);
    const password = await new AsyncEntry(service, account).getPassword(signal);
    if (typeof password !== 'string') throw new SecretFailure('unavailable', `the keyring has no password of "${account}" for "${service}"`);
    return password;
  },
};

async function imported(locations: readonly string[]): Promise<Keyring> {
  const found = await importOptional('@napi-rs/keyring', locations);
  if (found === undefined) throw new SecretFailure('missing-package', 'the package @napi-rs/keyring is not installed');
  return found as Keyring;
}
