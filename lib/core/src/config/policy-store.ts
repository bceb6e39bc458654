import type { ConfigOrigin, PluginPolicy, PolicyChange, PolicyFile, PolicyScope, PolicyStore } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { fileOfLayer, type FilePlaces } from './files/locate.js';
import type { LayerName } from './layers/config-layer.js';
import { readPolicyFile } from './policy-file.js';
import type { PolicyInForce } from './policy-layers.js';
import type { PolicyOptions } from './policy-of-layer.js';

/** Where a host keeps its policy. */
export interface PolicyPlaces extends PolicyOptions {
  readonly inForce: PolicyInForce;
  readonly problems?: readonly StructumError[];
  /** Where files are looked for, each time anew; none is where there is no such place. */
  readonly places: Omit<FilePlaces, 'file'> | undefined;
  /** Has the host heed what the files say by now. */
  readonly heed?: () => Promise<void>;
}

/** The policy in the files of a user and of a project. */
export class FilePolicyStore implements PolicyStore {
  #inForce: PolicyInForce;
  #problems: readonly StructumError[];
  readonly #places: PolicyPlaces['places'];
  readonly #options: PolicyOptions;
  readonly #heed: PolicyPlaces['heed'];

  constructor({ inForce, problems = [], places, home, cwd, heed }: PolicyPlaces) {
    this.#inForce = inForce;
    this.#problems = problems;
    this.#places = places;
    this.#options = { home, cwd };
    this.#heed = heed;
  }

  get policy(): PluginPolicy {
    return this.#inForce.policy;
  }

  get problems(): readonly StructumError[] {
    return this.#problems;
  }

  decidedBy(plugin: string): ConfigOrigin | undefined {
    return this.#inForce.deciding.get(plugin);
  }

  async read(scope: PolicyScope): Promise<PolicyFile> {
    const file = this.#fileOf(scope);
    const policy = await readPolicyFile(file, this.#options);
    return { file, exists: policy !== undefined, policy: policy ?? {} };
  }

  async setEnabled(plugin: string, enabled: boolean, scope: PolicyScope): Promise<PolicyChange> {
    const file = this.#fileOf(scope);
    const { setEnabled } = await import('./policy-edit.js');
    const changed = await setEnabled({ file, scope, ...this.#options }, plugin, enabled);
    await this.#heed?.();
    return { file, changed };
  }

  /** What is in force is another policy. */
  heeded(inForce: PolicyInForce, problems: readonly StructumError[]): void {
    this.#inForce = inForce;
    this.#problems = problems;
  }

  #fileOf(scope: PolicyScope): string {
    const file = fileOfLayer(LAYERS[scope], this.#places ?? {});
    if (file === undefined) throw catalogued('POLICY_SCOPE_UNAVAILABLE', { scope });
    return file;
  }
}

/** The layers that say for a user and for a project who is enabled. */
const LAYERS: Readonly<Record<PolicyScope, LayerName>> = { user: 'global', project: 'project' };
