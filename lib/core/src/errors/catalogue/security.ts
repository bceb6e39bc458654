import { deniedText, isGrantable, type DeniedPermission } from '../denied-permission.js';
import { ExitCode } from '../exit-code.js';
import { list } from '../wording.js';
import { entry } from './entry.js';

/** What plugins may do, and what keeps them to it. */
export const securityErrors = {
  SERVICE_NOT_GRANTED: entry<{ service: string; plugin: string; /** The plugin whose command uses it for that one. */ through?: string; /** Whether the configuration narrows what it asks for. */ isTakenAway?: boolean }>({
    exitCode: ExitCode.refused,
    message: ({ service, plugin, through }) => `Plugin "${plugin}" uses the core service "${service}"${through === undefined ? '' : `, through plugin "${through}",`} without permission.`,
    hint: ({ service, plugin, isTakenAway = false }) =>
      isTakenAway ? `Add ${JSON.stringify(service)} to security.plugins.${keyText(plugin)}.permissions.services of your configuration, or leave that out.` : `Add permissions: { services: ['${service}'] } to its description.`,
  }),
  PERMISSION_DENIED: entry<{ plugin: string; permission: DeniedPermission; /** What it wanted to use: a path, a host, a name. */ wanted: string; /** What allows that, as its description has it. */ entry?: string; reason?: string; /** What can allow it, where that is not its description: the configuration, which takes it away, or nothing. */ remedy?: 'configuration' | 'none' }>({
    exitCode: ExitCode.refused,
    message: ({ plugin, permission, wanted, reason }) => `Plugin "${plugin}" may not ${deniedText(permission)}${wanted === '' ? '' : ` ${wanted}`}${reason === undefined ? '' : `: ${reason}`}.`,
    hint: ({ plugin, permission, wanted, entry: allowing = wanted, remedy }) => {
      if (remedy === 'none') return 'No permission allows that: do without it.';
      if (remedy === 'configuration') return `Add ${JSON.stringify(allowing)} to security.plugins.${keyText(plugin)}.permissions.${permission} of your configuration, or leave that out.`;
      if (!isGrantable(permission)) return 'No permission allows that: only a plugin of the host can, where security.sandbox_mode lets it.';
      const named = permission === 'read' || permission === 'write' ? ' A path that is named for an argument or option which says so is allowed for that call.' : '';
      return `If it is to, its description needs permissions: { ${permission}: [${JSON.stringify(allowing)}] }, unless security.plugins.${keyText(plugin)}.permissions.${permission} of your configuration takes that away.${named}`;
    },
  }),
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

/** A name, as it stands in a path of keys. */
function keyText(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}
