const PLUGIN_NAME = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)?$/;
const COMMAND_PATH = /^[a-z0-9][a-z0-9:._-]*( [a-z0-9][a-z0-9:._-]*)*$/;
const SERVICE_ID = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*$/i;

/** As npm has it for packages. */
export const LONGEST_NAME = 214;

/** Whether `name` can name a plugin: `archive`, or `scope/name`, in lower case, no longer than the name of a package. */
export function isPluginName(name: unknown): boolean {
  return isName(name, PLUGIN_NAME);
}

/** Whether `path` can name a command: lower-case words separated by one space. */
export function isCommandPath(path: unknown): boolean {
  return isName(path, COMMAND_PATH);
}

/** Whether `id` can name a service: words separated by dots. */
export function isServiceId(id: unknown): boolean {
  return isName(id, SERVICE_ID);
}

/** `onStart`, or `onCommand:`, `onService:` and `onEvent:` with the path of a command, the id of a service, and a host's own word. */
export function isActivationEvent(event: string): boolean {
  if (event === 'onStart') return true;
  const [, kind, subject] = /^on(Command|Service|Event):(\S(?:.*\S)?)$/.exec(event) ?? [];
  if (kind === 'Command') return isCommandPath(subject);
  return kind === 'Service' ? isServiceId(subject) : kind === 'Event';
}

function isName(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && value.length <= LONGEST_NAME && pattern.test(value);
}
