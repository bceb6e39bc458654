import fs from 'node:fs';
import module from 'node:module';
import { inspect } from 'node:util';
import type { Permissions } from '@structum/core';
import { expect } from 'chai';
import type { Facts } from './surroundings.js';

/** How a call of a hostile plugin ended, by the API or by the command line. */
export type Settled = { readonly result: unknown } | { readonly error: SettledError };

/** What callers can tell an error by. */
export interface SettledError {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** Of what it follows from, as the system or Node says it. */
  readonly causeCode?: string | undefined;
}

/** Fails where something else came of an attempt than what must. */
export type Outcome = (settled: Settled) => void;

/** What must come of it where it differs between settings. */
export interface OutcomeBySetting {
  readonly under: (setting: Setting) => Outcome;
}

/** How the plugins are contained. */
export interface Setting {
  readonly mode: 'standard' | 'strict';
  /** What contains them. Landlock runs no programs for them. */
  readonly by: 'bubblewrap' | 'landlock';
}

/** Something that a plugin must not achieve. */
export interface Attempt {
  readonly what: string;
  /** The body of an asynchronous function of the plugin: see `writeHostilePlugin()`. */
  readonly code: string;
  readonly outcome: Outcome | OutcomeBySetting;
  /** Where it is under way for only so long. */
  readonly hurried?: true;
  /** The host must go on with its own work meanwhile. */
  readonly calm?: true;
  /** What this Node needs to have for it: a name in a module, or of a global. */
  readonly needs?: (node: NodeModules) => boolean;
  /** Only for the command line, or only for the API: what it prints, or what only programs see. */
  readonly only?: 'cli' | 'api';
  /** What it must not have printed, where that is looked at. */
  readonly printed?: (output: { readonly stdout: string; readonly stderr: string }) => void;
  /** Takes seconds. */
  readonly long?: true;
  /** Where nothing contains it, it comes further, which shows that it is contained; but for what would do harm or is the same there, and what not every system lets. */
  readonly uncontained?: 'not tried' | 'may fail';
}

/** Modules of which not every Node has everything. */
export interface NodeModules {
  readonly fs: object;
  readonly process: object;
  readonly module: object;
  readonly global: object;
}

/** Attempts on one thing, and what the plugin for them is. */
export interface Subject {
  /** Also the name of the plugin. */
  readonly name: string;
  readonly attempts: readonly Attempt[];
  /** Run when its module is loaded. */
  readonly onLoad?: string;
  /** What it may, beside what all of them may. */
  readonly permissions?: Permissions | ((facts: Facts) => Permissions);
  /** Puts more into the package of the plugin. */
  readonly prepare?: (folder: string, facts: Facts) => void;
}

/** Whether this Node has what it takes. */
export function isPossibleHere({ needs }: Attempt): boolean {
  return needs?.({ fs, process, module, global: globalThis }) !== false;
}

/** Whether it is tried where nothing contains it. */
export function isControlled({ only, long, uncontained }: Attempt): boolean {
  return only !== 'cli' && long !== true && uncontained !== 'not tried';
}

/** Any of these codes. */
export function fails(...codes: readonly string[]): Outcome {
  return (settled) => { expect(errorOf(settled).code, JSON.stringify(settled)).to.be.oneOf(codes); };
}

/** A permission was missing. */
export function denied(...permissions: readonly string[]): Outcome {
  return (settled) => {
    const { code, details } = errorOf(settled);
    expect(code, JSON.stringify(settled)).to.equal('PERMISSION_DENIED');
    expect(details?.['permission']).to.be.oneOf(permissions);
  };
}

/** It took more than it may. */
export function limited(...limits: readonly string[]): Outcome {
  return (settled) => {
    const { code, details } = errorOf(settled);
    expect(code, JSON.stringify(settled)).to.equal('LIMIT_EXCEEDED');
    expect(details?.['limit']).to.be.oneOf(limits);
  };
}

/** It works, and this is all that comes of it. */
export function gives(result: unknown): Outcome {
  return (settled) => { expect(settled).to.deep.equal({ result }); };
}

/** The system, or Node, does not let it. What failed by a mistake of its own was not tried. */
export const refused: Outcome = refusedAs('EPERM', 'EACCES', 'EROFS', 'ENOENT', 'ERR_ACCESS_DENIED');

/** The same, where these codes say so. */
export function refusedAs(...codes: readonly string[]): Outcome {
  return (settled) => {
    const { code, causeCode } = errorOf(settled);
    if (code === 'PERMISSION_DENIED') return;
    expect(code, inspect(settled)).to.equal('COMMAND_FAILED');
    expect(causeCode, inspect(settled)).to.be.oneOf(codes);
  };
}

/** Whatever the plugin says of itself. */
export const whatever: Outcome = () => undefined;

/** One of them. */
export function either(...outcomes: readonly Outcome[]): Outcome {
  return (settled) => {
    const failed = outcomes.filter((outcome) => !accepts(outcome, settled));
    if (failed.length === outcomes.length) failed[0]?.(settled);
  };
}

function accepts(outcome: Outcome, settled: Settled): boolean {
  try {
    outcome(settled);
    return true;
  } catch {
    return false;
  }
}

/** What it is under one setting, and under another. */
export function bySetting(under: (setting: Setting) => Outcome): OutcomeBySetting {
  return { under };
}

/** What must come of an attempt under a setting. */
export function outcomeOf({ outcome }: Attempt, setting: Setting): Outcome {
  return typeof outcome === 'function' ? outcome : outcome.under(setting);
}

function errorOf(settled: Settled): SettledError {
  if ('error' in settled) return settled.error;
  throw new Error(`It succeeded: ${inspect(settled.result).slice(0, 500)}`);
}
