import type { ValueSchema } from '../../contract/index.js';
import type { SectionSchema } from '../layers/config-layer.js';
import { valueOfText } from '../layers/text-value.js';
import { isMapping } from '../section.js';
import { secretError, type FailedReference, type ReferencePlace } from './secret-error.js';
import { SecretFailure } from './secret-failure.js';
import type { Asking, SecretResolver } from './secret-resolver.js';
import { textsIn } from './texts.js';
import { isTemplate, parseTemplate, type SecretReference } from './template.js';

/** A value of a configuration that holds references, and who asks for it. */
export interface Unresolved {
  readonly value: unknown;
  readonly schema: ValueSchema | SectionSchema | undefined;
  /** Where it is, with dots between the keys: `plugins.mail`. */
  readonly key: string;
  /** Who says what is at these keys within it, and who may resolve it. */
  readonly asking: (path: readonly string[]) => Asking & ReferencePlace;
}

/**
 * A value with what its references stand for, each of the type that its schema has for it: as in an environment variable,
 * a list is JSON, or its items with commas between.
 *
 * @throws `SECRET_UNAVAILABLE`, `SECRET_TIMED_OUT`, `SECRET_REFUSED`, `SECRET_SCHEME_UNKNOWN`, `KEYRING_MISSING`, and the
 *   reason of a signal.
 */
export async function resolveValue({ value, schema, key, asking }: Unresolved, resolver: SecretResolver): Promise<unknown> {
  const pass = new Pass(resolver, asking);
  const resolved = await pass.resolved({ value, schema, key, path: [] });
  const [failed, ...others] = pass.failures;
  if (failed !== undefined) throw await secretError([failed, ...others]);
  return resolved;
}

/** A part of the value. */
interface Part {
  readonly value: unknown;
  readonly schema: ValueSchema | SectionSchema | undefined;
  readonly key: string;
  /** The keys that lead to it, or to the list that it is in. */
  readonly path: readonly string[];
}

/** Resolves all references at the same time. */
class Pass {
  readonly #resolver: SecretResolver;
  readonly #asking: Unresolved['asking'];
  readonly #failures = new Map<number, FailedReference>();
  #references = 0;

  constructor(resolver: SecretResolver, asking: Unresolved['asking']) {
    this.#resolver = resolver;
    this.#asking = asking;
  }

  /** In the order in which they are written. */
  get failures(): readonly FailedReference[] {
    return [...this.#failures].sort(([one], [other]) => one - other).map(([, failure]) => failure);
  }

  async resolved(part: Part): Promise<unknown> {
    const { value, key, path } = part;
    const { items, properties = {}, additionalProperties }: ValueSchema = part.schema ?? {};
    if (isTemplate(value)) return this.#text(value, part);
    if (Array.isArray(value)) return Promise.all(value.map((item, index) => this.resolved({ value: item, schema: items, key: `${key}[${String(index)}]`, path })));
    if (!isMapping(value)) return value;
    const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
    const entries = Object.entries(value).map(async ([name, item]) => {
      const schema = Object.hasOwn(properties, name) ? properties[name] : others;
      return [name, await this.resolved({ value: item, schema, key: `${key}.${name}`, path: [...path, name] })] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  async #text(text: string, part: Part): Promise<unknown> {
    const parts = parseTemplate(text).parts.map(async (each) => (typeof each === 'string' ? each : this.#reference(each, part)));
    const resolved = (await Promise.all(parts)).join('');
    const { type }: ValueSchema = part.schema ?? {};
    const value = type === undefined ? resolved : valueOfText(resolved, part.schema);
    // Of a list, each item for itself.
    if (typeof value === 'object') for (const each of textsIn(value)) this.#asking(part.path).found(each);
    return value;
  }

  async #reference(reference: SecretReference, { key, path }: Part): Promise<string> {
    const place = this.#asking(path);
    const ordinal = this.#references;
    this.#references += 1;
    try {
      return await this.#resolver.resolve(reference, place);
    } catch (failure) {
      if (!(failure instanceof SecretFailure)) throw failure;
      this.#failures.set(ordinal, { key, reference, failure, place });
      return '';
    }
  }
}
