import { either, fails, gives, limited, whatever, type Attempt, type Outcome, type Subject } from '../attempt.js';

const violates = fails('PROTOCOL_VIOLATION');
/** The host answers, and nobody there knows of it. */
const lost: Outcome = either(limited('wallTime'), fails('PLUGIN_CRASHED'));
const STAY = `return new Promise(() => {});`;

const bytes: readonly Attempt[] = [
  { what: 'send a frame that claims to have 4 GiB', code: `sendAll(Buffer.concat([Buffer.alloc(8, 0xff), Buffer.alloc(1e6)])); ${STAY}`, outcome: violates, calm: true },
  { what: 'send a frame whose body claims to have 4 GiB', code: `sendAll(Buffer.concat([Buffer.from([0, 0, 0, 2, 255, 255, 255, 255]), Buffer.from('{}')])); ${STAY}`, outcome: violates, calm: true },
  { what: 'send garbage', code: `sendAll(require('node:crypto').randomBytes(1e6)); ${STAY}`, outcome: violates, calm: true },
  { what: 'send nothing but zeros', code: `sendAll(Buffer.alloc(1e6)); ${STAY}`, outcome: violates, calm: true },
  { what: 'send a header that is not JSON', code: `sendAll(frame('{"kind":')); ${STAY}`, outcome: violates, calm: true },
  { what: 'send a header that is not UTF-8', code: `sendAll(Buffer.concat([Buffer.from([0, 0, 0, 4, 0, 0, 0, 0]), Buffer.from([0x7b, 0xff, 0xfe, 0x7d])])); ${STAY}`, outcome: violates },
  { what: 'send a list', code: `sendAll(frame([])); ${STAY}`, outcome: violates },
  { what: 'send an empty message', code: `sendAll(frame({})); ${STAY}`, outcome: violates },
  { what: 'send a message of an unknown kind', code: `sendAll(frame({ kind: 'constructor', id: 'x', method: 'run', data: null })); ${STAY}`, outcome: violates },
  { what: 'send a deep header', code: `sendAll(frame('['.repeat(5e5) + ']'.repeat(5e5))); ${STAY}`, outcome: violates },
  { what: 'send deep data', code: `sendAll(frame('{"kind":"request","id":"l","method":"log","data":' + '['.repeat(5e4) + ']'.repeat(5e4) + '}')); ${STAY}`, outcome: violates, calm: true },
  { what: 'send a body that belongs to nothing', code: `sendAll(frame({ kind: 'request', id: 'l', method: 'log', data: { records: [] } }, Buffer.alloc(1e6))); ${STAY}`, outcome: violates },
  { what: 'send half a frame and stop', code: `sendAll(frame({ kind: 'request', id: 'l', method: 'log', data: {} }).subarray(0, 12)); ${STAY}`, outcome: either(limited('wallTime'), violates), hurried: true, calm: true },
  { what: 'send a frame byte by byte', code: `for (const byte of frame({ kind: 'notice', method: 'none', data: null })) sendAll(Buffer.from([byte])); ${STAY}`, outcome: violates, calm: true },
];

const keys: readonly Attempt[] = [
  { what: 'send a header with a key __proto__', code: `sendAll(frame('{"__proto__":{"polluted":1},"kind":"request","id":"l","method":"log","data":{"records":[]}}')); ${STAY}`, outcome: violates },
  { what: 'send data with a key __proto__', code: `sendAll(frame('{"kind":"request","id":"l","method":"log","data":{"records":[{"level":"error","message":"x","fields":{"__proto__":{"polluted":1}},"errors":{}}]}}')); ${STAY}`, outcome: violates },
  { what: 'ask for the method __proto__', code: `sendAll(frame({ kind: 'request', id: '1', method: '__proto__', data: null })); ${STAY}`, outcome: violates },
  { what: 'ask for the method hasOwnProperty', code: `sendAll(frame({ kind: 'request', id: '1', method: 'hasOwnProperty', data: null })); ${STAY}`, outcome: violates },
  { what: 'ask for a member that all objects have', code: `sendAll(frame({ kind: 'wait', id: '1', method: 'service', data: { service: 'structum.registry', member: 'constructor', args: [] } })); ${STAY}`, outcome: either(violates, limited('wallTime')), hurried: true },
  { what: 'ask for a service that it was not granted', code: `sendAll(frame({ kind: 'request', id: 'x1', method: 'service', data: { service: 'structum.config', member: 'get', args: ['plugins'] } })); ${STAY}`, outcome: lost, hurried: true },
  { what: 'ask for a service by a number', code: `sendAll(frame({ kind: 'request', id: '1', method: 'service', data: { service: 1, member: {}, args: 5 } })); ${STAY}`, outcome: violates },
];

