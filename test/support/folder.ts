import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The repository. */
export const root = resolve(import.meta.dirname, '../../..');

const folders: string[] = [];

// Mocha takes no hooks from within a running test, where most folders are made.
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder, removed when the tests are done. */
export function temporaryFolder(parent = tmpdir()): string {
  const folder = realpathSync(mkdtempSync(join(parent, 'structum-test-')));
  folders.push(folder);
  return folder;
}

/** Writes files by their paths below `folder`; objects as JSON. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array | object>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  }
}

/** Lets modules in `folder` import `@structum/core` from this repository. */
export function linkCore(folder: string): void {
  mkdirSync(join(folder, 'node_modules/@structum'), { recursive: true });
  symlinkSync(join(root, 'lib/core'), join(folder, 'node_modules/@structum/core'), 'junction');
}
