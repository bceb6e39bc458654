import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { bySetting, denied, either, gives, refused, refusedAs, type Attempt, type Subject } from '../attempt.js';

const read = denied('read');
const write = denied('write');
const readOrWrite = denied('read', 'write');
const unseen = refusedAs('MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND');

/** What is read of a file that is none of its business. */
const reading: readonly Attempt[] = [
  { what: 'read a file', code: `return fs.readFileSync(facts.secret, 'utf8');`, outcome: read },
  { what: 'read a file by a promise', code: `return fs.promises.readFile(facts.secret, 'utf8');`, outcome: read },
  { what: 'read a file with a callback', code: `return new Promise((resolve, reject) => fs.readFile(facts.secret, 'utf8', (error, text) => (error ? reject(error) : resolve(text))));`, outcome: read },
  { what: 'read a file as a stream', code: `let all = ''; for await (const chunk of fs.createReadStream(facts.secret)) all += chunk; return all;`, outcome: read },
  { what: 'read a file whose path is bytes', code: `return fs.readFileSync(Buffer.from(facts.secret), 'utf8');`, outcome: read },
  { what: 'read a file whose path is bytes of another kind', code: `return fs.readFileSync(new Uint8Array(Buffer.from(facts.secret)), 'utf8');`, outcome: read },
  { what: 'read a file whose path is a URL', code: `return fs.readFileSync(pathToFileURL(facts.secret), 'utf8');`, outcome: read },
  { what: 'read a file by ..', code: `return fs.readFileSync(facts.workspace + '/../outside/secret.txt', 'utf8');`, outcome: read },
  { what: 'read a file by .. in bytes', code: `return fs.readFileSync(Buffer.from(facts.workspace + '/../outside/secret.txt'), 'utf8');`, outcome: read },
  { what: 'read a file by .. from where it works', code: `process.chdir(facts.workspace); return fs.readFileSync('../outside/secret.txt', 'utf8');`, outcome: read },
  { what: 'read a file by %2e%2e', code: `return fs.readFileSync(new URL(pathToFileURL(facts.workspace) + '/%2e%2e/outside/secret.txt'), 'utf8');`, outcome: read },
  { what: 'open a file', code: `return fs.openSync(facts.secret);`, outcome: read },
  { what: 'open a file by a promise', code: `return (await fs.promises.open(facts.secret)).readFile('utf8');`, outcome: read },
  { what: 'open a file as a blob', code: `return (await fs.openAsBlob(facts.secret)).text();`, outcome: either(read, refused) },
  { what: 'copy a file', code: `fs.copyFileSync(facts.secret, facts.writable + '/copy'); return fs.readFileSync(facts.writable + '/copy', 'utf8');`, outcome: read },
  { what: 'copy a folder', code: `fs.cpSync(facts.outside, facts.writable + '/copies', { recursive: true }); return fs.readdirSync(facts.writable + '/copies');`, outcome: read },
  { what: 'copy a folder by a promise', code: `await fs.promises.cp(facts.outside, facts.writable + '/copies', { recursive: true }); return fs.readdirSync(facts.writable + '/copies');`, outcome: read },
  { what: 'list a folder', code: `return fs.readdirSync(facts.outside);`, outcome: read },
  { what: 'list a folder, entry by entry', code: `return (await fs.promises.opendir(facts.outside)).read();`, outcome: read },
  { what: 'find files by a pattern', code: `return fs.globSync(facts.outside + '/*');`, outcome: either(read, gives([])), needs: ({ fs }) => 'globSync' in fs },
  { what: 'find files by a pattern, from a folder', code: `return fs.globSync('*', { cwd: facts.outside });`, outcome: either(read, gives([])), needs: ({ fs }) => 'globSync' in fs },
  { what: 'see when a file was changed', code: `return fs.statSync(facts.secret).size;`, outcome: read },
  { what: 'resolve a path', code: `return fs.realpathSync.native(facts.secret);`, outcome: either(read, refused) },
  { what: 'watch a folder', code: `fs.watch(facts.outside).close(); return 'watched';`, outcome: either(read, refused) },
  { what: 'load a file of environment variables', code: `process.loadEnvFile(facts.outside + '/secret.env'); return process.env.TOLD;`, outcome: either(read, refused), needs: ({ process }) => 'loadEnvFile' in process },
  { what: 'require JSON', code: `return require(facts.outside + '/secret.json');`, outcome: unseen },
  { what: 'require a module', code: `return require(facts.outside + '/secret.cjs');`, outcome: unseen },
  { what: 'import a module', code: `return (await import(pathToFileURL(facts.outside + '/secret.cjs'))).default;`, outcome: unseen },
  { what: 'see whether something can be required', code: `return require.resolve(facts.outside + '/secret.cjs');`, outcome: bySetting(({ by }) => (by === 'bubblewrap' ? unseen : () => undefined)) },
  { what: 'read what the system keeps of passwords', code: `return fs.readFileSync('/etc/shadow', 'utf8');`, outcome: read },
  { what: 'list the home of a user', code: `return fs.readdirSync(facts.home);`, outcome: read },
  { what: 'read the keys of a user', code: `return fs.readdirSync(facts.home + '/.ssh');`, outcome: read },
  { what: 'read by the inner functions of Node', code: `return process.binding('fs').internalModuleReadJSON(facts.outside + '/secret.json');`, outcome: either(read, refused, gives([])) },
  { what: 'read by way of its own process', code: `return fs.readFileSync('/proc/self/root' + facts.secret, 'utf8');`, outcome: read },
  { what: 'read by way of its own folder', code: `return fs.readFileSync('/proc/self/cwd/../outside/secret.txt', 'utf8');`, outcome: read },
  { what: 'open a database', code: `const { DatabaseSync } = require('node:sqlite'); const db = new DatabaseSync(facts.outside + '/x.db'); db.exec('create table t (x)'); return 'open';`, outcome: refusedAs('ERR_UNKNOWN_BUILTIN_MODULE'), needs: () => isBuiltin('node:sqlite') },
];

