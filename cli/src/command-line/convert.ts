import type { ValueSchema } from '@structum/core';

/**
 * The text of a value as the schema's type. What does not read as that type stays text: the core's check of
 * the input then names the field, the value and the rule.
 */
export function convert(text: string, { type, enum: choices }: ValueSchema): string | number | boolean {
  if (type === 'integer' || type === 'number') return NUMBER.test(text) ? Number(text) : text;
  if (type === 'boolean') return BOOLEANS.get(text.toLowerCase()) ?? text;
  const isNumericChoice = type === undefined && choices?.some((choice) => typeof choice === 'number' && String(choice) === text) === true;
  return isNumericChoice ? Number(text) : text;
}

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true], ['yes', true], ['on', true], ['1', true],
  ['false', false], ['no', false], ['off', false], ['0', false],
]);
