import { dirname, join } from 'node:path';
import type { ExecutionLimits, SandboxMode, SecurityPolicy } from '../../../contract/index.js';
import { packageOf } from '../../../platform/index.js';
import { withUsed } from '../../../plugins/elsewhere.js';
import { locationOf } from '../../../plugins/location.js';
import type { PluginUnit } from '../../../plugins/plugin-unit.js';
import { grantedVariables, pathGrants, resolvePermissions, type PathGrants } from '../../../security/index.js';
import { launchOf } from '../../../security/sandbox/index.js';
import type { CommandCall } from '../../executor.js';
import { guestFile } from '../guest-file.js';
import type { GuestKind } from '../guest-pool.js';
import type { StartGuest } from '../guest-session.js';
import type { Guests } from '../isolation.js';
import { unitId } from '../unit-id.js';
import { codeFolders } from './code-folders.js';
import { processGuest } from './process-guest.js';

/** What processes for plugins need from their host. */
export interface ProcessGuestsHost {
  /** As it is in force by now. */
  readonly policy: () => SecurityPolicy;
  /** What commands that say no other folder work in. */
  readonly cwd: string;
  /** Where plugins keep their own data, each in a folder of its name; none do where it is left out. */
  readonly dataFolder: string | undefined;
  /** Where to remember what was found out about this machine. */
  readonly cacheFolder: string | undefined;
}

/** Guests in processes of their own, confined to what their plugin may do. */
export class ProcessGuests implements Guests {
  readonly #host: ProcessGuestsHost;
  readonly #code = new WeakMap<PluginUnit, readonly string[]>();

  constructor(host: ProcessGuestsHost) {
    this.#host = host;
  }

  async kindFor(unit: PluginUnit, call: CommandCall | undefined): Promise<GuestKind> {
    const policy = this.#host.policy();
    const limits = policy.limitsFor(unit.name, call?.command.path);
    const may = this.#permissions(unit, call, policy);
    const read = [...may.read, ...this.#codeOf(unit)];
    const mode = policy.mode === 'strict' ? 'strict' : 'standard';
    const spec: ProcessSpec = { read, write: may.write, cwd: call?.context.cwd ?? this.#host.cwd, limits, mode };
    return { unit, limits, key: `${unitId(unit)} ${JSON.stringify(spec)}`, starter: () => this.#starter(spec) };
  }

  envFor({ unit, context }: CommandCall): Readonly<Record<string, string>> {
    const narrowed = this.#host.policy().permissionsFor(unit.name);
    return grantedVariables(resolvePermissions(unit.manifest.permissions, [narrowed], {}).env, context.env);
  }

  /** What the plugin may do, and for this call what its user named. */
  #permissions(unit: PluginUnit, call: CommandCall | undefined, policy: SecurityPolicy): PathGrants {
    const workspace = call?.context.cwd ?? this.#host.cwd;
    const may = this.#permissionsIn(unit, workspace, policy);
    if (call === undefined) return may;
    const { command, input, given, chain, context: { env, cwd } } = call;
    const caller = chain.slice(0, -1).findLast(({ placement }) => placement === 'process');
    const callers = caller === undefined ? {} : { callers: this.#permissionsIn(caller, workspace, policy) };
    const grants = pathGrants({ schema: command.input, input, given, env, cwd, ...callers });
    return { read: [...may.read, ...grants.read], write: [...may.write, ...grants.write] };
  }

  #permissionsIn(unit: PluginUnit, workspace: string, policy: SecurityPolicy): PathGrants {
    const { dataFolder } = this.#host;
    const file = locationOf(unit);
    const plugin = file === undefined ? undefined : (packageOf(dirname(file))?.folder ?? dirname(file));
    const places = { workspace, ...(plugin === undefined ? {} : { plugin }), ...(dataFolder === undefined ? {} : { data: join(dataFolder, unit.name) }) };
    return resolvePermissions(unit.manifest.permissions, [policy.permissionsFor(unit.name)], places);
  }

  #codeOf(unit: PluginUnit): readonly string[] {
    const known = this.#code.get(unit) ?? codeFolders([...withUsed(unit)].flatMap((each) => locationOf(each) ?? []));
    this.#code.set(unit, known);
    return known;
  }

  async #starter({ read, write, cwd, limits, mode }: ProcessSpec): Promise<StartGuest> {
    const launch = await launchOf([guestFile()], { read, write, cwd, env: {}, limits }, { mode, cacheFolder: this.#host.cacheFolder });
    return processGuest(launch, { message: limits.message ?? Infinity });
  }
}

interface ProcessSpec {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly cwd: string;
  readonly limits: ExecutionLimits;
  readonly mode: Exclude<SandboxMode, 'off'>;
}
