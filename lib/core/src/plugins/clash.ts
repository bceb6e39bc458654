import { catalogued, type StructumError } from '../errors/index.js';
import type { Claim } from './claimants.js';
import type { PluginUnit } from './plugin-unit.js';
import type { AppliedPolicy } from './policy.js';

/** What a plugin claims, and another one has. */
export interface Clash {
  readonly claim: Claim;
  readonly winner: PluginUnit;
  /** Why that one has it, as it reads after "because". */
  readonly why?: string;
}

/** What is said of clashes, and how they are resolved by configuration. */
export class ClashReport {
  readonly #policy: AppliedPolicy;
  readonly #reservedWords: ReadonlySet<string>;
  readonly #isFree: (name: string) => boolean;

  /**
   * @param isFree - Whether no plugin has a command of that name.
   * @param reservedWords - The words that no command may begin with.
   */
  constructor(policy: AppliedPolicy, isFree: (name: string) => boolean, reservedWords: ReadonlySet<string>) {
    this.#policy = policy;
    this.#reservedWords = reservedWords;
    this.#isFree = isFree;
  }

  /** One error for each of `clashes`. What it advises is for all of them together. */
  errors(loser: PluginUnit, clashes: readonly Clash[]): readonly StructumError[] {
    const lost = clashes.filter(({ claim, winner }) => claim.kind === 'command' && winner !== loser).map(({ claim }) => claim.key);
    const renaming = this.#renaming(loser, new Set(lost));
    return clashes.map((clash) => {
      const { claim: { kind, key }, winner, why } = clash;
      const details = {
        first: described(winner), second: described(loser), holder: winner.name, plugin: loser.name,
        ...(why === undefined ? {} : { why }),
        ...(winner === loser ? {} : { remedy: remedy(clash, loser, renaming) }),
      };
      return kind === 'command' ? catalogued('COMMAND_DUPLICATE', { command: key, ...details }) : catalogued('SERVICE_DUPLICATE', { service: key, ...details });
    });
  }

  /** Of a name of a command that begins with a word of the host's own. */
  reserved(unit: PluginUnit, command: string, word: string): StructumError {
    return catalogued('COMMAND_RESERVED', { command, plugin: unit.name, word, remedy: this.#renaming(unit, new Set([command])) });
  }

  /** Other names for those commands and aliases of a plugin that it cannot have, as they are written into a configuration. */
  #renaming(loser: PluginUnit, lost: ReadonlySet<string>): string {
    const taken = new Set<string>();
    const moves = this.#policy.namesOf(loser.manifest).filter(({ name }) => lost.has(name)).map(({ original }) => {
      const word = loser.name.replace('/', '-');
      const name = this.#freeName(`${word}${this.#reservedWords.has(word) ? '-' : ' '}${original}`, taken);
      taken.add(name);
      return `${JSON.stringify(original)}: ${JSON.stringify(name)}`;
    });
    return `plugin_policy: { renames: { ${JSON.stringify(loser.name)}: { ${moves.join(', ')} } } }`;
  }

  #freeName(wanted: string, taken: ReadonlySet<string>): string {
    let name = wanted;
    for (let number = 2; taken.has(name) || !this.#isFree(name); number += 1) name = `${wanted}-${String(number)}`;
    return name;
  }
}

function described({ name, manifest: { version }, source }: PluginUnit): string {
  return `plugin "${name}" ${version}${source.kind === 'package' ? ` (${source.label})` : ''}`;
}

/** What to write into the configuration so that both can be used, or the other one is. */
function remedy({ claim, winner }: Clash, loser: PluginUnit, renaming: string): string {
  const disabling = `run "structum plugins disable ${winner.name}", which writes plugin_policy: { enabled: { "${winner.name}": false } }`;
  if (claim.kind === 'service') return `To use "${loser.name}" in its place, ${disabling}.`;
  return `To use both, write into your configuration: ${renaming}. To use "${loser.name}" in place of "${winner.name}", ${disabling}.`;
}
