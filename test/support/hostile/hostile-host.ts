import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Structum, StructumError, type AuditRecord, type SandboxMode } from '@structum/core';
import ArchivePlugin from '@structum/plugin-archive';
import ConfigPlugin from '@structum/plugin-config';
import PluginsPlugin from '@structum/plugin-plugins';
import TreePlugin from '@structum/plugin-tree';
import { backendHere } from '../confined.js';
import { linkCore, writeFiles } from '../folder.js';
import type { Attempt, Setting, Settled, Subject } from './attempt.js';
import { writeHostilePlugin } from './hostile-plugin.js';
import { SECRET, type Facts, type Surroundings } from './surroundings.js';

/** A well-behaved plugin beside the others. */
export const BYSTANDER = 'bystander';

/** Plugins of the host, whose commands others may run. */
const DEPUTIES = [TreePlugin, ArchivePlugin, PluginsPlugin, ConfigPlugin];

const MEBIBYTE = 1024 * 1024;

/** The settings under which hostile plugins are run here: those that this machine can give. Others promise less. */
export function settingsHere(): readonly Setting[] {
  if (backendHere('bubblewrap') !== undefined) return [{ mode: 'standard', by: 'bubblewrap' }, { mode: 'strict', by: 'bubblewrap' }];
  return backendHere('landlock') === undefined ? [] : [{ mode: 'standard', by: 'landlock' }];
}

/** Installs a plugin for each subject, and one that behaves, into a folder. */
export async function installHostile(folder: string, subjects: readonly Subject[], { facts }: Surroundings): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'node_modules/@structum/core'))) linkCore(folder);
  writeFiles(folder, { 'host.mjs': '' });
  const permissions = { read: ['$workspace'], write: ['$workspace/out', '$data'], env: ['GRANTED'] };
  for (const { name, attempts, onLoad, permissions: own, prepare } of subjects) {
    const place = packageFolder(folder, name);
    await writeHostilePlugin(place, name, { permissions: { ...permissions, ...(typeof own === 'function' ? own(facts) : own) }, attempts: Object.fromEntries(attempts.map(({ what, code }) => [what, code])), ...(onLoad === undefined ? {} : { onLoad }) });
    prepare?.(place, facts);
  }
  await writeHostilePlugin(packageFolder(folder, BYSTANDER), BYSTANDER, { attempts: {} });
}

/** Where a plugin is in the folder that it is installed in. */
export function packageFolder(folder: string, name: string): string {
  return join(folder, 'node_modules', packageName(name));
}

/** Settings of the host: what plugins may use up. */
export function hostileConfig(mode: SandboxMode, names: readonly string[]): { readonly security: object } {
  const limits = { memory: 128 * MEBIBYTE, message: 4 * MEBIBYTE, wall_time: 20_000, processes: 32 };
  const hurried = (name: string): object => ({ commands: { [`${name} hurry`]: { limits: { wall_time: 250 } } } });
  return { security: { sandbox_mode: mode, limits, plugins: Object.fromEntries(names.map((name) => [name, hurried(name)])) } };
}

function packageName(name: string): string {
  return `structum-plugin-${name}`;
}

/** A host that runs hostile plugins: in `standard` they are installed in a folder, otherwise they are its own packages. */
export class HostileHost {
  readonly structum: Structum;
  /** What is recorded of them. */
  readonly records: readonly AuditRecord[];
  readonly #facts: Facts;

  private constructor(structum: Structum, facts: Facts, records: readonly AuditRecord[]) {
    this.structum = structum;
    this.#facts = facts;
    this.records = records;
  }

  static async start(mode: SandboxMode, folder: string, names: readonly string[], facts: Facts): Promise<HostileHost> {
    const all = [...names, BYSTANDER];
    const isFound = mode === 'standard';
    const records: AuditRecord[] = [];
    const structum = await Structum.create({
      from: join(folder, 'host.mjs'), plugins: [...DEPUTIES, ...(isFound ? [] : all.map(packageName))],
      ...(isFound ? { discover: { host: false, folders: [folder] } } : {}),
      cwd: facts.workspace, dataFolder: facts.data, env: { HOSTILE_SECRET: SECRET, GRANTED: 'yes' },
      audit: (record) => { records.push(record); },
      config: hostileConfig(mode, names),
      limits: { load: 2000, activate: 2000, deactivate: 1000 },
    });
    return new HostileHost(structum, facts, records);
  }

  /** Has a plugin do what it must not. */
  async attempt(plugin: string, { what, hurried }: Pick<Attempt, 'what' | 'hurried'>): Promise<Settled> {
    return settledOf(this.structum.run(`${plugin} ${hurried === true ? 'hurry' : 'attempt'}`, { name: what, facts: JSON.stringify(this.#facts) }));
  }

  /** What a plugin answers that is asked for something harmless. */
  hello(plugin: string): Promise<unknown> {
    return this.structum.run(`${plugin} hello`);
  }

  dispose(): Promise<void> {
    return this.structum.dispose();
  }
}

/** How it ended, as data. */
export async function settledOf(work: Promise<unknown>): Promise<Settled> {
  try {
    return { result: await work };
  } catch (error) {
    if (!StructumError.is(error)) throw error;
    const { code, message, details } = error;
    return { error: { code, message, details, causeCode: causeCodeOf(error) } };
  }
}

function causeCodeOf(error: Error): string | undefined {
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
  }
  return undefined;
}
