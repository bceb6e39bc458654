import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { Argument, Command, Inject, Option, RegistryService, StructumError, type CommandContext, type Output, type Registry } from '@structum/core';
import { notLinked, pluginNeeded, unlinkUnconfirmed } from '../errors.js';
import { brokenText, isUnused, needingPlugins } from '../needing-plugins.js';
import { pluginUnknown } from '../plugin-unknown.js';
import type { PackageLink } from './link-folder.js';
import { pluginNameIn } from './plugin-package.js';
import { userLinks } from './user-links.js';

/** What `structum plugins unlink` takes. */
export class UnlinkInput {
  @Argument({ type: 'string', description: 'The plugin, its package, or its folder; all that are linked when left out', required: false, minLength: 1 })
  name?: string;

  @Option('-y,--yes', { description: 'Unlink all without asking' })
  yes = false;

  @Option('-f,--force', { description: 'Also what other plugins require' })
  force = false;
}

/** A plugin that was unlinked. */
export interface UnlinkedPlugin {
  /** The name of its package. */
  readonly package: string;
  /** Absent where its manifest could not be read any more. */
  readonly plugin?: string;
  /** Where the link led. */
  readonly folder: string;
  /** Whether nothing is there any more. */
  readonly isGone: boolean;
  /** The plugins that require it, and cannot be used any more; absent where there is none. */
  readonly broken?: readonly string[];
}

/** Takes back what `structum plugins link` did. */
@Command({
  path: 'plugins unlink',
  description: 'No longer use a plugin from its folder',
  details:
    'Only the link is removed: the plugin\'s folder stays as it is. ' +
    'What others require is not unlinked, unless they are unlinked with it, or --force is given.',
  examples: [
    { command: 'structum plugins unlink hello', description: 'Unlink the plugin "hello"' },
    { command: 'structum plugins unlink .', description: 'Unlink the plugin in this folder' },
    { command: 'structum plugins unlink --yes', description: 'Unlink all plugins' },
  ],
  input: UnlinkInput,
})
export class UnlinkCommand {
  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute({ name, yes, force }: UnlinkInput, context: CommandContext): Promise<UnlinkedPlugin[]> {
    const links = userLinks(context.env);
    const linked = links.links().map(withPlugin);
    const wanted = name === undefined ? linked : this.#named(name, resolve(context.cwd, name), linked);
    const needing = this.#needing(wanted);
    if (!force) refuseIfNeeded(needing);
    if (name === undefined && !yes && !(await isAgreed(wanted, context))) return [];
    const removed: UnlinkedPlugin[] = [];
    for (const link of wanted) if (await links.remove(link.package)) removed.push(link);
    await this.registry.judged();
    // Another copy of the plugin may have come in its place.
    return removed.map((link) => withBroken(link, (needing.get(link) ?? []).filter((dependent) => isUnused(dependent, this.registry))));
  }

  async render(removed: readonly UnlinkedPlugin[], out: Output): Promise<void> {
    if (removed.length === 0) return out.line('Nothing was unlinked.');
    for (const { package: name, plugin = name, folder, isGone, broken = [] } of removed) {
      await out.line(`Unlinked "${plugin}": ${folder}${isGone ? ', which is gone' : ''}`);
      for (const dependent of broken) await out.line(`  ${brokenText(dependent)}`);
    }
  }

  /** Who requires what is unlinked, as far as that is what is used. */
  #needing(links: readonly UnlinkedPlugin[]): ReadonlyMap<UnlinkedPlugin, readonly string[]> {
    const leaving = links.map(nameOf);
    return new Map(links.flatMap((link) => {
      const { plugin, folder } = link;
      if (plugin === undefined || this.registry.plugin(plugin)?.source.label !== folder) return [];
      return [[link, needingPlugins(plugin, leaving, this.registry)] as const];
    }));
  }

  /** A package has its name for itself; the plugins of several packages may have the same. */
  #named(name: string, folder: string, linked: readonly UnlinkedPlugin[]): readonly UnlinkedPlugin[] {
    for (const isMeant of [
      (link: UnlinkedPlugin) => link.package === name,
      (link: UnlinkedPlugin) => link.plugin === name,
      (link: UnlinkedPlugin) => isSameFolder(link.folder, folder),
    ]) {
      const found = linked.filter(isMeant);
      if (found.length > 0) return found;
    }
    const record = this.registry.plugin(name);
    if (record !== undefined) throw notLinked(name, record.source.label);
    throw pluginUnknown(name, linked.map(nameOf), linked.length === 0 ? 'Nothing is linked.' : `Linked are ${linked.map(nameOf).join(', ')}.`);
  }
}

function refuseIfNeeded(needing: ReadonlyMap<UnlinkedPlugin, readonly string[]>): void {
  for (const [link, dependents] of needing) {
    if (dependents.length > 0) throw pluginNeeded(nameOf(link), dependents, `Unlink or disable ${dependents.length === 1 ? 'that' : 'those'} first`);
  }
}

function withBroken(link: UnlinkedPlugin, broken: readonly string[]): UnlinkedPlugin {
  return broken.length === 0 ? link : { ...link, broken };
}

function nameOf({ package: packageName, plugin = packageName }: UnlinkedPlugin): string {
  return plugin;
}

function withPlugin({ name, folder, target }: PackageLink): UnlinkedPlugin {
  const plugin = folder === undefined ? undefined : pluginNameIn(folder);
  return { package: name, ...(plugin === undefined ? {} : { plugin }), folder: folder ?? target, isGone: folder === undefined };
}

/** Links are followed where there is anything to follow. */
function isSameFolder(linked: string, folder: string): boolean {
  if (linked === folder) return true;
  try {
    return realpathSync(folder) === linked;
  } catch {
    return false;
  }
}

async function isAgreed(linked: readonly UnlinkedPlugin[], context: CommandContext): Promise<boolean> {
  if (linked.length === 0) return true;
  try {
    return await context.confirm(`Unlink ${linked.map(nameOf).join(', ')}?`);
  } catch (error) {
    throw StructumError.is(error) && error.code === 'CONFIRMATION_UNAVAILABLE' ? unlinkUnconfirmed(error) : error;
  }
}
