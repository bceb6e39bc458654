import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { MANIFEST_FILE, StructumError, messageOf, type CommandContext, type PluginManifest, type PluginRecord } from '@structum/core';
import { manifestDifferences, readManifest } from '@structum/core/manifest';
import { describedPlugin, type PluginImport } from '../../described-plugin.js';
import { isUsable } from '../style.js';
import type { Finding } from './finding.js';
import { manifestCommand } from './package-findings.js';

/** What comparing manifests needs of the command that asks for it. */
export type ManifestCheck = PluginImport & Pick<CommandContext, 'progress'>;

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
      findings[index] = await compared(name, source.label, check);
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

async function compared(plugin: string, folder: string, check: PluginImport): Promise<Finding | undefined> {
  const file = join(folder, MANIFEST_FILE);
  try {
    const found = readManifest(file);
    return staleFinding(plugin, file, found, await describedPlugin(folder, check));
  } catch (error) {
    check.signal.throwIfAborted();
    return failureFinding(plugin, error);
  }
}

function staleFinding(plugin: string, file: string, found: PluginManifest, described: PluginManifest): Finding | undefined {
  const differences = manifestDifferences(found, described);
  if (differences.length === 0) return undefined;
  return {
    severity: isRefused(found, described) ? 'error' : 'warning', code: 'MANIFEST_STALE', subject: plugin,
    message: `The manifest of plugin "${plugin}" (${file}) no longer describes its code: ${differences.join(', ')}.`,
    fix: manifestCommand(dirname(file)),
  };
}

/** Whether the host does not load the plugin, or not one of its commands. */
function isRefused(found: PluginManifest, described: PluginManifest): boolean {
  const hashes = ({ hash, commands }: PluginManifest): string => JSON.stringify([hash, commands.map((command) => [command.path, command.hash]).sort()]);
  return hashes(found) !== hashes(described);
}

function failureFinding(plugin: string, error: unknown): Finding {
  const finding = { severity: 'error', subject: plugin, message: messageOf(error) } as const;
  if (!StructumError.is(error)) return { ...finding, code: 'UNKNOWN' };
  const fix = IMPORT_CODES.has(error.code) ? `structum plugins disable ${plugin}` : error.hint;
  return { ...finding, code: error.code, ...(fix === undefined ? {} : { fix }) };
}

/** Whoever uses a plugin does not mend its code. */
const IMPORT_CODES: ReadonlySet<string> = new Set(['PLUGIN_IMPORT_TIMEOUT', 'PLUGIN_IMPORT_ENDED']);
