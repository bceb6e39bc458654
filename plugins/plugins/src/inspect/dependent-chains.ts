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
  const pending: Step[] = [{ link: { plugin: name } }];
  for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
    const chain = chainOf(step);
    const seen = new Set(chain.map(({ plugin }) => plugin));
    const further = registry.dependents(step.link.plugin).filter(({ plugin }) => !seen.has(plugin));
    if (further.length === 0 && chain.length > 1) chains.push(chain);
    if (chains.length === limit) return { chains, complete: pending.length === 0 };
    for (const { plugin, ...needs } of [...further].reverse()) pending.push({ link: { plugin, needs }, below: step });
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
  readonly below?: Step;
}

function chainOf(step: Step): ChainLink[] {
  const chain: ChainLink[] = [];
  for (let at: Step | undefined = step; at !== undefined; at = at.below) chain.push(at.link);
  return chain;
}
