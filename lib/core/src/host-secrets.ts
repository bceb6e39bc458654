import { setMaxListeners } from 'node:events';
import { dirname } from 'node:path';
import { checkScheme, type SecretProvider } from './contract/index.js';
import type { SecretiveSection } from './config/index.js';
import { catalogued } from './errors/index.js';
import type * as Secrets from './config/secrets/index.js';
import type { Redactor } from './monitoring/index.js';
import type { StructumOptions } from './options.js';
import { homeOf, toFilePath } from './platform/index.js';
import { secretsIn } from './plugins/plugin-settings.js';
import type { PluginUnit } from './plugins/plugin-unit.js';
import type { SecretProviders, SecretProvidersHost } from './plugins/secret-providers.js';

type Section = Readonly<Record<string, unknown>>;

/** What resolving secrets needs from its host. */
export interface SecretsHost {
  readonly providers: SecretProvidersHost;
  /** Milliseconds that resolving one reference may take. */
  readonly limit: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The modules from which packages of the host are found, absolute. */
  readonly locations: readonly string[];
  readonly redactor: Redactor;
}

/** Who asks for secrets. */
export interface SecretsAsker {
  /** The plugin that they are for, on its way up; the host asks for itself when left out. */
  readonly unit?: PluginUnit;
  /** Whether somebody asked to see them: nobody else does from now on. */
  readonly isRevealed?: boolean;
  /** Ends the wait, besides the end of the host. */
  readonly signal?: AbortSignal;
}

/** What resolving takes. */
interface Tools {
  readonly resolveValue: typeof Secrets.resolveValue;
  readonly originOf: typeof Secrets.originOf;
  readonly programRefusal: typeof Secrets.programRefusal;
  readonly resolver: Secrets.SecretResolver;
  readonly providers: SecretProviders;
}

/** Resolves the references in settings. What it takes for that is loaded when the first one is needed. */
export class HostSecrets {
  readonly #host: SecretsHost;
  readonly #closing = new AbortController();
  #tools: Promise<Tools> | undefined;

  constructor(host: SecretsHost) {
    this.#host = host;
  }

  /** @throws what `resolveValue` throws. */
  async resolve({ section, plugin, schema, source }: SecretiveSection, { unit, isRevealed = false, signal }: SecretsAsker = {}): Promise<Section> {
    const { resolveValue, originOf, programRefusal, resolver, providers } = await this.#open();
    const { redactor } = this.#host;
    const waiting = branchOf([this.#closing.signal, ...(signal === undefined ? [] : [signal])]);
    const found = (secret: string): void => {
      redactor.add(secret);
      if (isRevealed) redactor.reveal(secret);
    };
    const sectionPath = ['plugins', plugin];
    const asking = (path: readonly string[]) => {
      const layer = source.layerOf(path);
      return {
        folder: layer?.file === undefined ? undefined : dirname(layer.file),
        refusal: programRefusal(layer?.name, source),
        signal: waiting.signal, found,
        provider: (scheme: string) => providers.find(scheme, unit),
        schemes: () => providers.schemes,
        origin: async () => (layer === undefined ? { layer: 'host' as const } : originOf({ layer }, [...sectionPath, ...path])),
      };
    };
    try {
      const resolved = await resolveValue({ value: section, schema, key: sectionPath.join('.'), asking }, resolver) as Section;
      if (unit !== undefined) for (const secret of secretsIn(unit, resolved)) found(secret);
      return resolved;
    } finally {
      waiting.end();
    }
  }

  /** From now on, all are resolved anew. */
  async forget(): Promise<void> {
    (await this.#tools)?.resolver.forget();
  }

  /** The host goes down: nobody waits any more. */
  close(): void {
    this.#closing.abort(catalogued('DISPOSED', { subject: 'This Structum' }));
  }

  #open(): Promise<Tools> {
    this.#tools ??= this.#load();
    return this.#tools;
  }

  async #load(): Promise<Tools> {
    const [{ resolveValue, originOf, programRefusal, SecretResolver }, { SecretProviders }] = await Promise.all([import('./config/secrets/index.js'), import('./plugins/secret-providers.js')]);
    const { env, cwd, locations, limit, providers } = this.#host;
    const resolver = new SecretResolver({ env, cwd, locations: [...locations, toFilePath(import.meta.url)], home: homeOf(env), limit });
    return { resolveValue, originOf, programRefusal, resolver, providers: new SecretProviders(providers) };
  }
}

/** A signal that is aborted with the first of others, for as many as want to listen: each reference does, and Node warns of a leak from 11 on. */
function branchOf(signals: readonly AbortSignal[]): { readonly signal: AbortSignal; end(): void } {
  const branch = new AbortController();
  setMaxListeners(0, branch.signal);
  const ends = signals.map((signal) => {
    const stop = (): void => { branch.abort(signal.reason); };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    return (): void => { signal.removeEventListener('abort', stop); };
  });
  return { signal: branch.signal, end: () => { for (const end of ends) end(); } };
}

/**
 * The providers that a host was given, by scheme.
 * @throws `SECRET_SCHEME_INVALID`
 */
export function givenProviders({ secretProviders = {} }: StructumOptions): ReadonlyMap<string, SecretProvider> {
  const given = Object.entries<SecretProvider | undefined>(secretProviders).filter((entry): entry is [string, SecretProvider] => entry[1] !== undefined);
  for (const [scheme] of given) checkScheme(scheme);
  return new Map(given);
}
