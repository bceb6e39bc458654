import { Command, Inject, Option, RegistryService, type Output, type PluginRecord, type PluginState, type PluginOrigin, type Registry, type TrustTier } from '@structum/core';
import { isUsable, printable, styleOf } from './inspect/style.js';
import { table } from './table.js';

const STATES: readonly PluginState[] = ['discovered', 'resolved', 'rejected', 'disabled', 'loaded', 'active', 'failed', 'stopped'];

/** What `structum plugins list` takes. */
export class ListInput {
  @Option('-c,--category', { type: 'string', description: 'Only plugins of this category', placeholder: 'category' })
  category?: string;

  @Option('-s,--state', { type: 'string', enum: STATES, description: 'Only plugins in this state' })
  state?: PluginState;

  @Option('-k,--keyword', { type: 'string', description: 'Only plugins with this keyword', placeholder: 'keyword' })
  keyword?: string;
}

/** A plugin in the list. */
export interface ListedPlugin {
  readonly name: string;
  readonly version: string;
  readonly state: PluginState;
  readonly category: string;
  readonly description: string;
  /** The folder of its package, or what the host was given. */
  readonly source: string;
  /** How its package was found; absent when it was given to the host. */
  readonly origin?: PluginOrigin;
  readonly tier: TrustTier;
  /** Milliseconds that loading took; absent as long as it was not loaded. */
  readonly loadTime?: number;
  /** Why it cannot be used. */
  readonly reason?: string;
  /** What to do about that. */
  readonly hint?: string;
}

/** Lists the plugins of the host that it runs in. */
@Command({
  path: 'plugins list',
  description: 'List plugins',
  details: 'A plugin is loaded when one of its commands runs: until then it is "resolved", or "rejected" when it cannot be used.',
  examples: [
    { command: 'structum plugins list', description: 'All plugins' },
    { command: 'structum plugins list --state rejected', description: 'Plugins that cannot be used, and why' },
    { command: 'structum plugins list --json', description: 'The same as data' },
  ],
  input: ListInput,
})
export class ListCommand {
  private input = new ListInput();
  private all: readonly PluginRecord[] = [];

  constructor(@Inject(RegistryService) private readonly registry: Registry) {}

  async execute(input: ListInput): Promise<ListedPlugin[]> {
    const { category, state, keyword } = input;
    this.input = input;
    this.all = await this.registry.judged();
    return this.all
      .filter((plugin) => category === undefined || plugin.category === category)
      .filter((plugin) => state === undefined || plugin.state === state)
      .filter(({ manifest }) => keyword === undefined || manifest.keywords?.includes(keyword))
      .map(listed);
  }

  async render(plugins: readonly ListedPlugin[], out: Output): Promise<void> {
    if (plugins.length === 0) return out.line(printable(noneText(this.input, this.all)));
    const style = styleOf(out);
    const paint = (line: string, row: number): string => (plugins[row] !== undefined && !isUsable(plugins[row].state) ? style.dim(line) : line);
    await out.write(table(TITLES, plugins.map(rowOf), { columns: out.columns, kept: 3, ellipsis: out.unicode ? '…' : '...', paint }));
    for (const { name, reason, hint } of plugins) {
      if (reason !== undefined) await out.line(`\n${style.bold(name)}: ${printable(reason)}`);
      if (hint !== undefined) await out.line(`  -> ${printable(hint)}`);
    }
  }
}

/** Why the list is empty: nothing is called what was asked for, or nothing is like that. */
function noneText({ category, state, keyword }: ListInput, all: readonly PluginRecord[]): string {
  if (all.length === 0) return 'No plugins.';
  const categories = [...new Set(all.map((plugin) => plugin.category))].sort();
  if (category !== undefined && !categories.includes(category)) return `No plugin has the category "${category}"; there are ${categories.join(', ')}.`;
  const wanted = [
    ...(category === undefined ? [] : [`of the category "${category}"`]),
    ...(state === undefined ? [] : [`in the state "${state}"`]),
    ...(keyword === undefined ? [] : [`with the keyword "${keyword}"`]),
  ];
  return `No plugins ${wanted.join(' ')}.`;
}

const TITLES = ['NAME', 'VERSION', 'STATE', 'CATEGORY', 'SOURCE', 'LOAD', 'DESCRIPTION'];

function listed({ name, version, state, category, description, source, tier, timings, reason }: PluginRecord): ListedPlugin {
  return {
    name, version, state, category, description, source: source.label,
    ...(source.kind === 'package' ? { origin: source.origin } : {}),
    tier,
    ...(timings.load === undefined ? {} : { loadTime: timings.load }),
    ...(reason === undefined ? {} : { reason: reason.message }),
    ...(reason?.hint === undefined ? {} : { hint: reason.hint }),
  };
}

function rowOf({ name, version, state, category, origin, tier, loadTime, description }: ListedPlugin): string[] {
  const load = loadTime === undefined ? '-' : `${loadTime.toFixed(1)} ms`;
  return [name, version, state, category, sourceOf(origin, tier), load, description].map(printable);
}

/** `project (found)`; one word where both are the same word. */
function sourceOf(origin: PluginOrigin | undefined, tier: TrustTier): string {
  const from = origin ?? 'given';
  return from === tier ? from : `${from} (${tier})`;
}
