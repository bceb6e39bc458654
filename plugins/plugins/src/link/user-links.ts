import { join } from 'node:path';
import { userFolders } from '@structum/core';
import { dataFolderMissing } from '../errors.js';
import { LinkFolder } from './link-folder.js';

/**
 * The links of the user whose environment this is: `links` in the folder for data.
 * @throws `DATA_FOLDER_MISSING`.
 */
export function userLinks(env: Readonly<Record<string, string | undefined>>): LinkFolder {
  const { data } = userFolders(env);
  if (data === undefined) throw dataFolderMissing();
  return new LinkFolder(join(data, 'links'));
}
