/** What npm means by a range. */
export interface Ranges {
  readonly isRange: (range: string) => boolean;
  /**
   * Whether `version` is within `range`. A pre-release is where npm says so: where the range itself names a pre-release
   * of the same version.
   */
  readonly satisfies: (version: string, range: string) => boolean;
  /** Whether `version` is within `range`, pre-releases counted like releases. */
  readonly includes: (version: string, range: string) => boolean;
}

let library: Promise<Ranges> | undefined;
let loaded: Ranges | undefined;

/** Whether it is plain to see, without npm's own library, what `range` is, and whether `version` is within it. */
export function isPlain(range: string, version?: string): boolean {
  return version === undefined ? plainRange(range) !== undefined : plainAnswer(version, range) !== undefined;
}

/** What npm means; its library is loaded only where not all that is asked is plain to see. */
export function rangesFor(areAllPlain: boolean): Ranges | Promise<Ranges> {
  return loaded ?? (areAllPlain ? PLAIN : npmRanges());
}

/** Answers what is plain to see, and nothing else. */
const PLAIN: Ranges = {
  isRange: (range) => plainRange(range) !== undefined,
  satisfies: (version, range) => plainAnswer(version, range) ?? false,
  includes: (version, range) => plainAnswer(version, range) ?? false,
};

function npmRanges(): Promise<Ranges> {
  library ??= importRanges();
  return library;
}

async function importRanges(): Promise<Ranges> {
  const [{ default: satisfies }, { default: validRange }] = await Promise.all([import('semver/functions/satisfies.js'), import('semver/ranges/valid.js')]);
  const remembered = (ask: (version: string, range: string) => boolean): Ranges['satisfies'] => {
    const answersFor = remembering((range) => remembering((version) => ask(version, range)));
    return (version, range) => plainAnswer(version, range) ?? answersFor(range)(version);
  };
  loaded = {
    isRange: (range) => plainRange(range) !== undefined || validRange(range) !== null,
    satisfies: remembered((version, range) => satisfies(version, range)),
    includes: remembered((version, range) => satisfies(version, range, { includePrerelease: true })),
  };
  return loaded;
}

/** What hosts ask is much of the same; a stream of ever new questions must not pile up. */
const MOST_ANSWERS = 10_000;

function remembering<Answer>(ask: (question: string) => Answer): (question: string) => Answer {
  const answers = new Map<string, Answer>();
  return (question) => {
    const known = answers.get(question);
    if (known !== undefined || answers.has(question)) return known as Answer;
    const answer = ask(question);
    if (answers.size >= MOST_ANSWERS) answers.clear();
    answers.set(question, answer);
    return answer;
  };
}

type Numbers = readonly [major: number, minor: number, patch: number];

interface PlainRange {
  readonly operator: string;
  readonly numbers: Numbers;
}

/** What most plugins write. */
const PLAIN_RANGE = /^(\^|~|>=|)(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;
const RELEASE = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

const ANY: PlainRange = { operator: '>=', numbers: [0, 0, 0] };

const plainRange = remembering((range): PlainRange | undefined => {
  if (range === '*') return ANY;
  const [, operator, major, minor, patch] = PLAIN_RANGE.exec(range) ?? [];
  return operator === undefined ? undefined : { operator, numbers: [Number(major), Number(minor), Number(patch)] };
});

const releaseNumbers = remembering((version): Numbers | undefined => {
  const [text, major, minor, patch] = RELEASE.exec(version) ?? [];
  return text === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
});

/** Whether a release is within a plain range; `undefined` for everything else. */
function plainAnswer(version: string, range: string): boolean | undefined {
  const wanted = plainRange(range);
  const found = releaseNumbers(version);
  if (wanted === undefined || found === undefined) return undefined;
  const { operator, numbers } = wanted;
  if (operator === '') return compare(found, numbers) === 0;
  return compare(found, numbers) >= 0 && (operator === '>=' || agree(found, numbers, fixedParts(operator, numbers)));
}

/** How many of the numbers must stay as they are. */
function fixedParts(operator: string, [major, minor]: Numbers): number {
  if (operator === '~') return 2;
  if (major > 0) return 1;
  return minor > 0 ? 2 : 3;
}

function agree(one: Numbers, other: Numbers, parts: number): boolean {
  return one.slice(0, parts).every((number, index) => number === other[index]);
}

function compare(one: Numbers, other: Numbers): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}
