/** What must hold of one member of a record. */
export interface MemberRule {
  readonly holds: (value: unknown) => boolean;
  /** How the record reads that breaks it: `has no description`. */
  readonly problem: string;
  readonly isOptional?: boolean;
}

/** Rules by the names of members. Others may be there: a newer generator may know more. */
export type Shape = readonly (readonly [member: string, rule: MemberRule])[];

/** What breaks the rules of `shape`, each as a sentence about `subject`. */
export function shapeProblems(record: Readonly<Record<string, unknown>>, shape: Shape, subject: string): string[] {
  const problems: string[] = [];
  for (const [member, { holds, problem, isOptional }] of shape) {
    const value = record[member];
    if (!(value === undefined ? isOptional === true : holds(value))) problems.push(`${subject} ${problem}`);
  }
  return problems;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

/** Whether `value` is text that says something. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

export function isTrue(value: unknown): value is true {
  return value === true;
}

/** Whether `value` is a whole number from 0. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString);
}

export function isStringRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every(isString);
}
