import type { InputProperty } from '../contract/index.js';

/** Every flag that gives a property: those of its description, and the `--no-` forms of a boolean. */
export function flagsOf(property: InputProperty): readonly string[] {
  const binding = property['x-structum'];
  if (binding.kind !== 'option') return [];
  if (property.type !== 'boolean') return binding.flags;
  return [...binding.flags, ...binding.flags.filter((flag) => flag.startsWith('--')).map((flag) => `--no-${flag.slice(2)}`)];
}
