/** One problem in a configuration file. */
export interface FileProblem {
  /** From 1. */
  readonly line: number;
  readonly column?: number;
  /** Absent for what is no setting. */
  readonly path?: string;
  readonly problem: string;
  readonly suggestions?: readonly string[];
}

/** The problem with where it is, for people. */
export function describeFileProblem(file: string, { line, column, path, problem }: FileProblem): string {
  const place = [file, line, ...(column === undefined ? [] : [column])].join(':');
  return `${place}: ${path === undefined ? '' : `${path} `}${problem}`;
}
