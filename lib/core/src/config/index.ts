export { changedKeys } from './changed-keys.js';
export type { Configuration, SectionSource, UnknownKeys } from './configuration.js';
export { candidateFiles } from './files/locate.js';
export { isOfProject, type ConfigLayer } from './layers/config-layer.js';
export { loadConfiguration, type ConfigurationParts, type LoadedConfiguration } from './load-configuration.js';
export type { ConfigSources } from './load-layers.js';
export { NO_POLICY, disabledBy, type PolicyInForce, type PolicyOrigin } from './policy-layers.js';
export { FilePolicyStore } from './policy-store.js';
export { isTrustedProject } from './trusted-projects.js';
