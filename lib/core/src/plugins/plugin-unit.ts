import type { CommandClass, ErrorReport, PluginClass, PluginInstance, PluginManifest, PluginRecord, PluginSource, PluginState } from '../contract/index.js';
import type { Container } from '../container/index.js';
import { messageOf, type StructumError } from '../errors/index.js';
import { OwnedResources } from './owned-resources.js';

/** Where a plugin's code comes from: the class itself, or the file to import. */
export type PluginCode = { readonly type: PluginClass } | { readonly file: string };

/** Everything a host holds of one plugin. */
export class PluginUnit {
  readonly manifest: PluginManifest;
  readonly source: PluginSource;
  readonly code: PluginCode;
  /** The file of the manifest, where it came from one. */
  readonly manifestFile: string | undefined;
  state: PluginState = 'discovered';
  /** Why it is rejected or failed. */
  reason: StructumError | undefined;
  /** The plugins that it requires, and those that it may use when they are there: known once it is resolved. */
  requirements: readonly PluginUnit[] = [];
  options: readonly PluginUnit[] = [];
  type: PluginClass | undefined;
  /** Its command classes by path, once they were asked for. */
  readonly commandTypes = new Map<string, Promise<CommandClass>>();
  instance: PluginInstance | undefined;
  container: Promise<Container> | undefined;
  /** Aborted when the plugin is deactivated. */
  lifetime = new AbortController();
  readonly owned = new OwnedResources();
  readonly timings: { load?: number; activate?: number } = {};
  /** The executions of its commands that are under way. */
  readonly running = new Set<{ readonly settled: Promise<unknown>; cancel(reason: string): void }>();

  constructor(manifest: PluginManifest, source: PluginSource, code: PluginCode, manifestFile?: string) {
    this.manifest = manifest;
    this.source = source;
    this.code = code;
    this.manifestFile = manifestFile;
  }

  get name(): string {
    return this.manifest.name;
  }

  /** Marks it as unfit or broken, for good. */
  fail(state: 'rejected' | 'failed', reason: StructumError): void {
    this.state = state;
    this.reason = reason;
  }

  /** Forgets how it was judged, unless it was taken up since. */
  reconsider(): void {
    if (this.state !== 'resolved' && this.state !== 'rejected') return;
    this.state = 'discovered';
    this.reason = undefined;
  }

  toRecord(): PluginRecord {
    const { name, version, description, category } = this.manifest;
    return {
      name,
      version,
      description,
      category,
      manifest: this.manifest,
      source: this.source,
      state: this.state,
      ...(this.reason === undefined ? {} : { reason: reportOf(this.reason) }),
      timings: { ...this.timings },
      owned: this.owned.labels,
    };
  }
}

function reportOf({ code, message, hint, cause }: StructumError): ErrorReport {
  const causes: string[] = [];
  for (let inner: unknown = cause; inner !== undefined; inner = inner instanceof Error ? inner.cause : undefined) causes.push(messageOf(inner));
  return { code, message, ...(hint === undefined ? {} : { hint }), ...(causes.length === 0 ? {} : { causes }) };
}
