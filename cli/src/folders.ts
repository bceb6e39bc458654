import { join } from 'node:path';
import { userFolders, type StructumOptions } from '@structum/core';
import type { GlobalValues } from './command-line/global-options.js';

/** Where a command line looks for plugins, and for what is decided about them. */
export type CliFolders = Required<Pick<StructumOptions, 'discover' | 'configSources'>> & Pick<StructumOptions, 'audit' | 'dataFolder'>;

/**
 * Everything that belongs to the user and to the project: `plugins`, `links` and plugins' own `data` in the folder for data, `config.yaml` in
 * that for settings, the project's `node_modules` and its `.structum.yaml`. What was found is remembered in the folder
 * for caches, and what plugins do is recorded in `audit.jsonl` in that for state. A user without a home has none of the first.
 *
 * @param project - The folder to work in, if that is there.
 * @param globals - What the command line says of the configuration.
 */
export function cliFolders(env: Readonly<Record<string, string | undefined>>, project: string | undefined, { env: environment = env['STRUCTUM_ENV'], config: file, set }: Pick<GlobalValues, 'env' | 'config' | 'set'>): CliFolders {
  const { config, cache, data, state } = userFolders(env);
  return {
    discover: {
      ...(data === undefined ? {} : { userFolder: join(data, 'plugins'), linkFolder: join(data, 'links') }),
      ...(project === undefined ? {} : { project }),
      ...(cache === undefined ? {} : { cache }),
    },
    configSources: {
      variables: env,
      ...(environment === undefined || environment === '' ? {} : { environment }),
      ...(file === undefined ? {} : { file }),
      ...(set === undefined ? {} : { set }),
      ...(config === undefined ? {} : { global: config }),
      ...(project === undefined ? {} : { project }),
      ...(cache === undefined ? {} : { cache: join(cache, 'config') }),
    },
    ...(data === undefined ? {} : { dataFolder: join(data, 'data') }),
    ...(state === undefined ? {} : { audit: { file: join(state, 'audit.jsonl') } }),
  };
}
