import { Plugin } from '@structum/core';
import { DisableCommand, type DisableInput } from './enable/disable-command.js';
import { EnableCommand, type EnableInput } from './enable/enable-command.js';
import type { EnabledPlugin } from './enable/enabled-plugin.js';
import { DoctorCommand, type Diagnosis, type DoctorInput } from './inspect/doctor-command.js';
import { GraphCommand, type GraphInput } from './inspect/graph-command.js';
import type { PluginGraph } from './inspect/graph/plugin-graph.js';
import { InfoCommand, type InfoInput, type PluginInfo } from './inspect/info-command.js';
import { WhyCommand, type PluginNeed, type WhyInput } from './inspect/why-command.js';
import { ListCommand, type ListInput, type ListedPlugin } from './list-command.js';
import { LinkCommand, type LinkInput, type LinkResult } from './link/link-command.js';
import { UnlinkCommand, type UnlinkInput, type UnlinkedPlugin } from './link/unlink-command.js';
import { ManifestCommand, type ManifestInput, type ManifestResult } from './manifest-command.js';
import { NewCommand, type NewResult } from './new/new-command.js';
import type { NewInput } from './new/new-input.js';

declare module '@structum/core' {
  interface CommandMap {
    'plugins disable': { input: Partial<DisableInput>; result: EnabledPlugin[] };
    'plugins doctor': { input: Partial<DoctorInput>; result: Diagnosis };
    'plugins enable': { input: Partial<EnableInput>; result: EnabledPlugin[] };
    'plugins graph': { input: Partial<GraphInput>; result: PluginGraph };
    'plugins info': { input: Partial<InfoInput>; result: PluginInfo };
    'plugins list': { input: Partial<ListInput>; result: ListedPlugin[] };
    'plugins link': { input: Partial<LinkInput>; result: LinkResult };
    'plugins manifest': { input: Partial<ManifestInput>; result: ManifestResult };
    'plugins new': { input: Partial<NewInput>; result: NewResult };
    'plugins unlink': { input: Partial<UnlinkInput>; result: UnlinkedPlugin[] };
    'plugins why': { input: Partial<WhyInput>; result: PluginNeed };
  }
}

/** `structum plugins …`: looks at the plugins of a host, and describes new ones. */
@Plugin({
  name: 'plugins',
  category: 'core',
  description: 'Inspect, build and check plugins',
  engine: '^2.0.0',
  permissions: { read: ['$workspace'], write: ['$workspace', '$data'], services: ['structum.registry', 'structum.policy'] },
  commands: [ListCommand, InfoCommand, WhyCommand, GraphCommand, DoctorCommand, ManifestCommand, NewCommand, LinkCommand, UnlinkCommand, EnableCommand, DisableCommand],
  module: import.meta.url,
})
export default class PluginsPlugin {}

export { ListCommand, ListInput, type ListedPlugin } from './list-command.js';
export { InfoCommand, InfoInput, type PluginInfo, type ShadowedPlugin } from './inspect/info-command.js';
export { DoctorCommand, DoctorInput, type Diagnosis } from './inspect/doctor-command.js';
export type { Finding, Severity } from './inspect/doctor/finding.js';
export { GraphCommand, GraphInput, type GraphFormat } from './inspect/graph-command.js';
export type { GraphDirection } from './inspect/graph/graph-walk.js';
export type { GraphEdge, GraphNode, PluginGraph } from './inspect/graph/plugin-graph.js';
export { WhyCommand, WhyInput, type PluginNeed } from './inspect/why-command.js';
export type { ChainLink, Chains } from './inspect/dependent-chains.js';
export { ManifestCommand, ManifestInput, type ManifestResult } from './manifest-command.js';
export { LinkCommand, LinkInput, type LinkResult } from './link/link-command.js';
export { UnlinkCommand, UnlinkInput, type UnlinkedPlugin } from './link/unlink-command.js';
export type { LinkChange } from './link/link-folder.js';
export { NewCommand, type NewResult } from './new/new-command.js';
export { NewInput } from './new/new-input.js';
export type { Language, License } from './new/plugin-plan.js';
export { DisableCommand, DisableInput } from './enable/disable-command.js';
export { EnableCommand, EnableInput } from './enable/enable-command.js';
export type { EnabledPlugin } from './enable/enabled-plugin.js';
