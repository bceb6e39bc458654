import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CoreCopy, PluginRecord } from '@structum/core';
import type { Finding } from './finding.js';

const CORE = '@structum/core';

/** Plugins that would load another copy of the core than their host's, by where Node looks for it; no code is run. */
export function coreFindings(plugins: readonly PluginRecord[], ours: CoreCopy): readonly Finding[] {
  const own = packageAbove(ours.path);
  if (own === undefined) return [];
  return plugins.flatMap(({ name, source, tier }) => {
    if (source.kind !== 'package' || tier === 'found') return [];
    const theirs = coreSeenFrom(source.label);
    return theirs === undefined || theirs.folder === own.folder ? [] : [findingOf(name, source.label, theirs, own)];
  });
}

interface CorePackage {
  /** Links resolved. */
  readonly folder: string;
  readonly version: string;
}

/** Nobody wants what is linked from where it is developed to have no core of its own; of one version it does no harm. */
function findingOf(plugin: string, folder: string, theirs: CorePackage, ours: CorePackage): Finding {
  const isSame = theirs.version === ours.version;
  return {
    severity: isSame ? 'warning' : 'error', code: 'CORE_DUPLICATE', subject: plugin,
    message: `Plugin "${plugin}" brings a copy of ${CORE} of its own: ${theirs.folder} (${theirs.version}), beside ${ours.folder} (${ours.version}).`,
    fix: isSame
      ? `Make ${CORE} a peer dependency of the plugin, and run: npm dedupe`
      : `npm install --prefix ${JSON.stringify(folder)} "${CORE}@${ours.version}"`,
  };
}

/** The package that `import '@structum/core'` finds in a module within `folder`. */
function coreSeenFrom(folder: string): CorePackage | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const found = packageIn(join(at, 'node_modules', CORE));
    if (found !== undefined) return found;
    if (dirname(at) === at) return undefined;
  }
}

function packageAbove(file: string): CorePackage | undefined {
  for (let at = dirname(file); dirname(at) !== at; at = dirname(at)) {
    const found = packageIn(at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function packageIn(folder: string): CorePackage | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown; version?: unknown };
    return name === CORE ? { folder: realpathSync(folder), version: typeof version === 'string' ? version : 'unknown' } : undefined;
  } catch {
    return undefined;
  }
}
