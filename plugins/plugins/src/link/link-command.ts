import { resolve } from 'node:path';
import { Argument, Command, Inject, Option, RegistryService, type CommandContext, type ErrorReport, type Output, type Permissions, type PluginRecord, type Registry } from '@structum/core';
import { IMPORT_LIMIT } from '../described-plugin.js';
import { isUsable, printable } from '../inspect/style.js';
import { permissionTexts } from '../permission-texts.js';
import type { LinkChange } from './link-folder.js';
import { pluginPackage } from './plugin-package.js';
import { userLinks } from './user-links.js';

/** What `structum plugins link` takes. */
export class LinkInput {
  @Argument({ description: 'The folder of the plugin\'s package.json', path: 'read' })
  folder = '.';

  @Option('--import-limit', { type: 'integer', minimum: 1, description: 'How long importing the plugin may take, where it has no manifest yet', placeholder: 'milliseconds' })
  importLimit = IMPORT_LIMIT;
}

/** A plugin that was linked. */
export interface LinkResult {
  readonly plugin: string;
  readonly version: string;
  /** The name of its package. */
  readonly package: string;
  /** Absolute, links resolved. */
  readonly folder: string;
  /** The path of the link. */
  readonly link: string;
  readonly state: LinkChange;
  /** Where the link led before, when that was changed; absent where nothing was there any more. */
  readonly before?: string;
  /** Whether its manifest was missing, and was made. */
  readonly isDescribed: boolean;
  /** The paths of its commands. */
  readonly commands: readonly string[];
  /** What it asks to be allowed. */
  readonly permissions: Permissions;
  /** Whether this host can use it. */
  readonly usable: boolean;
  /** Why not; absent also where the host does not look for linked plugins. */
  readonly reason?: ErrorReport;
}

/** Makes a plugin under development one of the user's. */
@Command({
  path: 'plugins link',
  description: 'Use a plugin from its folder',
  details:
    'The command line finds the plugin through a link in your folder for data, wherever you run it, until you unlink it. ' +
    'Build the plugin before; what you build later is used at once. Where it has no manifest, that is made, for which the plugin is imported, in a process of its own.',
  examples: [
    { command: 'structum plugins link', description: 'Link the plugin in this folder' },
    { command: 'structum plugins link ../hello', description: 'Link another one' },
  ],
  input: LinkInput,
})
export class LinkCommand {
  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute({ folder, importLimit }: LinkInput, { cwd, env, signal }: CommandContext): Promise<LinkResult> {
    const links = userLinks(env);
    const found = await pluginPackage(resolve(cwd, folder), { cwd, env, signal, core: this.registry.core.path, limit: importLimit });
    const before = links.link(found.name)?.folder;
    const state = await links.place(found.name, found.folder);
    const record = await this.#recordIn(found.folder);
    const { name, version, commands, permissions } = found.manifest;
    return {
      plugin: name,
      version,
      package: found.name,
      folder: found.folder,
      link: links.pathOf(found.name),
      state,
      ...(state === 'changed' && before !== undefined ? { before } : {}),
      isDescribed: found.isDescribed,
      commands: commands.map(({ path }) => path),
      permissions,
      usable: record !== undefined && isUsable(record.state),
      ...(record?.reason === undefined ? {} : { reason: record.reason }),
    };
  }

  async render({ plugin, version, folder, state, before, isDescribed, commands, permissions, usable, reason }: LinkResult, out: Output): Promise<void> {
    if (isDescribed) await out.line('Wrote structum.manifest.json');
    await out.line(`${state === 'unchanged' ? 'Already linked' : 'Linked'} "${plugin}" ${version}: ${folder}${before === undefined ? '' : ` (before: ${before})`}`);
    const asked = permissionTexts(permissions);
    if (asked.length > 0) await out.line(`It may have: ${asked.join('; ')}`);
    if (reason !== undefined) await out.line(obstacleText(reason));
    else if (!usable) await out.line('This host does not look for linked plugins.');
    const [command] = commands;
    if (usable && command !== undefined) await out.line(`Try: structum ${command} --help`);
  }

  /** The plugin as this host knows it by now. */
  async #recordIn(folder: string): Promise<PluginRecord | undefined> {
    return (await this.registry.judged()).find(({ source }) => source.kind === 'package' && source.label === folder);
  }
}

function obstacleText({ message, hint }: ErrorReport): string {
  return [`It cannot be used: ${printable(message)}`, ...(hint === undefined ? [] : [`  -> ${printable(hint)}`])].join('\n');
}
