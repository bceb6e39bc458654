import { resolve } from 'node:path';
import rc from 'rc';

/**
 * The text of one file as rc reads it; `undefined` where rc, which says nothing of errors, could not.
 *
 * Nothing else of rc is used. It also looks into folders and variables of its own, by the name of a program: one that no
 * program has. Whatever it finds there all the same is dropped.
 */
export function readWithRc(file: string): string | undefined {
  const texts: string[] = [];
  const { configs = [] } = rc(NOBODYS_NAME, {}, { config: file }, (text) => {
    texts.push(text);
    return {};
  });
  const index = configs.findIndex((found) => resolve(found) === resolve(file));
  return index === -1 ? undefined : texts[index];
}

const NOBODYS_NAME = 'structum-reads-one-file-by-its-path-cd1f7ab2e6';
