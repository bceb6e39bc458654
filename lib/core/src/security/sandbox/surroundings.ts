import { readFile, readlink, stat } from 'node:fs/promises';
import { release } from 'node:os';

/** What tells this machine, as it is since it was started, and what it forbids. */
const SAYING = [
  '/proc/sys/kernel/random/boot_id', '/proc/sys/user/max_user_namespaces',
  '/proc/sys/kernel/unprivileged_userns_clone', '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
];

/** In a container, others than outside. */
const NAMESPACES = ['/proc/self/ns/user', '/proc/self/ns/mnt'];

/**
 * Whatever decides about which backends work, beside Node itself: the kernel, the user, what this process may, and the programs.
 *
 * @param programs - Absolute paths.
 */
export async function surroundings(programs: readonly string[]): Promise<string> {
  const facts = await Promise.all([
    ...SAYING.map(textOf), ...NAMESPACES.map((path) => readlink(path).catch(() => '')),
    restrictions(), ...programs.map(identityOf),
  ]);
  return JSON.stringify([release(), process.arch, process.getuid?.(), process.env.LD_LIBRARY_PATH, ...facts]);
}

/** What was taken from this process, or is filtered. */
async function restrictions(): Promise<string> {
  return ((await textOf('/proc/self/status')).match(/^(?:CapBnd|NoNewPrivs|Seccomp):.*$/gm) ?? []).join(' ');
}

async function identityOf(program: string): Promise<string> {
  const found = await stat(program).catch(() => undefined);
  return found === undefined ? program : [program, found.mtimeMs, found.size, found.mode, found.ino].join(' ');
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
