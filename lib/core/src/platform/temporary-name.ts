import { basename, dirname, join } from 'node:path';
import { uniqueName } from './unique.js';

/** A name for what is going to replace a file: beside it, so that both are on one file system. */
export function temporaryOf(target: string): string {
  return join(dirname(target), `${prefixOf(target)}${uniqueName()}.tmp`);
}

/** Whether a name is that of what is going to replace `target`; undecided where others may have that, too. */
export function isTemporaryNameOf(name: string, target: string): boolean {
  const prefix = prefixOf(target);
  return prefix !== LONG && name.startsWith(prefix) && isTemporaryName(name) && name.length === prefix.length + SUFFIX;
}

/** Whether files have such names while they are written beside those that they are going to replace. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY.test(name);
}

const TEMPORARY = /^\..+\.[0-9a-z]{20}\.tmp$/s;

/** How many letters a name has behind its prefix. */
const SUFFIX = 24;

function prefixOf(target: string): string {
  const name = basename(target);
  return Buffer.byteLength(name) > LONGEST_NAME ? LONG : `.${name}.`;
}

/** Bytes: with what is put around it, a name may not have more than 255. */
const LONGEST_NAME = 200;

/** What stands for names that are longer. */
const LONG = '.structum.';
