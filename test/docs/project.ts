import { chmodSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { writeFiles } from '../support/folder.js';
import { install } from '../support/install.js';
import { run } from '../support/run.js';
import type { Block } from './page.js';
import { TOOLS } from './tools.js';

/** Something of a page that is run, and what the page says that it prints. */
export interface Step {
  readonly title: string;
  readonly run: () => Promise<void>;
}

/** What a page's files need when it does not show them. */
const PACKAGE = { 'package.json': { name: 'project', private: true, type: 'module' } };
const TYPESCRIPT = {
  'tsconfig.json': {
    compilerOptions: {
      module: 'NodeNext', target: 'ES2022', strict: true, experimentalDecorators: true, rootDir: 'src', outDir: 'dist', types: ['node'], skipLibCheck: true,
    },
    include: ['src'],
  },
};

/**
 * A page as a project: its files are written, its commands are run in order, and what they print is compared.
 *
 * - A block with `file=` is a file of the project. With a `text` block right behind it, it is a program, and is run.
 * - A `sh` block is run in the project, or in the folder `in=`; the `text` block right behind it is its output, on both
 *   streams. In it, `…` stands for anything. `exit=` is its exit code.
 * - `npx` runs what the page has installed; `npm install` takes packages from this repository. Nothing needs the network.
 */
export class Project {
  readonly #blocks: readonly Block[];
  #folder = '';
  #isCompiled = false;

  constructor(blocks: readonly Block[]) {
    this.#blocks = blocks;
  }

  /** Writes the page's files. */
  open(folder: string): void {
    this.#folder = folder;
    writeFiles(folder, { ...PACKAGE, ...(this.#blocks.some(({ language }) => language === 'ts') ? TYPESCRIPT : {}) });
    writeFiles(folder, Object.fromEntries(this.#blocks.flatMap(({ code, attributes: { file } }) => (file === undefined ? [] : [[file, code]]))));
    writeTools(join(folder, TOOLS));
  }

  /** What the page runs. */
  get steps(): readonly Step[] {
    return this.#blocks.flatMap((block, index) => {
      const next = this.#blocks[index + 1];
      const output = next?.language === 'text' && next.isNext ? next.code : undefined;
      const file = block.attributes['file'];
      if (block.language === 'sh') return [{ title: `${String(block.line)}: ${firstLine(block.code)}`, run: () => this.#runCommands(block, output) }];
      if (file === undefined || output === undefined) return [];
      return [{ title: `${String(block.line)}: ${file}`, run: () => this.#runProgram(file, output) }];
    });
  }

  async #runCommands({ code, attributes }: Block, output: string | undefined): Promise<void> {
    mkdirSync(join(this.#folder, attributes['in'] ?? '.'), { recursive: true });
    await this.#sh(code, attributes['in'] ?? '.', output, Number(attributes['exit'] ?? 0));
  }

  async #runProgram(file: string, output: string): Promise<void> {
    if (file.endsWith('.ts')) await this.#compile();
    await this.#sh(`node ${file.replace(/^src\/(.*)\.ts$/, 'dist/$1.js')}`, '.', output, 0);
  }

  /** All files are there from the beginning: once is enough. */
  async #compile(): Promise<void> {
    if (this.#isCompiled) return;
    install(this.#folder, ['typescript', '@types/node']);
    await this.#sh('npx tsc', '.', undefined, 0);
    this.#isCompiled = true;
  }

  async #sh(code: string, folder: string, output: string | undefined, exitCode: number): Promise<void> {
    const { stdout, code: found } = await run('sh', ['-e', '-c', `exec 2>&1\n${code}`], {
      cwd: join(this.#folder, folder),
      env: { PATH: [join(this.#folder, TOOLS), process.env['PATH'] ?? ''].join(delimiter), HOME: this.#folder, COLUMNS: '80' },
    });
    if (output !== undefined && !matches(stdout, output)) expect(stdout).to.equal(output);
    expect(found, stdout).to.equal(exitCode);
  }
}

/** `npx` and `npm` that stay on this machine. */
function writeTools(folder: string): void {
  const installer = fileURLToPath(new URL('npm-install.js', import.meta.url));
  writeFiles(folder, {
    npx: '#!/bin/sh\nprogram=$1\nshift\nexec "node_modules/.bin/$program" "$@"\n',
    npm: `#!/bin/sh\nexec "${process.execPath}" "${installer}" "$@"\n`,
    node: `#!/bin/sh\nexec "${process.execPath}" "$@"\n`,
  });
  for (const name of ['npx', 'npm', 'node']) chmodSync(join(folder, name), 0o755);
}

/** Whether `found` is what the page says; `…` stands for any text, and for any lines where it stands alone. */
function matches(found: string, expected: string): boolean {
  const pattern = expected
    .trimEnd()
    .split(/(^…\n|^…$|…)/m)
    .map((part) => (part.startsWith('…') ? '[^]*?' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${pattern}$`).test(found.trimEnd());
}

function firstLine(code: string): string {
  return code.split('\n', 1)[0] ?? '';
}

/** Whether pages can be run here: their commands are written for a POSIX shell. */
export const hasShell = process.platform !== 'win32';
