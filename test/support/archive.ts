import { readFileSync } from 'node:fs';
import { Structum, type RunOptions } from '@structum/core';
import ArchivePlugin, { type ArchiveInput, type ArchiveResult } from '@structum/plugin-archive';
import TreePlugin from '@structum/plugin-tree';
import { parseArchive, type ParsedArchive, type ParsedEntry } from './parse-archive.js';

/** What an earlier run wrote, as far as the command can tell. */
export const OLD_ARCHIVE = '<!-- structum archive 1 -->\nold\n';

/** Runs `archive` in a host of its own, in the folder `cwd`. */
export async function archive(cwd: string, input: Partial<ArchiveInput> = {}, options: RunOptions = {}): Promise<ArchiveResult> {
  const structum = await Structum.create({ plugins: [TreePlugin, ArchivePlugin], cwd });
  try {
    return await structum.run('archive', input, options);
  } finally {
    await structum.dispose();
  }
}

/** Reads an archive back. */
export function readArchive(path: string): ParsedArchive {
  return parseArchive(readFileSync(path));
}

/** The entry of `path`. */
export function entryOf({ entries }: ParsedArchive, path: string): ParsedEntry {
  const found = entries.filter((entry) => entry.path === path);
  const [entry] = found;
  if (entry === undefined || found.length > 1) throw new Error(`${String(found.length)} entries for ${path}`);
  return entry;
}
