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
      title: `A tree of ${files.toLocaleString('en')} files, without .git`,
      unit: 'ms',
      baseline,
      rows: measureInTurn([
        { label: baseline, command: { program: 'find', args: ['.', '-path', './.git', '-prune', '-o', '-print'], cwd } },
        { label: 'structum tree --hidden', command: structum('--hidden') },
        { label: 'structum tree --hidden --no-gitignore', command: structum('--hidden', '--no-gitignore', '--ignore', '.git/') },
        { label: 'tree -a', command: { program: 'tree', args: ['-a', '-I', '.git'], cwd } },
        { label: 'tree -a --gitignore', command: { program: 'tree', args: ['-a', '-I', '.git', '--gitignore'], cwd } },
        { label: 'fd --hidden', command: { program: 'fd', args: ['--hidden', '--exclude', '.git'], cwd } },
        { label: 'rg --files --hidden', command: { program: 'rg', args: ['--files', '--hidden', '--glob', '!.git'], cwd } },
        { label: 'git ls-files -co --exclude-standard', command: { program: 'git', args: ['ls-files', '-co', '--exclude-standard'], cwd } },
      ], runs),
    }];
  },
};
