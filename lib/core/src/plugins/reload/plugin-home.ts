import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE } from '../../contract/index.js';
import { catalogued } from '../../errors/index.js';
import { requirePluginOptions } from '../../manifest/plugin-options.js';
import { FolderContent } from '../../platform/folder-content.js';
import { toFilePath } from '../../platform/index.js';
import { codeFolderOf } from '../admission.js';
import type { PluginUnit } from '../plugin-unit.js';

/** Where a plugin's code lives. */
export interface PluginHome {
  /** The folder of which versions are loaded: the plugin's package, or, within another one, the folder of its module. */
  readonly folder: string;
  /** The module that it was loaded from. */
  readonly file: string;
  /** Where its manifest is, where there is one. */
  readonly manifestFile: string | undefined;
}

/** @throws `RELOAD_IMPOSSIBLE` */
export function homeOf(unit: PluginUnit): PluginHome {
  const file = fileOf(unit);
  const folder = unit.source.kind === 'package' ? unit.source.label : codeFolderOf(file);
  const manifestFile = join(folder, MANIFEST_FILE);
  return { folder, file, manifestFile: existsSync(manifestFile) ? manifestFile : undefined };
}

/** The content of all that may be loaded as a plugin's code. */
export function contentOf({ folder, file }: PluginHome): FolderContent {
  return new FolderContent({ folders: [folder], counts: countsAsCode(file) });
}

/** Which files may be loaded as code by the plugin in `entry`: sources that are compiled are none, as long as it is not one itself. */
export function countsAsCode(entry: string): (file: string) => boolean {
  const endings = /\.[cm]?ts$/.test(entry) ? /(?<!\.d)\.[cm]?ts$|\.(?:[cm]?js|json|wasm)$/ : /\.(?:[cm]?js|json|wasm)$/;
  return (file) => endings.test(file);
}

function fileOf({ name, code }: PluginUnit): string {
  if (code.file !== undefined) return code.file;
  const module = 'type' in code ? requirePluginOptions(code.type).module : undefined;
  if (module === undefined) throw catalogued('RELOAD_IMPOSSIBLE', { plugin: name });
  return toFilePath(module);
}
