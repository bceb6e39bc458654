import type { PluginPolicy, PolicyChange, PolicyFile, PolicyScope, PolicyStore } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { readPolicyFile } from './policy-file.js';

/** Where a host keeps its policy. */
export interface PolicyPlaces {
  readonly policy: PluginPolicy;
  readonly files: Readonly<Partial<Record<PolicyScope, string>>>;
  readonly home?: string | undefined;
}

/** The policy in the files of a user and of a project. */
export class FilePolicyStore implements PolicyStore {
  readonly policy: PluginPolicy;
  readonly #files: PolicyPlaces['files'];
  readonly #home: string | undefined;

  constructor({ policy, files, home }: PolicyPlaces) {
    this.policy = policy;
    this.#files = files;
    this.#home = home;
  }

  async read(scope: PolicyScope): Promise<PolicyFile> {
    const file = this.#fileOf(scope);
    const policy = await readPolicyFile(file, this.#home);
    return { file, exists: policy !== undefined, policy: policy ?? {} };
  }

  async setEnabled(plugin: string, enabled: boolean, scope: PolicyScope): Promise<PolicyChange> {
    const file = this.#fileOf(scope);
    const { setEnabled } = await import('./policy-edit.js');
    return { file, changed: await setEnabled({ file, scope, home: this.#home }, plugin, enabled) };
  }

  #fileOf(scope: PolicyScope): string {
    const file = this.#files[scope];
    if (file === undefined) throw catalogued('POLICY_SCOPE_UNAVAILABLE', { scope });
    return file;
  }
}
