import { BlockList, isIP, isIPv4 } from 'node:net';

/** An address of one machine, in the one way to write it. */
export interface Address {
  /** Without brackets and zone; one of version 4 that is written as one of version 6 is one of version 4. */
  readonly text: string;
  readonly family: 4 | 6;
}

/** The address that a text names; `undefined` where it is none. */
export function addressOf(text: string): Address | undefined {
  const [plain = ''] = text.split('%');
  const family = isIP(plain);
  if (family === 4) return { text: plain, family };
  if (family === 0) return undefined;
  const canonical = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const mapped = embedded(canonical, /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/);
  return mapped === undefined ? { text: canonical, family: 6 } : { text: mapped, family: 4 };
}

/** Whether anybody on the internet may be meant: not this machine, its network, or what only looks like something else. */
export function isPublic({ text, family }: Address): boolean {
  if (family === 4) return !RESERVED.check(text, 'ipv4');
  const translated = embedded(text, /^64:ff9b::([\da-f]{1,4}):([\da-f]{1,4})$/);
  if (translated !== undefined) return isPublic({ text: translated, family: 4 });
  return GLOBAL.check(text, 'ipv6') && !RESERVED.check(text, 'ipv6');
}

/** Whether this machine is meant, and nothing else can be. */
export function isLoopback({ text }: Address): boolean {
  return text === '::1' || (isIPv4(text) && text.startsWith('127.'));
}

/** An address of version 4 that is the end of one of version 6. */
function embedded(text: string, form: RegExp): string | undefined {
  const [, high, low] = form.exec(text) ?? [];
  if (high === undefined || low === undefined) return undefined;
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]).join('.');
}

/** All that there is of version 6 for everybody. */
const GLOBAL = blockList([['2000::', 3]], 'ipv6');

/** What is not for everybody, by the registries of IANA for special purposes; and where Azure tells a machine about itself. */
const RESERVED = blockList([
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4], ['168.63.129.16', 32],
], 'ipv4', blockList([['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]], 'ipv6'));

function blockList(subnets: readonly (readonly [network: string, prefix: number])[], family: 'ipv4' | 'ipv6', list = new BlockList()): BlockList {
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
}
