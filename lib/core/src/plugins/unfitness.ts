import { thisCore } from '../contract/index.js';
import { catalogued, type StructumError } from '../errors/index.js';
import { commandToAdd, installCommand } from './install-command.js';
import type { PluginUnit } from './plugin-unit.js';
import { isNewer, takesRelease } from './ranges.js';

/** Why a plugin that was merely found is not loaded. */
export function untrusted(unit: PluginUnit): StructumError {
  const { name, source } = unit;
  const isOfProject = source.kind === 'package' && source.origin === 'project';
  const [, project] = isOfProject ? (/^(.+?)[\\/]node_modules(?:[\\/]|$)/.exec(source.label) ?? []) : [];
  return catalogued('PLUGIN_UNTRUSTED', { plugin: name, folder: source.label, ...(project === undefined ? {} : { project }) });
}

/** Why a plugin cannot be used with this core. */
export function engineMismatch(unit: PluginUnit): StructumError {
  const { name, engine } = unit.manifest;
  const isOutdated = isNewer(thisCore.version, engine);
  const run = isOutdated ? installCommand(unit, 'latest') : undefined;
  return catalogued('ENGINE_MISMATCH', {
    plugin: name, ...whereIs(unit), engine, core: thisCore.version, isOutdated, ...preRelease(thisCore.version, engine), ...(run === undefined ? {} : { run }),
  });
}

/** Why a plugin cannot be used without one that is not there. */
export function requirementMissing(unit: PluginUnit, required: string, range: string): StructumError {
  const run = commandToAdd(required, range, unit);
  return catalogued('REQUIREMENT_MISSING', { plugin: unit.name, ...whereIs(unit), required, range, ...(run === undefined ? {} : { run }) });
}

/** Why a plugin cannot be used with the version of another one that was found. */
export function requirementMismatch(unit: PluginUnit, found: PluginUnit, range: string): StructumError {
  const { version } = found.manifest;
  const run = installCommand(found, range);
  return catalogued('REQUIREMENT_MISMATCH', {
    plugin: unit.name, ...whereIs(unit), required: found.name, range, found: version, ...whereFound(found), ...preRelease(version, range), ...(run === undefined ? {} : { run }),
  });
}

/** Why a plugin cannot be used without a service that nobody provides. */
export function serviceMissing(unit: PluginUnit, service: string): StructumError {
  return catalogued('SERVICE_MISSING', { plugin: unit.name, ...whereIs(unit), service });
}

/** Why `loser` cannot be used: `unit` says that it cannot work beside `range` of `other`. */
export function conflictBetween(unit: PluginUnit, other: PluginUnit, range: string, loser: PluginUnit): StructumError {
  return catalogued('CONFLICT', {
    plugin: unit.name, ...whereIs(unit), other: other.name, range, found: other.manifest.version, ...whereFound(other), loser: loser.name,
  });
}

/** Where a version is not within a range for nothing else than that it is a pre-release: a range that takes it. */
function preRelease(version: string, range: string): { readonly takenBy?: string } {
  return takesRelease(version, range) ? { takenBy: `${range === '*' ? '>=' : '^'}${version}` } : {};
}

/** What a plugin's details say of its folder. */
function whereIs({ source }: PluginUnit): { readonly folder?: string } {
  return source.kind === 'package' ? { folder: source.label } : {};
}

/** What details say of the folder of what was found. */
function whereFound({ source }: PluginUnit): { readonly foundIn?: string } {
  return source.kind === 'package' ? { foundIn: source.label } : {};
}
