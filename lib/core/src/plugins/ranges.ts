import { required } from '../platform/modules.js';
import type * as NpmRanges from './npm-ranges.js';

/** Whether npm knows `range` as one. */
export function isRange(range: string): boolean {
  return plainRange(range) !== undefined || npm().isRange(range);
}

/**
 * Whether `version` is within `range`. A pre-release is where npm says so: where the range itself names a pre-release
 * of the same version.
 */
export function satisfies(version: string, range: string): boolean {
  return plainAnswer(version, range) ?? npm().satisfies(range)(version);
}

/** Whether `version` is within `range`, pre-releases counted like releases. */
export function includes(version: string, range: string): boolean {
  return plainAnswer(version, range) ?? npm().includes(range)(version);
}

/** Whether `version` is a pre-release that is not within `range`, though the release would be. */
export function takesRelease(version: string, range: string): boolean {
  const [release = '', ...preRelease] = version.split('+', 1).join('').split('-');
  return preRelease.length > 0 && isRange(range) && !satisfies(version, range) && satisfies(release, range);
}

/** Whether `version` is newer than all that is within `range`. */
export function isNewer(version: string, range: string): boolean {
  return isRange(range) && npm().isNewer(version, range);
}

/** npm's own answers, which are remembered. Its library is loaded only where not all that is asked is plain to see. */
function npm(): Npm {
  library ??= openLibrary();
  return library;
}

interface Npm {
  readonly isRange: (range: string) => boolean;
  readonly satisfies: (range: string) => (version: string) => boolean;
  readonly includes: (range: string) => (version: string) => boolean;
  readonly isNewer: (version: string, range: string) => boolean;
}

let library: Npm | undefined;

function openLibrary(): Npm {
  const { satisfies: ask, validRange, outside } = required<typeof NpmRanges>('./npm-ranges.js', import.meta.url);
  return {
    isRange: remembering((range) => validRange(range) !== null),
    satisfies: remembering((range) => remembering((version) => ask(version, range))),
    includes: remembering((range) => remembering((version) => ask(version, range, { includePrerelease: true }))),
    isNewer: (version, range) => outside(version, range, '>'),
  };
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
