import type { CommandContext } from '@structum/core';
import { nameMissing } from '../errors.js';
import type { NewInput } from './new-input.js';
import { LANGUAGES, LICENSES, defaultsFor, problemWith, type CheckedAnswer, type PlanAnswers } from './plugin-plan.js';

/**
 * What was said of a new plugin: by options, and by answers to questions about the rest, where somebody can be asked.
 * @throws `PLUGIN_NAME_MISSING`, and what is wrong with the last of several bad answers.
 */
export async function answersOf(given: NewInput, context: CommandContext): Promise<PlanAnswers> {
  const { language, category, description, command, author, license, package: packageName } = given;
  const { version } = context.plugin;
  const isAsking = context.canAsk && !given.yes;
  const { name } = given;
  if (name === undefined && !isAsking) throw nameMissing();
  if (!isAsking) return { name: name ?? '', version, language, category, description, command, author, license, package: packageName };
  const asker = new Asker(context);
  const known = name ?? (await asker.text('name', 'Name of the plugin'));
  const defaults = defaultsFor(known);
  return {
    name: known,
    version,
    language: language ?? (await asker.choice('Language', LANGUAGES)),
    command: command ?? (await asker.text('command', 'Command', defaults.command)),
    description: description ?? (await asker.text('description', 'What it does', defaults.description)),
    category: category ?? (await asker.text('category', 'Category', defaults.category)),
    package: packageName ?? (await asker.text('package', 'npm package', defaults.package)),
    author: author ?? (await asker.text('author', 'Author (may be empty)', '')),
    license: license ?? (await asker.choice('Licence', LICENSES)),
  };
}

/** Asks until an answer will do, but not for ever. */
class Asker {
  readonly #context: CommandContext;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  async text(key: CheckedAnswer, message: string, fallback?: string): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#context.ask({ message, ...(fallback === undefined ? {} : { default: fallback }) });
      const problem = answer === fallback ? undefined : problemWith(key, answer);
      if (problem === undefined) return answer;
      if (attempt === ATTEMPTS) throw problem;
      this.#context.logger.warn(problem.message);
    }
  }

  /** The first choice is the default. */
  async choice<Choice extends string>(message: string, choices: readonly [Choice, ...Choice[]]): Promise<Choice> {
    const answer = await this.#context.ask({ message, choices, default: choices[0] });
    return choices.find((choice) => choice === answer) ?? choices[0];
  }
}

const ATTEMPTS = 5;
