import type { Dependency, PluginRecord, PluginState, Registry } from '@structum/core';

/** A plugin, or what plugins need and is not there. */
export interface GraphNode {
  /** The plugin's name; `service:<id>` for a service that nobody provides. */
  readonly id: string;
  /** The version that is there; absent when none is. */
  readonly version?: string;
  /** `missing` where something needs it and it is not there. */
  readonly state: PluginState | 'missing';
}

/** What one plugin asks of another. */
export interface GraphEdge {
  /** The plugin that needs something. */
  readonly from: string;
  /** What it needs: a node's `id`. */
  readonly to: string;
  /** Which versions will do; `*` for a service. */
  readonly range: string;
  /** The service, where that is what is needed. */
  readonly service?: string;
  readonly optional: boolean;
}

/** Plugins and what they need of each other, both by name. */
export interface PluginGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** All of a host's plugins, judged, and what they need. */
export async function pluginGraph(registry: Registry): Promise<PluginGraph> {
  const nodes = new Map<string, GraphNode>();
  for (const record of await registry.judged()) {
    // Of packages with the same name only one counts.
    const counted = nodes.has(record.name) ? registry.plugin(record.name) : record;
    if (counted !== undefined) nodes.set(record.name, nodeOf(counted));
  }
  const edges = [...nodes.keys()].flatMap((name) => registry.dependsOn(name).map((dependency) => edgeOf(name, dependency)));
  for (const { to } of edges) if (!nodes.has(to)) nodes.set(to, { id: to, state: 'missing' });
  return { nodes: [...nodes.values()].sort((one, other) => compareText(one.id, other.id)), edges: edges.sort(compareEdges) };
}

/** What an edge asks for, in a word: a range, or a service. */
export function edgeText({ range, service, optional }: GraphEdge): string {
  return `${service === undefined ? range : `service ${service}`}${optional ? ', optional' : ''}`;
}

/** Whether a node must catch the eye, and the word for it. */
export function troubleOf({ state }: GraphNode): 'missing' | 'rejected' | 'failed' | 'disabled' | undefined {
  return state === 'missing' || state === 'rejected' || state === 'failed' || state === 'disabled' ? state : undefined;
}

function nodeOf({ name, version, state }: PluginRecord): GraphNode {
  return { id: name, version, state };
}

function edgeOf(from: string, { plugin, range, service, optional }: Dependency): GraphEdge {
  return { from, to: plugin ?? `service:${service ?? ''}`, range, ...(service === undefined ? {} : { service }), optional };
}

function compareEdges(one: GraphEdge, other: GraphEdge): number {
  return compareText(one.from, other.from) || compareText(one.to, other.to) || compareText(edgeText(one), edgeText(other));
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
