import { either, fails, gives, limited, whatever, type Outcome, type Subject } from '../attempt.js';

const crashed: Outcome = fails('PLUGIN_CRASHED');
const ended: Outcome = either(crashed, limited('memory'));
const STAY = `return new Promise(() => {});`;

/** Ending, and not ending. */
export const LIFE: Subject = {
  name: 'life',
  attempts: [
    { what: 'exit', code: `process.exit(0);`, outcome: crashed },
    { what: 'exit with another code', code: `process.exit(3);`, outcome: crashed },
    { what: 'exit for real', code: `process.reallyExit(0);`, outcome: crashed },
    { what: 'exit later', code: `setTimeout(() => process.exit(0), 20); ${STAY}`, outcome: crashed },
    { what: 'exit after its answer', code: `setImmediate(() => process.exit(0)); return 'done';`, outcome: either(gives('done'), crashed) },
    { what: 'exit while it exits', code: `process.on('exit', () => { for (;;) ; }); process.exit(0);`, outcome: limited('wallTime'), hurried: true },
    { what: 'exit when it is to be cancelled', code: `context.signal.addEventListener('abort', () => process.exit(0)); ${STAY}`, outcome: either(crashed, limited('wallTime')), hurried: true },
    { what: 'abort', code: `process.abort();`, outcome: ended },
    { what: 'kill itself', code: `process.kill(process.pid, 'SIGKILL'); ${STAY}`, outcome: either(crashed, fails('COMMAND_FAILED', 'PERMISSION_DENIED')) },
    { what: 'throw where nobody catches', code: `setTimeout(() => { throw new Error('uncaught'); }, 0); ${STAY}`, outcome: crashed },
    { what: 'reject where nobody catches', code: `Promise.reject(new Error('uncaught')); ${STAY}`, outcome: crashed },
    { what: 'throw nothing where nobody catches', code: `setTimeout(() => { throw undefined; }, 0); ${STAY}`, outcome: crashed },
    { what: 'throw, and not let it end', code: `process.removeAllListeners('uncaughtException'); process.on('uncaughtException', () => {}); setTimeout(() => { throw new Error('uncaught'); }, 0); return 'went on';`, outcome: gives('went on') },
    { what: 'close what it hears the host by', code: `fs.closeSync(3); return 'closed';`, outcome: ended },
    { what: 'close all that it has', code: `for (let fd = 0; fd < 64; fd += 1) try { fs.closeSync(fd); } catch {} return 'closed';`, outcome: ended },
    { what: 'close its standard streams', code: `for (const fd of [1, 2]) fs.closeSync(fd); return 'closed';`, outcome: either(gives('closed'), crashed) },
    { what: 'write to what it reads', code: `try { fs.writeSync(0, 'x'); } catch {} return 'written';`, outcome: either(gives('written'), fails('PROTOCOL_VIOLATION', 'PLUGIN_CRASHED')) },
    { what: 'keep its end of the pipes open elsewhere', code: `for (const fd of [0, 1, 2, 3]) try { globalThis['kept' + fd] = fs.openSync('/proc/self/fd/' + fd, 'r+'); } catch {} return 'kept';`, outcome: gives('kept') },
    { what: 'outlive its answer', code: `setInterval(() => { for (const until = Date.now() + 20; Date.now() < until;) ; }, 25); return 'busy';`, outcome: gives('busy') },
    { what: 'keep its host from taking it down', code: `setImmediate(() => { for (;;) ; }); return 'done';`, outcome: either(gives('done'), limited('wallTime')), hurried: true },
    { what: 'run itself forever', code: `return context.run('life attempt', { name: 'run itself forever', facts: '{}' });`, outcome: fails('CALLS_TOO_DEEP'), long: true },
    { what: 'run itself many times', code: `return (await Promise.allSettled(Array.from({ length: 200 }, () => context.run('life hello', {})))).filter(({ status }) => status === 'fulfilled').length;`, outcome: gives(200), long: true },
    { what: 'set what the host does at the end', code: `process.exitCode = 99; context.setExitCode(7); return 'set';`, outcome: whatever },
  ],
};
