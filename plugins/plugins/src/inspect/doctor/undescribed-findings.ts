import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE, type PluginRecord } from '@structum/core';
import type { Finding } from './finding.js';
import { manifestCommand } from './package-findings.js';

/** Packages beside those of plugins that say they are plugins, and have no manifest: hosts do not see them. */
export function undescribedFindings(plugins: readonly PluginRecord[]): readonly Finding[] {
  const labels = plugins.flatMap(({ source, tier }) => (source.kind === 'package' && tier !== 'found' ? [source.label] : []));
  const folders = new Set(labels.flatMap((label) => /^.*[\\/]node_modules(?=[\\/])/.exec(label)?.[0] ?? []));
  return [...folders].sort().flatMap(packagesIn).filter((folder) => !existsSync(join(folder, MANIFEST_FILE)) && saysPlugin(folder)).map((folder) => ({
    severity: 'warning', code: 'MANIFEST_MISSING', subject: folder,
    message: `The package ${folder} says that it is a plugin, and has no ${MANIFEST_FILE}: no host finds it.`,
    fix: manifestCommand(folder),
  }));
}

function packagesIn(folder: string): readonly string[] {
  return namesIn(folder).flatMap((name) => (name.startsWith('@') ? namesIn(join(folder, name)).map((inner) => join(folder, name, inner)) : [join(folder, name)]));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

function saysPlugin(folder: string): boolean {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    // Most packages are no plugins, and need not be parsed.
    if (!text.includes('structum')) return false;
    const { keywords, structum } = JSON.parse(text) as { readonly keywords?: unknown; readonly structum?: { readonly manifest?: unknown } };
    return (Array.isArray(keywords) && keywords.includes('structum-plugin')) || typeof structum?.manifest === 'string';
  } catch {
    return false;
  }
}
