import { withoutStop } from '../wording.js';
import { entry } from './entry.js';

/** What the host does for plugins. */
export const brokerErrors = {
  FETCH_FAILED: entry<{ plugin: string; url: string; reason: string }>({
    message: ({ url, reason }) => `${url} cannot be fetched: ${withoutStop(reason)}.`,
  }),
  FETCH_TIMED_OUT: entry<{ plugin: string; url: string; timeout: number }>({
    message: ({ url, timeout }) => `${url} was not fetched within ${String(timeout)} ms.`,
    hint: () => 'Try again, or give it more time: { timeout }.',
  }),
  FETCH_TOO_LARGE: entry<{ plugin: string; url: string; limit: number }>({
    message: ({ url, limit }) => `${url} gives more than ${String(limit)} bytes.`,
    hint: () => 'Ask for less, or in parts: by the header "range".',
  }),
  EXEC_FAILED: entry<{ plugin: string; program: string; reason: string }>({
    message: ({ program, reason }) => `The program ${program} cannot be run: ${withoutStop(reason)}.`,
  }),
  EXEC_TIMED_OUT: entry<{ plugin: string; program: string; timeout: number }>({
    message: ({ program, timeout }) => `The program ${program} was ended: it took longer than ${String(timeout)} ms.`,
    hint: () => 'Give it more time, { timeout }, or less to do.',
  }),
  EXEC_TOO_LARGE: entry<{ plugin: string; program: string; limit: number }>({
    message: ({ program, limit }) => `The program ${program} was ended: it wrote more than ${String(limit)} bytes.`,
    hint: () => 'Let it write to a file, or less.',
  }),
} as const;
