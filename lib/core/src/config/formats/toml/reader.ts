import type { Syntax } from '../document.js';
import type { ConfigNode } from '../node.js';
import { DEEPEST, invalidFile } from '../problems.js';
import { offsetAt } from '../text.js';
import { deepKeyIn } from './depth.js';
import { tomlTree } from './tree.js';
import { plainToml } from './values.js';

/**
 * Reads TOML 1.1. Dates and times are texts, as they are written: so they are in the other languages.
 *
 * @throws `CONFIG_FILE_INVALID` for what is no TOML, and for numbers that cannot be held.
 */
export async function readToml(text: string, file: string): Promise<Syntax> {
  const { parse, TomlError } = await import('smol-toml');
  const deep = deepKeyIn(text);
  if (deep !== undefined) throw invalidFile(file, text, [{ at: deep, problem: `lies too deep: more than ${String(DEEPEST)} levels` }]);
  const root = (): ConfigNode => tomlTree(text);
  try {
    const { data, problems } = plainToml(parse(text, { maxDepth: DEEPEST }), text, root);
    if (problems.length > 0) throw invalidFile(file, text, problems);
    return { data, root };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw invalidFile(file, text, [{ at: offsetAt(text, error), problem: `is no TOML: ${reasonOf(error.message)}` }]);
  }
}

/** What smol-toml says, but for what it hands on of dates that it cannot read: that quotes them, and they may be secrets. */
function reasonOf(message: string): string {
  const [reason = ''] = message.replace(/^Invalid TOML document: /, '').split('\n');
  return /\d/.test(reason) ? 'invalid date' : reason;
}
