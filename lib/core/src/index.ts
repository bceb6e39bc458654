// The polyfill comes first: types of constructor parameters are recorded only for classes decorated after it.
import 'reflect-metadata/lite';

// Plugins add to CommandMap by declaration merging, which does not reach through a named re-export.
export * from './contract/command-map.js';
export {
  Command, defineCommand,
  type CommandClass, type CommandDefinition, type CommandExample, type CommandHandler, type CommandOptions,
  type DefinedCommand, type DefinedInput, type DefinedOption, type GivenInput, type RequiredNames, type InputOf, type ItemsOf, type ResultOf,
} from './contract/command.js';
export * from './contract/config.js';
export type * from './contract/context.js';
export type * from './contract/audit.js';
export * from './contract/control-report.js';
export * from './contract/clock.js';
export { LoggerService, RegistryService, SettingsService } from './contract/core-services.js';
export type { CoreCopy } from './contract/description.js';
export type * from './contract/discover.js';
export type * from './contract/events.js';
export type * from './contract/execution.js';
export { Inject, Injectable, type Provider, type Scope } from './contract/injection.js';
export { Argument, Option, type ArgumentOptions, type FieldOptions, type OptionOptions } from './contract/input.js';
export type * from './contract/json.js';
export type * from './contract/lifecycle.js';
export type * from './contract/logger.js';
export * from './contract/manifest.js';
export { isCommandPath, isPluginName } from './contract/names.js';
export { checkOptions, optionRules, type OptionFlaw, type OptionRule, type OptionRules } from './contract/option-rules.js';
export {
  definePlugin, Plugin,
  type ActivationEvent, type Category, type CommandReference, type Permissions, type PluginClass, type PluginDefinition, type PluginInstance, type PluginOptions,
} from './contract/plugin.js';
export * from './contract/policy.js';
export type * from './contract/registry.js';
export { defineSecretProvider, type ResolvedSecret, type SecretProvider } from './contract/secret.js';
export type { Broker, BrokeredResponse, ExecOptions, ExecResult, FetchOptions, ResponseData } from './contract/broker.js';
export type { FileReplacement, FileReplacer, ReplaceOptions } from './contract/file-replacement.js';
export type { ConcurrencyLimits, EffectiveLimits, ExecutionLimits, ExecutorKind, ResolvedPermissions, SandboxMode, SecurityPolicy } from './contract/security.js';
export { defineSettings, Setting, type DefinedSettings, type SettingOptions } from './contract/setting.js';
export { defineService, type Class, type RemoteService, type ServiceToken, type Token } from './contract/token.js';
export type { ConfigWatchOptions } from './config/config-watch.js';
export type { ConfigSources } from './config/index.js';
export { catalogue, catalogued, ExitCode, messageOf, StructumError, type DecisionOrigin, type DenialFacts, type DenialRemedy, type DeniedPermission, type ErrorCode, type ErrorParams, type ErrorSource, type FileProblem, type HostService, type InputProblem, type LimitName, type SettingOrigin, type SettingProblem, type StructumErrorInit } from './errors/index.js';
export { valueFromText } from './manifest/value-from-text.js';
export { createLogger, silentLogger, type LoggerOptions, type RedactedStream } from './monitoring/index.js';
export type * from './options.js';
export { isTemporaryName, keepInspectorShut, makeFolders, userFolders, writeAtomically, type UserFolders, type WriteOptions, type WrittenContent } from './platform/index.js';
export type { PluginInput } from './plugins/admission.js';
export type { PluginWatchOptions, Reloaded, ReloadOptions } from './plugins/reload/index.js';
export { similar } from './errors/similar.js';
export type { Services } from './host-services.js';
export { Structum, type HostTimings } from './structum.js';
