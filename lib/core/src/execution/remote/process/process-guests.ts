import { dirname } from 'node:path';
import type { EffectiveLimits, ResolvedPermissions, SandboxMode, SecurityPolicy } from '../../../contract/index.js';
import { catalogued, StructumError } from '../../../errors/index.js';
import { GIT_RULES } from '../../../manifest/permission-entry.js';
import { isInFolder, thisSystem } from '../../../platform/path-system.js';
import { withUsed } from '../../../plugins/elsewhere.js';
import { packageFolder } from '../../../plugins/package-folder.js';
import type { PluginUnit } from '../../../plugins/plugin-unit.js';
import { commonPermissions, deniedFrom, gitRules, grantedVariables, outermostPaths, pathGrants, permissionDenied, resolvePermissions, type DeniedProcess, type GitRules, type PermissionPlaces, type ResolveOptions } from '../../../security/index.js';
import { availableBackend, degradedIn, followedPaths, isNews, isOutdated, launchOf, programLaunchOf, type FollowedPath, type Launch } from '../../../security/sandbox/index.js';
import type { Confine, Confined } from '../../broker/broker.js';
import { dataFolderOf } from '../../data-folder.js';
import type { CallerBounds, CommandCall } from '../../executor.js';
import { limitExceeded } from '../../limit-exceeded.js';
import { guestFile } from '../guest-file.js';
import type { GuestKind } from '../guest-pool.js';
import type { StartGuest } from '../guest-session.js';
import type { Guests } from '../isolation.js';
import { settingsId, unitId } from '../unit-id.js';
import { codeFolders } from './code-folders.js';
import { deniedForCallers } from './denied-for-callers.js';
import { makeGrantedFolders } from './granted-folders.js';
import { processGuest } from './process-guest.js';
import { besideWritable, followedBeside, heldCode, isSeen, wholeFolders } from './readable-paths.js';

/** What processes for plugins need from their host. */
export interface ProcessGuestsHost {
  /** As it is in force by now. */
  readonly policy: () => SecurityPolicy;
  /** What commands that say no other folder work in. */
  readonly cwd: string;
  /** The environment variables of the host. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where plugins keep their own data, each in a folder of its name; none do where it is left out. */
  readonly dataFolder: string | undefined;
  /** Tells of something that works, but not as it should. */
  warn(error: StructumError, level: 'warn' | 'debug'): void;
  /** Where to remember what was found out about this machine. */
  readonly cacheFolder: string | undefined;
}

/** Guests in processes of their own, confined to what their plugin may do. */
export class ProcessGuests implements Guests {
  readonly #host: ProcessGuestsHost;
  readonly #code = new WeakMap<PluginUnit, readonly FollowedPath[]>();
  readonly #folders = new WeakMap<PluginUnit, string | undefined>();
  readonly #launches = new WeakMap<StartGuest, Launch>();
  #isToldDegraded = false;

  constructor(host: ProcessGuestsHost) {
    this.#host = host;
  }

