import { AsyncLocalStorage } from 'node:async_hooks';
import type { PluginUnit } from './plugin-unit.js';

/** Of the command at work: the plugins whose commands led to it, outermost first, and its own. */
const chains = new AsyncLocalStorage<readonly PluginUnit[]>();

/** Does the work of a command of the last plugin of `chain`, which those before led to. */
export function inNameOf<Result>(chain: readonly PluginUnit[], work: () => Result): Result {
  // Hardly any command is run by another one, and in older versions of Node following costs all promises something.
  return chain.length > 1 || chains.getStore() !== undefined ? chains.run(chain, work) : work();
}

/**
 * Those in whose name a plugin asks right now: while one of its commands is at work, those who led to it, too. What it does
 * for others as a service it does in its own name.
 */
export function askersOf(unit: PluginUnit): readonly PluginUnit[] {
  const chain = chains.getStore();
  return chain?.at(-1)?.name === unit.name ? chain : [unit];
}

/** Of those in whose name a plugin asks right now, the first that is no part of the host; `undefined` where all are. */
export function strangerFor(unit: PluginUnit): PluginUnit | undefined {
  return askersOf(unit).find(({ isOfHost }) => !isOfHost);
}
