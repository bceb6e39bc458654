import { optionRules, type DiscoverOptions, type OptionRules } from './contract/index.js';
import type { ConfigWatchOptions } from './config/config-watch.js';
import type { ConfigSources } from './config/load-layers.js';
import { LIMIT_RULES } from './limits.js';
import type { StructumOptions } from './options.js';
import type { PluginWatchOptions, ReloadOptions } from './plugins/reload/index.js';

const { callback, either, flag, list, milliseconds, object, oneOf, optionsOf, text, texts, valuesOf, withMethods } = optionRules;

const variables = valuesOf(text);
const discover: OptionRules<DiscoverOptions> = { host: flag, linkFolder: text, userFolder: text, folders: texts, project: text, cache: text, trust: callback };
const configSources: OptionRules<ConfigSources> = { global: text, project: text, environment: text, file: text, variables, otherVariables: texts, set: texts, cache: text };
/** Whether it is a place of a module is told with what is wrong with the place. */
const from = either(text, either(list, object));

/** What the options of a host may be, by the method that takes them. */
export const HOST_OPTIONS = {
  create: {
    plugins: list,
    from,
    discover: either(flag, optionsOf(discover)),
    configProblems: oneOf('throw', 'warn'),
    activateOnStart: either(flag, oneOf('before-first-command')),
    configSources: optionsOf(configSources),
    trustProject: callback,
    config: object,
    secretProviders: valuesOf(withMethods('resolve')),
    cwd: text,
    dataFolder: text,
    env: variables,
    logger: withMethods('error', 'warn', 'info', 'debug', 'trace', 'isEnabled', 'child'),
    on: valuesOf(callback),
    clock: withMethods('now', 'sleep', 'setTimeout', 'setInterval'),
    coreServices: object,
    confirm: callback,
    ask: callback,
    reservedFlags: texts,
    reservedWords: texts,
    limits: optionsOf(LIMIT_RULES),
    audit: either(callback, optionsOf({ file: text })),
  } satisfies OptionRules<StructumOptions>,
  unregister: { dependents: flag },
  activate: { retry: flag, guests: optionRules.limitOf('guests') },
  deactivate: { dependents: oneOf('first', 'refuse') },
  reload: { settings: object } satisfies OptionRules<ReloadOptions>,
  watchConfig: { debounce: milliseconds, poll: milliseconds, retry: milliseconds } satisfies OptionRules<ConfigWatchOptions>,
  configure: { config: object },
  watch: { plugins: texts, files: texts, settings: callback, reruns: flag, debounce: milliseconds, onReload: callback, onError: callback } satisfies OptionRules<PluginWatchOptions>,
} as const;