const writing: readonly Attempt[] = [
  { what: 'write a file', code: `fs.writeFileSync(facts.outside + '/new', 'x');`, outcome: write },
  { what: 'write what it may only read', code: `fs.writeFileSync(facts.workspace + '/mine.txt', 'x');`, outcome: write },
  { what: 'write into its own package', code: `fs.writeFileSync(__filename, 'x');`, outcome: write },
  { what: 'write into Structum', code: `fs.appendFileSync(require.resolve('@structum/core'), 'x');`, outcome: write },
  { what: 'write by ..', code: `fs.writeFileSync(facts.writable + '/../../outside/new', 'x');`, outcome: write },
  { what: 'write by a stream', code: `await settled(fs.createWriteStream(facts.outside + '/new').end('x'), 'finish');`, outcome: write },
  { what: 'append', code: `await fs.promises.appendFile(facts.secret, 'x');`, outcome: write },
  { what: 'shorten', code: `fs.truncateSync(facts.secret, 0);`, outcome: readOrWrite },
  { what: 'make a folder', code: `fs.mkdirSync(facts.outside + '/new');`, outcome: write },
  { what: 'make a temporary folder', code: `fs.mkdtempSync(facts.outside + '/new-');`, outcome: write },
  { what: 'remove a file', code: `fs.unlinkSync(facts.secret);`, outcome: write },
  { what: 'remove a folder', code: `fs.rmSync(facts.outside, { recursive: true });`, outcome: readOrWrite },
  { what: 'move a file to where it may write', code: `fs.renameSync(facts.secret, facts.writable + '/moved');`, outcome: readOrWrite },
  { what: 'move a file over another', code: `fs.writeFileSync(facts.writable + '/own', ''); fs.renameSync(facts.writable + '/own', facts.secret);`, outcome: readOrWrite },
  { what: 'change who may read', code: `fs.chmodSync(facts.secret, 0o777);`, outcome: write },
  { what: 'change who may read what it may read', code: `fs.chmodSync(facts.workspace + '/mine.txt', 0o777);`, outcome: write },
  { what: 'change who may read through an open file', code: `fs.fchmodSync(fs.openSync(facts.workspace + '/mine.txt'), 0o777);`, outcome: either(write, refused) },
  { what: 'change times', code: `fs.utimesSync(facts.workspace + '/mine.txt', 0, 0);`, outcome: write },
  { what: 'change times through an open file', code: `fs.futimesSync(fs.openSync(facts.workspace + '/mine.txt'), 0, 0);`, outcome: either(write, refused) },
  { what: 'change the owner', code: `fs.chownSync(facts.secret, 65534, 65534);`, outcome: write },
  // Node 20 may crash of it.
  { what: 'write a picture of its heap', code: `return v8.writeHeapSnapshot(facts.outside + '/heap');`, outcome: either(write, refused, gives('')), uncontained: 'not tried' },
  { what: 'write a report', code: `process.report.directory = facts.outside; return process.report.writeReport('report');`, outcome: either(write, refused, gives('')) },
  { what: 'copy to elsewhere', code: `fs.copyFileSync(facts.workspace + '/mine.txt', facts.outside + '/new');`, outcome: write },
];

