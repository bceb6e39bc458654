import type { ConfigChange, ConfigOrigin, Output } from '@structum/core';
import { originText } from './text.js';

/** Tells what became of a change, and who has the last word all the same. */
export async function renderChange(change: ConfigChange, what: { readonly done: string; readonly undone: string }, out: Output): Promise<void> {
  const { file, changed, ignored, overriddenBy, overriddenKeys, unchecked } = change;
  await out.line(changed ? `${what.done} ${file}` : `${file} ${what.undone}; it was left alone`);
  if (ignored !== undefined) await out.line(`It counts for nothing there: ${IGNORED[ignored]}`);
  if (overriddenBy !== undefined) await out.line(overriddenText(overriddenBy, overriddenKeys));
  if (unchecked !== undefined) await out.line(`It could not be held against the rules of the plugin's code: ${unchecked}`);
}

function overriddenText(by: ConfigOrigin, keys: readonly string[] | undefined): string {
  const other = `${originText(by)} says something else`;
  return keys === undefined ? `It does not count: ${other}` : `It counts in part: ${other} of ${keys.join(', ')}`;
}

const IGNORED: Readonly<Record<NonNullable<ConfigChange['ignored']>, string>> = {
  untrusted: 'the project is not trusted, which plugin_policy.trusted_projects of your own configuration is for',
  user: 'no project may say it, only its user',
  unfit: 'it does not fit, and the project is not trusted',
  unknown: 'nothing knows it, and the project is not trusted',
};
