import { ProtocolViolation } from './protocol-violation.js';

/** A tag's name, and what it says. */
export type Content = readonly unknown[];

export function text(content: Content, index: number): string {
  const value = content[index];
  if (typeof value !== 'string') throw new ProtocolViolation('a tag without a text');
  return value;
}

export function natural(content: Content, index: number): number {
  const value = content[index];
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new ProtocolViolation('a tag without a number');
  return value as number;
}

export function list(content: Content, index: number): readonly unknown[] {
  const value = content[index];
  if (!Array.isArray(value)) throw new ProtocolViolation('a tag without a list');
  return value;
}

export function record(content: Content, index: number): Record<string, unknown> {
  const value = content[index];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ProtocolViolation('a tag without an object');
  return value as Record<string, unknown>;
}
