import type { Resource } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { within } from '../platform/index.js';

/** What a plugin started and handed over, in the order in which it did. */
export class OwnedResources {
  readonly #plugin: string;
  readonly #entries: { readonly resource: Resource; readonly label: string }[] = [];
  #isClosed = false;

  constructor(plugin: string) {
    this.#plugin = plugin;
  }

  get labels(): readonly string[] {
    return this.#entries.map(({ label }) => label);
  }

  /**
   * Takes charge of `resource`. One that comes when all has been ended is ended at once: its plugin came too late.
   * @throws `RESOURCE_INVALID`
   */
  add(resource: Resource, label: string): void {
    if (!canEnd(resource)) throw catalogued('RESOURCE_INVALID', { plugin: this.#plugin, label });
    this.#entries.push({ resource, label });
    if (this.#isClosed) void this.#endAll(0);
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
    for (let entry = this.#entries.pop(); entry !== undefined; entry = this.#entries.pop()) {
      const { resource } = entry;
      const overdue = (): Error => catalogued('PLUGIN_PHASE_TIMEOUT', { plugin: this.#plugin, phase: 'deactivate', limit });
      try {
        await within(limit, () => end(resource), overdue);
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }
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
