import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Argument, Command, Inject, MANIFEST_FILE, Option, RegistryService, type CommandContext, type Output, type PluginManifest, type Registry } from '@structum/core';
import { formatManifest, manifestDifferences, readManifest } from '@structum/core/manifest';
import { describedPlugin, IMPORT_LIMIT } from './described-plugin.js';
import { nothingToDescribe } from './errors.js';
import { packageProblem } from './link/plugin-package.js';
import { writeManifest } from './manifest-file.js';

/** What `structum plugins manifest` takes. */
export class ManifestInput {
  @Argument({ description: 'The folder of the plugin\'s package.json', path: 'read' })
  folder = '.';

  @Option('--check', { description: 'Write nothing; exit code 1 says that the file does not describe the code any more' })
  check = false;

  @Option('--import-limit', { type: 'integer', minimum: 1, description: 'How long importing the plugin may take', placeholder: 'milliseconds' })
  importLimit = IMPORT_LIMIT;
}

/** What became of a manifest. */
export interface ManifestResult {
  readonly plugin: string;
  /** Absolute path. */
  readonly file: string;
  readonly state: 'written' | 'unchanged' | 'stale' | 'missing';
  /** Where file and code differ: `description`, `commands.tree.input`. */
  readonly differences: readonly string[];
}

/** Makes the manifest of a plugin from its built code. */
@Command({
  path: 'plugins manifest',
  description: 'Make the manifest of a plugin, or check it',
  details:
    'A host reads structum.manifest.json instead of the plugin\'s code to list, explain and check its commands. ' +
    'Make it in every build, after compiling: the plugin and all of its commands are imported for it, in a process of its own.',
  examples: [
    { command: 'structum plugins manifest', description: 'Write structum.manifest.json for the plugin in this folder' },
    { command: 'structum plugins manifest packages/greet --check', description: 'Fail where the manifest is stale, in CI' },
  ],
  input: ManifestInput,
})
export class ManifestCommand {
  private cwd = '';

  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute({ folder, check, importLimit }: ManifestInput, context: CommandContext): Promise<ManifestResult> {
    const { cwd, env, signal } = context;
    this.cwd = cwd;
    const root = resolve(cwd, folder);
    const problem = packageProblem(root);
    if (problem !== undefined) throw nothingToDescribe(root, problem);
    const manifest = await describedPlugin(root, { cwd, env, signal, core: this.registry.core.path, limit: importLimit });
    const file = join(root, MANIFEST_FILE);
    const text = formatManifest(manifest);
    const before = readText(file);
    const differences = differencesOf(file, before, manifest);
    const result = { plugin: manifest.name, file, differences };
    if (!check && before !== text) await writeManifest(file, text);
    if (!check) return { ...result, state: before === text ? 'unchanged' : 'written' };
    if (before !== undefined && differences.length === 0) return { ...result, state: 'unchanged' };
    context.setExitCode(1);
    return { ...result, state: before === undefined ? 'missing' : 'stale' };
  }

  render({ state, file, plugin, differences }: ManifestResult, out: Output): void | Promise<void> {
    const path = relative(this.cwd, file);
    const where = differences.length === 0 ? '' : `: ${differences.join(', ')}`;
    const texts = {
      written: `Wrote ${path}${where === '' ? '' : `, changed${where}`}`,
      unchanged: `${path} describes "${plugin}" as it is`,
      stale: `${path} no longer describes "${plugin}"${where}\nRun "structum plugins manifest" in its folder.`,
      missing: `There is no ${path}\nRun "structum plugins manifest" in the folder of "${plugin}".`,
    };
    return out.line(texts[state]);
  }
}

/** Where a manifest that is there differs from what it should say; all of it, when it cannot be read. */
function differencesOf(file: string, text: string | undefined, manifest: PluginManifest): readonly string[] {
  if (text === undefined) return [];
  try {
    return manifestDifferences(readManifest(file), manifest);
  } catch {
    return ['the whole file'];
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
