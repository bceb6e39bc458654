import { dirname } from 'node:path';

/** `folder`, and each folder around it up to the root. */
export function* foldersFrom(folder: string): Generator<string> {
  for (let current = folder; ; current = dirname(current)) {
    yield current;
    if (dirname(current) === current) return;
  }
}
