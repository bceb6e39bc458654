import type { Dependency, Dependent, Output, PluginSource } from '@structum/core';
import { permissionTexts } from '../permission-texts.js';
import type { PluginInfo, ShadowedPlugin } from './info-command.js';
import { reasonLines } from './reason-tree.js';
import { printable, styleOf } from './style.js';

/** Writes all about a plugin: facts with their names in front, lists below their titles; what is empty is left out. */
export async function renderInfo(info: PluginInfo, out: Output): Promise<void> {
  const style = styleOf(out);
  await out.line(`${style.bold(printable(`${info.name} ${info.version}`))}  ${printable(info.description)}\n`);
  for (const [name, value] of factsOf(info)) await out.line(`${`${name}:`.padEnd(NAME_WIDTH)}${printable(value)}`);
  for (const [title, lines] of listsOf(info)) {
    if (lines.length > 0) await out.line(['', style.bold(title), ...lines.map((line) => `  ${line}`)].join('\n'));
  }
}

const NAME_WIDTH = 13;

function factsOf({ state, category, source, tier, manifest, manifestFile, timings, generation, running, health }: PluginInfo): [string, string][] {
  const facts: [string, string | undefined][] = [
    ['State', state],
    ['Category', category],
    ['Keywords', manifest.keywords?.join(', ')],
    ['Source', sourceText(source)],
    ['Manifest', manifestFile],
    ['Trust', tier],
    ['Engine', manifest.engine],
    ['Executor', manifest.executor],
    ['Activation', manifest.activation?.join(', ')],
    ['Loaded in', milliseconds(timings.load)],
    ['Active in', milliseconds(timings.activate)],
    ['Generation', String(generation)],
    ['Running', String(running)],
    ['Health', health === undefined ? undefined : `${health.status}${health.reason === undefined ? '' : `: ${health.reason}`}`],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

function sourceText(source: PluginSource): string {
  return `${source.label} (${source.kind === 'package' ? source.origin : 'given'})`;
}

function listsOf({ reason, dependencies, dependents, manifest, paths, aliases, shadowed, owned }: PluginInfo): [string, string[]][] {
  return [
    ['Why it cannot be used', reason === undefined ? [] : reasonLines(reason)],
    ['Needs', dependencies.filter(({ service }) => service === undefined).map(needText).map(printable)],
    ['Needs services', dependencies.flatMap(serviceText).map(printable)],
    ['Needed by', dependents.map((dependent) => `${dependent.plugin} (${askedFor(dependent)})`).map(printable)],
    ['Commands', manifest.commands.map(({ path, aliases: names, description }) => commandText(paths[path] ?? path, path, names, description)).map(printable)],
    ['Aliases of the policy', Object.entries(aliases).map(([alias, path]) => printable(`${alias}: ${path}`))],
    ['Provides', manifest.provides.map(printable)],
    ['Permissions', permissionTexts(manifest.permissions)],
    ['Owned resources', owned.map(printable)],
    ['Hidden by it', shadowed.map(({ version, source }: ShadowedPlugin) => printable(`${version}  ${sourceText(source)}`))],
  ];
}

function needText(dependency: Dependency): string {
  const subject = dependency.plugin ?? 'no plugin';
  return `${subject} (${askedFor(dependency)}): ${dependency.found ?? 'not there'}`;
}

function serviceText({ service, plugin, found }: Dependency): string[] {
  if (service === undefined) return [];
  return [`${service}: ${plugin === undefined ? 'nobody provides it' : `${plugin} ${found ?? ''}`.trimEnd()}`];
}

function askedFor({ range, service, optional }: Dependency | Dependent): string {
  return `${service === undefined ? range : `service ${service}`}${optional ? ', optional' : ''}`;
}

function commandText(path: string, original: string, aliases: readonly string[], description: string): string {
  const renamed = path === original ? [] : [`"${original}" in its manifest`];
  const notes = [...renamed, ...(aliases.length === 0 ? [] : [`also ${aliases.join(', ')}`])];
  return `${path}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}  ${description}`;
}

function milliseconds(duration: number | undefined): string | undefined {
  return duration === undefined ? undefined : `${duration.toFixed(1)} ms`;
}
