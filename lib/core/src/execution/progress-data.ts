import type { ProgressUpdate } from '../contract/index.js';

/** What is no update is left out: plain JavaScript may report anything. */
export function progressData(update: ProgressUpdate): ProgressUpdate {
  const { message, completed, total, unit } = Object(update) as ProgressUpdate;
  return {
    ...(typeof message === 'string' ? { message } : {}),
    ...(typeof completed === 'number' ? { completed } : {}),
    ...(typeof total === 'number' ? { total } : {}),
    ...(typeof unit === 'string' ? { unit } : {}),
  };
}

/** One report in the place of two: what the later one leaves out stays as it was. */
export function joinedProgress<Report extends ProgressUpdate>(earlier: Report, later: Report): Report {
  return { ...earlier, ...later };
}
