const PLUGIN_NAME = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)?$/;
const COMMAND_PATH = /^[a-z0-9][a-z0-9:._-]*( [a-z0-9][a-z0-9:._-]*)*$/;
const SERVICE_ID = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*$/i;

/** Whether `name` can name a plugin: `archive`, or `scope/name`, in lower case. */
export function isPluginName(name: unknown): boolean {
  return typeof name === 'string' && PLUGIN_NAME.test(name);
}

/** Whether `path` can name a command: lower-case words separated by one space. */
export function isCommandPath(path: unknown): boolean {
  return typeof path === 'string' && COMMAND_PATH.test(path);
}

/** Whether `id` can name a service: words separated by dots. */
export function isServiceId(id: unknown): boolean {
  return typeof id === 'string' && SERVICE_ID.test(id);
}

/** `onStart`, or `onCommand:`, `onService:` and `onEvent:` with what they mean. */
export function isActivationEvent(event: string): boolean {
  return event === 'onStart' || /^on(?:Command|Service|Event):\S(?:.*\S)?$/.test(event);
}
