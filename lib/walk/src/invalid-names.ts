import { readdirSync } from 'node:fs';

/** What the names in `folder` that are not valid UTF-8 look like as strings. */
export function invalidNames(folder: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const bytes of readdirSync(folder, { encoding: 'buffer' })) {
    const name = bytes.toString('utf8');
    if (name.includes('\uFFFD') && !Buffer.from(name, 'utf8').equals(bytes)) names.add(name);
  }
  return names;
}
