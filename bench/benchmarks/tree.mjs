import { corpus } from '../lib/corpus.mjs';
import { installation } from '../lib/installation.mjs';
import { measureInTurn } from '../lib/measure.mjs';

/** @type {import('../lib/report.mjs').Benchmark} */
export const tree = {
  description: 'structum tree on a tree of 25,000 files, beside find, tree, fd, rg and git',
  runs: 15,
  measure(runs) {
    const { bin } = installation();
    const { folder: cwd, files } = corpus();
    const structum = (/** @type {string[]} */ ...args) => ({ program: process.execPath, args: [bin, 'tree', ...args], cwd });
    const baseline = 'find';
    return [{
      title: `A tree of ${files.toLocaleString('en')} files`,
      unit: 'ms',
      baseline,
      rows: measureInTurn([
        { label: baseline, command: { program: 'find', args: ['.'], cwd } },
        { label: 'structum tree --hidden', command: structum('--hidden') },
        { label: 'structum tree --hidden --no-gitignore', command: structum('--hidden', '--no-gitignore') },
        { label: 'tree -a', command: { program: 'tree', args: ['-a'], cwd } },
        { label: 'tree -a --gitignore', command: { program: 'tree', args: ['-a', '--gitignore'], cwd } },
        { label: 'fd --hidden', command: { program: 'fd', args: ['--hidden'], cwd } },
        { label: 'rg --files --hidden', command: { program: 'rg', args: ['--files', '--hidden'], cwd } },
        { label: 'git ls-files -co --exclude-standard', command: { program: 'git', args: ['ls-files', '-co', '--exclude-standard'], cwd } },
      ], runs),
    }];
  },
};
