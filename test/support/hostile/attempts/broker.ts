import { denied, either, fails, gives, refused, type Attempt, type Subject } from '../attempt.js';

/** Where no kernel confines programs, none is run. */
const notRun = fails('EXEC_FAILED');
const silent = either(gives(''), notRun);

/** What a script prints that a shell runs for the plugin. */
const shell = (script: string, options = '{}'): string =>
  `return new TextDecoder().decode((await context.exec('sh', ['-c', ${JSON.stringify(`{ ${script}; } 2>/dev/null`)}, 'sh', facts.outside, String(facts.host)], ${options})).stdout);`;

const asking: readonly Attempt[] = ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0x7f000001', '2130706433', '0.0.0.0', 'localhost'].map((host) => (
  { what: `have the host ask ${host}`, code: `return (await context.fetch('http://${host}:' + facts.tcp)).status;`, outcome: denied('net') }
));

const privately: readonly Attempt[] = ['169.254.169.254', '10.0.0.1', '192.168.0.1', '[fd00::1]', '[64:ff9b::7f00:1]'].map((host) => (
  { what: `have the host ask ${host}`, code: `return (await context.fetch('http://${host}/')).status;`, outcome: denied('net') }
));

const running: readonly Attempt[] = [
  { what: 'have a program read outside', code: shell('cat "$1/secret.txt"; ls "$1"; cat /etc/shadow'), outcome: silent },
  { what: 'have a program write outside', code: shell('echo x > "$1/new" && echo written; echo x >> mine.txt && echo written'), outcome: silent },
  { what: 'have a program change settings of the kernel', code: shell('for file in /proc/sys/fs/aio-max-nr /proc/sysrq-trigger /sys/kernel/uevent_seqnum; do : >> $file && echo $file; done'), outcome: silent },
  { what: 'have a program end the host', code: shell('kill -0 "$2" && echo there; kill -0 -1 && echo all'), outcome: either(silent, gives('all\n')) },
  { what: 'have a program find what the host has open', code: shell('for file in /proc/self/fd/*; do [ -f $file ] && head -c 100 $file | grep secret; done; true'), outcome: silent },
  { what: 'leave a program behind', code: shell('setsid sh -c "sleep 300; :" "$1" > /dev/null & true'), outcome: silent },
  { what: 'run a program that it may not', code: `return (await context.exec('/bin/echo')).exitCode;`, outcome: denied('run') },
  { what: 'have a program load code of its own first', code: shell('echo loaded', `{ env: { LD_PRELOAD: '/tmp/x.so' } }`), outcome: denied('env') },
];

const byLinks: readonly Attempt[] = [
  { what: 'have a program start behind a link that it makes', code: `try { fs.symlinkSync(facts.outside, facts.writable + '/behind'); } catch {} ${shell('ls', `{ cwd: facts.writable + '/behind' }`)}`, outcome: either(silent, refused) },
  { what: 'have the host write behind a link that it makes', code: `try { fs.symlinkSync(facts.outside, facts.writable + '/away'); } catch {} const file = await context.replaceFile(facts.writable + '/away/new'); await file.write('x'); await file.commit(); return 'written';`, outcome: either(denied('read', 'write'), refused) },
  { what: 'have the host write to the end of a link that it makes', code: `try { fs.symlinkSync(facts.secret, facts.writable + '/end'); } catch {} const file = await context.replaceFile(facts.writable + '/end'); await file.write('x'); await file.commit(); return fs.readFileSync(facts.writable + '/end', 'utf8');`, outcome: either(denied('read', 'write'), refused, gives('x')) },
];

/** What the host does for plugins. */
export const BROKER: Subject = {
  name: 'broker',
  permissions: { net: ['*:*'], run: ['sh'] },
  attempts: [...asking, ...privately, ...running, ...byLinks],
};
