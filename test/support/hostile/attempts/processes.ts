import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { denied, gives, refusedAs, type Subject } from '../attempt.js';

const run = denied('run');
const signal = denied('signals');
const workers = denied('workers');
const addons = denied('addons');
const inner = refusedAs('ERR_ACCESS_DENIED');

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
    { what: 'run a program by the inner functions of Node', code: `return process.binding('spawn_sync').spawn({ file: '/bin/echo', args: ['echo'], stdio: [{ type: 'ignore' }] }).status;`, outcome: inner },
    { what: 'become another program', code: `process.execve('/bin/echo', ['echo', 'x']);`, outcome: run, needs: ({ process }) => 'execve' in process, uncontained: 'not tried' },
    { what: 'send the host SIGUSR1', code: `process.kill(facts.host, 'SIGUSR1'); return 'sent';`, outcome: signal },
    { what: 'send its parent SIGUSR1', code: `process.kill(process.ppid, 'SIGUSR1'); return 'sent';`, outcome: signal },
    { what: 'send the parent of the host SIGUSR1', code: `process.kill(facts.hostParent, 'SIGUSR1'); return 'sent';`, outcome: signal },
    { what: 'see whether the host is there', code: `process.kill(facts.host, 0); return 'there';`, outcome: signal },
    { what: 'reach its group', code: `process.kill(0, 0); return 'reached';`, outcome: signal },
    { what: 'reach everybody', code: `process.kill(-1, 0); return 'reached';`, outcome: signal },
    { what: 'reach the first process', code: `process.kill(1, 0); return 'reached';`, outcome: signal },
    { what: 'reach another plugin', code: `const found = []; for (let pid = facts.host; pid < facts.host + 5000; pid += 1) { try { if (pid !== process.pid) { process.kill(pid, 0); found.push(pid); } } catch {} } return found;`, outcome: gives([]) },
    { what: 'slow down the host', code: `os.setPriority(facts.host, 19); return 'slow';`, outcome: refusedAs('ERR_SYSTEM_ERROR') },
    { what: 'start a thread', code: `return settled(new workerThreads.Worker('', { eval: true }), 'exit');`, outcome: workers },
    { what: 'start a thread with options of Node', code: `return settled(new workerThreads.Worker('', { eval: true, env: { NODE_OPTIONS: '--allow-fs-read=*' } }), 'exit');`, outcome: workers },
    { what: 'start a thread with flags of Node', code: `return settled(new workerThreads.Worker('', { eval: true, execArgv: ['--allow-fs-read=*', '--allow-child-process'] }), 'exit');`, outcome: workers },
    { what: 'register hooks that run in a thread', code: `require('node:module').register('data:text/javascript,'); return 'registered';`, outcome: workers },
    { what: 'load native code', code: `process.dlopen({ exports: {} }, __dirname + '/addon.node'); return 'loaded';`, outcome: addons },
    { what: 'require native code', code: `return require('./addon.node');`, outcome: addons },
    { what: 'use WASI', code: `const { WASI } = require('node:wasi'); return typeof new WASI({ version: 'preview1', preopens: { '/': '/' } });`, outcome: denied('wasi') },
    { what: 'inspect itself', code: `const { Session } = require('node:inspector'); const session = new Session(); session.connect(); return new Promise((resolve, reject) => session.post('Runtime.evaluate', { expression: '6 * 7' }, (error, { result }) => (error ? reject(error) : resolve(result.value))));`, outcome: denied('inspector') },
    { what: 'become another user', code: `process.seteuid(65534); const user = process.geteuid(); process.seteuid(0); return user;`, outcome: refusedAs('EINVAL', 'EPERM', 'ERR_UNKNOWN_CREDENTIAL'), uncontained: 'may fail' },
    { what: 'have Node forget its permissions', code: `const ways = [() => { process.permission = undefined; }, () => { delete process.permission; }, () => { Object.defineProperty(process, 'permission', { value: { has: () => true } }); }, () => { process.permission.has = () => true; }, () => v8.setFlagsFromString('--no-permission'), () => { process.execArgv.length = 0; }]; for (const forget of ways) try { forget(); } catch {} return fs.readFileSync(facts.secret, 'utf8');`, outcome: denied('read') },
    { what: 'compile its way out', code: `const escaped = vm.runInNewContext('this.constructor.constructor("return process")()'); return escaped.mainModule.require('node:child_process').execFileSync('/bin/echo', ['x']).toString();`, outcome: run },
  ],
  // What it is does not matter: it is read only where native code may be.
  prepare: (folder) => { writeFileSync(join(folder, 'addon.node'), 'no library'); },
};
