import type { Resource } from '../contract/index.js';

/** What a plugin started and handed over, in the order in which it did. */
export class OwnedResources {
  readonly #entries: { readonly resource: Resource; readonly label: string }[] = [];

  get labels(): readonly string[] {
    return this.#entries.map(({ label }) => label);
  }

  add(resource: Resource, label: string): void {
    this.#entries.push({ resource, label });
  }

  /** Ends all of it, last handed over first, one after the other. Errors are gathered; the rest is ended all the same. */
  async dispose(): Promise<readonly unknown[]> {
    const errors: unknown[] = [];
    for (let entry = this.#entries.pop(); entry !== undefined; entry = this.#entries.pop()) {
      try {
        await end(entry.resource);
      } catch (error) {
        errors.push(error);
      }
    }
    return errors;
  }
}

async function end(resource: Resource): Promise<void> {
  if (typeof resource === 'function') await resource();
  else if (Symbol.asyncDispose in resource) await resource[Symbol.asyncDispose]();
  else resource[Symbol.dispose]();
}
