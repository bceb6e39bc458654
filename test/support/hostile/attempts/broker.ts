import { denied, gives, type Attempt, type Subject } from '../attempt.js';

const net = denied('net');

/** Of this machine, and of those around it: however it is written. */
const PRIVATE = ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0x7f000001', '2130706433', '0.0.0.0', 'localhost', '169.254.169.254', '10.0.0.1', '192.168.0.1', '[fd00::1]', '[64:ff9b::7f00:1]'];

const asking: readonly Attempt[] = PRIVATE.map((host) => (
  { what: `have the host ask ${host}`, code: `return (await context.fetch('http://${host}:' + facts.tcp)).status;`, outcome: net, uncontained: 'not tried' }
));

const sentTo = (address: string): string => `return (await context.fetch('http://127.0.0.1:' + facts.redirecting + '/?to=' + encodeURIComponent(${address}))).text();`;

const redirected: readonly Attempt[] = [
  { what: 'have the host sent to where it may ask', code: sentTo(`'http://127.0.0.1:' + facts.redirecting`), outcome: gives('arrived'), uncontained: 'not tried' },
  { what: 'have the host sent on and on', code: sentTo(`'http://127.0.0.1:' + facts.redirecting + '/?to=http://127.0.0.1:' + facts.tcp`), outcome: net, uncontained: 'not tried' },
  ...PRIVATE.map((host): Attempt => ({ what: `have the host sent to ${host}`, code: sentTo(`'http://${host}:' + facts.tcp`), outcome: net, uncontained: 'not tried' })),
];

/** What the host asks for plugins. It looks at every address in each mode. */
export const BROKER: Subject = {
  name: 'broker',
  permissions: ({ redirecting }) => ({ net: ['*:*', `127.0.0.1:${String(redirecting)}`] }),
  attempts: [...asking, ...redirected],
};
