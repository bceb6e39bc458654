import { resolve } from 'node:path';
import { Argument, Command, Inject, RegistryService, type CommandContext, type Output, type PluginRecord, type Registry } from '@structum/core';
import type { LinkChange } from './link-folder.js';
import { pluginPackage } from './plugin-package.js';
import { userLinks } from './user-links.js';

/** What `structum plugins link` takes. */
export class LinkInput {
  @Argument({ description: 'The folder of the plugin\'s package.json', path: 'read' })
  folder = '.';
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
  /** Whether its manifest was missing, and was made. */
  readonly isDescribed: boolean;
  /** The paths of its commands. */
  readonly commands: readonly string[];
  /** What of the host's own comes before it, and keeps it from being used here. */
  readonly shadowedBy: readonly Shadow[];
}

/** A plugin of the host that has the name, or a command, of a linked one. */
export interface Shadow {
  readonly plugin: string;
  readonly version: string;
  /** The folder of its package, or what the host was given. */
  readonly source: string;
  /** The command that both have; absent where it is the name. */
  readonly command?: string;
}

/** Makes a plugin under development one of the user's. */
@Command({
  path: 'plugins link',
  description: 'Use a plugin from its folder',
  details:
    'The command line finds the plugin through a link in your folder for data, wherever you run it, until you unlink it. ' +
    'Build the plugin before; what you build later is used at once.',
  examples: [
    { command: 'structum plugins link', description: 'Link the plugin in this folder' },
    { command: 'structum plugins link ../hello', description: 'Link another one' },
  ],
  input: LinkInput,
})
export class LinkCommand {
  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute({ folder }: LinkInput, { cwd, env }: CommandContext): Promise<LinkResult> {
    const links = userLinks(env);
    const found = await pluginPackage(resolve(cwd, folder));
    const state = await links.place(found.name, found.folder);
    const { name, version, commands } = found.manifest;
    return {
      plugin: name,
      version,
      package: found.name,
      folder: found.folder,
      link: links.pathOf(found.name),
      state,
      isDescribed: found.isDescribed,
      commands: commands.map(({ path }) => path),
      shadowedBy: this.#shadowsOf(name, commands.flatMap(({ path, aliases }) => [path, ...aliases])),
    };
  }

  async render({ plugin, version, folder, state, isDescribed, commands, shadowedBy }: LinkResult, out: Output): Promise<void> {
    if (isDescribed) await out.line('Wrote structum.manifest.json');
    await out.line(`${state === 'unchanged' ? 'Already linked' : 'Linked'} "${plugin}" ${version}: ${folder}`);
    for (const shadow of shadowedBy) await out.line(warningOf(shadow));
    const [command] = commands;
    if (shadowedBy.length === 0 && command !== undefined) await out.line(`Try: structum ${command} --help`);
  }

  #shadowsOf(name: string, paths: readonly string[]): readonly Shadow[] {
    const sameName = this.registry.plugin(name);
    if (sameName !== undefined && comesBeforeLinks(sameName)) return [shadowOf(sameName)];
    return paths.flatMap((path) => {
      const owner = this.registry.plugin(this.registry.command(path)?.plugin ?? '');
      return owner === undefined || owner.name === name || !comesBeforeLinks(owner) ? [] : [{ ...shadowOf(owner), command: path }];
    });
  }
}

/** What is given to the host, and what is installed beside it, wins over links. */
function comesBeforeLinks({ source }: PluginRecord): boolean {
  return source.kind === 'given' || source.origin === 'host';
}

function shadowOf({ name, version, source }: PluginRecord): Shadow {
  return { plugin: name, version, source: source.label };
}

function warningOf({ plugin, version, source, command }: Shadow): string {
  const what = command === undefined ? `its own "${plugin}" ${version}` : `the command "${command}" of "${plugin}" ${version}`;
  return `This host uses ${what} instead: ${source}`;
}
