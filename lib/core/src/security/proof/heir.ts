import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { provenBackend } from '../sandbox/available-backend.js';
import { handedFile } from '../sandbox/handed-file.js';
import { ATTACKS } from './attacks.js';
import { attempt } from './attempt.js';

/** Node closes the first ones by itself. */
const LEFT_OPEN = 100;

/** What a bundle offers stands under its name there. */
const HOST = `
  import(process.env.PROOF).then(async (loaded) => {
    const { attemptWithInheritance } = loaded.default?.[Symbol.for('structum.modules')]?.['security/proof/check-controls'] ?? loaded;
    process.stdout.write(await attemptWithInheritance() ?? '');
  });`;

/**
 * Starts a host to which a file was left open, as a shell may do, and says what a process achieved that this host confined.
 *
 * @param proof - The module that has {@link attemptWithInheritance}.
 */
export async function attemptAsHeir(proof: string): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  const file = handedFile(Buffer.from('secret'));
  try {
    const others = Array.from({ length: LEFT_OPEN - 3 }, () => 'ignore' as const);
    const host = spawn(process.execPath, ['-e', HOST], { env: { ...process.env, PROOF: proof }, stdio: ['ignore', 'pipe', 'ignore', ...others, file] });
    const [output, [code]] = await Promise.all([host.stdout === null ? '' : text(host.stdout), once(host, 'close') as Promise<[number | null]>]);
    return code === 0 ? output || undefined : 'could not be attempted: no host could be started';
  } finally {
    closeSync(file);
  }
}

/** What that host does. */
export async function attemptWithInheritance(): Promise<string | undefined> {
  const attack = ATTACKS.find(({ control }) => control === 'descriptors');
  return attack === undefined ? undefined : attempt(attack, { backend: await provenBackend(), isCheckedByNode: false }, LEFT_OPEN);
}
