import { ExitCode } from '../exit-code.js';
import { didYouMean } from '../wording.js';
import { entry } from './entry.js';

/** What settings refer to, and who resolves it. */
export const secretErrors = {
  SECRET_UNAVAILABLE: entry<{ problems: readonly { readonly path: string; readonly reference: string; readonly place: string; readonly problem: string }[]; remedy?: string }>({
    exitCode: ExitCode.usage,
    message: ({ problems }) => `Secrets could not be resolved: ${problems.map(({ path, reference, place, problem }) => `${reference} of ${path} (${place}): ${problem}`).join('; ')}.`,
    hint: ({ remedy }) => remedy ?? 'Provide them, or change these settings; nothing that needs them runs until then.',
  }),
  SECRET_TIMED_OUT: entry<{ path: string; reference: string; place: string; problem: string }>({
    exitCode: ExitCode.timedOut,
    message: ({ path, reference, place, problem }) => `The secret ${reference} of ${path} (${place}) took too long: ${problem}.`,
    hint: () => 'Who resolves it may wait for a password, or for something that never comes: try that by hand, and then this again. A host allows more time with create({ limits: { secret: … } }).',
  }),
  SECRET_REFUSED: entry<{ path: string; reference: string; place: string; problem: string; remedy: string }>({
    exitCode: ExitCode.refused,
    message: ({ path, reference, place, problem }) => `The secret ${reference} of ${path} (${place}) is not resolved: ${problem}.`,
    hint: ({ remedy }) => remedy,
  }),
  SECRET_SCHEME_UNKNOWN: entry<{ path: string; reference: string; place: string; problem: string; scheme: string; known: readonly string[]; suggestions: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ path, reference, place, problem }) => `Nobody resolves the secret ${reference} of ${path} (${place}): ${problem}.`,
    hint: ({ scheme, suggestions }) => `${didYouMean(suggestions) ?? `Add a plugin that provides "${scheme}".`} If it is meant as it is written, write $$\{${scheme}:…}.`,
  }),
  KEYRING_MISSING: entry<{ path: string; reference: string; place: string; problem: string }>({
    message: ({ path, reference, place, problem }) => `The secret ${reference} of ${path} (${place}) cannot be resolved: ${problem}.`,
    hint: () => 'Run: npm install @napi-rs/keyring, with --global where the command line was installed so.',
  }),
  SECRET_SCHEME_INVALID: entry<{ scheme: string; isBuiltIn: boolean }>({
    exitCode: ExitCode.usage,
    message: ({ scheme, isBuiltIn }) => (isBuiltIn ? `The scheme "${scheme}" of secrets is the core's own.` : `"${scheme}" can be no scheme of secrets.`),
    hint: () => 'Choose another name, of lower-case letters, digits, - and _: "vault".',
  }),
} as const;