const links: readonly Attempt[] = [
  { what: 'read through a symbolic link in its package', code: `return fs.readFileSync(__dirname + '/link.txt', 'utf8');`, outcome: either(read, refused) },
  { what: 'require through a symbolic link in its package', code: `return require('./link.json');`, outcome: unseen },
  { what: 'read through a folder that it calls a dependency', code: `return fs.readFileSync(__dirname + '/node_modules/dependency/secret.txt', 'utf8');`, outcome: either(read, refused) },
  { what: 'read through a link that it makes', code: `fs.symlinkSync(facts.secret, facts.writable + '/made'); return fs.readFileSync(facts.writable + '/made', 'utf8');`, outcome: either(read, refused) },
  { what: 'read through a relative link that it makes', code: `fs.symlinkSync('../../outside/secret.txt', facts.writable + '/relative'); return fs.readFileSync(facts.writable + '/relative', 'utf8');`, outcome: either(read, refused) },
  { what: 'read through a link in a folder that moves', code: `fs.mkdirSync(facts.writable + '/a/b', { recursive: true }); fs.symlinkSync('../../../outside/secret.txt', facts.writable + '/a/b/link'); fs.renameSync(facts.writable + '/a/b', facts.writable + '/c'); return fs.readFileSync(facts.writable + '/c/link', 'utf8');`, outcome: either(read, refused) },
  { what: 'make a hard link', code: `fs.linkSync(facts.secret, facts.writable + '/hard'); return fs.readFileSync(facts.writable + '/hard', 'utf8');`, outcome: either(readOrWrite, refused) },
  { what: 'make a hard link to what it may read, and write that', code: `fs.linkSync(facts.workspace + '/mine.txt', facts.writable + '/hard'); fs.writeFileSync(facts.writable + '/hard', 'x');`, outcome: either(readOrWrite, refused) },
  // Nobody can tell it from any other file: whoever made it could have put a copy there.
  { what: 'read a hard link in its package, which is as good as a copy', code: `return fs.readFileSync(__dirname + '/hard.txt', 'utf8');`, outcome: gives('of both'), uncontained: 'not tried' },
];

/** Reading and writing files. */
export const FILES: Subject = {
  name: 'files',
  attempts: [...reading, ...writing, ...links],
  prepare: (folder, { outside }) => {
    writeFileSync(join(outside, 'hard.txt'), 'of both');
    linkSync(join(outside, 'hard.txt'), join(folder, 'hard.txt'));
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
    symlinkSync(join(outside, 'secret.json'), join(folder, 'link.json'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(outside, join(folder, 'node_modules/dependency'));
  },
};
