import type { SettingsSchema, ValueSchema } from '../../contract/index.js';
import type { InputProblem } from '../../errors/index.js';
import { checkSettings, type CheckedSettings } from '../../manifest/check-settings.js';
import { checkValue } from '../../manifest/check-value.js';
import type { Section } from '../section.js';
import { isTemplate, templatesIn } from './template.js';

/** A section, held against its schema before its references are resolved: what they stand for may be anything. */
export function checkSection(schema: SettingsSchema, section: Section): CheckedSettings {
  const checked = checkSettings(schema, section);
  return { ...checked, problems: [...checked.problems.filter(isKnownProblem), ...templateProblems(knownOf(schema, section))] };
}

/** The same for one value. */
export function checkUnresolved(schema: ValueSchema, value: unknown, field: string): readonly InputProblem[] {
  return [...checkValue(schema, value, field).filter(isKnownProblem), ...templateProblems(value, field)];
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
