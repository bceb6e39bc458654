import type { ErrorSource } from '../../errors/index.js';

/** How many causes are told one under the other, before some are left out. */
export const MOST_CAUSES = 16;

/** How many errors are told in all, before some are left out. */
export const MOST_ERRORS = 100;

/** Characters of each text that are kept. */
const MOST_TEXT = 64 * 1024;

/** What Node's errors say of what could not be done, beside that: the last two where its permissions do not allow it. */
export const NODE_FACTS = ['code', 'errno', 'syscall', 'path', 'dest', 'hostname', 'address', 'port', 'permission', 'resource'] as const;

const TEXTS = ['name', 'message', 'stack', 'syscall', 'path', 'dest', 'hostname', 'address', 'permission', 'resource', 'hint'] as const;
const CODES = ['code', 'errno', 'port'] as const;

/** What an error says in texts and numbers, as far as it does. */
export interface ErrorFields extends Readonly<Partial<Record<(typeof TEXTS)[number], string> & Record<(typeof CODES)[number], string | number>>> {
  readonly exitCode?: number;
}

/** Those texts and codes of an error, or of what tells of one, that are what they should be. */
export function fieldsOf(error: object): ErrorFields {
  const fields: Record<string, unknown> = {};
  for (const key of TEXTS) {
    const value = propertyOf(error, key);
    if (typeof value === 'string') fields[key] = shortened(value);
  }
  for (const key of CODES) {
    const value = propertyOf(error, key);
    if (typeof value === 'string') fields[key] = shortened(value);
    else if (Number.isFinite(value)) fields[key] = value;
  }
  const exitCode = propertyOf(error, 'exitCode');
  if (Number.isInteger(exitCode) && (exitCode as number) >= 0 && (exitCode as number) <= 255) fields['exitCode'] = exitCode;
  return fields;
}

export function sourceOf(value: unknown): ErrorSource | undefined {
  if (!isRecord(value)) return undefined;
  const plugin = propertyOf(value, 'plugin');
  const command = propertyOf(value, 'command');
  if (typeof plugin !== 'string') return undefined;
  return { plugin: shortened(plugin), ...(typeof command === 'string' ? { command: shortened(command) } : {}) };
}

export function propertyOf(holder: object, key: string): unknown {
  return attempt(() => (holder as Record<string, unknown>)[key]);
}

/** What `work` gives; `undefined` where it throws. */
export function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function shortened(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return attempt(() => typeof value === 'object' && value !== null && !Array.isArray(value)) ?? false;
}
