import { existsSync } from 'node:fs';
import { PolicyService, StructumError, messageOf, similar, type PluginPolicy, type PolicyScope, type PolicyStore, type Registry } from '@structum/core';
import type { Finding } from './finding.js';

/** What is wrong with what was decided. */
export interface PolicyFindings {
  readonly findings: readonly Finding[];
  /** Whether all of it can be read: otherwise nobody knows what is not to be used. */
  readonly isReadable: boolean;
}

/** Policies that cannot be read, and what they decide about plugins, commands and folders that are not there. */
export async function policyFindings(policies: PolicyStore, registry: Registry): Promise<PolicyFindings> {
  let isReadable = true;
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const scope of SCOPES) {
    const { policy, where, broken } = await read(policies, scope);
    if (broken !== undefined) findings.push(broken);
    isReadable &&= broken === undefined;
    for (const finding of policy === undefined ? [] : new PolicyCheck(policy, { where, scope, policies }, registry).findings()) {
      // What is in force was mostly said by a file already.
      const key = `${finding.code}\0${finding.subject}`;
      if (scope !== 'force' || !told.has(key)) findings.push(finding);
      told.add(key);
    }
  }
  // Layers besides those of user and project decide too.
  const others = policies.problems.map(brokenFinding).filter(({ subject }) => !findings.some((finding) => finding.subject === subject));
  return { findings: [...findings, ...others], isReadable: isReadable && others.length === 0 };
}

const SCOPES = ['user', 'project', 'force'] as const;

interface ReadPolicy {
  readonly policy?: PluginPolicy;
  /** Whose it is, for people. */
  readonly where: string;
  readonly broken?: Finding;
}

async function read(policies: PolicyStore, scope: PolicyScope | 'force'): Promise<ReadPolicy> {
  if (scope === 'force') return { policy: policies.policy, where: 'the host' };
  try {
    const { file, exists, policy } = await policies.read(scope);
    return { where: file, ...(exists ? { policy } : {}) };
  } catch (error) {
    if (StructumError.is(error) && error.code === 'POLICY_SCOPE_UNAVAILABLE') return { where: scope };
    return { where: scope, broken: brokenFinding(error) };
  }
}

function brokenFinding(error: unknown): Finding {
  const { code, hint, details = {} } = StructumError.is(error) ? error : { code: 'UNKNOWN', hint: undefined };
  // One layer may have several files where one counts.
  const { file, files } = details;
  const subject = [file, ...(Array.isArray(files) ? (files as readonly unknown[]) : [])].find((path) => typeof path === 'string') ?? PolicyService.id;
  return { severity: 'error', code, subject, message: messageOf(error), ...(hint === undefined ? {} : { fix: hint }) };
}

/** Whose policy it is. */
interface PolicyOwner {
  /** For people. */
  readonly where: string;
  readonly scope: PolicyScope | 'force';
  readonly policies: PolicyStore;
}

/** Holds one policy against the plugins that are there. */
class PolicyCheck {
  readonly #policy: PluginPolicy;
  readonly #where: string;
  readonly #owner: PolicyOwner;
  readonly #registry: Registry;
  readonly #plugins: readonly string[];

  constructor(policy: PluginPolicy, owner: PolicyOwner, registry: Registry) {
    this.#policy = policy;
    this.#where = owner.where;
    this.#owner = owner;
    this.#registry = registry;
    this.#plugins = registry.plugins.map(({ name }) => name);
  }

