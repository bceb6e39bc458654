// C0 without tab and line feed, DEL, C1, and the marks that turn the direction of text.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text of others, made harmless for a terminal: control characters are shown as `\u001b`. */
export function escapeControl(text: string): string {
  return text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same, on one line. */
export function escapeLine(text: string): string {
  return escapeControl(text).replaceAll('\n', '\\n').replaceAll('\t', ' ');
}
