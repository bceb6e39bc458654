import { requirePluginOptions } from '../manifest/plugin-options.js';
import { toFilePath } from '../platform/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** The file that a plugin's code is in, as an absolute path; `undefined` where its class does not say. */
export function locationOf({ code }: PluginUnit): string | undefined {
  if ('file' in code) return code.file;
  const { module } = requirePluginOptions(code.type);
  return module === undefined ? undefined : toFilePath(module);
}
