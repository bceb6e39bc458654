/** Numbers that say what many measurements say. */

/**
 * @typedef {object} Summary
 * @property {number} runs how many samples
 * @property {number} median
 * @property {number} min
 * @property {number} p95 what 95 % of the samples do not exceed
 */

/**
 * @param {readonly number[]} samples at least one
 * @returns {Summary}
 */
export function summarize(samples) {
  const sorted = [...samples].sort((left, right) => left - right);
  return { runs: sorted.length, median: quantile(sorted, 0.5), min: quantile(sorted, 0), p95: quantile(sorted, 0.95) };
}

/**
 * Between two samples, the value on the line between them.
 * @param {readonly number[]} sorted ascending, at least one
 * @param {number} share 0 to 1
 */
function quantile(sorted, share) {
  const position = (sorted.length - 1) * share;
  const lower = sorted[Math.floor(position)];
  const upper = sorted[Math.ceil(position)];
  if (lower === undefined || upper === undefined) throw new RangeError('no samples');
  return lower + (upper - lower) * (position - Math.floor(position));
}
