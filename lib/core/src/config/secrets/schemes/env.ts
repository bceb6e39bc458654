import { SecretFailure } from '../secret-failure.js';
import type { Scheme } from './scheme.js';

/** `${env:TOKEN}`: an environment variable, of those that the host was given. */
export const env: Scheme = {
  lifetime: 0,
  resolve(target, { env }) {
    const value = valueOf(target, env);
    if (value === undefined) throw new SecretFailure('unavailable', `the environment variable ${target} is not set`);
    return value;
  },
};

/** On Windows, the case of their names makes no difference. */
function valueOf(name: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (Object.hasOwn(env, name)) return env[name];
  if (process.platform !== 'win32') return undefined;
  return Object.entries(env).find(([other]) => other.toUpperCase() === name.toUpperCase())?.[1];
}
