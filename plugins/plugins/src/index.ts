import { Plugin } from '@structum/core';
import { ListCommand, type ListInput, type ListedPlugin } from './list-command.js';
import { ManifestCommand, type ManifestInput, type ManifestResult } from './manifest-command.js';

declare module '@structum/core' {
  interface CommandMap {
    'plugins list': { input: Partial<ListInput>; result: ListedPlugin[] };
    'plugins manifest': { input: Partial<ManifestInput>; result: ManifestResult };
  }
}

/** `structum plugins …`: looks at the plugins of a host, and describes new ones. */
@Plugin({
  name: 'plugins',
  category: 'core',
  description: 'Inspect, build and check plugins',
  engine: '^2.0.0',
  permissions: { read: ['$workspace'], write: ['$workspace'], services: ['structum.registry'] },
  commands: [ListCommand, ManifestCommand],
  module: import.meta.url,
})
export default class PluginsPlugin {}

export { ListCommand, ListInput, type ListedPlugin } from './list-command.js';
export { ManifestCommand, ManifestInput, type ManifestResult } from './manifest-command.js';
