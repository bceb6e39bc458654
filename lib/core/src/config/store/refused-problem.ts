import type { SettingProblem } from '../../errors/index.js';
import type { LayerProblem } from '../layer-flaw.js';
import { formatKeyPath } from '../key-path.js';
import type { SchemaSource } from './schemas.js';
import { valueOfProblem } from './placed-problem.js';

/** A problem with a value that nobody has written yet: `section` is what would be there with it. */
export function refusedProblem({ path, problem, rule, suggestions = [] }: LayerProblem, section: unknown, schemas: SchemaSource): SettingProblem {
  return {
    path: formatKeyPath(path), problem, ...(rule === undefined ? {} : { rule }),
    ...(suggestions.length === 0 ? {} : { suggestions }), ...valueOfProblem({ path }, section, schemas),
  };
}
