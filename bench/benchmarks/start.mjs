import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/lib/workspace.mjs';
import { bench, cached } from '../lib/cache.mjs';
import { installation } from '../lib/installation.mjs';
import { measureInTurn } from '../lib/measure.mjs';
import { peer } from '../lib/peers.mjs';

/** @type {import('../lib/report.mjs').Benchmark} */
export const start = {
  description: 'fresh processes: structum --version, --help, tree, completion, beside bare Node and oclif',
  runs: 30,
  measure(runs) {
    const { bin } = installation();
    const node = process.execPath;
    const cwd = cached('empty', '', () => undefined);
    const baseline = 'node -e 0';
    const script = (/** @type {string[]} */ ...args) => ({ program: node, args, cwd });
    return [{
      title: 'Start to end in an empty folder, a fresh process each',
      unit: 'ms',
      baseline,
      rows: measureInTurn([
        { label: baseline, command: script('-e', '0') },
        { label: 'structum --version', command: script(bin, '--version'), target: VERSION },
        { label: 'structum --help', command: script(bin, '--help'), target: COMMAND },
        { label: 'structum tree', command: script(bin, 'tree'), target: COMMAND },
        { label: 'structum completion bash', command: script(bin, 'completion', 'bash'), target: COMMAND },
        { label: 'structum tree, this workspace', command: script(join(root, 'bin/structum.cjs'), 'tree') },
        ...oclif(cwd),
      ], runs),
    }];
  },
};

const VERSION = { extra: 5 };
const COMMAND = { extra: 25, extraMemory: 10e6 };

/**
 * The least command line that oclif can make, with its manifest.
 * @param {string} cwd
 * @returns {import('../lib/measure.mjs').Subject[]}
 */
function oclif(cwd) {
  const label = (/** @type {string} */ argument) => `oclif ${argument}`;
  const found = peer('oclif');
  if ('problem' in found) return [{ label: label('tree'), note: found.problem }];
  const app = join(found.modules, '../app');
  cpSync(join(bench, 'fixtures/oclif'), app, { recursive: true });
  return ['--version', '--help', 'tree'].map((argument) => (
    { label: label(argument), command: { program: process.execPath, args: [join(app, 'run.js'), argument], cwd } }
  ));
}
