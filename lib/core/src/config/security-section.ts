import { availableParallelism } from 'node:os';
import { isCommandPath, isPluginName, SANDBOX_MODES, type ConcurrencyLimits, type ExecutionLimits, type SandboxMode, type ValueSchema } from '../contract/index.js';
import { entryProblem, PERMISSION_KINDS } from '../manifest/permission-entry.js';
import type { LayerProblem } from './layer-flaw.js';
import { keysOf, valueAt, type KeyPath, type Section } from './section.js';

/** The section that says how plugins are contained. */
export const SECURITY_SECTION = 'security';

/** What is in force where nobody says anything. */
const DEFAULT_MODE: SandboxMode = 'standard';

const MIB = 2 ** 20;

/** Limits where nobody says anything: enough for all but the largest work, and not enough to take a machine down. */
const DEFAULT_LIMITS: ExecutionLimits = { memory: 1024 * MIB, output: 256 * MIB, message: 64 * MIB, openFiles: 1024, processes: 512 };

/** The keys of limits, and their names in code. */
export const LIMITS: Readonly<Record<string, { readonly name: keyof ExecutionLimits; readonly schema: ValueSchema }>> = {
  wall_time: { name: 'wallTime', schema: limit('Milliseconds that a command may take') },
  cpu_time: { name: 'cpuTime', schema: limit('Milliseconds of processor time that a command may take') },
  memory: { name: 'memory', schema: limit('Bytes of memory', MIB) },
  output: { name: 'output', schema: limit('Bytes that a command may write to its output, and have the host write to files') },
  message: { name: 'message', schema: limit('Bytes of its input, of its result, and of each item', 16 * 1024) },
  open_files: { name: 'openFiles', schema: limit('Files and connections that may be open at once', 16) },
  processes: { name: 'processes', schema: limit('Programs that run for it at once, and processes that each of them may consist of') },
};

const GLOBAL = Math.max(16, 8 * availableParallelism());

/** How many calls run at once, and wait, where nobody says anything: one plugin alone does not keep all others waiting. */
const DEFAULT_CONCURRENCY: ConcurrencyLimits = { global: GLOBAL, perPlugin: GLOBAL - GLOBAL / 4, queue: 10_000 };

/** The keys of how many calls run at once, and their names in code. */
export const CONCURRENCY = {
  global: { name: 'global', schema: limit('Calls that run at once') },
  per_plugin: { name: 'perPlugin', schema: limit('Calls that run at once of one plugin') },
  queue: { name: 'queue', schema: limit('Calls that wait at most', 0) },
} as const satisfies Readonly<Record<string, { readonly name: keyof ConcurrencyLimits; readonly schema: ValueSchema }>>;

const limits: ValueSchema = { type: 'object', description: 'What a command may use up', additionalProperties: false, properties: schemasOf(LIMITS) };

/** How plugins are contained. */
export const SECURITY_SCHEMA: ValueSchema = {
  type: 'object', description: 'How plugins are contained', additionalProperties: false,
  properties: {
    sandbox_mode: { type: 'string', enum: SANDBOX_MODES, default: DEFAULT_MODE, description: 'How far: only as they ask, those that are not of the host by every means there is, or all of them or not at all' },
    limits,
    concurrency: { type: 'object', description: 'How many calls run at once in processes and threads of their own', additionalProperties: false, properties: schemasOf(CONCURRENCY) },
    audit: { type: 'boolean', default: true, description: 'Whether runs of plugins that are not of the host are recorded' },
    plugins: {
      type: 'object', description: 'What is otherwise for a plugin, by its name',
      additionalProperties: {
        type: 'object', additionalProperties: false,
        properties: {
          limits,
          permissions: {
            type: 'object', description: 'What its permissions are narrowed to', additionalProperties: false,
            properties: Object.fromEntries(PERMISSION_KINDS.map((kind) => [kind, { type: 'array', items: { type: 'string' } }])),
          },
          commands: { type: 'object', description: 'What is otherwise for a command, by its path', additionalProperties: { type: 'object', additionalProperties: false, properties: { limits } } },
        },
      },
    },
  },
};

/** The schemas in a table of settings, by their keys. */
function schemasOf(table: Readonly<Record<string, { readonly schema: ValueSchema }>>): Readonly<Record<string, ValueSchema>> {
  return Object.fromEntries(Object.entries(table).map(([key, { schema }]) => [key, schema]));
}

function limit(description: string, minimum = 1): ValueSchema {
  return { type: 'integer', minimum, maximum: Number.MAX_SAFE_INTEGER, description };
}

/** Names that can be those of no plugin or command, and permissions that are none. */
export function securityProblems(section: Section): readonly LayerProblem[] {
  return keysOf(section['plugins']).flatMap((plugin) => {
    const at: KeyPath = ['plugins', plugin];
    const commands = keysOf(valueAt(section, [...at, 'commands'])).filter((command) => !isCommandPath(command));
    return [
      ...(isPluginName(plugin) ? [] : [problemAt(at, 'cannot name a plugin', 'propertyNames')]),
      ...commands.map((command) => problemAt([...at, 'commands', command], 'cannot name a command', 'propertyNames')),
      ...PERMISSION_KINDS.flatMap((kind) => (textsAt(valueAt(section, [...at, 'permissions']), kind) ?? []).flatMap((entry, index) => {
        const problem = entryProblem(kind, entry);
        return problem === undefined ? [] : [problemAt([...at, 'permissions', kind, index], problem, 'pattern')];
      })),
    ];
  });
}

function problemAt(path: LayerProblem['path'], problem: string, rule: string): LayerProblem {
  return { path: [SECURITY_SECTION, ...path], problem, rule };
}

/** Whatever cannot be understood was meant to contain something. */
export function modeIn(section: Section): SandboxMode {
  const mode = section['sandbox_mode'];
  return mode === undefined ? DEFAULT_MODE : SANDBOX_MODES.find((known) => known === mode) ?? 'strict';
}

/** What limits a command, or a plugin, or any, in a section: the nearest that says something; `undefined` where nobody limits it. */
export function limitIn(section: Section, key: string, plugin?: string, command?: string): number | undefined {
  const places = [
    ...(plugin === undefined || command === undefined ? [] : [['plugins', plugin, 'commands', command]]),
    ...(plugin === undefined ? [] : [['plugins', plugin]]),
    [],
  ];
  const known = Object.hasOwn(LIMITS, key) ? LIMITS[key] : undefined;
  if (known === undefined) return undefined;
  const said = places.map((place) => valueAt(section, [...place, 'limits', key])).find((value): value is number => isWithin(value, known.schema));
  return said ?? DEFAULT_LIMITS[known.name];
}

/** How many calls run at once, or wait, by a section. */
export function concurrencyIn(section: Section, key: keyof typeof CONCURRENCY): number {
  const said = valueAt(section, ['concurrency', key]);
  const { name, schema } = CONCURRENCY[key];
  return isWithin(said, schema) ? said : DEFAULT_CONCURRENCY[name];
}

/** Whether a value is a whole number that a schema allows. */
export function isWithin(value: unknown, { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: ValueSchema): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum;
}

/** A list of texts in a mapping; `undefined` where there is none. */
export function textsAt(section: unknown, key: string): readonly string[] | undefined {
  const list = valueAt(section, [key]);
  return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined;
}
