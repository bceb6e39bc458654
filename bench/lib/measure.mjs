/** Measuring programs in turn, so that whatever else the machine does hits all of them alike. */

import { isInstalled, peakMemory, run } from './program.mjs';

/** Runs that nobody counts: they warm the file system's cache. */
const WARM_UPS = 1;

/** Memory varies little, and taking it lengthens a run: it is taken in runs of its own, one for so many. */
const RUNS_PER_MEMORY_RUN = 4;

/**
 * @typedef {object} Subject
 * @property {string} label
 * @property {import('./program.mjs').Command} [command] none when it cannot be measured here
 * @property {number} [runs] fewer than the others, for what takes long
 * @property {import('./report.mjs').Target} [target]
 * @property {string} [note]
 */

/**
 * @typedef {import('./report.mjs').Measured & { outputs: string[] }} Measurement with what each run wrote
 */

/**
 * Runs every subject once per round, each round beginning with another one.
 * @param {readonly Subject[]} subjects
 * @param {number} runs
 * @returns {Measurement[]}
 */
export function measureInTurn(subjects, runs) {
  const pairs = subjects.map((subject) => ({ subject: usable(subject), measurement: measurementOf(usable(subject)) }));
  // What takes long is warm enough after whatever came before it.
  inTurn(pairs, ({ runs: own }) => (own === undefined ? WARM_UPS : 0), (command) => { run(command); });
  inTurn(pairs, ({ runs: own = runs }) => own, (command, { samples, outputs }) => {
    const { milliseconds, output } = run(command);
    samples.push(milliseconds);
    outputs.push(output);
  });
  inTurn(pairs, ({ runs: own = runs }) => Math.ceil(own / RUNS_PER_MEMORY_RUN), (command, { memory }) => {
    const bytes = peakMemory(command);
    if (bytes !== undefined) memory.push(bytes);
  });
  return pairs.map(({ measurement }) => measurement);
}

/**
 * A subject whose program is not installed has no command, and a note that says so.
 * @param {Subject} subject
 * @returns {Subject}
 */
function usable(subject) {
  const program = subject.command?.program;
  if (program === undefined || /[/\\]/.test(program) || isInstalled(program)) return subject;
  const { command: _, ...rest } = subject;
  return { ...rest, note: `${program} is not installed` };
}

/** @param {Subject} subject */
function measurementOf({ label, target, note }) {
  return {
    label,
    samples: /** @type {number[]} */ ([]),
    memory: /** @type {number[]} */ ([]),
    outputs: /** @type {string[]} */ ([]),
    ...(target === undefined ? {} : { target }),
    ...(note === undefined ? {} : { note }),
  };
}

/**
 * @param {readonly { subject: Subject, measurement: ReturnType<typeof measurementOf> }[]} pairs
 * @param {(subject: Subject) => number} countOf
 * @param {(command: import('./program.mjs').Command, measurement: ReturnType<typeof measurementOf>) => void} action
 */
function inTurn(pairs, countOf, action) {
  const rounds = Math.max(0, ...pairs.map(({ subject }) => countOf(subject)));
  for (let round = 0; round < rounds; round++) {
    const first = round % pairs.length;
    for (const { subject, measurement } of [...pairs.slice(first), ...pairs.slice(0, first)]) {
      if (subject.command !== undefined && round < countOf(subject)) action(subject.command, measurement);
    }
  }
}
