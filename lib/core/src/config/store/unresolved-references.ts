import type { ConfigFinding } from '../../contract/index.js';
import { StructumError } from '../../errors/index.js';
import type { Configuration } from '../configuration.js';
import { PLUGINS_SECTION } from '../core-sections.js';
import { formatKeyPath } from '../key-path.js';
import { checkResolved, checkSection, templateProblems } from '../secrets/check-section.js';
import { notResolved } from '../secrets/programs.js';
import { holdsReferences } from '../secrets/template.js';
import type { Section } from '../section.js';
import type { StoreHost } from './config-store.js';
import { originOf } from './voices.js';

/** The settings of all plugins whose references cannot be resolved, or stand for what does not fit. */
export async function unresolvedReferences(configuration: Configuration, host: StoreHost): Promise<readonly ConfigFinding[]> {
  const found = await Promise.all(host.schemas.names().map((plugin) => unresolvedOf(plugin, configuration, host)));
  return found.flat();
}

/** What is wrong with how they are written is found without resolving anything. */
async function unresolvedOf(plugin: string, configuration: Configuration, host: StoreHost): Promise<readonly ConfigFinding[]> {
  const schema = host.schemas.schemaOf(plugin);
  const source = configuration.sourceOf(plugin, schema);
  const { section } = configuration.pluginSection(plugin, schema);
  const unknown = schema === undefined ? [] : checkSection(schema, section).unknown;
  const settings = Object.entries(section).filter(([key, value]) => unknown.every(([first]) => first !== key) && holdsReferences(value) && templateProblems(value).length === 0);
  const findings = await Promise.all(settings.map(async ([key, value]): Promise<readonly ConfigFinding[]> => {
    const problems = await problemsOf({ [key]: value });
    const origin = problems.length === 0 ? undefined : await originOf(layered(source.layerOf([key])), [PLUGINS_SECTION, plugin, key]);
    return problems.map((problem) => ({ layer: 'host', ...origin, severity: 'error', key: formatKeyPath([PLUGINS_SECTION, plugin, key]), problem, rule: 'reference' }));
  }));
  return findings.flat();

  async function problemsOf(written: Section): Promise<readonly string[]> {
    try {
      const resolved = await host.resolveSecrets({ section: written, plugin, schema, source });
      return schema === undefined ? [] : checkResolved({ ...schema, required: [] }, written, resolved).problems.map(({ message }) => message);
    } catch (error) {
      if (!StructumError.is(error)) throw error;
      return problemsIn(error);
    }
  }
}

function layered<Layer>(layer: Layer | undefined): { readonly layer?: Layer } {
  return layer === undefined ? {} : { layer };
}

function problemsIn({ message, details = {} }: StructumError): readonly string[] {
  const { problems, reference, problem } = details as { readonly problems?: readonly { readonly reference: string; readonly problem: string }[]; readonly reference?: string; readonly problem?: string };
  if (problems !== undefined) return [...new Set(problems.map((each) => notResolved(each.reference, each.problem)))];
  return [reference === undefined || problem === undefined ? `cannot be resolved: ${message}` : notResolved(reference, problem)];
}
