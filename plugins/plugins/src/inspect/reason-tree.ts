import type { ErrorReport } from '@structum/core';
import { printable } from './style.js';

/** Deeper causes are not indented any further. */
const MOST_LEVELS = 24;

/** An error and what it follows from, a line each, deeper ones indented further; each with what to do about it. */
export function reasonLines(reason: ErrorReport, indent = ''): string[] {
  const lines: string[] = [];
  const pending = [{ report: reason, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { report, depth } = next;
    const margin = `${indent}${'  '.repeat(Math.min(depth, MOST_LEVELS))}`;
    lines.push(`${margin}${printable(report.message)}  [${printable(report.code)}]`);
    if (report.hint !== undefined) lines.push(`${margin}  -> ${printable(report.hint)}`);
    for (const cause of [...(report.causes ?? [])].reverse()) pending.push({ report: cause, depth: depth + 1 });
  }
  return lines;
}
