/** How bad a finding is: something does not work, something will not or costs more than it should, or it is good to know. */
export type Severity = 'error' | 'warning' | 'info';

/** Something that is wrong with the plugins of a host, and what to do about it. */
export interface Finding {
  readonly severity: Severity;
  /** What kind of thing it is, the same for all of its kind: `ENGINE_MISMATCH`. */
  readonly code: string;
  /** The plugin, or the file, that it is about. */
  readonly subject: string;
  /** A sentence. */
  readonly message: string;
  /** A command to run, or a line of configuration, or a sentence where it takes more than that. */
  readonly fix?: string;
  /** Plugins that cannot be used because of it, by name. */
  readonly affects?: readonly string[];
}

/** The worst first, then by what they are about. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const keyOf = ({ severity, subject, code, message }: Finding): string => [RANKS[severity], subject, code, message].join('\0');
  return findings.map((finding) => ({ finding, key: keyOf(finding) })).sort((a, b) => compare(a.key, b.key)).map(({ finding }) => finding);
}

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
