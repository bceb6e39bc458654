import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { CoreCopy, PluginRecord } from '@structum/core';
import type { Finding } from './finding.js';

const CORE = '@structum/core';

/**
 * Plugins that would load another copy of the core than their host's, themselves or by a package that they use. Where
 * Node looks for it says so: no code is run.
 */
export function coreFindings(plugins: readonly PluginRecord[], ours: CoreCopy): readonly Finding[] {
  const own = packageAbove(ours.path);
  if (own === undefined) return [];
  const seen = new Set<string>([own.folder]);
  // Copies that several plugins share.
  const told = new Set<string>();
  return plugins.flatMap(({ name, source, tier }) => {
    if (source.kind !== 'package' || tier === 'found') return [];
    const theirs = packageSeenFrom(source.label, CORE);
    const isOther = theirs !== undefined && theirs.folder !== own.folder;
    const isTold = theirs !== undefined && told.has(theirs.folder);
    if (theirs !== undefined && !isOf(source, theirs)) told.add(theirs.folder);
    return [...(isOther && !isTold ? [ownCopy(name, source, theirs, own)] : []), ...usedCopies(name, source.label, own, seen)];
  });
}

interface Package {
  readonly name: string;
  /** Links resolved. */
  readonly folder: string;
  readonly version: string;
  /** What it names as its dependencies, of whatever kind it is installed with. */
  readonly uses: readonly string[];
}

/** Of one version, a copy does no harm: what is linked from where it is developed has one, and a folder of plugins apart from the host. */
function ownCopy(plugin: string, source: PackageSource, theirs: Package, ours: Package): Finding {
  const finding = { code: 'CORE_DUPLICATE', subject: plugin, message: `Plugin "${plugin}" brings a copy of ${CORE} of its own: ${besideText(theirs, ours)}.` };
  if (theirs.version !== ours.version) return { ...finding, severity: 'error', fix: `npm install --prefix ${JSON.stringify(source.label)} "${CORE}@${ours.version}"` };
  if (source.origin === 'linked' || !isOf(source, theirs)) return { ...finding, severity: 'info' };
  return { ...finding, severity: 'warning', fix: `Make ${CORE} a peer dependency of the plugin, and run: npm dedupe` };
}

/** Whether a copy lies within the package of a plugin, and is no other one's. */
function isOf({ label }: PackageSource, { folder }: Package): boolean {
  return folder.startsWith(label + sep);
}

type PackageSource = Extract<PluginRecord['source'], { readonly kind: 'package' }>;

/** Copies that packages bring which a plugin uses, and those which they use; each package is looked at once for all plugins. */
function usedCopies(plugin: string, folder: string, ours: Package, seen: Set<string>): readonly Finding[] {
  const findings: Finding[] = [];
  const pending = usedBy(packageIn(folder));
  for (let used = pending.pop(); used !== undefined; used = pending.pop()) {
    if (seen.has(used.folder)) continue;
    seen.add(used.folder);
    if (used.name === CORE) continue;
    const theirs = used.uses.includes(CORE) ? packageSeenFrom(used.folder, CORE) : undefined;
    if (theirs !== undefined && theirs.folder !== ours.folder) findings.push(usedCopy(plugin, used, theirs, ours));
    pending.push(...usedBy(used));
  }
  return findings;
}

/** What uses another copy takes what the host's gives it by its name, and mostly gets on with that. */
function usedCopy(plugin: string, used: Package, theirs: Package, ours: Package): Finding {
  return {
    severity: 'warning', code: 'CORE_DUPLICATE', subject: plugin,
    message: `Package "${used.name}", which plugin "${plugin}" uses, brings a copy of ${CORE} of its own: ${besideText(theirs, ours)}.`,
    fix: theirs.version === ours.version ? 'npm dedupe' : `Use a version of "${used.name}" that is made for ${CORE} ${ours.version}.`,
  };
}

function besideText(theirs: Package, ours: Package): string {
  return `${theirs.folder} (${theirs.version}), beside ${ours.folder} (${ours.version})`;
}

function usedBy(user: Package | undefined): Package[] {
  return (user?.uses ?? []).flatMap((name) => packageSeenFrom(user?.folder ?? '', name) ?? []);
}

/** The package of that name that an import finds in a module within `folder`. */
function packageSeenFrom(folder: string, name: string): Package | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = packageIn(join(at, 'node_modules', name));
    if (found !== undefined) return found;
    if (dirname(at) === at) return undefined;
  }
}

function packageAbove(file: string): Package | undefined {
  for (let at = dirname(file); dirname(at) !== at; at = dirname(at)) {
    const found = packageIn(at);
    if (found?.name === CORE) return found;
  }
  return undefined;
}

function packageIn(folder: string): Package | undefined {
  try {
    const { name, version, dependencies, optionalDependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
    const uses = [dependencies, optionalDependencies, peerDependencies].flatMap((part) => (typeof part === 'object' && part !== null ? Object.keys(part) : []));
    return typeof name === 'string' ? { name, folder: realpathSync(folder), version: typeof version === 'string' ? version : 'unknown', uses } : undefined;
  } catch {
    return undefined;
  }
}
