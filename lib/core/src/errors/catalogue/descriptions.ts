import { entry } from './entry.js';

/** What authors of plugins describe, and describe wrongly. */
export const descriptionErrors = {
  DECORATORS_STANDARD: entry<{ decorator: string }>({
    message: ({ decorator }) => `@${decorator} was applied as a standard (TC39) decorator, which cannot decorate parameters.`,
    hint: () => 'Set "experimentalDecorators": true in tsconfig.json, or use definePlugin() and defineCommand().',
  }),
  DECORATOR_MISPLACED: entry<{ decorator: string; where: string }>({
    message: ({ decorator, where }) => `@${decorator} cannot be used ${where}.`,
    hint: ({ decorator }) => DECORATOR_PLACES[decorator],
  }),
  PLUGIN_NOT_DESCRIBED: entry<{ subject: string }>({
    message: ({ subject }) => `${subject} is not a plugin: it has no @Plugin description.`,
    hint: () => 'Decorate the class with @Plugin, or export what definePlugin() returns as the default export.',
  }),
  COMMAND_NOT_DESCRIBED: entry<{ subject: string; plugin: string }>({
    message: ({ subject, plugin }) => `${subject}, listed in the commands of plugin "${plugin}", is not a command: it has no @Command description.`,
    hint: () => 'Decorate the class with @Command, or export what defineCommand() returns.',
  }),
  REFERENCE_INVALID: entry<{ subject: string; found: string }>({
    message: ({ subject, found }) => `${subject} is ${found}.`,
    hint: ({ found }) =>
      found === 'undefined'
        ? 'Do two modules import each other? Then one of them sees nothing of the other yet: move what both need into a third one.'
        : undefined,
  }),
  SERVICE_ID_INVALID: entry<{ id: string }>({
    message: ({ id }) => `"${id}" cannot name a service.`,
    hint: () => 'Write the id as words separated by dots: "acme.search".',
  }),
  DESCRIPTION_UNSUPPORTED: entry<{ subject: string; version: number; supported: number }>({
    message: ({ subject, version, supported }) =>
      `${subject} was described by another copy of @structum/core in format ${String(version)}; this one reads format ${String(supported)}.`,
    hint: () => 'Install versions of @structum/core and of the plugin that fit together.',
  }),
  PLUGIN_INVALID: entry<{ plugin: string; problems: readonly string[] }>({
    message: ({ plugin, problems }) => `Plugin ${plugin} is not valid: ${problems.join('; ')}.`,
    hint: () => 'Correct its @Plugin or definePlugin() description.',
  }),
  COMMAND_INVALID: entry<{ command: string; problems: readonly string[] }>({
    message: ({ command, problems }) => `Command ${command} is not valid: ${problems.join('; ')}.`,
    hint: () => 'Correct its @Command, @Argument and @Option descriptions.',
  }),
} as const;

/** Where each decorator belongs, and how often. */
const DECORATOR_PLACES: Readonly<Record<string, string>> = {
  Plugin: 'Put it once on the class of the plugin.',
  Command: 'Put it once on the class of the command.',
  Argument: 'Put it on a property of the input class.',
  Option: 'Put it on a property of the input class.',
  Inject: 'Put it on a parameter of the constructor.',
};
