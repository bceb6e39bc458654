import type { CommandManifest, Registry } from '@structum/core';
import { longName } from './input-from-words.js';

/** All commands, a line each. */
export function overview(registry: Registry): string {
  const rows = registry.commands.map(({ path, manifest }) => `  ${path.padEnd(12)}${manifest.description}`);
  return ['Usage: acme <command> [arguments]', '', ...rows, '', 'acme <command> --help says more.', ''].join('\n');
}

/** One command: its arguments and options. */
export function commandHelp({ path, description, input }: CommandManifest): string {
  const properties = Object.entries(input.properties);
  const words = properties.filter(([, property]) => longName(property) === undefined).map(([name]) => ` [${name}]`);
  const rows = properties.map(([name, property]) => {
    const long = longName(property);
    return `  ${(long === undefined ? name : `--${long}`).padEnd(16)}${property.description ?? ''}`;
  });
  return [`Usage: acme ${path}${words.join('')} [options]`, '', `${description}.`, '', ...rows, ''].join('\n');
}
