import { inspect } from 'node:util';

/** A text in which a secret may show. */
export interface SecretForm {
  readonly text: string;
  readonly secret: string;
  /** Whether it counts only where no letter, digit or underscore is beside it. */
  readonly isWord: boolean;
}

/** Shorter ones stand in too many words. */
const SHORTEST = 4;

/** Shorter lines of a secret of several may stand anywhere. */
const SHORTEST_LINE = 8;

/** The texts in which a secret may show: as it is, without blanks around it, line by line, and as others write it. */
export function formsOf(secret: string): readonly SecretForm[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line.length >= SHORTEST_LINE);
  const texts = new Set([secret, secret.trim(), ...lines].flatMap((text) => [text, ...quotedForms(text), ...urlForms(text), ...base64Forms(text)]));
  const isWord = secret.trim().length < SHORTEST;
  return [...texts].filter((text) => text !== '').map((text) => ({ text, secret, isWord }));
}

/** As it stands between quotes, in JSON, also where that is all ASCII, and where JavaScript shows it. */
function quotedForms(text: string): readonly string[] {
  const json = JSON.stringify(text);
  const ascii = json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [json, ascii, inspect(text, { maxStringLength: null })].map((quoted) => quoted.slice(1, -1));
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
  return [padded, padded.replace(/=+$/, ''), bytes.toString('base64url')];
}
