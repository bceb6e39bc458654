import { within } from '../platform/index.js';
import type { PluginUnit } from './plugin-unit.js';

/** What going down needs from the life of plugins. */
export interface DeparturesHost {
  /** Those that must be down before each of the units that are up or on their way: as it is now. */
  dependents(): (unit: PluginUnit) => Iterable<PluginUnit>;
  /** Takes a unit down on which nothing depends any more; `hurry` ends the patience with its running commands. Never rejects. */
  takeDown(unit: PluginUnit, hurry: AbortSignal): Promise<void>;
}

/** The plugins that are on their way down, each after those that depend on it. */
export class Departures {
  readonly #host: DeparturesHost;
  readonly #departures = new Map<PluginUnit, Departure>();

  constructor(host: DeparturesHost) {
    this.#host = host;
  }

  get units(): Iterable<PluginUnit> {
    return this.#departures.keys();
  }

  has(unit: PluginUnit): boolean {
    return this.#departures.has(unit);
  }

  /** Resolves when `unit` is down; at once where it is not on its way. */
  async done(unit: PluginUnit): Promise<void> {
    await this.#departures.get(unit)?.done;
  }

  /** Whether `unit` goes down before `used` does: until then it may still use it. */
  isLent(used: PluginUnit, unit: PluginUnit): boolean {
    return this.#departures.get(used)?.dependents.has(unit) === true;
  }

  /**
   * Takes `units` down, and what depends on them before them. Each gets `patience` milliseconds for its running commands
   * once it is its turn; those that are on their way already get no longer than that from now on.
   */
  async begin(units: Iterable<PluginUnit>, patience: number): Promise<void> {
    const wanted = [...units];
    for (const [unit, dependents] of this.#inOrder(wanted)) {
      const departure = this.#departures.get(unit) ?? this.#depart(unit, dependents);
      departure.hasten(patience);
    }
    await Promise.all(wanted.map((unit) => this.done(unit)));
  }

  #depart(unit: PluginUnit, dependents: readonly PluginUnit[]): Departure {
    const before = dependents.map((dependent) => this.#departures.get(dependent)).filter((departure) => departure !== undefined);
    const departure = new Departure(dependents, before, async (hurry) => {
      await this.#host.takeDown(unit, hurry);
      this.#departures.delete(unit);
    });
    this.#departures.set(unit, departure);
    return departure;
  }

  /** `units` and all that must go before them, each after its dependents. Without recursion: chains may be long. */
  #inOrder(units: readonly PluginUnit[]): ReadonlyMap<PluginUnit, readonly PluginUnit[]> {
    const dependentsOf = this.#host.dependents();
    const ordered = new Map<PluginUnit, readonly PluginUnit[]>();
    const seen = new Set<PluginUnit>();
    const path: { readonly unit: PluginUnit; readonly dependents: readonly PluginUnit[]; next: number }[] = [];
    const enter = (unit: PluginUnit): void => {
      if (seen.has(unit)) return;
      seen.add(unit);
      const departing = this.#departures.get(unit)?.dependents;
      const dependents = departing === undefined ? [...dependentsOf(unit)] : [...departing].filter((dependent) => this.has(dependent));
      path.push({ unit, dependents, next: 0 });
    };
    for (const unit of units) {
      enter(unit);
      for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
        const dependent = step.dependents[step.next];
        step.next += 1;
        if (dependent !== undefined) enter(dependent);
        else {
          path.pop();
          ordered.set(step.unit, step.dependents);
        }
      }
    }
    return ordered;
  }
}

/** A plugin on its way down. */
class Departure {
  readonly dependents: ReadonlySet<PluginUnit>;
  readonly done: Promise<void>;
  readonly #hurry = new AbortController();
  /** The shortest that anybody allowed, until it is its turn. */
  #patience = Infinity;
  #isItsTurn = false;

  constructor(dependents: readonly PluginUnit[], before: readonly Departure[], takeDown: (hurry: AbortSignal) => Promise<void>) {
    this.dependents = new Set(dependents);
    this.done = this.#go(before, takeDown);
  }

  /** Its running commands get no longer than `patience` milliseconds from now on, or from when it is its turn. */
  hasten(patience: number): void {
    this.#patience = Math.min(this.#patience, patience);
    if (this.#isItsTurn) this.#limit(patience);
  }

  async #go(before: readonly Departure[], takeDown: (hurry: AbortSignal) => Promise<void>): Promise<void> {
    await Promise.all(before.map(({ done }) => done));
    this.#isItsTurn = true;
    const down = takeDown(this.#hurry.signal);
    this.#limit(this.#patience);
    await down;
  }

  #limit(patience: number): void {
    if (patience <= 0) this.#hurry.abort();
    else within(patience, () => this.done, () => new Error('overdue')).catch(() => { this.#hurry.abort(); });
  }
}
