import type { CommandRecord, Route } from '../contract/index.js';
import { similar } from '../errors/similar.js';
import { deepFreeze } from './deep-freeze.js';
import type { Holders } from './holders.js';
import type { Judge } from './judge.js';
import { compareText } from './order.js';
import type { PluginUnit } from './plugin-unit.js';
import type { AppliedPolicy } from './policy.js';

/** What finding commands needs from a registry. */
export interface CommandTableHost {
  readonly policy: AppliedPolicy;
  readonly holders: Holders;
  readonly judge: Judge;
}

/** The commands of plugins, by the names that they have in their host. */
export class CommandTable {
  readonly #policy: AppliedPolicy;
  readonly #holders: Holders;
  readonly #judge: Judge;

  constructor({ policy, holders, judge }: CommandTableHost) {
    this.#policy = policy;
    this.#holders = holders;
    this.#judge = judge;
  }

  /** The command of that name, which may be asked for. A plugin's own name for one comes before what the policy makes of that name. */
  offered(name: string): CommandRecord | undefined {
    const aliased = this.#policy.aliased(name);
    return this.#heldAs(name) ?? (aliased === undefined ? undefined : this.#heldAs(aliased));
  }

  #heldAs(name: string): CommandRecord | undefined {
    const holder = this.#holders.holder({ kind: 'command', key: name });
    return holder === undefined ? undefined : this.#recordOf(holder, name);
  }

  /** The command of that name of a plugin that may not be there: who runs it is told why. */
  withheld(name: string): CommandRecord | undefined {
    const aliased = this.#policy.aliased(name);
    for (const key of aliased === undefined ? [name] : [name, aliased]) {
      const unit = this.#holders.withheld({ kind: 'command', key });
      if (unit !== undefined) return this.#recordOf(this.#judge.settle(unit), key);
    }
    return undefined;
  }

  #recordOf({ manifest }: PluginUnit, name: string): CommandRecord | undefined {
    const record = this.#policy.namesOf(manifest).find((candidate) => candidate.name === name)?.record;
    return record === undefined ? undefined : handedOut(record);
  }

  /** The command that `words` begin with, as `find` knows it: the longest name of at most `longest` words. */
  route(words: readonly string[], longest: number, find: (name: string) => CommandRecord | undefined): Route | undefined {
    for (let length = Math.min(words.length, longest); length > 0; length--) {
      const command = find(words.slice(0, length).join(' '));
      if (command !== undefined) return { command, length };
    }
    return undefined;
  }

  /** Those of `units` that may be asked for and whose path begins with `prefix`, by path. */
  list(units: readonly PluginUnit[], prefix = ''): readonly CommandRecord[] {
    const records = this.#offering(units).flatMap(({ manifest }) => [...new Set(this.#policy.namesOf(manifest).map(({ record }) => record))]);
    return records.filter(({ path }) => path.startsWith(prefix)).map(handedOut).sort(byPath);
  }

  /** Names of commands of `units` that may have been meant with `path`; of hidden ones none. */
  similarTo(path: string, units: readonly PluginUnit[]): readonly string[] {
    const names = this.#offering(units).flatMap(({ manifest }) => this.#policy.namesOf(manifest));
    const visible = names.filter(({ record }) => record.manifest.hidden !== true).map(({ name }) => name);
    const aliases = [...this.#policy.aliases].filter(([, meant]) => visible.includes(meant)).map(([alias]) => alias);
    return similar(path, [...visible, ...aliases]);
  }

  #offering(units: readonly PluginUnit[]): readonly PluginUnit[] {
    return units.filter((unit) => this.#judge.isAdmitted(unit) && unit.state !== 'rejected');
  }
}

/** What is handed out nobody may change; freezing all at the start would take longer than most commands. */
function handedOut(record: CommandRecord): CommandRecord {
  deepFreeze(record.manifest);
  return record;
}

function byPath(one: CommandRecord, other: CommandRecord): number {
  return compareText(one.path, other.path);
}
