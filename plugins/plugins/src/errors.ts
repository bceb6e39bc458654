import { ExitCode, StructumError } from '@structum/core';

/** What is wrong with something that a plugin is to be called; `flag` gives another one. */
export function answerInvalid({ code, subject, flag }: AnswerSubject, value: string, problem: string): StructumError {
  return new StructumError({
    code,
    message: `${subject} ${JSON.stringify(value)} will not do: ${problem}.`,
    hint: `Give another one${flag === undefined ? '' : ` with ${flag}`}.`,
    details: { value },
    exitCode: ExitCode.usage,
  });
}

/** What a value stands for, as errors name it. */
export interface AnswerSubject {
  readonly code: string;
  /** `The plugin name` */
  readonly subject: string;
  /** The option that gives it; the argument does when left out. */
  readonly flag?: string;
}

/** A new plugin has no name, and nobody is there to ask: `PLUGIN_NAME_MISSING`. */
export function nameMissing(): StructumError {
  return new StructumError({
    code: 'PLUGIN_NAME_MISSING',
    message: 'The new plugin has no name.',
    hint: 'Give it as the argument: structum plugins new hello',
    exitCode: ExitCode.usage,
  });
}

/** A plugin of the host has that name already: `PLUGIN_NAME_TAKEN`. */
export function nameTaken(plugin: string, source: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_NAME_TAKEN',
    message: `There is a plugin "${plugin}" already: ${source}.`,
    hint: 'Take another name, or --force if the new one is to replace it.',
    details: { plugin, source },
    exitCode: ExitCode.usage,
  });
}

/** A plugin of the host has a command with that path already: `PLUGIN_COMMAND_TAKEN`. */
export function commandTaken(command: string, plugin: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_COMMAND_TAKEN',
    message: `There is a command "${command}" already, of the plugin "${plugin}".`,
    hint: 'Give another one with --command, or --force if the new one is to replace it.',
    details: { command, plugin },
    exitCode: ExitCode.usage,
  });
}

/** A command would begin with a word of the command line's own: `PLUGIN_COMMAND_RESERVED`. */
export function commandReserved(command: string, word: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_COMMAND_RESERVED',
    message: `No plugin can have the command "${command}": the word "${word}" is the command line's own.`,
    hint: 'Give another one with --command.',
    details: { command, word },
    exitCode: ExitCode.usage,
  });
}

/** A new plugin would be mixed with what is there: `PLUGIN_FOLDER_NOT_EMPTY`. */
export function folderNotEmpty(folder: string, entries: readonly string[]): StructumError {
  const shown = entries.slice(0, SHOWN_ENTRIES).join(', ');
  return new StructumError({
    code: 'PLUGIN_FOLDER_NOT_EMPTY',
    message: `The folder ${folder} is not empty: ${shown}${entries.length > SHOWN_ENTRIES ? ', …' : ''}.`,
    hint: 'Choose another one with --directory, or --force to write into this one; files with the same names are replaced.',
    details: { folder, entries },
    exitCode: ExitCode.usage,
  });
}

const SHOWN_ENTRIES = 3;

/** The folder of a new plugin is a file: `PLUGIN_FOLDER_UNUSABLE`. */
export function folderUnusable(folder: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_FOLDER_UNUSABLE',
    message: `${folder} is no folder.`,
    hint: 'Choose another one with --directory.',
    details: { folder },
    exitCode: ExitCode.usage,
  });
}

/** The files of a new plugin could not be written; none is left: `PLUGIN_UNWRITABLE`. */
export function pluginUnwritable(folder: string, thrown: unknown): StructumError {
  return new StructumError({
    code: 'PLUGIN_UNWRITABLE',
    message: `The plugin could not be written to ${folder}: ${reasonOf(thrown)}.`,
    hint: 'Check that you may write there, or choose another folder with --directory.',
    details: { folder },
    cause: thrown,
  });
}

/** Importing a plugin took longer than it may: `PLUGIN_IMPORT_TIMEOUT`. */
export function importTimeout(folder: string, limit: number): StructumError {
  return new StructumError({
    code: 'PLUGIN_IMPORT_TIMEOUT',
    message: `The plugin in ${folder} was not imported within ${String(limit)} ms.`,
    hint: 'Start nothing while its modules are imported: that belongs into onActivate. Where it needs the time, give it more with --import-limit.',
    details: { folder, limit },
    exitCode: ExitCode.timedOut,
  });
}

/** A module that a plugin imports is not there; `problem` says which one: `PLUGIN_MODULE_MISSING`. */
export function moduleMissing(folder: string, problem: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_MODULE_MISSING',
    message: problem,
    hint: `Run "npm install" in ${folder}, and build it where it has to be built.`,
    details: { folder },
  });
}

/** The process that imports a plugin was gone before it answered; `how`: `exit code 3`, `SIGSEGV`. `PLUGIN_IMPORT_ENDED`. */
export function importEnded(folder: string, how: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_IMPORT_ENDED',
    message: `The plugin in ${folder} ends its process (${how}) when it is imported.`,
    hint: 'Do not end the process in its modules: they are imported to be described.',
    details: { folder, how },
  });
}

