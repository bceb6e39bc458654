import { Argument, Command, Inject, Option, RegistryService, type Output, type Registry } from '@structum/core';
import { pluginNotThere } from '../plugin-unknown.js';
import { allDependents, dependentChains, type ChainLink, type Chains } from './dependent-chains.js';
import { printable } from './style.js';

/** What `structum plugins why` takes. */
export class WhyInput {
  @Argument({ type: 'string', description: 'The plugin\'s name' })
  name!: string;

  @Option('--limit', { type: 'integer', minimum: 1, maximum: 10_000, description: 'At most this many chains' })
  limit = 100;
}

/** Who needs a plugin. */
export interface PluginNeed extends Chains {
  readonly plugin: string;
  /** The version that is there; absent when the plugin is not. */
  readonly version?: string;
  /** Who asks for it directly, by name. */
  readonly direct: readonly string[];
  /** Who only needs one that does. */
  readonly indirect: readonly string[];
}

/** Tells who needs a plugin, and through whom. */
@Command({
  path: 'plugins why',
  description: 'Show who needs a plugin',
  details: 'Each line is a chain from a plugin that nobody needs down to the one that was asked for, with the range that each asks for.',
  examples: [{ command: 'structum plugins why tree', description: 'Which plugins need "tree"' }],
  input: WhyInput,
})
export class WhyCommand {
  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute({ name, limit }: WhyInput): Promise<PluginNeed> {
    await this.registry.judged();
    const record = this.registry.plugin(name);
    const direct = [...new Set(this.registry.dependents(name).map(({ plugin }) => plugin))].sort();
    if (record === undefined && direct.length === 0) throw pluginNotThere(name, this.registry);
    const isDirect = new Set(direct);
    const indirect = allDependents(name, this.registry).filter((plugin) => !isDirect.has(plugin));
    return { plugin: name, ...(record === undefined ? {} : { version: record.version }), direct, indirect, ...dependentChains(name, this.registry, limit) };
  }

  async render({ plugin, version, direct, chains, complete }: PluginNeed, out: Output): Promise<void> {
    const subject = version === undefined ? `${plugin} (not installed)` : `${plugin} ${version}`;
    if (direct.length === 0) return out.line(`Nobody needs ${subject}.`);
    await out.line(`${subject} is needed by:`);
    for (const chain of chains) await out.line(`  ${chainText(chain, out.unicode ? '→' : '->')}`);
    if (!complete) await out.line(`There are more than these ${String(chains.length)} chains; --limit shows more.`);
  }
}

/** Of longer chains only so many links at each end are told; all are in the data. */
const MOST_LINKS = 6;

/** `report → (^1.0.0) tree`. */
function chainText(chain: readonly ChainLink[], arrow: string): string {
  const told = chain.length <= 2 * MOST_LINKS ? [chain] : [chain.slice(0, MOST_LINKS), chain.slice(-MOST_LINKS)];
  const left = `${String(chain.length - 2 * MOST_LINKS)} more ${arrow}`;
  return told.map((links) => links.map((link) => linkText(link, arrow)).join(' ')).join(` ${left} `);
}

function linkText({ plugin, needs }: ChainLink, arrow: string): string {
  return printable(needs === undefined ? plugin : `${plugin} ${arrow} (${askedFor(needs)})`);
}

function askedFor({ range, service, optional }: NonNullable<ChainLink['needs']>): string {
  return `${service === undefined ? range : `service ${service}`}${optional ? ', optional' : ''}`;
}
