import { existsSync } from 'node:fs';
import { MANIFEST_FILE, type PluginManifest } from '../index.js';
import { generateManifest, manifestDifferences, readManifest } from '../manifest/index.js';
import { failure } from './failure.js';
import { packageFolder } from './package-folder.js';

/**
 * Fails where the manifest of the plugin in a folder does not say what its code says, and shows where they differ.
 *
 * The plugin is imported, with all of its commands.
 *
 * @param location - Of its `package.json`, as a path or a `file:` URL.
 * @throws the codes of `generateManifest` and `readManifest` where there is no plugin, or no valid manifest.
 */
export async function expectManifestFresh(location: string | URL): Promise<void> {
  const folder = packageFolder(location);
  const { manifest: expected, file } = await generateManifest({ folder });
  if (!existsSync(file)) throw failure({ message: `Plugin "${expected.name}" has no ${MANIFEST_FILE}.`, remedy: remedyFor(folder) });
  const found = readManifest(file);
  const differences = manifestDifferences(found, expected);
  if (differences.length === 0) return;
  throw failure({
    message: `The manifest of plugin "${expected.name}", ${file}, does not describe its code:`,
    problems: differences.map((path) => `${path}: ${shown(at(found, path))} in the manifest, ${shown(at(expected, path))} in the code`),
    remedy: remedyFor(folder),
    actual: found,
    expected,
  });
}

function remedyFor(folder: string): string {
  return `Build the plugin, and run "structum plugins manifest" in ${folder}.`;
}

/** What stands at `commands.<path>.<member>`, or at a member of the manifest. */
function at(manifest: PluginManifest, path: string): unknown {
  const commands = 'commands.';
  if (!path.startsWith(commands)) return (manifest as unknown as Readonly<Record<string, unknown>>)[path];
  const rest = path.slice(commands.length);
  // The path of a command may itself hold dots.
  const command = manifest.commands.filter((candidate) => rest === candidate.path || rest.startsWith(`${candidate.path}.`)).sort((a, b) => b.path.length - a.path.length)[0];
  if (command === undefined) return undefined;
  return rest === command.path ? command.description : (command as unknown as Readonly<Record<string, unknown>>)[rest.slice(command.path.length + 1)];
}

const LONGEST = 160;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
