import { dirname } from 'node:path';
import type { PluginPolicy, PolicyChange, PolicyFile, PolicyScope, PolicyStore } from '../contract/index.js';
import { catalogued, messageOf, StructumError } from '../errors/index.js';
import { makeFolder, removeLeftovers, targetOf, withFileLock, writeAtomically } from '../platform/index.js';
import { readConfigFile } from './config-file.js';
import { POLICY_SECTION } from './plugin-policy.js';
import { policyOf, readPolicyFile } from './policy-file.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';
import { withSetting } from './yaml-edit.js';

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
    if (await this.#says(file, plugin, enabled, scope)) return { file, changed: false };
    return { file, changed: await writing(file, () => this.#change(file, plugin, enabled, scope)) };
  }

  /** Before anything is locked, or a folder made, for nothing. */
  async #says(file: string, plugin: string, enabled: boolean, scope: PolicyScope): Promise<boolean> {
    return isSo(await readPolicyFile(file, this.#home) ?? {}, plugin, enabled, scope);
  }

  async #change(file: string, plugin: string, enabled: boolean, scope: PolicyScope): Promise<boolean> {
    const before = readConfigFile(file) ?? '';
    const document = await parseYaml(before, file);
    if (isSo(policyOf(document, this.#home), plugin, enabled, scope)) return false;
    await writeAtomically(file, bomOf(before) + await editedText(document, plugin, enabled), { mode: scope === 'user' ? 0o600 : 0o666 });
    return true;
  }

  #fileOf(scope: PolicyScope): string {
    const file = this.#files[scope];
    if (file === undefined) throw catalogued('POLICY_SCOPE_UNAVAILABLE', { scope });
    return file;
  }
}

/** Whether a policy says it already. A user's need not say that a plugin is enabled; a project's may be meant against the user's. */
function isSo({ enabled = {} }: PluginPolicy, plugin: string, wanted: boolean, scope: PolicyScope): boolean {
  const said = Object.hasOwn(enabled, plugin) ? enabled[plugin] : undefined;
  return said === wanted || (said === undefined && wanted && scope === 'user');
}

async function editedText(document: YamlDocument, plugin: string, enabled: boolean): Promise<string> {
  const path = [POLICY_SECTION, 'enabled', plugin];
  const text = await withSetting(document, path, enabled);
  if (text === undefined) throw catalogued('CONFIG_UNEDITABLE', { file: document.file, setting: path.join('.'), value: String(enabled) });
  return text;
}

/** Does `work` on a file while nobody else does, and says what goes wrong with the file itself. */
async function writing<Value>(file: string, work: () => Promise<Value>): Promise<Value> {
  try {
    const target = await targetOf(file);
    makeFolder(dirname(target));
    return await withFileLock(target, async () => {
      await removeLeftovers(target);
      return work();
    });
  } catch (error) {
    if (StructumError.is(error)) throw error;
    throw catalogued('CONFIG_UNWRITABLE', { file, reason: messageOf(error) }, error);
  }
}

function bomOf(text: string): string {
  return text.startsWith('\uFEFF') ? '\uFEFF' : '';
}
