/** What was measured, beside a baseline and targets: as data, and as a table. */

import { summarize } from './statistics.mjs';
import { formatNumber, formatTable } from './table.mjs';

const MEGABYTE = 1e6;

/**
 * @typedef {object} Target the most that is wanted; nothing checks it
 * @property {number} [most] in the comparison's unit
 * @property {number} [extra] over the baseline, in the comparison's unit
 * @property {number} [ratio] to the baseline
 * @property {number} [extraMemory] over the baseline, in bytes
 */

/**
 * @typedef {object} Measured
 * @property {string} label
 * @property {readonly number[]} samples none when it could not be measured
 * @property {readonly number[]} [memory] peaks of resident memory, in bytes
 * @property {Target} [target]
 * @property {string} [note] about this row; why it was skipped, when it was
 */

/**
 * @typedef {object} Comparison
 * @property {string} title
 * @property {'ms' | 'µs'} unit
 * @property {string} [baseline] the label of the row that the others are compared with
 * @property {readonly Measured[]} rows
 */

/**
 * @typedef {object} Benchmark
 * @property {string} description
 * @property {number} runs when no number is given
 * @property {(runs: number) => Comparison[]} measure
 */

/**
 * @typedef {object} Row
 * @property {string} label
 * @property {import('./statistics.mjs').Summary} [time]
 * @property {number} [extra] of the median over the baseline's
 * @property {number} [ratio] of the medians
 * @property {number} [memory] median peak, in bytes
 * @property {number} [extraMemory]
 * @property {Target} [target]
 * @property {string} [note]
 */

/**
 * @typedef {object} Report
 * @property {string} title
 * @property {string} unit
 * @property {string} [baseline]
 * @property {Row[]} rows
 */

/**
 * @param {Comparison} comparison
 * @returns {Report}
 */
export function reportOf({ title, unit, baseline, rows }) {
  const base = rows.find(({ label, samples }) => label === baseline && samples.length > 0);
  return { title, unit, ...(baseline === undefined ? {} : { baseline }), rows: rows.map((row) => rowOf(row, base)) };
}

/**
 * @param {Measured} measured
 * @param {Measured | undefined} base
 * @returns {Row}
 */
function rowOf({ label, samples, memory = [], target, note }, base) {
  /** @type {Row} */
  const row = { label };
  if (samples.length > 0) row.time = summarize(samples);
  if (memory.length > 0) row.memory = summarize(memory).median;
  if (row.time !== undefined && base !== undefined && base.label !== label) {
    const { median } = summarize(base.samples);
    row.extra = row.time.median - median;
    row.ratio = row.time.median / median;
    if (row.memory !== undefined && base.memory !== undefined && base.memory.length > 0) {
      row.extraMemory = row.memory - summarize(base.memory).median;
    }
  }
  if (target !== undefined) row.target = target;
  if (note !== undefined) row.note = note;
  return row;
}

/**
 * @param {Report} report
 * @returns {string}
 */
export function textOf({ title, unit, rows }) {
  const head = ['', `median ${unit}`, 'min', 'p95', 'extra', 'ratio', 'peak MB', 'extra MB', 'target', ''];
  const cells = rows.map((row) => {
    const { label, time, extra, ratio, memory, extraMemory, target, note } = row;
    return [
      label,
      number(time?.median), number(time?.min), number(time?.p95), number(extra), ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
      megabytes(memory), megabytes(extraMemory),
      target === undefined ? '' : `${targetText(target, unit)}${isMissed(target, row) ? ': missed' : ''}`,
      note === undefined ? '' : `(${note})`,
    ];
  });
  return `${title}\n\n${formatTable(head, cells)}`;
}

/**
 * @param {Target} target
 * @param {string} unit
 */
function targetText({ most, extra, ratio, extraMemory }, unit) {
  return [
    ...(most === undefined ? [] : [`≤ ${most} ${unit}`]),
    ...(extra === undefined ? [] : [`≤ +${extra} ${unit}`]),
    ...(ratio === undefined ? [] : [`≤ ${ratio}×`]),
    ...(extraMemory === undefined ? [] : [`≤ +${extraMemory / MEGABYTE} MB`]),
  ].join(', ');
}

/**
 * Whether a row is above one of its limits; of what was not measured, nobody can say.
 * @param {Target} target
 * @param {Row} row
 */
function isMissed({ most, extra, ratio, extraMemory }, row) {
  const pairs = [[row.time?.median, most], [row.extra, extra], [row.ratio, ratio], [row.extraMemory, extraMemory]];
  return pairs.some(([measured, limit]) => measured !== undefined && limit !== undefined && measured > limit);
}

/** @param {number | undefined} value */
function number(value) {
  return value === undefined ? '' : formatNumber(value);
}

/** @param {number | undefined} bytes */
function megabytes(bytes) {
  return bytes === undefined ? '' : (bytes / MEGABYTE).toFixed(1);
}
