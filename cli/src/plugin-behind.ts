import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Registry } from '@structum/core';

/** The plugin whose code an error comes from, by its stack: that of the innermost place that is in a plugin's package. */
export function pluginBehind(error: unknown, registry: Registry): string | undefined {
  const files = error instanceof Error ? filesIn(error.stack ?? '') : [];
  if (files.length === 0) return undefined;
  const homes = registry.plugins.flatMap(({ name, source }) => (source.kind === 'package' ? [{ name, folder: `${source.label}${sep}` }] : []));
  for (const file of files) {
    const within = homes.filter(({ folder }) => file.startsWith(folder)).sort((one, other) => other.folder.length - one.folder.length);
    if (within[0] !== undefined) return within[0].name;
  }
  return undefined;
}

/** The files of a stack, innermost first: of CommonJS as paths, of ES modules as URLs. */
function filesIn(stack: string): readonly string[] {
  const places = [...stack.matchAll(/^ +at (?:.*?\()?(.+?)(?:\?[^):]*)?:\d+:\d+\)?$/gm)].map(([, place = '']) => place);
  return places.filter((place) => !place.startsWith('node:')).flatMap((place) => pathOf(place) ?? []);
}

function pathOf(place: string): string | undefined {
  if (!place.startsWith('file:')) return place;
  try {
    return fileURLToPath(place);
  } catch {
    return undefined;
  }
}
