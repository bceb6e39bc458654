import { env } from './env.js';
import { exec } from './exec.js';
import { file } from './file.js';
import { keyring } from './keyring.js';
import type { Scheme } from './scheme.js';

/** The schemes that every host knows. */
export const SCHEMES: ReadonlyMap<string, Scheme> = new Map(Object.entries({ env, exec, file, keyring }));
