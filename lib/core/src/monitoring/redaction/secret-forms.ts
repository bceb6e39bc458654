import { inspect } from 'node:util';

/** A text in which a secret may show. */
export interface SecretForm {
  readonly text: string;
  readonly secret: string;
  /** Whether it is the secret as it is, or as it stands in JSON. */
  readonly isPlain: boolean;
  /** Whether it counts only where no letter, digit or underscore is beside it. */
  readonly isWord: boolean;
}

/** Shorter ones stand in too many words. */
const SHORTEST = 4;

/** Shorter lines of a secret of several may stand anywhere. */
const SHORTEST_LINE = 8;

/** The texts in which a secret may show: as it is, without blanks around it, line by line, and as others write it. A large one has fewer: each takes time and memory. */
export function formsOf(secret: string): readonly SecretForm[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line.length >= SHORTEST_LINE);
  const depth = secret.length > LARGEST_NESTED ? 1 : DEEPEST_QUOTES;
  const wholes = new Set([secret, secret.trim()].flatMap((text) => [...quotedForms(text, depth), ...encodedForms(text)]));
  const parts = lines.flatMap((text) => [...quotedForms(text, depth), ...(secret.length > LARGEST_NESTED ? [] : encodedForms(text))]);
  const tail = secret.length < ASSERTION_CUT + SHORTEST_LINE ? [] : quotedForms(secret.slice(ASSERTION_CUT), 1);
  const texts = new Set([...wholes, ...parts, ...tail]);
  const json = inJson(secret);
  const isWord = secret.trim().length < SHORTEST;
  return [...texts].filter((text) => text !== '').map((text) => ({ text, secret, isPlain: text === secret || text === json, isWord }));
}

/** How many units Node leaves out before the others where it shows what an assertion compares. */
const ASSERTION_CUT = 512;

/** The most units of a secret that is looked for in quotes within quotes, and whose lines are looked for in URLs, base64 and bytes. */
const LARGEST_NESTED = 8192;

function encodedForms(text: string): readonly string[] {
  return [...urlForms(text), ...base64Forms(text), ...byteForms(text)];
}

/**
 * As it is, and between quotes in JSON, also where that is all ASCII, and where JavaScript shows it; also within texts
 * that stand between quotes themselves, as a body of JSON in a line of a log does.
 */
function quotedForms(text: string, deepest: number): readonly string[] {
  if (SAME_IN_QUOTES.test(text)) return [text];
  let level: readonly string[] = [text];
  const forms = new Set(level);
  for (let depth = 0; depth < deepest; depth += 1) {
    level = [...new Set(level.flatMap((form) => [inJson(form), inAscii(form), inJavaScript(form)]))];
    for (const form of level) forms.add(form);
  }
  return [...forms];
}

/** Printable ASCII but for quotes and backslashes, as most secrets are. */
const SAME_IN_QUOTES = /^[ !#-&(-[\]-_a-~]*$/;

/** How many quotes a secret is looked for in: JSON in JSON, in a line of JSON. */
const DEEPEST_QUOTES = 3;

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inAscii(text: string): string {
  return inJson(text).replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Which quotes are around it, and so which are escaped, depends on what else stands there: mostly that is as for the text itself. */
function inJavaScript(text: string): string {
  return inspect(text, { maxStringLength: null }).slice(1, -1);
}

/** As it stands in a part of a path or of a query, in a whole address, in a form, and before a host. */
function urlForms(text: string): readonly string[] {
  const wellFormed = Buffer.from(text).toString();
  const user = new URL('http://host');
  user.password = wellFormed;
  const forms = [encodeURIComponent(wellFormed), encodeURI(wellFormed), new URLSearchParams({ '': wellFormed }).toString().slice(1), user.password];
  return [...forms, ...forms.map((form) => form.replace(/%[\dA-F]{2}/g, (escaped) => escaped.toLowerCase()))];
}

function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const padded = bytes.toString('base64');
  const within = bytes.length < SHORTEST_LINE ? [] : [0, 1, 2].map((before) => base64Within(bytes, before));
  return [padded, padded.replace(/=+$/, ''), bytes.toString('base64url'), ...within, ...within.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

/**
 * What is the same in base64 whatever stands around the bytes, as a name does in `Authorization: Basic`.
 *
 * @param before - How many bytes are before them, but for threes.
 */
function base64Within(bytes: Buffer, before: number): string {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]);
  return whole.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
}

/** As hexadecimal digits, and as Node shows a buffer or has it in JSON. */
function byteForms(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  const shown = inspect(bytes).replace(/^<Buffer |>$|(?: \.\.\. \d+ more bytes?>)$/g, '');
  // Fewer small numbers stand in many lists.
  return [hex, hex.toUpperCase(), shown, ...(bytes.length < SHORTEST_LINE ? [] : [bytes.join(',')])];
}
