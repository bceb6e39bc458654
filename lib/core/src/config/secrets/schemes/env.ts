import { SecretFailure } from '../secret-failure.js';
import { variableOf } from '../variable.js';
import type { Scheme } from './scheme.js';

/** `${env:TOKEN}`: an environment variable, of those that the host was given. */
export const env: Scheme = {
  lifetime: 0,
  resolve(target, { env }) {
    const value = variableOf(target, env);
    if (value === undefined) throw new SecretFailure('unavailable', `the environment variable ${target} is not set`);
    return value;
  },
};
