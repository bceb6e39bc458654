import { list } from '../wording.js';
import { entry } from './entry.js';

/** What plugins inject and provide. */
export const injectionErrors = {
  INJECTION_TYPE_ERASED: entry<{ target: string; index: number; emitted: string }>({
    message: ({ target, index, emitted }) =>
      `Parameter ${String(index + 1)} of the constructor of ${target} has no type at run time (the compiler emitted ${emitted}).`,
    hint: () =>
      'Write @Inject(TheClassOrToken) before the parameter. Interfaces and "import type" are erased, so a class must be imported as a value.',
  }),
  INJECTION_TYPE_UNKNOWN: entry<{ target: string; index: number }>({
    message: ({ target, index }) =>
      `Nothing says what to inject into parameter ${String(index + 1)} of the constructor of ${target}: the compiler emitted no decorator metadata.`,
    hint: () => 'Write @Inject(TheClassOrToken) before the parameter, or set "emitDecoratorMetadata": true.',
  }),
  INJECTION_CYCLE: entry<{ chain: readonly string[] }>({
    message: ({ chain }) => `Providers need each other in a circle: ${chain.join(' -> ')}.`,
    hint: () => 'Break the circle: inject one side later, or move what both need into a third provider.',
  }),
  INJECTION_SCOPE: entry<{ holder: string; held: string; through?: readonly string[] }>({
    message: ({ holder, held, through = [] }) =>
      `${holder} lives as long as its plugin and injects ${held}${through.length === 0 ? '' : ` through ${list(through)}`}, but ${held} lives for one execution only.`,
    hint: ({ held }) => `Inject ${held} into commands and into what has the scope "execution", or give it the scope "plugin".`,
  }),
  PROVIDER_UNKNOWN: entry<{ token: string; wantedBy: string }>({
    message: ({ token, wantedBy }) => `Nobody provides ${token}, which ${wantedBy} injects.`,
    hint: ({ token }) => `Add ${token} to the plugin's providers, or mark the parameter with @Inject(…, { optional: true }).`,
  }),
  SERVICE_UNKNOWN: entry<{ service: string; wantedBy: string }>({
    message: ({ service, wantedBy }) => `No plugin provides the service "${service}", which ${wantedBy} asks for.`,
    hint: () => 'Add a plugin that provides it to the host.',
  }),
  SERVICE_UNPROVIDED: entry<{ service: string; plugin: string }>({
    message: ({ service, plugin }) => `Plugin "${plugin}" says that it provides the service "${service}", and has no provider for it.`,
    hint: () => 'Add { provide: TheToken, useClass: TheClass } to its providers.',
  }),
  SERVICE_SCOPE: entry<{ service: string; plugin: string }>({
    message: ({ service, plugin }) => `Plugin "${plugin}" offers other plugins the service "${service}", and makes it for one execution only.`,
    hint: () => 'Give its provider the scope "plugin" or "transient".',
  }),
  SERVICE_WITHDRAWN: entry<{ service: string; provider: string; plugin: string; /** Whether the provider is there in a version without the service. */ isDropped?: boolean }>({
    message: ({ service, provider, plugin, isDropped = false }) =>
      isDropped
        ? `Plugin "${plugin}" uses the service "${service}", which the new version of plugin "${provider}" no longer provides.`
        : `Plugin "${plugin}" uses the service "${service}" of plugin "${provider}", which is not active.`,
    hint: ({ provider, plugin, isDropped = false }) =>
      isDropped
        ? `Let "${provider}" provide it again, or change "${plugin}" first, so that it does without.`
        : `Inject it with @Inject(…, { optional: true }), or require "${provider}", so that it stays while it is used.`,
  }),
  SERVICE_NOT_REQUIRED: entry<{ service: string; provider: string; plugin: string; version: string; field: 'requires' | 'optional' }>({
    message: ({ service, provider, plugin }) =>
      `Plugin "${plugin}" uses the service "${service}" of plugin "${provider}" without requiring that plugin.`,
    hint: ({ provider, plugin, version, field }) => `Add ${field}: { '${provider}': '^${version}' } to the description of "${plugin}".`,
  }),
} as const;
