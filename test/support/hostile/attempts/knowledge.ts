import { either, gives, refused, whatever, type Subject } from '../attempt.js';

/** What is lying around: descriptors, variables, other processes. */
export const KNOWLEDGE: Subject = {
  name: 'knowledge',
  attempts: [
    { what: 'find open files of the host', code: `const found = []; for (let fd = 0; fd < 256; fd += 1) { try { if (fs.fstatSync(fd).isFile()) found.push(fs.readFileSync(fd, 'utf8').slice(0, 100)); } catch {} } return found;`, outcome: gives([]) },
    { what: 'find open sockets of the host', code: `const found = []; for (let fd = 5; fd < 256; fd += 1) { try { if (fs.fstatSync(fd).isSocket()) found.push(fd); } catch {} } return found;`, outcome: gives([]) },
    { what: 'see variables of the host', code: `return [process.env.HOSTILE_SECRET, context.env.HOSTILE_SECRET, Object.values(process.env).some((value) => value.includes('the-secret'))];`, outcome: (settled) => { gives([undefined, undefined, false])(normal(settled)); } },
    { what: 'see variables that it was started with', code: `return fs.readFileSync('/proc/self/environ', 'utf8').includes('the-secret');`, outcome: either(gives(false), refused) },
    { what: 'see variables of its parent', code: `return fs.readFileSync('/proc/' + process.ppid + '/environ', 'utf8');`, outcome: refused },
    { what: 'see variables of the host by its number', code: `return fs.readFileSync('/proc/' + facts.host + '/environ', 'utf8');`, outcome: refused },
    { what: 'see arguments of the host', code: `return fs.readFileSync('/proc/' + facts.host + '/cmdline', 'utf8');`, outcome: refused },
    { what: 'see open files of the host', code: `return fs.readdirSync('/proc/' + facts.host + '/fd');`, outcome: refused },
    { what: 'see the memory of the host', code: `return fs.openSync('/proc/' + facts.host + '/mem');`, outcome: refused },
    { what: 'see which processes there are', code: `return fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).length;`, outcome: refused },
    { what: 'see memory shared by others', code: `return fs.readdirSync('/dev/shm');`, outcome: refused },
    { what: 'see the terminal', code: `return fs.openSync('/dev/tty');`, outcome: refused },
    { what: 'see what others have in the temporary folder', code: `return fs.readdirSync('/tmp', { withFileTypes: true }).filter((entry) => !entry.isDirectory()).map(({ name }) => name);`, outcome: either(refused, gives([])) },
    { what: 'change settings of the kernel', code: `const open = (path) => { try { return fs.openSync(path, 'r+') > 0; } catch { return false; } }; return ['/proc/sys/fs/aio-max-nr', '/proc/sysrq-trigger', '/sys/kernel/uevent_seqnum'].filter(open);`, outcome: gives([]), uncontained: 'may fail' },
    { what: 'see settings of others', code: `return JSON.stringify([context.config, Object.keys(context)]).includes('the-secret');`, outcome: gives(false), uncontained: 'not tried' },
    { what: 'see the numbers of interfaces', code: `return typeof os.networkInterfaces();`, outcome: whatever, uncontained: 'not tried' },
  ],
};

/** JSON knows no `undefined`. */
function normal<Settled extends object>(settled: Settled): Settled {
  return 'result' in settled && Array.isArray(settled.result) ? { ...settled, result: settled.result.map((each: unknown) => each ?? undefined) } : settled;
}