  /** Begins with what takes time before the first one is started: to find out what confines processes here. */
  prepare(): void {
    availableBackend(this.#host.cacheFolder).catch(() => undefined);
  }

  async kindFor(unit: PluginUnit, call: CommandCall | undefined): Promise<GuestKind> {
    const policy = this.#host.policy();
    const limits = policy.limitsFor(unit.name, call?.command.path);
    const { may, isWidened } = this.#permissions(unit, call, policy);
    makeGrantedFolders(unit.manifest.permissions, may.write, this.#placesOf(unit, call?.context.cwd));
    const git = gitWithin(this.#gitRulesFor(unit, may.read, policy), call?.within);
    const writable = call?.within?.writable ?? [];
    const write = wholeFolders(may.write, writable);
    const read = besideWritable(wholeFolders(may.read, writable), write);
    const open = [...write, ...writable];
    const found = [...heldCode(this.#codeOf(unit), open), ...followedBeside(followedPaths(git.files), open)];
    const mode = policy.mode === 'strict' ? 'strict' : 'standard';
    const env = grantedVariables(may.env, call?.context.env ?? this.#host.env);
    const spec: ProcessSpec = { read, write, found, empty: git.folders, cwd: call?.context.cwd ?? this.#host.cwd, env, limits, mode };
    // Its guest outlives it, and is not to hold it.
    const asking = call === undefined ? undefined : new WeakRef(call);
    const denied = (permission: 'read' | 'write') => (path: string): StructumError => permissionDenied({ permission, wanted: path }, this.#deniedProcess(unit, asking?.deref()));
    return {
      unit, limits, env, ...(call?.within === undefined ? {} : { chain: call.chain }),
      key: `${keyOf(unit, call, may)} ${JSON.stringify(spec)}`, isOfOneCall: isWidened,
      starter: () => this.#starter(spec), isOutdated: (start) => this.#isOutdated(start),
      isUsedUpBy: hasReachedLimit,
      confinement: {
        programs: (...started) => this.#confined(spec, denied('read'), ...started),
        // What may be written may be read.
        permissions: { ...may, read: outermostPaths([...read, ...write, ...git.files]) },
        write, denied: denied('write'),
      },
    };
  }

  /** What was denied to a plugin is known here: what it may do, and what stands for folders. */
  meant(error: unknown, unit: PluginUnit, call: CommandCall | undefined): unknown {
    const limit = limitIn(error);
    if (limit !== undefined) {
      const limits = this.#host.policy().limitsFor(unit.name, call?.command.path);
      return limitExceeded(limit, { plugin: unit.name, command: call?.context.command ?? unit.name, limits }, error);
    }
    const denied = (given: unknown): StructumError | undefined => deniedFrom(given, this.#deniedProcess(unit, call));
    if (call?.within === undefined) return denied(error) ?? error;
    return deniedForCallers(error, { plugin: unit.name, callers: call.within.plugins, deniedFrom: denied });
  }

  #deniedProcess(unit: PluginUnit, call: CommandCall | undefined): DeniedProcess {
    const policy = this.#host.policy();
    const { cwd } = call?.context ?? this.#host;
    const places = this.#placesOf(unit, cwd);
    const { may } = this.#permissions(unit, call, policy, MISSING_TOO);
    const own = [...this.#codeOf(unit), ...followedPaths(this.#gitRulesFor(unit, may.read, policy).files)].map(({ path }) => path);
    const asked = resolvePermissions(unit.manifest.permissions, [], places, MISSING_TOO);
    return { plugin: unit.name, granted: { ...may, read: [...may.read, ...own] }, asked, cwd, places };
  }

  /** What the plugin may do, and for this call what its user named. */
  #permissions(unit: PluginUnit, call: CommandCall | undefined, policy: SecurityPolicy, options?: ResolveOptions): CallPermissions {
    const own = this.#permissionsIn(unit, call?.context.cwd, policy, options);
    const may = call?.within === undefined ? own : commonPermissions(own, call.within.permissions);
    if (call === undefined) return { may, isWidened: false };
    const { command, input, given, within, context: { cwd } } = call;
    const grants = pathGrants({ schema: command.input, input, given, cwd, ...(within === undefined ? {} : { callers: within.permissions }) }, options);
    // A file in a folder is not granted beside that: where files are mounted by themselves, they cannot be renamed over.
    const [read, write] = [outermostPaths([...may.read, ...grants.read]), outermostPaths([...may.write, ...grants.write])];
    const isWidened = read.some((path) => !may.read.includes(path)) || write.some((path) => !may.write.includes(path));
    return { may: { ...may, read, write }, isWidened };
  }

  #permissionsIn(unit: PluginUnit, workspace: string | undefined, policy: SecurityPolicy, options?: ResolveOptions): ResolvedPermissions {
    return resolvePermissions(unit.manifest.permissions, [policy.permissionsFor(unit.name)], this.#placesOf(unit, workspace), options);
  }

  #gitRulesFor({ name, manifest: { permissions } }: PluginUnit, folders: readonly string[], policy: SecurityPolicy): GitRules {
    const isAllowed = [permissions.read ?? [], policy.permissionsFor(name).read ?? [GIT_RULES]].every((entries) => entries.includes(GIT_RULES));
    return isAllowed ? gitRules(folders, this.#host.env) : { files: [], folders: [] };
  }

  #placesOf(unit: PluginUnit, workspace = this.#host.cwd): PermissionPlaces {
    const data = dataFolderOf(unit, this.#host.dataFolder);
    const plugin = this.#folderOf(unit);
    return { workspace, ...(plugin === undefined ? {} : { plugin }), ...(data === undefined ? {} : { data }) };
  }

  /** Asked for with each call, and always the same. */
  #folderOf(unit: PluginUnit): string | undefined {
    if (!this.#folders.has(unit)) this.#folders.set(unit, packageFolder(unit));
    return this.#folders.get(unit);
  }

  /** Followed once: what the plugin does by then changes nothing. */
  #codeOf(unit: PluginUnit): readonly FollowedPath[] {
    const known = this.#code.get(unit) ?? followedPaths(codeFolders([...withUsed(unit)].flatMap((each) => this.#folderOf(each) ?? [])));
    this.#code.set(unit, known);
    return known;
  }

  /** A program is confined as its plugin is, but that it may start others. */
  async #confined({ mode: _mode, ...confinement }: ProcessSpec, denied: (path: string) => StructumError, ...[program, args, { env, cwd }]: Parameters<Confine>): Promise<Confined> {
    if (!isSeen(cwd, confinement)) throw denied(cwd);
    const launch = await programLaunchOf(program, args, { ...confinement, env, cwd }, this.#host.cacheFolder);
    if (launch === undefined) throw new Error('its plugin runs confined, and programs cannot be confined here: that takes bubblewrap, on Linux');
    return {
      program: launch.program, args: launch.args, env: launch.env, stdio: launch.stdio, confiners: launch.confiners,
      endOf: (code, signal) => launch.endOf(code, signal),
      release: () => {
        launch.release();
        launch.dispose();
      },
    };
  }

  /** Once: it is the same for all. */
  #tellDegraded({ controls }: Launch): void {
    const degraded = degradedIn(controls);
    if (this.#isToldDegraded || degraded.length === 0) return;
    this.#isToldDegraded = true;
    const warning = catalogued('SANDBOX_DEGRADED', { degraded, platform: process.platform });
    this.#host.warn(warning, isNews(degraded, this.#host.cacheFolder) ? 'warn' : 'debug');
  }

  async #starter({ mode, ...confinement }: ProcessSpec): Promise<StartGuest> {
    const launch = await launchOf([guestFile()], confinement, { mode, cacheFolder: this.#host.cacheFolder });
    this.#tellDegraded(launch);
    const { message = Infinity, output = Infinity, memory } = confinement.limits;
    const start = processGuest(launch, { message, output, memory });
    this.#launches.set(start, launch);
    return start;
  }

  async #isOutdated(start: StartGuest): Promise<boolean> {
    const launch = this.#launches.get(start);
    return launch !== undefined && (await isOutdated(launch, this.#host.cacheFolder));
  }
}

/** What a process was denied for the lack of it, others would be denied as well: what it holds, nobody takes from it. */
function hasReachedLimit(error: unknown): boolean {
  const limit = limitIn(error);
  return limit === 'memory' || limit === 'openFiles';
}

/** To judge what was denied: what is not there was not. */
const MISSING_TOO: ResolveOptions = { missing: true };

/** Guests that ran for others are for nobody else: who knows what they remember of that. */
function keyOf(unit: PluginUnit, call: CommandCall | undefined, { net, run, services }: ResolvedPermissions): string {
  if (call?.within === undefined) return unitId(unit);
  // A plugin that runs in the host may have other settings by now, and go on.
  return `${call.chain.map(unitId).join(' ')} ${settingsId(unit)} ${JSON.stringify({ net, run, services })}`;
}

/** What those who lead to a call may see of what git goes by. */
function gitWithin({ files, folders }: GitRules, within: CallerBounds | undefined): GitRules {
  if (within === undefined) return { files, folders };
  const seen = files.filter((file) => within.permissions.read.some((path) => isInFolder(file, path, thisSystem)));
  return { files: seen, folders: folders.filter((folder) => seen.some((file) => isInFolder(file, dirname(folder), thisSystem))) };
}

/** The limit of its process that an error of a plugin tells of. */
function limitIn(error: unknown): 'memory' | 'openFiles' | 'message' | undefined {
  if (!(error instanceof Error)) return undefined;
  if (StructumError.is(error)) return error.code === 'MESSAGE_TOO_LARGE' ? 'message' : undefined;
  if ((error as NodeJS.ErrnoException).code === 'EMFILE') return 'openFiles';
  return OUT_OF_MEMORY.test(error.message) && (error.name === 'RangeError' || (error as NodeJS.ErrnoException).code === 'ERR_MEMORY_ALLOCATION_FAILED') ? 'memory' : undefined;
}

/** What V8 and Node say where no more can be had. */
const OUT_OF_MEMORY = /allocation failed|could not allocate memory|failed to allocate|out of memory|unable to grow/i;

interface ProcessSpec {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly found: readonly FollowedPath[];
  readonly empty: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: EffectiveLimits;
  readonly mode: Exclude<SandboxMode, 'off'>;
}

interface CallPermissions {
  readonly may: ResolvedPermissions;
  /** Whether a plugin may more in a call than always. */
  readonly isWidened: boolean;
}
