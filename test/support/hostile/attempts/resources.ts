import { either, fails, gives, limited, type Attempt, type Outcome, type Subject } from '../attempt.js';

const overTime = limited('wallTime');

/** It was ended at its limit, or was told that there is no more. */
const atItsLimit: Outcome = either(limited('memory', 'wallTime'), fails('PLUGIN_CRASHED', 'COMMAND_FAILED'));

const loops: readonly Attempt[] = [
  { what: 'loop forever', code: `for (;;) ;`, outcome: overTime, hurried: true, calm: true },
  { what: 'match a regular expression forever', code: `return /^(a+)+$/.test('a'.repeat(60) + '!');`, outcome: overTime, hurried: true, calm: true },
  { what: 'loop in microtasks', code: `for (;;) await undefined;`, outcome: overTime, hurried: true, calm: true },
  { what: 'loop in process.nextTick', code: `const again = () => process.nextTick(again); again(); return new Promise(() => {});`, outcome: overTime, hurried: true, calm: true },
  { what: 'loop in setImmediate', code: `const again = () => setImmediate(again); again(); return new Promise(() => {});`, outcome: overTime, hurried: true, calm: true },
  { what: 'wait forever with its thread', code: `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`, outcome: overTime, hurried: true, calm: true },
  { what: 'never answer', code: `setInterval(() => {}, 1000); return new Promise(() => {});`, outcome: overTime, hurried: true, calm: true },
  { what: 'read the input of its host', code: `return fs.readFileSync(0, 'utf8');`, outcome: gives('') },
  { what: 'not heed that it is to end', code: `for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU', 'SIGPIPE']) process.on(name, () => {}); context.signal.addEventListener('abort', () => { for (;;) ; }); return new Promise(() => {});`, outcome: overTime, hurried: true, calm: true },
  { what: 'go on in all threads of its pool', code: `const crypto = require('node:crypto'); for (let i = 0; i < 8; i += 1) crypto.pbkdf2('a', 'b', 1e9, 64, 'sha512', () => {}); return new Promise(() => {});`, outcome: overTime, hurried: true, calm: true },
  { what: 'loop in WebAssembly', code: `new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,8,1,0,10,9,1,7,0,3,64,12,0,11,11]))); return 'ended';`, outcome: overTime, hurried: true, calm: true },
];

const bombs: readonly Attempt[] = [
  { what: 'fill the heap', code: `for (const all = []; ;) all.push(new Array(1e5).fill({}).map((_, index) => ({ index })));`, outcome: atItsLimit, calm: true },
  { what: 'fill memory with buffers', code: `for (const all = []; ;) all.push(Buffer.alloc(1e7, 1));`, outcome: atItsLimit, calm: true },
  { what: 'fill memory with WebAssembly', code: `for (const all = []; ;) all.push(new Uint8Array(new WebAssembly.Memory({ initial: 160 }).buffer).fill(1));`, outcome: atItsLimit, calm: true },
  { what: 'fill memory with WebAssembly that grows', code: `const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 }); for (;;) memory.grow(160);`, outcome: limited('memory'), calm: true },
  { what: 'fill memory with shared memory', code: `for (const all = []; ;) all.push(new Uint8Array(new SharedArrayBuffer(1e7)).fill(1));`, outcome: atItsLimit, calm: true },
  { what: 'fill memory with texts', code: `let text = 'x'.repeat(1e6); for (const all = []; ;) all.push(Buffer.from(text).toString() + all.length);`, outcome: atItsLimit },
  { what: 'fill the heap, and raise its limit', code: `v8.setFlagsFromString('--max-old-space-size=8192'); for (const all = []; ;) all.push(new Array(1e5).fill({}).map((_, index) => ({ index })));`, outcome: atItsLimit },
  { what: 'fill memory while it returns', code: `return new Array(1e9).fill(0).map((_, index) => 'x'.repeat(index));`, outcome: atItsLimit },
  { what: 'open all descriptors', code: `const all = []; try { for (;;) all.push(fs.openSync(__filename)); } catch (error) { all.forEach((each) => fs.closeSync(each)); return [error.code, all.length < 2000]; }`, outcome: gives(['EMFILE', true]) },
  { what: 'open all descriptors, and keep them', code: `globalThis.all = []; try { for (;;) all.push(fs.openSync(__filename)); } catch (error) { return error.code; }`, outcome: either(gives('EMFILE'), limited('openFiles')) },
  { what: 'fill its temporary folder', code: `const chunk = Buffer.alloc(1e7, 1); for (let size = 0; size < 1e9; size += 1e7) fs.appendFileSync(os.tmpdir() + '/bomb', chunk); return 'a gigabyte';`, outcome: either(fails('COMMAND_FAILED', 'PLUGIN_CRASHED'), limited('memory')), long: true },
  { what: 'start threads of its pool forever', code: `process.env.UV_THREADPOOL_SIZE = '1024'; const crypto = require('node:crypto'); await Promise.all(Array.from({ length: 200 }, () => new Promise((resolve) => crypto.pbkdf2('a', 'b', 1, 8, 'sha1', resolve)))); return 'done';`, outcome: either(gives('done'), atItsLimit) },
];

/** Time, memory and descriptors. */
export const RESOURCES: Subject = { name: 'resources', attempts: [...loops, ...bombs] };
