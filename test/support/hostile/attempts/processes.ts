import { denied, either, gives, refused, type Subject } from '../attempt.js';

const run = either(denied('run'), refused);
const signal = refused;
const workers = either(denied('workers'), refused);
const addons = either(denied('addons'), refused);

/** Other processes, and other code than JavaScript. */
export const PROCESSES: Subject = {
  name: 'processes',
  attempts: [
    { what: 'run a program', code: `return childProcess.execFileSync('/bin/echo', ['x']).toString();`, outcome: run },
    { what: 'run a command of a shell', code: `return new Promise((resolve, reject) => childProcess.exec('echo x', (error, text) => (error ? reject(error) : resolve(text))));`, outcome: run },
    { what: 'run a program asynchronously', code: `return settled(childProcess.spawn('/bin/echo'), 'exit');`, outcome: run },
    { what: 'run a program synchronously', code: `const { error, status } = childProcess.spawnSync('/bin/echo'); if (error) throw error; return status;`, outcome: run },
    { what: 'run itself', code: `return settled(childProcess.fork(__filename), 'exit');`, outcome: run },
    { what: 'run itself without limits', code: `return childProcess.execFileSync(process.execPath, ['-e', 'console.log(1)'], { env: {} }).toString();`, outcome: run },
    { what: 'run a cluster', code: `const cluster = require('node:cluster'); return settled(cluster.fork(), 'online');`, outcome: run },
    { what: 'run a program by the inner functions of Node', code: `return process.binding('spawn_sync').spawn({ file: '/bin/echo', args: ['echo'], stdio: [] }).status ?? (() => { throw Object.assign(new Error('spawn'), { code: 'EPERM' }); })();`, outcome: run },
    { what: 'become another program', code: `process.execve('/bin/echo', ['echo', 'x']);`, outcome: run, needs: ({ process }) => 'execve' in process },
    { what: 'send the host SIGUSR1', code: `process.kill(facts.host, 'SIGUSR1'); return 'sent';`, outcome: signal },
    { what: 'send its parent SIGUSR1', code: `process.kill(process.ppid, 'SIGUSR1'); return 'sent';`, outcome: signal },
    { what: 'send the parent of the host SIGUSR1', code: `process.kill(facts.hostParent, 'SIGUSR1'); return 'sent';`, outcome: signal },
    { what: 'see whether the host is there', code: `process.kill(facts.host, 0); return 'there';`, outcome: signal },
    { what: 'reach its group', code: `process.kill(0, 0); return 'reached';`, outcome: signal },
    { what: 'reach everybody', code: `process.kill(-1, 0); return 'reached';`, outcome: signal },
    { what: 'reach the first process', code: `process.kill(1, 0); return 'reached';`, outcome: signal },
    { what: 'reach another plugin', code: `const found = []; for (let pid = facts.host + 1; pid < facts.host + 5000; pid += 1) { try { if (pid !== process.pid) { process.kill(pid, 0); found.push(pid); } } catch {} } return found;`, outcome: gives([]) },
    { what: 'slow down the host', code: `os.setPriority(facts.host, 19); return 'slow';`, outcome: either(signal, (settled) => { if (!('error' in settled)) throw new Error('It is slow.'); }) },
    { what: 'start a thread', code: `return settled(new workerThreads.Worker('', { eval: true }), 'exit');`, outcome: workers },
    { what: 'start a thread with options of Node', code: `return settled(new workerThreads.Worker('', { eval: true, env: { NODE_OPTIONS: '--allow-fs-read=*' } }), 'exit');`, outcome: workers },
    { what: 'start a thread with flags of Node', code: `return settled(new workerThreads.Worker('', { eval: true, execArgv: ['--allow-fs-read=*', '--allow-child-process'] }), 'exit');`, outcome: workers },
    { what: 'register hooks that run in a thread', code: `require('node:module').register('data:text/javascript,'); return 'registered';`, outcome: workers },
    { what: 'load native code', code: `process.dlopen({ exports: {} }, __dirname + '/addon.node'); return 'loaded';`, outcome: addons },
    { what: 'require native code', code: `return require('./addon.node');`, outcome: addons },
    { what: 'use WASI', code: `const { WASI } = require('node:wasi'); return typeof new WASI({ version: 'preview1', preopens: { '/': '/' } });`, outcome: either(denied('wasi'), refused) },
    { what: 'inspect itself', code: `const { Session } = require('node:inspector'); new Session().connectToMainThread(); return 'connected';`, outcome: either(denied('inspector'), refused) },
    { what: 'become another user', code: `process.setuid(65534); return process.getuid();`, outcome: either(refused, (settled) => { if (!('error' in settled)) throw new Error('It is.'); }) },
    { what: 'have Node forget its permissions', code: `process.permission = undefined; Object.defineProperty(process, 'permission', { value: { has: () => true } }); v8.setFlagsFromString('--no-permission'); return fs.readFileSync(facts.secret, 'utf8');`, outcome: either(denied('read'), refused) },
    { what: 'compile its way out', code: `return vm.runInNewContext('this.constructor.constructor("return process")()').mainModule ?? process.mainModule.require('node:child_process').execFileSync('/bin/echo').toString();`, outcome: either(run, (settled) => { if (!('error' in settled)) throw new Error('It is out.'); }) },
  ],
};
