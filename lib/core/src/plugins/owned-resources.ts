import type { Resource } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { inPhase } from './blame.js';

interface Entry {
  readonly resource: Resource;
  readonly label: string;
}

/** What a plugin started and handed over, in the order in which it did. */
export class OwnedResources {
  readonly #plugin: string;
  readonly #entries = new Set<Entry>();
  #isClosed = false;

  constructor(plugin: string) {
    this.#plugin = plugin;
  }

  get labels(): readonly string[] {
    return [...this.#entries].map(({ label }) => label);
  }

  /**
   * Takes charge of `resource`. One that comes when all has been ended is ended at once: its plugin came too late.
   *
   * @returns what gives up the charge of it, without ending it.
   * @throws `RESOURCE_INVALID`
   */
  add(resource: Resource, label: string): () => void {
    if (!isLabel(label)) throw catalogued('RESOURCE_INVALID', { plugin: this.#plugin });
    if (!canEnd(resource)) throw catalogued('RESOURCE_INVALID', { plugin: this.#plugin, label });
    const entry = { resource, label };
    if (this.#isClosed) void this.#end(entry, 0);
    else this.#entries.add(entry);
    return () => {
      this.#entries.delete(entry);
    };
  }

  /**
   * Ends all of it, last handed over first, one after the other, and from now on what is still handed over.
   *
   * @param limit - Milliseconds for each.
   * @returns what went wrong; the rest is ended all the same.
   */
  dispose(limit: number): Promise<readonly unknown[]> {
    this.#isClosed = true;
    return this.#endAll(limit);
  }

  async #endAll(limit: number): Promise<readonly unknown[]> {
    const errors: unknown[] = [];
    for (const entry of [...this.#entries].reverse()) {
      // The end of another one may have been the end of this one.
      if (!this.#entries.delete(entry)) continue;
      const failure = await this.#end(entry, limit);
      if (failure !== undefined) errors.push(failure.error);
    }
    return errors;
  }

  async #end({ resource }: Entry, limit: number): Promise<{ readonly error: unknown } | undefined> {
    try {
      await inPhase(this.#plugin, 'deactivate', limit, () => end(resource));
      return undefined;
    } catch (error) {
      return { error };
    }
  }
}

function isLabel(label: unknown): boolean {
  return typeof label === 'string' && label.trim() !== '';
}

function canEnd(resource: unknown): boolean {
  if (typeof resource === 'function') return true;
  return typeof resource === 'object' && resource !== null && (Symbol.asyncDispose in resource || Symbol.dispose in resource);
}

async function end(resource: Resource): Promise<void> {
  if (typeof resource === 'function') await resource();
  else if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
  else resource[Symbol.dispose]();
}
