import { Plugin } from '@structum/core';
import type { ArchiveInput } from './archive-input.js';
import type { ArchiveResult } from './result.js';

export type { ArchiveInput } from './archive-input.js';
export type { ArchiveFile, ArchiveResult, Skipped, SkipReason } from './result.js';

declare module '@structum/core' {
  interface CommandMap {
    archive: { input: Partial<ArchiveInput>; result: ArchiveResult };
  }
}

/** Adds the command `archive`. */
@Plugin({
  name: 'archive',
  category: 'export',
  description: 'Turn a code base into one Markdown file',
  engine: '^2.0.0',
  requires: { tree: '^2.0.0' },
  permissions: { read: ['$workspace', '$git'], write: ['$workspace'], env: ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'GIT_CONFIG_*'] },
  commands: [() => import('./archive-command.js')],
  module: import.meta.url,
})
export default class ArchivePlugin {}
