import type { ValueSchema } from '../contract/index.js';
import type { LayerProblem } from './layer-flaw.js';
import { POLICY_SCHEMA, POLICY_SECTION, tighterPolicy } from './plugin-policy.js';
import type { KeyPath, Section } from './section.js';
import { SECURITY_SCHEMA, SECURITY_SECTION, securityProblems } from './security-section.js';
import { securityOfProject, tighterSecurity } from './tighter-security.js';

/** Where a file names the schema that editors check it with; it sets nothing. */
export const SCHEMA_KEY = '$schema';

/** The section that holds plugins' settings. */
export const PLUGINS_SECTION = 'plugins';

/** The section that says how configurations are read. */
export const CONFIG_SECTION = 'config';

/** The section that says how secrets are resolved. */
export const SECRETS_SECTION = 'secrets';

/** A section of a configuration that is the core's own. */
export interface CoreSection {
  readonly schema: ValueSchema;
  /** What is wrong with it that its schema cannot say. */
  readonly problems?: (section: Section) => readonly LayerProblem[];
  /**
   * What counts of it where a project says it that its user does not trust: what makes things stricter.
   *
   * @param others - What all say that are no part of the project.
   */
  readonly tightening: (section: Section, others: Section) => Section;
  /** What counts of it where a project says it that its user trusts; all of it when left out. */
  readonly ofProject?: (section: Section, others: Section) => Section;
}

/** All sections but that of plugins. */
export const CORE_SECTIONS: Readonly<Record<string, CoreSection>> = {
  [POLICY_SECTION]: {
    schema: POLICY_SCHEMA,
    tightening: tighterPolicy,
    // It would trust itself.
    ofProject: ({ trusted_projects: _projects, ...section }) => section,
  },
  [CONFIG_SECTION]: {
    schema: {
      type: 'object', description: 'How configurations are read', additionalProperties: false,
      properties: { unknown_keys: { type: 'string', enum: ['warn', 'strict'], default: 'warn', description: 'What becomes of settings that nothing knows: they cost a warning, or are an error' } },
    },
    tightening: (section) => (section['unknown_keys'] === 'strict' ? { unknown_keys: 'strict' } : {}),
  },
  [SECRETS_SECTION]: {
    schema: {
      type: 'object', description: 'How references to secrets are resolved', additionalProperties: false,
      properties: { allow_exec: { type: 'boolean', default: false, description: 'Whether programs are run for them, as for ${exec:op read op://team/token}' } },
    },
    tightening: withoutPrograms,
    ofProject: withoutPrograms,
  },
  [SECURITY_SECTION]: { schema: SECURITY_SCHEMA, problems: securityProblems, tightening: tighterSecurity, ofProject: securityOfProject },
};

function withoutPrograms(section: Section): Section {
  return section['allow_exec'] === false ? { allow_exec: false } : {};
}

/** The names of all sections that there are. */
export const SECTIONS: readonly string[] = [PLUGINS_SECTION, ...Object.keys(CORE_SECTIONS)];

/** The core's own section of that name, where it is one. */
export function coreSection(name: string | undefined): CoreSection | undefined {
  return name !== undefined && Object.hasOwn(CORE_SECTIONS, name) ? CORE_SECTIONS[name] : undefined;
}

/** Whether a path leads to no setting, but to what holds settings: a section that there may be, or that of a plugin. */
export function isSectionPath([name = '', ...rest]: KeyPath): boolean {
  return SECTIONS.includes(name) && rest.length === (name === PLUGINS_SECTION ? Math.min(rest.length, 1) : 0);
}
