import { Argument, Command, Option, StructumError, type CommandContext, type Output } from '@structum/core';
import { linkUnknown, unlinkUnconfirmed } from '../errors.js';
import type { PackageLink } from './link-folder.js';
import { pluginNameIn } from './plugin-package.js';
import { userLinks } from './user-links.js';

/** What `structum plugins unlink` takes. */
export class UnlinkInput {
  @Argument({ type: 'string', description: 'The plugin or its package; all that are linked when left out', required: false, minLength: 1 })
  name?: string;

  @Option('-y,--yes', { description: 'Unlink all without asking' })
  yes = false;
}

/** A plugin that was unlinked. */
export interface UnlinkedPlugin {
  /** The name of its package. */
  readonly package: string;
  /** Absent where its manifest could not be read any more. */
  readonly plugin?: string;
  /** Where the link led; absent where nothing is there any more. */
  readonly folder?: string;
}

/** Takes back what `structum plugins link` did. */
@Command({
  path: 'plugins unlink',
  description: 'No longer use a plugin from its folder',
  details: 'Only the link is removed: the plugin\'s folder stays as it is.',
  examples: [
    { command: 'structum plugins unlink hello', description: 'Unlink the plugin "hello"' },
    { command: 'structum plugins unlink --yes', description: 'Unlink all plugins' },
  ],
  input: UnlinkInput,
})
export class UnlinkCommand {
  async execute({ name, yes }: UnlinkInput, context: CommandContext): Promise<UnlinkedPlugin[]> {
    const links = userLinks(context.env);
    const linked = links.links().map(withPlugin);
    const wanted = name === undefined ? linked : named(name, linked);
    if (name === undefined && !yes && !(await isAgreed(wanted, context))) return [];
    const removed: UnlinkedPlugin[] = [];
    for (const link of wanted) if (await links.remove(link.package)) removed.push(link);
    return removed;
  }

  async render(removed: readonly UnlinkedPlugin[], out: Output): Promise<void> {
    if (removed.length === 0) return out.line('Nothing was unlinked.');
    for (const { package: name, plugin = name, folder = 'a folder that is gone' } of removed) await out.line(`Unlinked "${plugin}": ${folder}`);
  }
}

function withPlugin({ name, folder }: PackageLink): UnlinkedPlugin {
  const plugin = folder === undefined ? undefined : pluginNameIn(folder);
  return { package: name, ...(plugin === undefined ? {} : { plugin }), ...(folder === undefined ? {} : { folder }) };
}

/** A package has its name for itself; the plugins of several packages may have the same. */
function named(name: string, linked: readonly UnlinkedPlugin[]): readonly UnlinkedPlugin[] {
  const byPackage = linked.filter((link) => link.package === name);
  const found = byPackage.length > 0 ? byPackage : linked.filter(({ plugin }) => plugin === name);
  if (found.length === 0) throw linkUnknown(name, linked.map(({ package: packageName, plugin = packageName }) => plugin));
  return found;
}

async function isAgreed(linked: readonly UnlinkedPlugin[], context: CommandContext): Promise<boolean> {
  if (linked.length === 0) return true;
  try {
    return await context.confirm(`Unlink ${linked.map(({ package: name, plugin = name }) => plugin).join(', ')}?`);
  } catch (error) {
    throw StructumError.is(error) && error.code === 'CONFIRMATION_UNAVAILABLE' ? unlinkUnconfirmed(error) : error;
  }
}
