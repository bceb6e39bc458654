import { brokerErrors } from './catalogue/broker.js';
import { configurationErrors } from './catalogue/configuration.js';
import { descriptionErrors } from './catalogue/descriptions.js';
import type { Entry } from './catalogue/entry.js';
import { executionErrors } from './catalogue/execution.js';
import { injectionErrors } from './catalogue/injection.js';
import { lifecycleErrors } from './catalogue/lifecycle.js';
import { manifestErrors } from './catalogue/manifests.js';
import { platformErrors } from './catalogue/platform.js';
import { registrationErrors } from './catalogue/registration.js';
import { resolutionErrors } from './catalogue/resolution.js';
import { secretErrors } from './catalogue/secrets.js';
import { securityErrors } from './catalogue/security.js';
import { settingErrors } from './catalogue/settings.js';
import { ExitCode } from './exit-code.js';
import { StructumError } from './structum-error.js';

/** Every error that the core itself raises: its code, message, hint and exit code in one place. */
export const catalogue: Catalogue = {
  ...descriptionErrors,
  ...injectionErrors,
  ...securityErrors,
  ...registrationErrors,
  ...settingErrors,
  ...resolutionErrors,
  ...manifestErrors,
  ...configurationErrors,
  ...secretErrors,
  ...platformErrors,
  ...lifecycleErrors,
  ...executionErrors,
  ...brokerErrors,
};

/**
 * All domains, by name: in declarations, the type of what is merged would lose the comments on the facts of errors.
 * @inline
 */
type Catalogue =
  & typeof descriptionErrors
  & typeof injectionErrors
  & typeof securityErrors
  & typeof registrationErrors
  & typeof settingErrors
  & typeof resolutionErrors
  & typeof manifestErrors
  & typeof configurationErrors
  & typeof secretErrors
  & typeof platformErrors
  & typeof lifecycleErrors
  & typeof executionErrors
  & typeof brokerErrors;

/** A code of the core's own catalogue. Plugins throw codes of their own. */
export type ErrorCode = keyof typeof catalogue;

/** The facts that the message of `Code` is made from. */
export type ErrorParams<Code extends ErrorCode> = (typeof catalogue)[Code] extends Entry<infer Params> ? Params : never;

/** Makes the error `code` of the catalogue; its params become the error's details. */
export function catalogued<Code extends ErrorCode>(code: Code, params: ErrorParams<Code>, cause?: unknown): StructumError {
  const definition = catalogue[code] as unknown as Entry<ErrorParams<Code>>;
  return new StructumError({
    code,
    message: definition.message(params),
    hint: definition.hint?.(params),
    details: params as Readonly<Record<string, unknown>>,
    exitCode: exitCodeOf(definition, params),
    cause,
  });
}

function exitCodeOf<Params>({ exitCode = ExitCode.failed }: Entry<Params>, params: Params): number {
  return typeof exitCode === 'number' ? exitCode : exitCode(params);
}

/** Whether an error is one of these, rather than one with a code of a plugin's own. */
export function isCatalogued(error: unknown): error is StructumError {
  return StructumError.is(error) && Object.hasOwn(catalogue, error.code);
}
