/** The settings that a host gives its plugins: each its own section, frozen. */
export class Settings {
  readonly #sections: Readonly<Record<string, unknown>>;

  /** @param config - The host's configuration; sections are `plugins.<name>`. Copied, so that later changes to it do nothing. */
  constructor(config: Readonly<Record<string, unknown>>) {
    const { plugins } = config;
    this.#sections = isObject(plugins) ? deepFreeze(structuredClone(plugins)) : {};
  }

  /** The section of a plugin; empty where there is none. */
  of(plugin: string): Readonly<Record<string, unknown>> {
    const section = Object.hasOwn(this.#sections, plugin) ? this.#sections[plugin] : undefined;
    return isObject(section) ? section : Object.freeze({});
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
