import { isCommandPath, isPluginName } from '@structum/core';
import { answerInvalid, type AnswerSubject } from '../errors.js';
import { packageNameProblem } from '../package-name.js';

export const LANGUAGES: readonly [Language, ...Language[]] = ['ts', 'js'];
export const LICENSES: readonly [License, ...License[]] = ['MIT', 'ISC', '0BSD', 'UNLICENSED'];

export type Language = 'ts' | 'js';
export type License = 'MIT' | 'ISC' | '0BSD' | 'UNLICENSED';

/** Everything that a new plugin is made from; {@link planOf} checks it. */
export interface PluginPlan {
  /** `hello`, `team/hello` */
  readonly name: string;
  /** The npm package: `structum-plugin-hello`. */
  readonly package: string;
  /** The path of its command: `hello`, `hello world`. */
  readonly command: string;
  readonly category: string;
  /** One line. */
  readonly description: string;
  readonly language: Language;
  readonly license: License;
  /** As `package.json` has it; nobody in particular when left out. */
  readonly author?: string;
  /** The version of Structum that it is made for: `2.0.0`. */
  readonly version: string;
}

/** What was said of a new plugin; the rest has defaults. */
export type PlanAnswers = Pick<PluginPlan, 'name' | 'version'> & { readonly [Key in keyof PluginPlan]?: PluginPlan[Key] | undefined };

/**
 * A plan from what was said.
 * @throws `PLUGIN_NAME_INVALID`, `PACKAGE_NAME_INVALID`, `COMMAND_PATH_INVALID`, `CATEGORY_INVALID`, `DESCRIPTION_INVALID`, `AUTHOR_INVALID`.
 */
export function planOf(answers: PlanAnswers): PluginPlan {
  const { name, version, author, language = 'ts', license = 'MIT' } = answers;
  // The other defaults are made from the name.
  refuseInvalid('name', name);
  const defaults = defaultsFor(name);
  const plan = {
    name,
    package: answers.package ?? defaults.package,
    command: answers.command ?? defaults.command,
    category: answers.category ?? defaults.category,
    description: answers.description ?? defaults.description,
    ...(author === undefined || author === '' ? {} : { author }),
  };
  for (const [key, value] of Object.entries(plan)) refuseInvalid(key as CheckedAnswer, value);
  return { ...plan, version, language, license };
}

/** What a plugin of that name has when nothing else is said. */
export function defaultsFor(name: string): Pick<PluginPlan, 'package' | 'command' | 'category' | 'description'> {
  const slash = name.indexOf('/');
  const own = name.slice(slash + 1);
  return {
    package: `${slash < 0 ? '' : `@${name.slice(0, slash)}/`}structum-plugin-${own}`,
    command: own,
    category: 'utility',
    description: 'Greet somebody',
  };
}

/** What is wrong with an answer, as an error; `undefined` when nothing is. */
export function problemWith(key: CheckedAnswer, value: string): Error | undefined {
  const { problemOf, ...subject } = CHECKS[key];
  const problem = problemOf(value);
  return problem === undefined ? undefined : answerInvalid(subject, value, problem);
}

function refuseInvalid(key: CheckedAnswer, value: string): void {
  const error = problemWith(key, value);
  if (error !== undefined) throw error;
}

/** An answer that may be wrong. */
export type CheckedAnswer = 'name' | 'package' | 'command' | 'category' | 'description' | 'author';

interface Check extends AnswerSubject {
  readonly problemOf: (value: string) => string | undefined;
}

const CHECKS: Readonly<Record<CheckedAnswer, Check>> = {
  name: {
    code: 'PLUGIN_NAME_INVALID',
    subject: 'The plugin name',
    problemOf: nameProblem,
  },
  package: { code: 'PACKAGE_NAME_INVALID', subject: 'The package name', flag: '--package', problemOf: packageNameProblem },
  command: { code: 'COMMAND_PATH_INVALID', subject: 'The command', flag: '--command', problemOf: commandProblem },
  category: {
    code: 'CATEGORY_INVALID',
    subject: 'The category',
    flag: '--category',
    problemOf: (category) => (/^[a-z0-9][a-z0-9-]*$/.test(category) ? undefined : 'it must be a word of lower-case letters, digits and "-"'),
  },
  description: { code: 'DESCRIPTION_INVALID', subject: 'The description', flag: '--description', problemOf: lineProblem },
  author: { code: 'AUTHOR_INVALID', subject: 'The author', flag: '--author', problemOf: lineProblem },
};

function nameProblem(name: string): string | undefined {
  if (!isPluginName(name)) return 'it must be of lower-case letters, digits and "-", with a scope before a "/" or without';
  // A folder is named after it.
  return DEVICES.test(name) ? 'no folder can be called that on Windows' : undefined;
}

/** What Windows takes for a device, in any folder. */
const DEVICES = /(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)$/;

function commandProblem(path: string): string | undefined {
  if (!isCommandPath(path)) return 'it must be of lower-case words with one space between them';
  // A file is named after it.
  return path.length > LONGEST_COMMAND ? `it must have at most ${String(LONGEST_COMMAND)} characters` : undefined;
}

const LONGEST_COMMAND = 100;

function lineProblem(text: string): string | undefined {
  if (text.trim() === '') return 'it is empty';
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? 'it must be one line' : undefined;
}
