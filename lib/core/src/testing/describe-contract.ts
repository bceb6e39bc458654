import { basename } from 'node:path';
import { contractChecks, type ContractOptions } from './contract-checks.js';
import { packageFolder } from './package-folder.js';

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
  describe(`the contract of plugins: ${basename(packageFolder(folder))}`, () => {
    for (const { name, run } of contractChecks(folder, options)) it(name, () => run());
  });
}
