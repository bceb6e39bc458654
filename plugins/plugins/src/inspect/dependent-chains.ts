import type { Dependent, Registry } from '@structum/core';

/** A plugin in a chain, and what it asks of the next one; the last asks for nothing. */
export interface ChainLink {
  readonly plugin: string;
  readonly needs?: Omit<Dependent, 'plugin'>;
}

/** The chains that were found, and whether they are all there are. */
export interface Chains {
  readonly chains: readonly (readonly ChainLink[])[];
  readonly complete: boolean;
}

/**
 * The ways from plugins that nobody needs down to `name`. One that only leads around in a circle ends where it would
 * begin again. Every path that is followed becomes a chain, so `limit` bounds the work as well.
 */
export function dependentChains(name: string, registry: Registry, limit: number): Chains {
  const chains: (readonly ChainLink[])[] = [];
  const way = new Way();
  const pending: Step[] = [];
  for (let step: Step | undefined = { link: { plugin: name }, depth: 0 }; step !== undefined; step = pending.pop()) {
    const { link, depth } = step;
    way.follow(step);
    const further = registry.dependents(link.plugin).filter(({ plugin }) => !way.has(plugin));
    if (further.length === 0 && depth > 0) chains.push(way.links());
    if (chains.length === limit) return { chains, complete: pending.length === 0 };
    for (const { plugin, ...needs } of further.reverse()) pending.push({ link: { plugin, needs }, depth: depth + 1 });
  }
  return { chains, complete: true };
}

/** Everybody who needs `name` in the end, by name, without it. */
export function allDependents(name: string, registry: Registry): string[] {
  const seen = new Set([name]);
  for (const plugin of seen) for (const dependent of registry.dependents(plugin)) seen.add(dependent.plugin);
  seen.delete(name);
  return [...seen].sort();
}

interface Step {
  readonly link: ChainLink;
  /** How many steps it is from where the way begins. */
  readonly depth: number;
}

/** The way that leads to where one stands, from below. */
class Way {
  readonly #links: ChainLink[] = [];
  readonly #plugins = new Set<string>();

  /** Goes back to where `step` begins, and takes it. */
  follow({ link, depth }: Step): void {
    for (const { plugin } of this.#links.splice(depth)) this.#plugins.delete(plugin);
    this.#links.push(link);
    this.#plugins.add(link.plugin);
  }

  has(plugin: string): boolean {
    return this.#plugins.has(plugin);
  }

  /** Its links from the top. */
  links(): ChainLink[] {
    return [...this.#links].reverse();
  }
}