const numbers: readonly Attempt[] = [
  { what: 'answer what nobody asked', code: `sendAll(frame({ kind: 'answer', id: 'x', data: null })); ${STAY}`, outcome: violates },
  { what: 'guess what is asked', code: `for (let i = 0; i < 50; i += 1) sendAll(frame({ kind: 'answer', id: String(i), data: { result: 'forged' } })); ${STAY}`, outcome: violates, calm: true },
  { what: 'answer twice', code: `for (let i = 0; i < 2; i += 1) sendAll(frame({ kind: 'answer', id: globalThis.lastId, data: { result: 'forged' } })); ${STAY}`, outcome: either(gives('forged'), violates) },
  { what: 'fail twice', code: `for (let i = 0; i < 2; i += 1) sendAll(frame({ kind: 'failure', id: globalThis.lastId, data: { type: 'error', message: 'forged', causes: [] } })); ${STAY}`, outcome: fails('COMMAND_FAILED', 'PROTOCOL_VIOLATION') },
  { what: 'answer with something else than it must', code: `sendAll(frame({ kind: 'answer', id: globalThis.lastId, data: [] })); ${STAY}`, outcome: violates },
  { what: 'ask two things under one id', code: `for (let i = 0; i < 2; i += 1) sendAll(frame({ kind: 'request', id: 'same', method: 'run', data: { call: globalThis.lastCall, command: 'protocol attempt', input: { name: 'never', facts: '{}' } } })); ${STAY}`, outcome: violates },
  { what: 'ask for a thousand things at once', code: `for (let i = 0; i < 1000; i += 1) sendAll(frame({ kind: 'request', id: 'many' + i, method: 'run', data: { call: globalThis.lastCall, command: 'protocol attempt', input: { name: 'never', facts: '{}' } } })); ${STAY}`, outcome: violates },
  { what: 'ask under a long id', code: `sendAll(frame({ kind: 'request', id: 'x'.repeat(1e6), method: 'run', data: null })); ${STAY}`, outcome: violates },
  { what: 'ask in the name of no call', code: `sendAll(frame({ kind: 'request', id: 'x2', method: 'tell', data: { call: 'none', news: [{ write: 'x' }] } })); ${STAY}`, outcome: lost, hurried: true },
  { what: 'tell in the name of no call', code: `sendAll(frame({ kind: 'notice', method: 'tell', data: { call: 'none', news: [] } })); ${STAY}`, outcome: either(violates, limited('wallTime')), hurried: true },
  { what: 'ask to run as a notice', code: `sendAll(frame({ kind: 'notice', method: 'run', data: { call: globalThis.lastCall, command: 'none at all', input: {} } })); ${STAY}`, outcome: either(violates, limited('wallTime')), hurried: true },
  { what: 'ask for a service as a notice', code: `sendAll(frame({ kind: 'notice', method: 'service', data: { service: 'structum.config', member: 'get', args: [] } })); ${STAY}`, outcome: either(violates, limited('wallTime')), hurried: true },
  { what: 'wait for an answer and never take it', code: `sendAll(frame({ kind: 'wait', id: 'w', method: 'service', data: { service: 'structum.config', member: 'get', args: [] } })); ${STAY}`, outcome: limited('wallTime'), hurried: true },
  { what: 'say that it has failed, and stay', code: `sendAll(frame({ kind: 'notice', method: 'crashed', data: { error: { type: 'error', message: 'forged', causes: [] } } })); ${STAY}`, outcome: fails('PLUGIN_CRASHED') },
  { what: 'warn with what is no error', code: `sendAll(frame({ kind: 'notice', method: 'warn', data: { error: { type: 'value', value: 1 }, level: 'warn' } })); return 'warned';`, outcome: gives('warned') },
  { what: 'say again that it begins', code: `sendAll(frame({ kind: 'request', id: 'x5', method: 'tell', data: { call: globalThis.lastCall, news: [{ started: true }] } })); ${STAY}`, outcome: violates },
  { what: 'tell news of no kind', code: `sendAll(frame({ kind: 'request', id: 'x4', method: 'tell', data: { call: globalThis.lastCall, news: [{ constructor: 1, __proto__: null }] } })); ${STAY}`, outcome: violates },
  { what: 'say that it gives an exit code that there is not', code: `sendAll(frame({ kind: 'request', id: 'x3', method: 'tell', data: { call: globalThis.lastCall, news: [{ exitCode: 1e9 }] } })); ${STAY}`, outcome: lost, hurried: true },
];

