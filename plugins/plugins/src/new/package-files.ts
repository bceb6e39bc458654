import type { PluginPlan } from './plugin-plan.js';
import { commonFiles } from './templates/common.js';
import { javascriptFiles } from './templates/javascript.js';
import { typescriptFiles } from './templates/typescript.js';

/** The files of a new plugin: their paths in its folder, with slashes, and what they say. */
export function packageFiles(plan: PluginPlan): ReadonlyMap<string, string> {
  const files = { ...commonFiles(plan), ...(plan.language === 'ts' ? typescriptFiles(plan) : javascriptFiles(plan)) };
  return new Map(Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1)));
}
