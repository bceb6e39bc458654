import { deciderText, enablingHint, type DecisionOrigin } from '../decision-text.js';
import { ExitCode } from '../exit-code.js';
import { didYouMean, list } from '../wording.js';
import { entry } from './entry.js';

/** Which plugins a host has, and which of them it uses. */
export const registrationErrors = {
  PLUGIN_UNKNOWN: entry<{ plugin: string; suggestions?: readonly string[] }>({
    exitCode: ExitCode.usage,
    message: ({ plugin }) => `There is no plugin "${plugin}".`,
    hint: ({ suggestions = [] }) => didYouMean(suggestions),
  }),
  PLUGIN_DUPLICATE: entry<{ plugin: string; first: string; second: string; why?: string }>({
    message: ({ plugin, first, second, why }) =>
      `Two plugins are named "${plugin}": ${first} and ${second}.${why === undefined ? '' : ` The first one is used, because ${why}.`}`,
    hint: () => 'Remove one of them, or rename it.',
  }),
  PLUGIN_DISABLED: entry<{ plugin: string } & DecisionOrigin>({
    exitCode: ExitCode.refused,
    message: (params) => `Plugin "${params.plugin}" is disabled by ${deciderText(params)}.`,
    hint: (params) => enablingHint(params.plugin, params),
  }),
  PLUGIN_UNTRUSTED: entry<{ plugin: string; folder: string; project?: string }>({
    exitCode: ExitCode.refused,
    message: ({ plugin, folder }) => `Plugin "${plugin}" is not loaded: nobody said that what is in ${folder} is to be trusted.`,
    hint: ({ folder, project }) =>
      project === undefined
        ? `If you trust it, run: structum plugins link ${JSON.stringify(folder)}`
        : `If you trust that project, add it to your own configuration: plugin_policy: { trusted_projects: [${JSON.stringify(project)}] }.`,
  }),
  PLUGIN_UNFIT: entry<{ plugin: string; reasons: readonly { readonly code: string; readonly message: string }[]; remedy?: string }>({
    message: ({ plugin, reasons }) =>
      `Plugin "${plugin}" cannot be used for ${String(reasons.length)} reasons: ${reasons.map(({ message }, index) => `(${String(index + 1)}) ${message}`).join(' ')}`,
    hint: ({ remedy }) => remedy,
  }),
  PLUGIN_IN_USE: entry<{ plugin: string; dependents: readonly string[]; how?: 'deactivate' }>({
    message: ({ plugin, dependents }) => `Plugin "${plugin}" is required by ${list(dependents)}.`,
    hint: ({ how }) =>
      how === 'deactivate'
        ? `Deactivate those first, or pass { dependents: 'first' } to take them down before it.`
        : 'Unregister those first, or pass { dependents: true } to take them along.',
  }),
  PLUGIN_NOT_FOUND: entry<{ subject: string; from: string; reason?: string }>({
    message: ({ subject, from, reason }) => `The plugin ${subject} could not be found from ${from}${reason === undefined ? '' : `: ${reason}`}.`,
    hint: () => 'Install the package, or pass create({ from: import.meta.url }) so that names resolve from your own module.',
  }),
} as const;
