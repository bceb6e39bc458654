import type { SettingsSchema, ValueSchema } from '../../contract/index.js';
import type { InputProblem } from '../../errors/index.js';
import { checkSettings, type CheckedSettings } from '../../manifest/check-settings.js';
import { checkValue } from '../../manifest/check-value.js';
import type { Section } from '../section.js';
import { isTemplate, referencesIn, templatesIn, type FoundTemplate } from './template.js';

/** A section, held against its schema before its references are resolved: what they stand for may be anything. */
export function checkSection(schema: SettingsSchema, section: Section): CheckedSettings {
  const checked = checkSettings(schema, section);
  return { ...checked, problems: [...checked.problems.filter(isKnownProblem), ...templateProblems(knownOf(schema, section))] };
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

/** What a schema describes of a section. */
export function knownOf({ properties }: SettingsSchema, section: Section): Section {
  return Object.fromEntries(Object.entries(section).filter(([key]) => Object.hasOwn(properties, key)));
}

function isKnownProblem({ received }: InputProblem): boolean {
  return !isTemplate(received);
}
