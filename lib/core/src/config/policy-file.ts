import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { PluginPolicy } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { readConfigFile } from './config-file.js';
import { knownFormatOf, type ConfigDocument } from './formats/index.js';
import type { PolicyCache } from './policy-cache.js';
import { POLICY_SECTION, readPolicy } from './plugin-policy.js';
import type { Section } from './section.js';

/**
 * The policy in a file; `undefined` where there is none. Folders in it may begin with `~/`, or be relative to the file's.
 *
 * @param home - The user's, for `~/`.
 * @param cache - Saves parsing a file that is as it was.
 * @throws `CONFIG_UNREADABLE`, `CONFIG_FORMAT_UNKNOWN`, `CONFIG_FILE_INVALID`.
 */
export async function readPolicyFile(file: string, home: string | undefined, cache?: PolicyCache): Promise<PluginPolicy | undefined> {
  const text = readConfigFile(file);
  if (text === undefined) return undefined;
  const known = cache?.find(file, text);
  if (known !== undefined) {
    const { policy, problems } = readPolicy(known, pathsFrom(file, home));
    if (problems.length === 0) return policy;
  }
  const document = await knownFormatOf(file).parse(text, file);
  const policy = policyOf(document, home);
  await cache?.remember(file, text, { [POLICY_SECTION]: document.data[POLICY_SECTION] });
  return policy;
}

/**
 * The policy in a document.
 * @throws `CONFIG_FILE_INVALID`, with all that is wrong.
 */
export function policyOf(document: ConfigDocument, home: string | undefined): PluginPolicy {
  const { policy, problems } = readPolicy(document.data, pathsFrom(document.file, home));
  if (problems.length === 0) return policy;
  throw catalogued('CONFIG_FILE_INVALID', {
    file: document.file,
    problems: problems.slice(0, MOST_PROBLEMS).map(({ path, problem }) => ({ ...document.positionOf(path), path: path.join('.'), problem })),
  });
}

/** A file in which everything is wrong need not be told in full. */
const MOST_PROBLEMS = 10;

/**
 * The policy that a host is given as data.
 * @throws `CONFIG_INVALID`.
 */
export function policyIn(config: Section): PluginPolicy {
  const { policy, problems } = readPolicy(config, (folder) => (isAbsolute(folder) ? folder : undefined));
  if (problems.length > 0) throw catalogued('CONFIG_INVALID', { problems: problems.map(({ path, problem }) => ({ path: path.join('.'), problem })) });
  return policy;
}

function pathsFrom(file: string, home: string | undefined): (folder: string) => string | undefined {
  return (folder) => {
    if (folder.trim() === '' || folder.includes('\0')) return undefined;
    if (!/^~(?:[\\/]|$)/.test(folder)) return resolve(dirname(file), folder);
    return home === undefined ? undefined : join(home, folder.slice(1));
  };
}
