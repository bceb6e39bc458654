import type { SettingsSchema, ValueSchema } from '../../contract/index.js';
import { checkSettings, type CheckedSettings } from '../../manifest/check-settings.js';
import { checkValue, type ValuePath, type ValueProblem } from '../../manifest/check-value.js';
import { knownPart } from '../../manifest/known-part.js';
import type { Section } from '../section.js';
import { holdsTemplates, isTemplate, referencesIn, templatesIn, type FoundTemplate } from './template.js';

/** What of a section is to be resolved before it is used, as far as that is described; `undefined` where it is meant as it is written. */
export function unresolvedPart(schema: SettingsSchema | undefined, section: Section): Section | undefined {
  if (!holdsTemplates(section)) return undefined;
  return schema === undefined ? section : knownPart({ properties: schema.properties, additionalProperties: false }, section) as Section;
}

/**
 * A section, held against its schema before its references are resolved: what they stand for may be anything.
 *
 * @param unresolved - Its {@link unresolvedPart}.
 */
export function checkSection(schema: SettingsSchema, section: Section, unresolved = unresolvedPart(schema, section)): CheckedSettings {
  const checked = checkSettings(schema, section);
  return unresolved === undefined ? checked : { ...checked, problems: [...checked.problems.filter(isKnownProblem), ...templateProblems(unresolved)] };
}

/** The same for one value. */
export function checkUnresolved(schema: ValueSchema, value: unknown, path: ValuePath): readonly ValueProblem[] {
  return [...checkValue(schema, value, path).filter(isKnownProblem), ...templateProblems(value, path)];
}

/** A section once its references are resolved, held against its schema; problems with what one stands for tell no value. */
export function checkResolved(schema: SettingsSchema, written: Section, resolved: Section): CheckedSettings {
  const checked = checkSettings(schema, resolved);
  const templates = [...templatesIn(written)];
  const isWithin = (path: ValuePath): boolean => (templateAround(path, templates)?.path.length ?? path.length) < path.length;
  // Nobody else could tell of what only a reference stands for.
  const ofUnknown = checked.unknown.filter(isWithin).map((path): ValueProblem => ({ path, rule: 'additionalProperties', message: 'is not known' }));
  return { ...checked, problems: [...checked.problems, ...ofUnknown].map((problem) => asWritten(problem, templates)), unknown: checked.unknown.filter((path) => !isWithin(path)) };
}

/** A problem with what a reference stands for, told of the reference: what that holds, its names too, is for nobody to see. */
function asWritten(problem: ValueProblem, templates: readonly FoundTemplate[]): ValueProblem {
  const found = templateAround(problem.path, templates);
  if (found === undefined) return problem;
  const { path, template } = found;
  const subject = problem.path.length === path.length ? '' : 'holds something that ';
  const references = referencesIn(template).map(({ text }) => text).join(' and ');
  return { path, rule: problem.rule, message: `${subject}${problem.message}${references === '' ? '' : ` (it is ${references})`}` };
}

/** The one that is at a path, or that stands for what is. */
function templateAround(path: ValuePath, templates: readonly FoundTemplate[]): FoundTemplate | undefined {
  return templates.find((found) => found.path.every((key, index) => key === path[index]));
}

/** Texts of which nobody can tell what they mean. */
export function templateProblems(value: unknown, path: ValuePath = []): readonly ValueProblem[] {
  return [...templatesIn(value, path)].flatMap((found) => {
    const { problem } = found.template;
    return problem === undefined ? [] : [{ path: found.path, rule: 'reference', message: problem }];
  });
}

function isKnownProblem({ received }: ValueProblem): boolean {
  return !isTemplate(received);
}
