import { expect } from 'chai';
import { either, fails, gives, whatever, type Outcome, type Subject } from '../attempt.js';

const uncloneable = fails('RESULT_NOT_CLONEABLE', 'COMMAND_FAILED');
const failed = fails('COMMAND_FAILED');

/** Whatever came, nothing of it is in every object. */
const unpolluted: Outcome = () => {
  expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
  expect(([] as unknown as Record<string, unknown>)['polluted']).to.equal(undefined);
};

/** Has a call of the plugin's own be at work. */
const WHILE_IT_STAYS = `const stays = facts.writable + '/stays'; fs.rmSync(stays, { force: true }); context.run('data attempt', { name: 'stay, and say so', facts: JSON.stringify(facts) }).catch(() => undefined); while (!fs.existsSync(stays)) await new Promise((resolve) => setTimeout(resolve, 10));`;

/** What a plugin gives and throws. */
export const DATA: Subject = {
  name: 'data',
  attempts: [
    { what: 'give a result with a key __proto__', code: `return JSON.parse('{"__proto__":{"polluted":1}}');`, outcome: either(uncloneable, fails('PROTOCOL_VIOLATION'), unpolluted) },
    { what: 'give a result with keys of all objects', code: `return { constructor: { prototype: { polluted: 1 } }, toString: 1, hasOwnProperty: 2, valueOf: null, then: 3, toJSON: 4 };`, outcome: gives({ constructor: { prototype: { polluted: 1 } }, toString: 1, hasOwnProperty: 2, valueOf: null, then: 3, toJSON: 4 }) },
    { what: 'give a result with a key __proto__ in a map', code: `return { all: [...new Map([['__proto__', 1]])] };`, outcome: gives({ all: [['__proto__', 1]] }) },
    { what: 'give a deep result', code: `let deep = {}; for (let i = 0; i < 1e5; i += 1) deep = { deep }; return deep;`, outcome: either(uncloneable, fails('PROTOCOL_VIOLATION')) },
    { what: 'give a result that holds itself', code: `const self = []; self.push(self, 1); return self;`, outcome: whatever },
    { what: 'give more values than there may be', code: `return new Array(6e6).fill(0);`, outcome: either(uncloneable, fails('PROTOCOL_VIOLATION', 'LIMIT_EXCEEDED')) },
    { what: 'give a list with a billion holes', code: `const list = []; list.length = 1e9; return list;`, outcome: either(uncloneable, fails('PROTOCOL_VIOLATION', 'PLUGIN_CRASHED', 'LIMIT_EXCEEDED')) },
    { what: 'give more bytes than a message may have', code: `return new Uint8Array(100e6);`, outcome: either(uncloneable, fails('PROTOCOL_VIOLATION', 'LIMIT_EXCEEDED', 'PLUGIN_CRASHED')) },
    { what: 'give a function', code: `return { run: () => process.exit() };`, outcome: uncloneable },
    { what: 'give a proxy that throws', code: `return new Proxy({}, { ownKeys() { throw new Error('trap'); }, get() { throw new Error('trap'); } });`, outcome: uncloneable },
    { what: 'give what throws when it is read', code: `return { get x() { throw new Error('trap'); } };`, outcome: uncloneable },
    { what: 'give shared memory', code: `return new SharedArrayBuffer(8);`, outcome: uncloneable },
    { what: 'give a promise that never is', code: `return { then() {} };`, outcome: fails('LIMIT_EXCEEDED'), hurried: true },
    { what: 'give a regular expression that takes forever', code: `return [/^(a+)+$/];`, outcome: whatever },
    { what: 'throw what throws when it is read', code: `const error = new Error('x'); for (const key of ['message', 'name', 'stack', 'code', 'cause', 'details', 'hint', 'exitCode', 'toString']) Object.defineProperty(error, key, { get() { throw new Error('trap'); }, enumerable: true }); throw error;`, outcome: failed },
    { what: 'throw a proxy', code: `throw new Proxy(new Error('x'), { get() { throw new Error('trap'); }, has() { throw new Error('trap'); }, getPrototypeOf() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); } });`, outcome: failed },
    { what: 'throw what ends the process when it is read', code: `const error = new Error('x'); Object.defineProperty(error, 'message', { get() { process.exit(0); } }); throw error;`, outcome: either(failed, fails('PLUGIN_CRASHED')) },
    { what: 'throw an error that is its own cause', code: `const error = new Error('x'); error.cause = error; throw error;`, outcome: failed },
    { what: 'throw an error with a million causes', code: `let error = new Error('x'); for (let i = 0; i < 1e5; i += 1) error = new Error('x', { cause: error }); throw error;`, outcome: failed },
    { what: 'throw an error with a million errors', code: `throw new AggregateError(Array.from({ length: 1e5 }, () => new Error('x')), 'x');`, outcome: failed },
    { what: 'throw an error with a long text', code: `throw new Error('x'.repeat(1e7));`, outcome: failed },
    { what: 'throw as much as a message may have, with a call of its own under way', code: `${WHILE_IT_STAYS} const text = 'x'.repeat(2 ** 16); const large = () => Object.assign(new Error(text), Object.fromEntries(['stack', 'syscall', 'path', 'dest', 'hostname', 'address', 'permission', 'resource', 'code'].map((key) => [key, text]))); throw new AggregateError([...Array.from({ length: 6 }, large), new Error('x'.repeat(20_000))], text);`, outcome: failed },
    { what: 'stay, and say so', code: `fs.writeFileSync(facts.writable + '/stays', ''); return new Promise((resolve) => context.signal.addEventListener('abort', resolve));`, outcome: fails('LIMIT_EXCEEDED', 'COMMAND_CANCELLED'), hurried: true },
    { what: 'throw nothing', code: `throw undefined;`, outcome: failed },
    { what: 'throw a symbol', code: `throw Symbol('x');`, outcome: failed },
    { what: 'throw an error with details that pollute', code: `throw new StructumError({ code: 'MINE', message: 'x', details: JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') });`, outcome: (settled) => { fails('MINE', 'COMMAND_FAILED')(settled); unpolluted(settled); } },
    { what: 'throw an error of Structum that claims to be success', code: `throw new StructumError({ code: 'MINE', message: 'x', exitCode: 0 });`, outcome: fails('MINE', 'COMMAND_FAILED') },
    { what: 'log fields that pollute', code: `context.logger.debug('x', JSON.parse('{"__proto__":{"polluted":1}}')); context.logger.debug('x', { constructor: 1, toString: 2 }); return 'logged';`, outcome: (settled) => { either(gives('logged'), fails('COMMAND_FAILED', 'PROTOCOL_VIOLATION'))(settled); unpolluted(settled); } },
    { what: 'log fields that throw', code: `context.logger.debug('x', { get x() { throw new Error('trap'); }, y: new Proxy({}, { get() { throw new Error('trap'); } }), z: () => 1 }); return 'logged';`, outcome: either(gives('logged'), failed) },
    { what: 'log what holds itself', code: `const self = {}; self.self = self; context.logger.debug('x', self); return 'logged';`, outcome: either(gives('logged'), failed) },
    { what: 'run a command with input that pollutes', code: `return context.run('data hello', JSON.parse('{"__proto__":{"polluted":1}}')).then(String, (error) => error.code);`, outcome: unpolluted },
    { what: 'run a command that there is not', code: `return context.run('__proto__ constructor', {}).then(String, (error) => error.code);`, outcome: gives('COMMAND_UNKNOWN') },
    { what: 'ask for progress that is none', code: `context.progress.report({ completed: 'x', total: {}, message: 5, unit: [] }); return 'reported';`, outcome: either(gives('reported'), fails('PROTOCOL_VIOLATION', 'COMMAND_FAILED')) },
    { what: 'change what its commands share', code: `Object.prototype.polluted = 1; Array.prototype.polluted = 1; return 'changed';`, outcome: (settled) => { either(gives('changed'), whatever)(settled); unpolluted(settled); } },
  ],
};
