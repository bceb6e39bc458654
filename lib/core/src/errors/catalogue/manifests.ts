import { ExitCode } from '../exit-code.js';
import { list } from '../wording.js';
import { entry } from './entry.js';

/** What tells of a plugin without its code: manifests and packages. */
export const manifestErrors = {
  MANIFEST_UNREADABLE: entry<{ file: string; reason: string }>({
    message: ({ file, reason }) => `The manifest ${file} could not be read: ${reason}.`,
    hint: () => 'Make it again with "structum plugins manifest".',
  }),
  MANIFEST_INVALID: entry<{ file: string; problems: readonly string[] }>({
    message: ({ file, problems }) => `The manifest ${file} is not valid: ${problems.join('; ')}.`,
    hint: () => 'Make it again with "structum plugins manifest".',
  }),
  MANIFEST_STALE: entry<{ plugin: string; file: string; differences?: readonly string[] }>({
    message: ({ plugin, file, differences = [] }) =>
      `The manifest of plugin "${plugin}" (${file}) no longer describes its code${differences.length > 0 ? `: ${list(differences)} ${differences.length === 1 ? 'differs' : 'differ'}` : ''}.`,
    hint: () => 'Run "structum plugins manifest" in the plugin\'s folder.',
  }),
  MANIFEST_MISSING: entry<{ folder: string }>({
    message: ({ folder }) => `There is no structum.manifest.json in ${folder}.`,
    hint: () => 'Run "structum plugins manifest" there.',
  }),
  PNP_UNSUPPORTED: entry<{ folder: string }>({
    message: ({ folder }) => `The packages of ${folder} are installed by Plug'n'Play, where no plugins can be found.`,
    hint: () => 'Write "nodeLinker: node-modules" into .yarnrc.yml, and run "yarn install".',
  }),
  PACKAGE_UNREADABLE: entry<{ file: string; reason: string }>({
    exitCode: ExitCode.usage,
    message: ({ file, reason }) => `The package file ${file} could not be used: ${reason}.`,
    hint: () => 'Mend it, or install the package again.',
  }),
  PLUGIN_ENTRY_MISSING: entry<{ folder: string; entry: string }>({
    exitCode: ExitCode.usage,
    message: ({ folder, entry: file }) => `The entry ${file} of the package in ${folder} does not exist, as if it were not built.`,
    hint: () => 'Run "npm install" and "npm run build" there, or correct "structum.entry", "exports" or "main" of its package.json.',
  }),
} as const;
