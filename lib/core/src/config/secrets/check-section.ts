import type { SettingsSchema, ValueSchema } from '../../contract/index.js';
import type { InputProblem } from '../../errors/index.js';
import { checkSettings, type CheckedSettings } from '../../manifest/check-settings.js';
import { checkValue } from '../../manifest/check-value.js';
import type { Section } from '../section.js';
import { holdsTemplates, isTemplate, referencesIn, templatesIn, type FoundTemplate } from './template.js';

/** What of a section is to be resolved before it is used, as far as that is described; `undefined` where it is meant as it is written. */
export function unresolvedPart(schema: SettingsSchema | undefined, section: Section): Section | undefined {
  if (!holdsTemplates(section)) return undefined;
  return schema === undefined ? section : Object.fromEntries(Object.entries(section).filter(([key]) => Object.hasOwn(schema.properties, key)));
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
export function checkUnresolved(schema: ValueSchema, value: unknown, field: string): readonly InputProblem[] {
  return [...checkValue(schema, value, field).filter(isKnownProblem), ...templateProblems(value, field)];
}

/** A section once its references are resolved, held against its schema; problems with what one stands for tell no value. */
export function checkResolved(schema: SettingsSchema, written: Section, resolved: Section): CheckedSettings {
  const checked = checkSettings(schema, resolved);
  const templates = [...templatesIn(written, '')];
  return { ...checked, problems: checked.problems.map((problem) => asWritten(problem, templates)) };
}

/** A problem with what a reference stands for, told of the reference: what that holds, its names too, is for nobody to see. */
function asWritten(problem: InputProblem, templates: readonly FoundTemplate[]): InputProblem {
  const found = templates.find(({ field }) => problem.field === field || problem.field.startsWith(`${field}.`) || problem.field.startsWith(`${field}[`));
  if (found === undefined) return problem;
  const { field, template } = found;
  const subject = problem.field === field ? '' : 'holds something that ';
  const references = referencesIn(template).map(({ text }) => text).join(' and ');
  return { field, rule: problem.rule, message: `${subject}${problem.message}${references === '' ? '' : ` (it is ${references})`}` };
}

/** Texts of which nobody can tell what they mean. */
export function templateProblems(value: unknown, field = ''): readonly InputProblem[] {
  return [...templatesIn(value, field)].flatMap((found) => {
    const { problem } = found.template;
    return problem === undefined ? [] : [{ field: found.field, rule: 'reference', message: problem }];
  });
}

function isKnownProblem({ received }: InputProblem): boolean {
  return !isTemplate(received);
}
