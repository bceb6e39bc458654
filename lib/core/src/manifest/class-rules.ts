import type { Class } from '../contract/index.js';
import { catalogued } from '../errors/index.js';
import { importOptional } from '../platform/index.js';
import type { ValuePath, ValueProblem } from './check-value.js';

/** What of class-validator's error is read; see its documentation, "Validation errors". */
interface ClassValidationError {
  readonly property: string;
  readonly value?: unknown;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly children?: readonly ClassValidationError[];
}

interface MetadataStorage {
  getTargetValidationMetadatas(target: Class, schema: string, strict: boolean, groups: boolean): readonly unknown[];
}

interface ClassValidator {
  readonly validate: (instance: object, options: object) => Promise<readonly ClassValidationError[]>;
}

interface ClassTransformer {
  readonly plainToInstance: (type: Class, plain: object, options: object) => object;
}

/** An instance of a class, and what is wrong with it by the class's own rules. */
export interface RuledInstance {
  readonly instance: object;
  readonly problems: readonly ValueProblem[];
}

/** What an instance is made for. */
export interface RulesOptions {
  /** What the class describes, as messages name it: `the command "archive"`. */
  readonly subject: string;
  /** The plugin's module as a file path, or `undefined` when it is not known. */
  readonly location: string | undefined;
}

/**
 * An instance of an input or settings class with `data` in it; where the class has class-validator rules, made by
 * class-transformer and held against them.
 *
 * Both are imported from where the plugin finds them: their registries are per copy.
 * @throws `VALIDATOR_MISSING`.
 */
export async function instantiate(type: Class, data: Readonly<Record<string, unknown>>, options: RulesOptions): Promise<RuledInstance> {
  if (!usesClassValidator(type)) return { instance: Object.assign(new type() as object, data), problems: [] };
  const { plainToInstance } = await importPeer<ClassTransformer>('class-transformer', options);
  const { validate } = await importPeer<ClassValidator>('class-validator', options);
  const instance = plainToInstance(type, data, { exposeDefaultValues: true });
  const errors = await validate(instance, { forbidUnknownValues: true, validationError: { target: false } });
  return { instance, problems: errors.flatMap((error) => problemsOf(error, [])) };
}

/** Whether a class has rules of class-validator. Looks where that keeps them, so that nobody pays for its import who does not use it. */
export function usesClassValidator(type: Class): boolean {
  const { classValidatorMetadataStorage: storage } = globalThis as { classValidatorMetadataStorage?: MetadataStorage };
  return storage !== undefined && storage.getTargetValidationMetadatas(type, '', false, false).length > 0;
}

async function importPeer<Module>(module: string, { subject, location }: RulesOptions): Promise<Module> {
  const found = await importOptional(module, [...(location === undefined ? [] : [location]), __filename]);
  if (found === undefined) throw catalogued('VALIDATOR_MISSING', { subject, module });
  return found as Module;
}

function problemsOf(error: ClassValidationError, parent: ValuePath): ValueProblem[] {
  const path = [...parent, /^\d+$/.test(error.property) ? Number(error.property) : error.property];
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    path,
    rule,
    message: withoutSubject(message, error.property),
    received: error.value,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, path))];
}

/** class-validator begins most of its messages with the name of the property, or with `each value in` and that; some are sentences of their own. */
function withoutSubject(message: string, property: string): string {
  if (message.startsWith(`${property} `)) return message.slice(property.length + 1);
  const each = `each value in ${property} `;
  if (message.startsWith(each)) return `in each item ${message.slice(each.length)}`;
  return PREDICATE.test(message) ? message : `is refused: ${message}`;
}

/** What reads well behind a subject, as the messages do that plugins give to rules. */
const PREDICATE = /^(?:must|is|are|has|have|should|shall|needs|does|do|can|cannot|may)\b/;