/** A folder holds no package, or none with a name: `LINK_NO_PACKAGE`. */
export function noPackage(folder: string, problem: string): StructumError {
  return new StructumError({
    code: 'LINK_NO_PACKAGE',
    message: `${folder} cannot be linked: ${problem}.`,
    hint: 'Name the folder that the plugin\'s package.json lies in; "structum plugins new" makes one.',
    details: { folder },
    exitCode: ExitCode.usage,
  });
}

/** A package is there, and nothing in it is a plugin's: `LINK_NO_PLUGIN`. */
export function noPlugin(folder: string, cause: unknown): StructumError {
  return new StructumError({
    code: 'LINK_NO_PLUGIN',
    message: `The package in ${folder} says nothing of being a plugin, and has no manifest.`,
    hint: 'Name the folder of a plugin: its package.json has the keyword "structum-plugin". "structum plugins new" makes one.',
    details: { folder },
    exitCode: ExitCode.usage,
    cause,
  });
}

/** A folder holds no package whose manifest could be made: `MANIFEST_NO_PACKAGE`. */
export function nothingToDescribe(folder: string, problem: string): StructumError {
  return new StructumError({
    code: 'MANIFEST_NO_PACKAGE',
    message: `No manifest can be made in ${folder}: ${problem}.`,
    hint: 'Name the folder that the plugin\'s package.json lies in; "structum plugins new" makes one.',
    details: { folder },
    exitCode: ExitCode.usage,
  });
}

/** A plugin has neither a manifest nor the code to make it from: `LINK_NOT_BUILT`. */
export function notBuilt(folder: string, cause: unknown): StructumError {
  return new StructumError({
    code: 'LINK_NOT_BUILT',
    message: `The plugin in ${folder} has no manifest, and is not built.`,
    hint: 'Run "npm install" and "npm run build" there first.',
    details: { folder },
    exitCode: ExitCode.usage,
    cause,
  });
}

/** The manifest of a plugin could not be written: `MANIFEST_UNWRITABLE`. */
export function manifestUnwritable(file: string, thrown: unknown): StructumError {
  return new StructumError({
    code: 'MANIFEST_UNWRITABLE',
    message: `The manifest ${file} could not be written: ${reasonOf(thrown)}.`,
    hint: 'Look at the permissions of the folder.',
    details: { file },
    cause: thrown,
  });
}

/** Something that is no link has the place of one: `LINK_IN_THE_WAY`. */
export function inTheWay(path: string): StructumError {
  return new StructumError({
    code: 'LINK_IN_THE_WAY',
    message: `${path} is no link.`,
    hint: 'Move it away: only links belong there.',
    details: { path },
  });
}

/** A link could not be made, or not be removed: `LINK_UNWRITABLE`. */
export function linkUnwritable(path: string, thrown: unknown): StructumError {
  return new StructumError({
    code: 'LINK_UNWRITABLE',
    message: `The link ${path} could not be changed: ${reasonOf(thrown)}.`,
    hint: 'Look at the permissions of the folder, or set STRUCTUM_DATA_HOME to another one.',
    details: { path },
    cause: thrown,
  });
}

/** A plugin is there, but not through a link: `LINK_UNKNOWN`. */
export function notLinked(plugin: string, source: string): StructumError {
  return new StructumError({
    code: 'LINK_UNKNOWN',
    message: `The plugin "${plugin}" is not linked: it comes from ${source}.`,
    hint: `To leave it out, run: structum plugins disable ${plugin}`,
    details: { plugin, source },
    exitCode: ExitCode.usage,
  });
}

/** A plugin that others require is to be taken away; `remedy` does that without breaking them: `PLUGIN_NEEDED`. */
export function pluginNeeded(plugin: string, dependents: readonly string[], remedy: string): StructumError {
  return new StructumError({
    code: 'PLUGIN_NEEDED',
    message: `Plugin ${JSON.stringify(plugin)} is required by ${dependents.map((name) => JSON.stringify(name)).join(', ')}.`,
    hint: `${remedy}, or add --force: then they cannot be used either.`,
    details: { plugin, dependents },
  });
}

/** All links are to be removed, and nobody is there to agree: `UNLINK_UNCONFIRMED`. */
export function unlinkUnconfirmed(cause: unknown): StructumError {
  return new StructumError({
    code: 'UNLINK_UNCONFIRMED',
    message: 'Which plugin is to be unlinked was not said.',
    hint: 'Give its name, or --yes to unlink all.',
    exitCode: ExitCode.usage,
    cause,
  });
}

/** The user has no folder for data: `DATA_FOLDER_MISSING`. */
export function dataFolderMissing(): StructumError {
  return new StructumError({
    code: 'DATA_FOLDER_MISSING',
    message: 'Links are kept in a folder of the user, and this user has no home.',
    hint: 'Set STRUCTUM_DATA_HOME to an absolute path.',
    exitCode: ExitCode.usage,
  });
}

/** The system's own code of an error of `node:fs`: `EACCES`. */
export function systemCode(thrown: unknown): string | undefined {
  const code: unknown = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** An error of `node:fs` in plain words, the same on every platform. */
function reasonOf(thrown: unknown): string {
  const code = systemCode(thrown) ?? 'UNKNOWN';
  return REASONS[code] ?? code;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'nothing can be made there',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EEXIST: 'a file is in the way',
  ENOTDIR: 'a file is in the way',
  EISDIR: 'a folder is in the way',
  ENAMETOOLONG: 'its path is too long for this system',
  EBUSY: 'another program is using it',
};
