import { Plugin } from '@structum/core';
import { TreeCommand } from './tree-command.js';
import { TreeDrawer } from './tree-drawer.js';
import type { TreeInput } from './tree-input.js';
import type { TreeResult } from './tree-result.js';
import { TreeService } from './tree-service.js';
import { TreeSettings } from './tree-settings.js';

declare module '@structum/core' {
  interface CommandMap {
    tree: { input: Partial<TreeInput>; result: TreeResult };
  }
}

/** `structum tree`, and trees for other plugins. */
@Plugin({
  name: 'tree',
  category: 'utility',
  description: 'Draw a folder as a tree',
  engine: '^2.0.0',
  permissions: { read: ['$workspace', '$git'], env: ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'GIT_CONFIG_*'] },
  provides: [TreeService],
  settings: TreeSettings,
  providers: [{ provide: TreeService, useClass: TreeDrawer }],
  commands: [TreeCommand],
  module: import.meta.url,
})
export default class TreePlugin {}

export { TreeCommand } from './tree-command.js';
export { TreeInput } from './tree-input.js';
export { TreeSettings } from './tree-settings.js';
export { TreeService, type DrawOptions } from './tree-service.js';
export { THEMES, type Theme } from './theme.js';
export type { TreeEntry, TreeError, TreeResult, TreeStats } from './tree-result.js';
