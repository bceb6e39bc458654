import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { MANIFEST_FILE, type CommandContext, type PluginRecord } from '@structum/core';
import { isUsable } from '../style.js';
import type { Finding } from './finding.js';
import { compareManifest, type Comparison } from './manifest-comparison.js';
import { manifestCommand } from './package-findings.js';

/** What comparing manifests needs of the command that asks for it. */
export interface ManifestCheck extends Pick<CommandContext, 'signal' | 'progress' | 'cwd' | 'env'> {
  /** Absolute path of a module of the host's core. */
  readonly core: string;
  /** Milliseconds that importing one plugin may take. */
  readonly limit: number;
}

/**
 * Manifests that no longer describe their plugins' code. That code is imported, each plugin's in a process of its own:
 * only of plugins that the host would load as well.
 *
 * @throws the reason of `signal` when it is aborted; no process is left then.
 */
export async function manifestFindings(plugins: readonly PluginRecord[], check: ManifestCheck): Promise<readonly Finding[]> {
  const checked = plugins.filter(isChecked);
  const findings: (Finding | undefined)[] = [];
  let completed = 0;
  const report = (): void => { check.progress.report({ message: 'checking manifests', completed, total: checked.length, unit: 'plugins' }); };
  const queue = checked.entries();
  const work = async (): Promise<void> => {
    for (const [index, { name, source }] of queue) {
      findings[index] = findingOf(name, source.label, await compareManifest(source.label, check), check.limit);
      completed += 1;
      report();
    }
  };
  report();
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), checked.length) }, work));
  return findings.filter((finding) => finding !== undefined);
}

/** Manifests are not compared with code that may be disabled. */
export const UNCHECKED: Finding = {
  severity: 'info', code: 'MANIFESTS_UNCHECKED', subject: 'plugin_policy',
  message: 'No manifest was compared with its code, because what is decided about plugins cannot be read.',
  fix: 'Mend the policy, and run it again: structum plugins doctor',
};

function isChecked({ source, tier, state }: PluginRecord): boolean {
  return source.kind === 'package' && tier !== 'found' && isUsable(state);
}

function findingOf(plugin: string, folder: string, comparison: Comparison, limit: number): Finding | undefined {
  const error = { severity: 'error', subject: plugin } as const;
  switch (comparison.outcome) {
    case 'same':
      return undefined;
    case 'different':
      return {
        ...error, severity: comparison.isRefused ? 'error' : 'warning', code: 'MANIFEST_STALE',
        message: `The manifest of plugin "${plugin}" (${join(folder, MANIFEST_FILE)}) no longer describes its code: ${comparison.differences.join(', ')}.`,
        fix: manifestCommand(folder),
      };
    case 'failed': {
      const { code, message, hint } = comparison;
      return { ...error, code, message, ...(hint === undefined ? {} : { fix: hint }) };
    }
    case 'late':
      return {
        ...error, code: 'PLUGIN_IMPORT_TIMEOUT', message: `Plugin "${plugin}" (${folder}) was not imported within ${String(limit)} ms.`,
        fix: `structum plugins disable ${plugin}`,
      };
    case 'ended':
      return {
        ...error, code: 'PLUGIN_IMPORT_ENDED', message: `Plugin "${plugin}" (${folder}) ends its process (${comparison.how}) when it is imported.`,
        fix: `structum plugins disable ${plugin}`,
      };
  }
}
