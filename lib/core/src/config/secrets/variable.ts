/** An environment variable. On Windows, the case of their names makes no difference. */
export function variableOf(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (Object.hasOwn(env, name)) return env[name];
  if (process.platform !== 'win32') return undefined;
  return Object.entries(env).find(([other]) => other.toUpperCase() === name.toUpperCase())?.[1];
}
