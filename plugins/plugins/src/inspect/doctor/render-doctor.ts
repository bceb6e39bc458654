import type { Output } from '@structum/core';
import type { Diagnosis } from '../doctor-command.js';
import { printable, styleOf } from '../style.js';
import type { Finding, Severity } from './finding.js';

/** Writes findings, the worst first: what is wrong, what follows from it, and what to do, a line each. */
export async function renderDiagnosis({ plugins, findings }: Diagnosis, out: Output): Promise<void> {
  if (findings.length === 0) return out.line(`No problems found: ${counted(plugins, 'plugin')}.`);
  const style = styleOf(out);
  for (const [severity, title] of TITLES) {
    const those = findings.filter((finding) => finding.severity === severity);
    if (those.length === 0) continue;
    await out.line(style[COLOURS[severity]](`${title} (${String(those.length)})`));
    for (const finding of those) await out.line([...linesOf(finding), ''].join('\n'));
  }
  const counts = TITLES.map(([severity, , noun]) => ({ noun, count: findings.filter((finding) => finding.severity === severity).length }));
  await out.line(`${counts.filter(({ count }) => count > 0).map(({ noun, count }) => counted(count, noun)).join(', ')} in ${counted(plugins, 'plugin')}.`);
}

const COLOURS = { error: 'red', warning: 'yellow', info: 'dim' } as const;

const TITLES: readonly (readonly [severity: Severity, title: string, noun: string])[] = [
  ['error', 'Errors', 'error'],
  ['warning', 'Warnings', 'warning'],
  ['info', 'Good to know', 'note'],
];

function linesOf({ code, message, affects = [], fix }: Finding): string[] {
  return [
    `  ${printable(message)}  [${printable(code)}]`,
    ...(affects.length === 0 ? [] : [`    Cannot be used because of it: ${printable(affects.join(', '))}`]),
    ...(fix === undefined ? [] : [`    -> ${printable(fix)}`]),
  ];
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
