import type { ErrorReport, PluginRecord, PluginSource } from '@structum/core';
import type { Finding, Severity } from './finding.js';

/**
 * Why plugins cannot be used: one finding for each cause, with everybody who follows from it. What somebody decided,
 * that a plugin is disabled, is worth a finding only where others need it.
 */
export function reasonFindings(plugins: readonly PluginRecord[]): readonly Finding[] {
  const causes = new Map<string, Cause>();
  for (const { name, reason, source } of plugins) {
    for (const { subject, report } of reason === undefined ? [] : rootsOf(name, reason)) {
      const key = keyOf(subject, report);
      const cause = causes.get(key) ?? { subject, report, affected: new Set(), ...(isLinked(source) ? { link: source.label } : {}) };
      causes.set(key, cause);
      if (name !== cause.subject) cause.affected.add(name);
    }
  }
  return [...causes.values()].flatMap((cause) => findingOf(cause) ?? []);
}

function isLinked(source: PluginSource): boolean {
  return source.kind === 'package' && source.origin === 'linked';
}

/** What plugins cannot be used for, and whose fault it is. */
interface Cause {
  readonly subject: string;
  readonly report: ErrorReport;
  readonly affected: Set<string>;
  /** The folder of the plugin, where a link leads to it. */
  readonly link?: string;
}

/** What a reason follows from in the end, and the plugin that it is about. */
function rootsOf(plugin: string, reason: ErrorReport): readonly Pick<Cause, 'subject' | 'report'>[] {
  const roots: Pick<Cause, 'subject' | 'report'>[] = [];
  const pending = [{ subject: plugin, report: reason }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { causes = [], code, details = {} } = next.report;
    if (!FOLLOWING.has(code) || causes.length === 0) {
      roots.push({ subject: faultyIn(details) ?? next.subject, report: next.report });
    } else {
      const subject = code === 'REQUIREMENT_REJECTED' ? lastOf(details['chain']) ?? next.subject : next.subject;
      pending.push(...causes.map((report) => ({ subject, report })));
    }
  }
  return roots;
}

/** The plugin that a reason is about, as far as it says; chains lead there, but may end where several ways lead on. */
function faultyIn({ loser, plugin }: Readonly<Record<string, unknown>>): string | undefined {
  return [loser, plugin].find((name) => typeof name === 'string');
}

/** Reasons that only say that there are others. */
const FOLLOWING: ReadonlySet<string> = new Set(['REQUIREMENT_REJECTED', 'PLUGIN_UNFIT', 'PLUGIN_REJECTED']);

/** A circle is the same wherever one enters it. */
function keyOf(subject: string, { code, message, details = {} }: ErrorReport): string {
  const { chain } = details;
  if (code === 'REQUIREMENT_CYCLE' && Array.isArray(chain)) return [code, ...new Set(chain.map(String).sort())].join('\0');
  return [code, subject, message].join('\0');
}

function lastOf(chain: unknown): string | undefined {
  const last: unknown = Array.isArray(chain) ? chain.at(-1) : undefined;
  return typeof last === 'string' ? last : undefined;
}

function findingOf({ subject, report, affected, link }: Cause): Finding | undefined {
  const { code, message } = report;
  const affects = [...affected].sort();
  if (code === 'PLUGIN_DISABLED' && affects.length === 0) return undefined;
  const fix = fixOf(subject, report, link);
  return {
    severity: severityOf(code, affects.length > 0), code, subject, message,
    ...(fix === undefined ? {} : { fix }),
    ...(affects.length === 0 ? {} : { affects }),
  };
}

/** What disables a plugin for its user or a project is changed by a command, and so is a link. */
function fixOf(plugin: string, { code, hint, details = {} }: ErrorReport, link: string | undefined): string | undefined {
  if (code === 'PLUGIN_DUPLICATE' && link !== undefined) return `structum plugins unlink ${JSON.stringify(link)}`;
  const { layer } = details;
  if (code !== 'PLUGIN_DISABLED' || (layer !== 'global' && layer !== 'project')) return hint;
  return `structum plugins enable ${plugin}${layer === 'project' ? ' --scope project' : ''}`;
}

/** What was decided, or not decided yet, is no error. */
function severityOf(code: string, isNeeded: boolean): Severity {
  if (code === 'PLUGIN_UNTRUSTED') return isNeeded ? 'warning' : 'info';
  return code === 'PLUGIN_DUPLICATE' || code === 'PLUGIN_DISABLED' ? 'warning' : 'error';
}
