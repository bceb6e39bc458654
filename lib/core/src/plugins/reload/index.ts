export { PluginWatch, type PluginWatchOptions } from './plugin-watch.js';
export { Reloads, type Reloaded, type ReloadOptions } from './reloads.js';
