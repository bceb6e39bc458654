import type { PluginPolicy, PolicyChange, PolicyFile, PolicyScope, PolicyStore } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { readPolicyFile } from './policy-file.js';
import type { PolicyOptions } from './policy-of-layer.js';

/** Where a host keeps its policy. */
export interface PolicyPlaces extends PolicyOptions {
  readonly policy: PluginPolicy;
  readonly files: Readonly<Partial<Record<PolicyScope, string>>>;
  /** Has the host heed what the files say by now. */
  readonly heed?: () => Promise<void>;
}

/** The policy in the files of a user and of a project. */
export class FilePolicyStore implements PolicyStore {
  #policy: PluginPolicy;
  #files: PolicyPlaces['files'];
  readonly #options: PolicyOptions;
  readonly #heed: PolicyPlaces['heed'];

  constructor({ policy, files, home, cwd, heed }: PolicyPlaces) {
    this.#policy = policy;
    this.#files = files;
    this.#options = { home, cwd };
    this.#heed = heed;
  }

  get policy(): PluginPolicy {
    return this.#policy;
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

  /** What is in force is another policy, and may be kept elsewhere. */
  heeded(policy: PluginPolicy, files: PolicyPlaces['files']): void {
    this.#policy = policy;
    this.#files = files;
  }

  #fileOf(scope: PolicyScope): string {
    const file = this.#files[scope];
    if (file === undefined) throw catalogued('POLICY_SCOPE_UNAVAILABLE', { scope });
    return file;
  }
}