const floods: readonly Attempt[] = [
  { what: 'send thousands of notices', code: `const one = frame({ kind: 'notice', method: 'warn', data: { level: 'debug', error: { type: 'value', value: 1 } } }); const many = Buffer.concat(Array.from({ length: 1000 }, () => one)); for (let i = 0; i < 50; i += 1) sendAll(many); return 'sent';`, outcome: either(violates, gives('sent')), calm: true },
  { what: 'send notices forever', code: `const one = frame({ kind: 'notice', method: 'warn', data: { level: 'debug', error: { type: 'value', value: 1 } } }); const many = Buffer.concat(Array.from({ length: 1000 }, () => one)); for (;;) sendAll(many);`, outcome: either(violates, limited('wallTime')), hurried: true, calm: true },
  { what: 'ask forever, and never take answers', code: `for (let i = 0; ; i += 1) sendAll(frame({ kind: 'request', id: 'f' + i, method: 'tell', data: { call: globalThis.lastCall, news: [{ progress: { completed: i } }] } }));`, outcome: either(violates, limited('wallTime')), hurried: true, calm: true },
  { what: 'ask forever with waiting, and never take answers', code: `for (let i = 0; ; i += 1) sendAll(frame({ kind: 'wait', id: 'f' + i, method: 'service', data: { service: 'structum.config', member: 'get', args: [] } }));`, outcome: either(violates, limited('wallTime')), hurried: true, calm: true },
  { what: 'report progress forever', code: `for (let i = 0; ; i += 1) { context.progress.report({ completed: i }); if (i % 100 === 0) await undefined; }`, outcome: either(limited('wallTime', 'memory'), fails('PLUGIN_CRASHED')), hurried: true, calm: true },
  { what: 'write log lines forever', code: `for (;;) { context.logger.debug('x'.repeat(1000)); await new Promise(setImmediate); }`, outcome: limited('wallTime'), hurried: true, calm: true },
];

/** What would be known of the other side by whoever looks: what the host asks, and under which number. */
const EAVESDROP = `const parse = JSON.parse; JSON.parse = (text, ...more) => { const found = parse(text, ...more); if (found?.kind === 'request' && found.method === 'execute') { globalThis.lastId = found.id; globalThis.lastCall = found.data.call; } return found; };`;

/** What travels between a process and its host. */
export const PROTOCOL: Subject = {
  name: 'protocol',
  onLoad: EAVESDROP,
  attempts: [...bytes, ...keys, ...numbers, ...floods, { what: 'never', code: STAY, outcome: whatever, hurried: true, only: 'api' }],
};
