import { SystemCalls, type SystemCallNumber } from '#internal/core/security/sandbox/seccomp/system-calls.js';
import { isFiltered } from '#internal/core/security/sandbox/seccomp/filter.js';
import { bySetting, denied, either, fails, gives, limited, refused, type Attempt, type Outcome, type OutcomeBySetting, type Subject } from '../attempt.js';

/** Where nothing confines programs, none is run. */
function confined(outcome: Outcome): OutcomeBySetting {
  return bySetting(({ by }) => (by === 'bubblewrap' ? outcome : fails('EXEC_FAILED')));
}

const silent = confined(gives(''));

/** What a program prints that runs for the plugin. */
const printed = (program: string, args: string, options = '{}'): string => `new TextDecoder().decode((await context.exec('${program}', ${args}, ${options})).stdout)`;

/** What a script prints that a shell runs for the plugin. */
const shell = (script: string, options?: string): string =>
  printed('sh', `['-c', ${JSON.stringify(`{ ${script}; } 2>/dev/null`)}, 'sh', facts.outside, String(facts.host)]`, options);

const running: readonly Attempt[] = [
  { what: 'have a program read outside', code: `return ${shell('cat "$1/secret.txt"; ls "$1"; cat /etc/shadow')};`, outcome: silent },
  { what: 'have a program write outside', code: `return ${shell('echo x > "$1/new" && echo written; echo x >> mine.txt && echo written')};`, outcome: silent },
  { what: 'have a program change settings of the kernel', code: `return ${shell('for file in /proc/sys/fs/aio-max-nr /proc/sysrq-trigger /sys/kernel/uevent_seqnum; do : >> $file && echo $file; done')};`, outcome: silent, uncontained: 'may fail' },
  { what: 'have a program end the host', code: `return ${shell('kill -0 "$2" && echo there')};`, outcome: silent },
  { what: 'have a program find others', code: `return ${shell('grep -l -z HOSTILE_SECRET= /proc/[0-9]*/environ')};`, outcome: silent },
  // The command line is started with a file that was left open; none of what Node itself opens is handed on.
  { what: 'have a program find what the host has open', code: `return ${shell('for file in /proc/self/fd/*; do [ -f $file ] && head -c 100 $file | grep secret; done; true')};`, outcome: silent, uncontained: 'not tried' },
  // That none is there is looked at in the end.
  { what: 'leave a program behind', code: `return ${shell('setsid sh -c "sleep 300; :" "$1" > /dev/null & true')};`, outcome: silent, uncontained: 'not tried' },
  { what: 'run a program that it may not', code: `return (await context.exec('/bin/echo')).exitCode;`, outcome: denied('run'), uncontained: 'not tried' },
  { what: 'have a program load code of its own first', code: `return ${shell('echo loaded', `{ env: { LD_PRELOAD: '/tmp/x.so' } }`)};`, outcome: denied('env'), uncontained: 'not tried' },
];

const { mounts: { unshare, mount }, otherProcesses: { ptrace }, queues: { io_uring_setup } } = SystemCalls;
const NEW_USER_NAMESPACE = 0x1000_0000;

/** Anything but "not permitted" and "no such call" comes from the call itself. */
const CALL = 'print "made" if syscall($ARGV[0] + 0, $ARGV[1] + 0, 0, 0, 0, 0, 0) != -1 || $! != 1 && $! != 38';

const systemCalls: readonly Attempt[] = Object.entries({ unshare, mount, ptrace, io_uring_setup }).map(([name, call]) => {
  const args = [numberOf(call), name === 'unshare' ? NEW_USER_NAMESPACE : 0].map((each) => `'${String(each)}'`);
  return { what: `have a program make the system call ${name}`, code: `return ${printed('perl', `['-e', ${JSON.stringify(CALL)}, ${args.join(', ')}]`)};`, outcome: silent, uncontained: 'may fail' };
});

function numberOf(call: SystemCallNumber): number {
  return typeof call === 'number' ? call : (isFiltered(process.arch) ? call[process.arch] : undefined) ?? -1;
}

