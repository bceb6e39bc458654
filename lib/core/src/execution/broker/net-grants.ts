import { domainToASCII } from 'node:url';
import { netEntry } from '../../manifest/permission-entry.js';
import { addressOf, isLoopback, isPublic, type Address } from './addresses.js';

/** A server: a name, or an address without brackets, and a port. */
export interface Server {
  readonly host: string;
  readonly port: number;
}

/**
 * Which servers a plugin may ask. Who names a server, `api.example.org:443`, does not say where that name leads: an address
 * that is not public must be named itself, `10.0.0.5:443`, and no pattern does. Only `localhost` says that it is this machine.
 */
export class NetGrants {
  readonly #entries: readonly { readonly host: string; readonly port: string }[];

  /** @param entries - Of the permission `net`. */
  constructor(entries: readonly string[]) {
    this.#entries = entries.flatMap((entry) => {
      const granted = netEntry(entry);
      return granted === undefined ? [] : [{ host: canonical(granted.host), port: granted.port }];
    });
  }

  /** Whether a server may be asked, wherever it is. */
  allows({ host, port }: Server): boolean {
    return this.#entries.some((entry) => covers(entry.host, host) && (entry.port === '*' || entry.port === String(port)));
  }

  /** Whether a server that may be asked may be at this address. */
  allowsAddress({ host, port }: Server, address: Address): boolean {
    if (isPublic(address)) return true;
    return this.#names({ host: address.text, port }) || (host === 'localhost' && isLoopback(address) && this.#names({ host, port }));
  }

  #names({ host, port }: Server): boolean {
    return this.#entries.some((entry) => entry.host === host && entry.port === String(port));
  }
}

/** As URLs have it. */
function canonical(host: string): string {
  if (host === '*') return host;
  const address = addressOf(host);
  if (address !== undefined) return address.text;
  return host.startsWith('*.') ? `*.${domainToASCII(host.slice(2))}` : domainToASCII(host);
}

function covers(pattern: string, host: string): boolean {
  return pattern === '*' || pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}
