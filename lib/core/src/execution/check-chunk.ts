import { checkOptions, optionRules } from '../contract/index.js';

const { either, text } = optionRules;

/** Of a text, or of bytes. */
export const textOrBytes = either(text, (value) => (value instanceof Uint8Array ? undefined : { option: '', problem: 'must be a text or bytes' }));

/**
 * Refuses what cannot be written.
 * @throws `OPTION_INVALID`
 */
export function checkChunk(call: string, chunk: unknown): void {
  if (typeof chunk !== 'string') checkOptions(call, { chunk: chunk ?? null }, { chunk: textOrBytes });
}
