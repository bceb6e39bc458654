import type { ValuePath } from '../../manifest/check-value.js';

/** A reference to a secret: `${env:TOKEN}`. */
export interface SecretReference {
  /** Who resolves it: `env`. */
  readonly scheme: string;
  /** What it names there: `TOKEN`. */
  readonly target: string;
  /** As it is written. */
  readonly text: string;
}

/** A text of a configuration that is not meant as it is written. */
export interface Template {
  readonly parts: readonly (string | SecretReference)[];
  /** Why nobody can tell what is meant, as it reads after the setting. */
  readonly problem?: string;
}

/** `$${` stands for `${`; what has no scheme, as `${HOME}`, stands for itself. */
const TOKEN = /\$\$\{|\$\{([a-z][a-z0-9_-]*):([^}]*)(\}?)/gi;

/** Whether a value is a text that holds a reference, or `$${`. */
export function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && value.includes('${') && value.search(TOKEN) !== -1;
}

/** What a text is made of. References do not nest. */
export function parseTemplate(text: string): Template {
  const parts: (string | SecretReference)[] = [];
  let problem: string | undefined;
  let end = 0;
  for (const { 0: found, 1: scheme, 2: target = '', 3: close, index } of text.matchAll(TOKEN)) {
    parts.push(text.slice(end, index));
    end = index + found.length;
    if (scheme === undefined) parts.push('${');
    else {
      problem ??= problemWith(scheme, target, close === '}');
      parts.push({ scheme, target, text: found });
    }
  }
  parts.push(text.slice(end));
  return { parts: parts.filter((part) => part !== ''), ...(problem === undefined ? {} : { problem }) };
}

/** What stands behind the scheme is not told: it may be no reference, but a secret that looks like one. */
function problemWith(scheme: string, target: string, isClosed: boolean): string | undefined {
  const start = `\${${scheme}:`;
  if (!isClosed) return `has no "}" behind ${start}`;
  if (target.includes('${')) return `has a reference within ${start}…}, and references do not nest`;
  return target.trim() === '' ? `names nothing in ${start}}` : undefined;
}

/** The references of a template. */
export function referencesIn({ parts }: Template): readonly SecretReference[] {
  return parts.filter((part) => typeof part !== 'string');
}

/** Whether anything in a value is to be resolved; also where nobody can tell what is meant. */
export function holdsReferences(value: unknown): boolean {
  return [...templatesIn(value)].some(({ template }) => referencesIn(template).length > 0);
}

/** Whether a value is not meant as it is written. */
export function holdsTemplates(value: unknown): boolean {
  if (typeof value === 'string') return isTemplate(value);
  if (typeof value !== 'object' || value === null) return false;
  // The values of a large section, as a list, would take twice as long.
  for (const key of Object.keys(value)) if (holdsTemplates((value as Readonly<Record<string, unknown>>)[key])) return true;
  return false;
}

/** A template, and where it is. */
export interface FoundTemplate {
  readonly text: string;
  readonly template: Template;
  readonly path: ValuePath;
}

/** The templates of a value, which is at `path`. Its keys are meant as they are. */
export function templatesIn(value: unknown, path: ValuePath = []): Iterable<FoundTemplate> {
  // Hardly any section holds one, and some are large.
  return holdsTemplates(value) ? walked(value, path) : [];
}

function* walked(value: unknown, path: ValuePath): Iterable<FoundTemplate> {
  if (isTemplate(value)) yield { text: value, template: parseTemplate(value), path };
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* walked(item, [...path, index]);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* walked(item, [...path, key]);
  }
}
