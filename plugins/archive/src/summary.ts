import { isFailure, type ArchiveResult, type Skipped, type SkipReason } from './result.js';

/** The result in a few lines for people. */
export function summaryOf({ outputs, skipped }: ArchiveResult): string[] {
  const listed = skipped.filter((skip) => !isFailure(skip));
  const failed = skipped.filter(isFailure);
  return [
    ...outputs.map(({ path, files, bytes }) => `${path}: ${counted(files, 'file')}, ${size(bytes)}`),
    ...(listed.length === 0 ? [] : [`listed without their content: ${kinds(listed)}`]),
    ...(failed.length === 0 ? [] : [`not archived: ${kinds(failed)}`]),
  ];
}

/** What went wrong with one file. */
export function failureOf({ path, reason, detail = 'unknown' }: Skipped): string {
  return reason === 'changed' ? `${path} changed while it was copied` : `${path} could not be read: ${detail}`;
}

/** `2 binary files, 1 symbolic link` */
function kinds(skipped: readonly Skipped[]): string {
  const counts = new Map<SkipReason, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => counted(count, NOUNS[reason])).join(', ');
}

const NOUNS: Readonly<Record<SkipReason, string>> = {
  binary: 'binary file',
  symlink: 'symbolic link',
  archive: 'archive',
  special: 'special file',
  repository: 'nested repository',
  unreadable: 'unreadable file',
  changed: 'changed file',
};

function counted(count: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

function size(bytes: number): string {
  const unit = UNITS.findLast(({ from }) => bytes >= from);
  return unit === undefined ? counted(bytes, 'byte') : `${(bytes / unit.from).toFixed(1)} ${unit.name}`;
}

const UNITS = [
  { from: 1e3, name: 'kB' },
  { from: 1e6, name: 'MB' },
  { from: 1e9, name: 'GB' },
];
