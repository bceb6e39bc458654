import type { ValuePath, ValueProblem } from '../../manifest/check-value.js';
import { isOfProject, type LayerName } from '../layers/config-layer.js';
import { SCHEMES } from './schemes/index.js';
import { referencesIn, templatesIn } from './template.js';

/** Why no program is run for a reference, and what to do about that. */
export interface ProgramRefusal {
  readonly problem: string;
  readonly remedy: string;
}

/**
 * Why no program may be run for what a layer says; `undefined` where one may.
 *
 * @param layer - Absent for what no layer says.
 */
export function programRefusal(layer: LayerName | undefined, { allowsExec }: { readonly allowsExec: boolean }): ProgramRefusal | undefined {
  if (layer !== undefined && isOfProject(layer)) return { problem: NOT_OF_PROJECT, remedy: 'Move the setting to your own configuration.' };
  if (allowsExec) return undefined;
  return { problem: 'programs are not run for secrets', remedy: 'If you want that, write secrets: { allow_exec: true } into your own configuration, as "structum config set secrets.allow_exec true" does.' };
}

const NOT_OF_PROJECT = 'no project may have programs run for secrets';

/** The references to programs in what a layer says at `path`, where none may be run for it whatever its user allows. */
export function forbiddenPrograms(value: unknown, layer: LayerName, path: ValuePath = []): readonly ValueProblem[] {
  const refusal = programRefusal(layer, { allowsExec: true });
  if (refusal === undefined) return [];
  return [...templatesIn(value, path)].flatMap((found) => {
    const program = referencesIn(found.template).find(({ scheme }) => SCHEMES.get(scheme)?.runsPrograms === true);
    return program === undefined ? [] : [{ path: found.path, rule: 'reference', message: notResolved(program.text, refusal.problem) }];
  });
}

/** As it reads after the setting that holds a reference. */
export function notResolved(reference: string, problem: string): string {
  return `holds ${reference}, which is not resolved: ${problem}`;
}
