import type { ConfigOrigin } from '../../contract/index.js';
import { catalogued, type StructumError } from '../../errors/index.js';
import { similar } from '../../errors/similar.js';
import type { SecretFailure } from './secret-failure.js';
import type { SecretReference } from './template.js';

/** Where a reference stands; it is looked up when that is told. */
export interface ReferencePlace {
  origin(): Promise<ConfigOrigin>;
  /** The schemes that somebody resolves. */
  schemes(): readonly string[];
}

/** A reference that could not be resolved. */
export interface FailedReference {
  /** The setting that holds it. */
  readonly key: string;
  readonly reference: SecretReference;
  readonly failure: SecretFailure;
  readonly place: ReferencePlace;
}

/** The error for references that could not be resolved: for the first one, and others that are not there either. */
export async function secretError(failed: readonly [FailedReference, ...FailedReference[]]): Promise<StructumError> {
  const [first] = failed;
  const { failure, reference: { scheme, text } } = first;
  const told = { path: first.key, reference: text, place: await placeOf(first), problem: failure.message };
  switch (failure.kind) {
    case 'timed-out':
      return catalogued('SECRET_TIMED_OUT', told);
    case 'missing-package':
      return catalogued('KEYRING_MISSING', told);
    case 'refused':
      return catalogued('SECRET_REFUSED', { ...told, remedy: failure.remedy ?? '' });
    case 'unknown-scheme': {
      const known = first.place.schemes();
      return catalogued('SECRET_SCHEME_UNKNOWN', { ...told, problem: `"${scheme}" is none of ${known.join(', ')}`, scheme, known, suggestions: similar(scheme, known) });
    }
    case 'unavailable': {
      const alike = failed.filter((other) => other.failure.kind === 'unavailable');
      const problems = await Promise.all(alike.map(async (other) => ({ path: other.key, reference: other.reference.text, place: await placeOf(other), problem: other.failure.message })));
      return catalogued('SECRET_UNAVAILABLE', { problems, ...(failure.remedy === undefined ? {} : { remedy: failure.remedy }) }, failure.cause);
    }
  }
}

/** `/home/ada/.config/structum/config.yaml:3:5`, `$STRUCTUM_PLUGINS__MAIL__TOKEN`, `host`. */
async function placeOf({ place }: FailedReference): Promise<string> {
  const { file, line, column, source, layer } = await place.origin();
  if (file === undefined) return source ?? layer;
  return [file, ...(line === undefined ? [] : [line]), ...(column === undefined ? [] : [column])].join(':');
}
