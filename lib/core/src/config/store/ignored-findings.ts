import type { ConfigFinding } from '../../contract/index.js';
import type { StructumError } from '../../errors/index.js';
import type { Configuration } from '../configuration.js';
import { parseKeyPath } from '../key-path.js';
import { placeOf, type SchemaSource } from './schemas.js';
import { placedProblem } from './placed-problem.js';

/** What counts for nothing though it fits: what a project says that may not say it. */
export async function ignoredFindings(configuration: Configuration, notices: readonly StructumError[], schemas: SchemaSource): Promise<readonly ConfigFinding[]> {
  const ofPlugins = schemas.names().flatMap((plugin) => configuration.pluginSection(plugin, schemas.schemaOf(plugin)).notices);
  const found = [...notices, ...ofPlugins].filter(({ code }) => code === 'CONFIG_IGNORED').map(({ details = {} }) => findingsOf(details as Partial<Ignored>, configuration, schemas));
  return (await Promise.all(found)).flat();
}

/** The details of `CONFIG_IGNORED`. */
interface Ignored {
  readonly file: string;
  readonly settings: readonly string[];
  readonly reason: 'untrusted' | 'user' | 'unfit';
}

/** What does not fit is found for itself. */
async function findingsOf({ file, settings = [], reason }: Partial<Ignored>, configuration: Configuration, schemas: SchemaSource): Promise<readonly ConfigFinding[]> {
  const layer = configuration.layers.find((candidate) => candidate.file === file);
  if (reason === 'unfit' || layer === undefined) return [];
  const problem = reason === 'user' ? 'is ignored: that is for its user to say' : 'is ignored: its project is not trusted';
  return Promise.all(settings.map(async (setting): Promise<ConfigFinding> => {
    const path = parseKeyPath(setting);
    const { section, schema } = placeOf(path, schemas);
    const { origin, ...placed } = await placedProblem({ path, problem, rule: 'trust' }, { layer, section: layer.valueAt(section, schema) }, schemas);
    return { ...origin, severity: 'warning', ...placed };
  }));
}
