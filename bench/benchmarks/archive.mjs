import { join } from 'node:path';
import { cached } from '../lib/cache.mjs';
import { corpus } from '../lib/corpus.mjs';
import { installation } from '../lib/installation.mjs';
import { measureInTurn } from '../lib/measure.mjs';
import { newerNode, peer } from '../lib/peers.mjs';

/** @type {import('../lib/report.mjs').Benchmark} */
export const archive = {
  description: 'structum archive on a tree of 25,000 files, beside git and cat, and repomix',
  runs: 8,
  measure(runs) {
    const { bin, probes } = installation();
    const { folder: cwd, files } = corpus();
    const output = join(cached('output', '', () => undefined), 'structum.md');
    const node = process.execPath;
    const baseline = 'git ls-files -z | xargs -0 cat';
    return [{
      title: `One Markdown file of ${files.toLocaleString('en')} files`,
      unit: 'ms',
      baseline,
      rows: measureInTurn([
        { label: baseline, command: { program: 'sh', args: ['-c', `${baseline} > /dev/null`], cwd } },
        { label: 'Node, reading the same files', command: { program: node, args: [join(probes, 'read-files.cjs')], cwd } },
        { label: 'structum archive', command: { program: node, args: [bin, 'archive', '--hidden', '--output', output], cwd }, target: { ratio: 2.5 } },
        repomix(cwd, runs),
      ], runs),
    }];
  },
};

/** Repomix is slow: so many runs say enough. */
const REPOMIX_RUNS = 2;

/**
 * Without what structum does not do: the search for secrets, and git's log for the order of files.
 * @param {string} cwd
 * @param {number} runs
 * @returns {import('../lib/measure.mjs').Subject}
 */
function repomix(cwd, runs) {
  const label = 'repomix';
  const node = newerNode();
  const found = peer('repomix');
  if ('problem' in found) return { label, note: found.problem };
  if ('problem' in node) return { label, note: node.problem };
  const script = join(found.modules, 'repomix/bin/repomix.cjs');
  const output = join(cached('output', '', () => undefined), 'repomix.md');
  return {
    label,
    command: { program: node.program, args: [script, '--style', 'markdown', '--output', output, ...REPOMIX_OPTIONS], cwd },
    runs: Math.min(runs, REPOMIX_RUNS),
    note: 'on Node 22; counts tokens, too: that cannot be turned off',
  };
}

const REPOMIX_OPTIONS = ['--quiet', '--no-security-check', '--no-git-sort-by-changes', '--no-default-patterns'];
