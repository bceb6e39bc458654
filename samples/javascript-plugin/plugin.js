import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineCommand, definePlugin, StructumError } from '@structum/core';

const words = defineCommand({
  path: 'words',
  description: 'Count words',
  examples: [{ command: 'structum words README.md CHANGELOG.md', description: 'The words of two files' }],
  arguments: {
    files: { description: 'The files to count in', type: 'array', items: { type: 'string' }, minItems: 1, path: 'read', required: true },
  },
  options: {
    minLength: { flags: '-m,--min-length', description: 'Leave out words with fewer letters', default: 1, minimum: 1 },
  },

  // A generator: each file's count is there as soon as it is made.
  async *execute({ files, minLength }, { cwd, signal }) {
    for (const file of files) {
      const text = await read(resolve(cwd, file), file, signal);
      const found = text.match(/[\p{L}\p{N}'’-]+/gu) ?? [];
      yield { file, words: found.filter((word) => [...word].length >= minLength).length };
    }
  },

  renderItem({ file, words }, out) {
    return out.line(`${String(words).padStart(8)}  ${file}`);
  },
});

export default definePlugin({
  name: 'words',
  description: 'Count words',
  category: 'analysis',
  engine: '^2.0.0',
  permissions: { read: ['$workspace'] },
  commands: [words],
});

async function read(path, name, signal) {
  try {
    return await readFile(path, { encoding: 'utf8', signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new StructumError({ code: 'WORDS_FILE_UNREADABLE', message: `${name} could not be read.`, hint: 'Check the name.', exitCode: 2, cause });
  }
}