  findings(): readonly Finding[] {
    const { enabled = {}, renames = {}, aliases = {}, folders = [], trusted_projects: trusted = [] } = this.#policy;
    return [
      ...Object.keys(enabled).flatMap((plugin) => this.#plugin(plugin, 'enabled')),
      ...Object.entries(renames).flatMap(([plugin, moves]) => this.#renames(plugin, Object.keys(moves))),
      ...Object.entries(aliases).flatMap(([alias, path]) => this.#alias(alias, path)),
      ...folders.flatMap((folder) => this.#folder(folder, 'folders')),
      ...trusted.flatMap((folder) => this.#folder(folder, 'trusted_projects')),
    ];
  }

  /** A user's own file may well speak of a plugin that only some projects have, and what cannot be read may be the one that is meant. */
  #plugin(plugin: string, setting: 'enabled' | 'renames'): readonly Finding[] {
    if (this.#plugins.includes(plugin) || this.#registry.problems().length > 0) return [];
    const meant = similar(plugin, this.#plugins);
    const { where, fix } = this.#said(plugin, setting);
    const finding = { code: 'POLICY_PLUGIN_UNKNOWN', subject: plugin, message: `${where} speaks of the plugin "${plugin}", which is not there${orRather(meant)}.` };
    return [this.#owner.scope === 'user' && meant.length === 0 ? { ...finding, severity: 'info' } : { ...finding, severity: 'warning', fix }];
  }

  /** Where it is said, and how it is taken back: what is in force may be said by a variable. */
  #said(plugin: string, setting: 'enabled' | 'renames'): { readonly where: string; readonly fix: string } {
    const { scope, policies } = this.#owner;
    const { file, source } = (scope === 'force' && setting === 'enabled' ? policies.decidedBy(plugin) : undefined) ?? {};
    const variable = source?.startsWith('$') === true ? source.slice(1) : undefined;
    if (variable !== undefined) return { where: `The environment variable ${variable}`, fix: `Unset ${variable}.` };
    const where = file ?? source ?? this.#where;
    return { where, fix: `Remove plugin_policy.${setting}.${JSON.stringify(plugin)} from ${where}.` };
  }

  #renames(plugin: string, paths: readonly string[]): readonly Finding[] {
    const manifest = this.#registry.plugin(plugin)?.manifest;
    if (manifest === undefined) return this.#plugin(plugin, 'renames');
    const known = manifest.commands.flatMap(({ path, aliases }) => [path, ...aliases]);
    return paths.filter((path) => !known.includes(path)).map((path) => ({
      severity: 'warning', code: 'POLICY_COMMAND_UNKNOWN', subject: path,
      message: `${this.#where} renames the command "${path}", which the plugin "${plugin}" does not have${orRather(similar(path, known))}.`,
      fix: `Remove plugin_policy.renames.${JSON.stringify(plugin)}.${JSON.stringify(path)} from ${this.#where}.`,
    }));
  }

  #alias(alias: string, path: string): readonly Finding[] {
    const fix = `Remove plugin_policy.aliases.${JSON.stringify(alias)} from ${this.#where}.`;
    if (this.#registry.command(path) === undefined) {
      const message = `${this.#where} makes "${alias}" an alias of the command "${path}", which is not there${orRather(this.#registry.suggest(path))}.`;
      return [{ severity: 'warning', code: 'POLICY_COMMAND_UNKNOWN', subject: path, message, fix }];
    }
    const holder = this.#registry.command(alias);
    if (holder === undefined || holder.path === this.#registry.command(path)?.path) return [];
    const message = `${this.#where} makes "${alias}" an alias of the command "${path}", but the plugin "${holder.plugin}" has a command of that name.`;
    return [{ severity: 'warning', code: 'POLICY_ALIAS_TAKEN', subject: alias, message, fix }];
  }

  #folder(folder: string, setting: 'folders' | 'trusted_projects'): readonly Finding[] {
    if (existsSync(folder)) return [];
    const message = `${this.#where} names the folder ${folder}, which is not there.`;
    return [{ severity: 'warning', code: 'POLICY_FOLDER_MISSING', subject: folder, message, fix: `Remove it from plugin_policy.${setting} of ${this.#where}.` }];
  }
}

function orRather([first]: readonly string[]): string {
  return first === undefined ? '' : ` (there is "${first}")`;
}
