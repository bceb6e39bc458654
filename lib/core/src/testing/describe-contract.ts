import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contractChecks, type ContractOptions } from './contract-checks.js';

/** What mocha, vitest and `node:test` have in common. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: (name: string, body: () => Promise<void>) => unknown;
}

/**
 * Holds the plugin in `folder` to the contract of plugins, a test for each of {@link contractChecks}:
 * `describeContract({ describe, it }, new URL('..', import.meta.url))`.
 */
export function describeContract({ describe, it }: TestRunner, folder: string | URL, options: ContractOptions = {}): void {
  const path = folder instanceof URL || folder.startsWith('file:') ? fileURLToPath(folder) : resolve(folder);
  describe(`the contract of plugins: ${basename(path)}`, () => {
    for (const { name, run } of contractChecks(folder, options)) it(name, () => run());
  });
}