const kernel: readonly Attempt[] = [
  ...systemCalls,
  { what: 'have a program make namespaces', code: `return ${printed('unshare', `['--user', '--map-root-user', 'echo', 'made']`)};`, outcome: silent, uncontained: 'may fail' },
  { what: 'have a program mount', code: `return ${printed('unshare', `['--user', '--map-root-user', '--mount', 'sh', '-c', 'mount -t tmpfs none /usr && echo mounted']`)};`, outcome: silent, uncontained: 'may fail' },
];

const bombs: readonly Attempt[] = [
  { what: 'have a program fill memory', code: `return ${printed('perl', `['-e', 'my @all; push @all, ("x" x 1e7) . $_ for 1 .. 1000; print "filled"']`)};`, outcome: confined(either(gives(''), limited('memory'))), uncontained: 'not tried', calm: true },
  { what: 'have programs fill memory together', code: `return ${shell(`for each in 1 2 3 4 5 6 7 8; do perl -e 'my @all; push @all, ("x" x 1e7) . $_ for 1 .. 12; sleep 100' & done; wait; echo filled`)};`, outcome: confined(limited('memory')), uncontained: 'not tried', calm: true },
  { what: 'have a program start others without an end', code: `return ${shell('each=0; while [ $each -lt 2000 ]; do sleep 100 & each=$((each + 1)); done; wait; echo all')};`, outcome: confined(either(gives(''), limited('processes'))), uncontained: 'not tried', calm: true },
  { what: 'have a program loop forever', code: `return ${shell('while :; do :; done')};`, outcome: confined(limited('wallTime')), uncontained: 'not tried', hurried: true, calm: true },
];

/** A link that a program makes: Node itself makes none for plugins. */
const linked = (target: string, name: string): string => `await context.exec('ln', ['-sfn', ${target}, facts.writable + '/${name}']);`;
const read = confined(either(denied('read'), refused));
const readOrWrite = confined(either(denied('read', 'write'), refused));

const links: readonly Attempt[] = [
  { what: 'read through a link that a program makes', code: `${linked('facts.secret', 'link')} return fs.readFileSync(facts.writable + '/link', 'utf8');`, outcome: read },
  { what: 'read through a relative link that a program makes', code: `${linked(`'../../outside/secret.txt'`, 'relative')} return fs.readFileSync(facts.writable + '/relative', 'utf8');`, outcome: read },
  { what: 'list a folder through a link that a program makes', code: `${linked('facts.outside', 'folder')} return fs.readdirSync(facts.writable + '/folder');`, outcome: read },
  { what: 'write through a link that a program makes', code: `${linked('facts.outside', 'away')} fs.writeFileSync(facts.writable + '/away/new', 'x'); return 'written';`, outcome: readOrWrite },
  { what: 'have a program read through a link', code: `${linked('facts.secret', 'link')} return ${shell('cat out/link')};`, outcome: silent },
  { what: 'have a program start behind a link', code: `${linked('facts.outside', 'behind')} return ${shell('ls', `{ cwd: facts.writable + '/behind' }`)};`, outcome: confined(either(gives(''), fails('EXEC_FAILED'), denied('read'))) },
  { what: 'have the host write behind a link', code: `${linked('facts.outside', 'away')} const file = await context.replaceFile(facts.writable + '/away/new'); await file.write('x'); await file.commit(); return 'written';`, outcome: readOrWrite },
  { what: 'have the host write to the end of a link', code: `${linked('facts.secret', 'end')} const file = await context.replaceFile(facts.writable + '/end'); await file.write('x'); await file.commit(); return fs.lstatSync(facts.writable + '/end').isSymbolicLink() && 'followed';`, outcome: confined(either(denied('read', 'write'), refused, gives(false))) },
  { what: 'have what it may read become something else', code: `${linked('facts.secret', 'mine.txt')} return ${shell('rm -rf out/.keep; ln -s "$1" out/.keep; cat out/.keep/secret.txt')};`, outcome: silent },
];

/** What programs do that run for plugins. */
export const PROGRAMS: Subject = {
  name: 'programs',
  permissions: { run: ['sh', 'ln', 'perl', 'unshare'] },
  attempts: [...running, ...kernel, ...bombs, ...links],
};
