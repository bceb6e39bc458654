import { denialHint, denialText, type DenialFacts } from '../denied-permission.js';
import { ExitCode } from '../exit-code.js';
import { keyText, list } from '../wording.js';
import { entry } from './entry.js';

/** What plugins may do, and what keeps them to it. */
export const securityErrors = {
  SERVICE_NOT_GRANTED: entry<{ service: string; plugin: string; /** The plugin whose command uses it for that one. */ through?: string; /** Whether the configuration narrows what it asks for. */ isTakenAway?: boolean }>({
    exitCode: ExitCode.refused,
    message: ({ service, plugin, through }) => `Plugin "${plugin}" uses the core service "${service}"${through === undefined ? '' : `, through plugin "${through}",`} without permission.`,
    hint: ({ service, plugin, isTakenAway = false }) =>
      isTakenAway ? `Add ${JSON.stringify(service)} to security.plugins.${keyText(plugin)}.permissions.services of your configuration, or leave that out.` : `Add permissions: { services: ['${service}'] } to its description.`,
  }),
  PERMISSION_DENIED: entry<DenialFacts>({ exitCode: ExitCode.refused, message: denialText, hint: denialHint }),
  AUDIT_UNWRITABLE: entry<{ reason: string }>({
    message: ({ reason }) => `What plugins do could not be recorded: ${reason}.`,
    hint: () => 'Look at the permissions of the folder and at the room that is left; security.audit: false ends it.',
  }),
  SANDBOX_DEGRADED: entry<{ /** Controls that only Node keeps, or nobody. */ degraded: readonly string[]; platform: string }>({
    message: ({ degraded }) => `Isolated plugins are contained by less than there could be: on this machine the kernel does not enforce ${list(degraded)}.`,
    hint: ({ platform }) => `${platform === 'linux' ? 'Install bubblewrap (apt install bubblewrap, dnf install bubblewrap) and allow user namespaces. ' : ''}"structum security doctor" says what holds; security.sandbox_mode "strict" runs no plugin where something does not.`,
  }),
  SANDBOX_UNAVAILABLE: entry<{ /** Controls that the kernel does not enforce. */ missing: readonly string[]; platform: string }>({
    exitCode: ExitCode.refused,
    message: ({ missing }) => `Plugins cannot be confined strictly on this machine: the kernel does not enforce ${list(missing)}.`,
    hint: ({ platform }) =>
      platform === 'linux'
        ? 'Install bubblewrap (apt install bubblewrap, dnf install bubblewrap) and allow user namespaces, or set security.sandbox_mode to "standard". "structum security doctor" says what holds.'
        : 'Set security.sandbox_mode to "standard", or run on Linux with bubblewrap. "structum security doctor" says what holds.',
  }),
} as const;
