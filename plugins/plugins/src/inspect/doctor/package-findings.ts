import type { PluginProblem } from '@structum/core';
import type { Finding } from './finding.js';

/** Packages whose manifests cannot be used, and folders that no plugins can be found in. */
export function packageFindings(problems: readonly PluginProblem[]): readonly Finding[] {
  return problems.map(({ folder, error: { code, message, hint } }): Finding => {
    const isOfManifest = code.startsWith('MANIFEST_');
    const fix = isOfManifest ? manifestCommand(folder) : hint;
    return { severity: isOfManifest ? 'error' : 'warning', code, subject: folder, message, ...(fix === undefined ? {} : { fix }) };
  });
}

/** What makes the manifest of the plugin in `folder`. */
export function manifestCommand(folder: string): string {
  return `structum plugins manifest ${JSON.stringify(folder)}`;
}
