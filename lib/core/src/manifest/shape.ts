/** What a value may have to be. */
type Kind = 'text' | 'string' | 'number' | 'count' | 'boolean' | 'true' | 'strings' | 'record' | 'string record' | 'path access';

/** A kind, or what tells whether a value will do. */
type Rule = Kind | ((value: unknown) => boolean);

/**
 * What must hold of the members of a record, and how the record reads that breaks it: `has no description`. Members that
 * are not listed may be there: a newer generator may know more.
 */
export type Shape = readonly (readonly [member: string, rule: Rule, problem: string, isOptional?: 'optional'])[];

/** What breaks the rules of `shape`, each as a sentence about `subject`. */
export function shapeProblems(record: Readonly<Record<string, unknown>>, shape: Shape, subject: string): string[] {
  const problems: string[] = [];
  for (const [member, rule, problem, isOptional] of shape) {
    const value = record[member];
    if (!(value === undefined ? isOptional === 'optional' : holds(rule, value))) problems.push(`${subject} ${problem}`);
  }
  return problems;
}

/** Whether `value` is what `rule` asks for. One function for all kinds: at a start, each function costs its compilation. */
export function holds(rule: Rule, value: unknown): boolean {
  switch (rule) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '';
    case 'string':
    case 'boolean':
      return typeof value === rule;
    case 'number':
      return Number.isFinite(value);
    case 'count':
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case 'true':
      return value === true;
    case 'strings':
      return isStringArray(value);
    case 'record':
      return isRecord(value);
    case 'string record':
      return isRecord(value) && isStringArray(Object.values(value));
    case 'path access':
      return value === 'read' || value === 'write';
    default:
      return rule(value);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString);
}

/** Whether `value` holds objects or lists in one another, more than `most` levels of them. */
export function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (most === 0) return true;
  for (const inner of Object.values(value)) if (isDeeper(inner, most - 1)) return true;
  return false;
}
