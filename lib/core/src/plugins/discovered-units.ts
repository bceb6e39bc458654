import { admitPackage } from './admission.js';
import type { CatalogEntry, CatalogPlace } from './catalog.js';
import type { PluginUnit } from './plugin-unit.js';

/** Where a unit was found. What was loaded anew says something else than the package did when it was looked at. */
type KnownPlace = Omit<CatalogPlace, 'checksum'> & { readonly checksum: number | undefined };

/** The discovered plugins that a host knows: as long as a package says the same, its plugin is the same unit. */
export class DiscoveredUnits {
  /** By the files of their manifests. */
  readonly #units = new Map<string, PluginUnit>();
  readonly #places = new WeakMap<PluginUnit, KnownPlace>();
  /** Files of the manifests of those that were taken out. */
  readonly #removed = new Set<string>();
  #superseded: PluginUnit[] = [];
  #fresh: PluginUnit[] = [];

  get units(): readonly PluginUnit[] {
    return [...this.#units.values()];
  }

  /** Its place in the order of precedence. */
  rankOf(unit: PluginUnit): number {
    return this.#places.get(unit)?.rank ?? Number.MAX_SAFE_INTEGER;
  }

  /** The plugins in packages, but for those that were taken out; `isHeld` says of one that it stays as it is. */
  unitsOf(entries: readonly CatalogEntry[], isHeld: (unit: PluginUnit) => boolean): readonly PluginUnit[] {
    return entries.filter(({ manifestFile }) => !this.#removed.has(manifestFile)).map((entry) => {
      const known = this.#units.get(entry.manifestFile);
      if (known === undefined || (!isHeld(known) && !this.#isSame(known, entry))) return this.#unitOf(entry, known);
      this.#places.set(known, { ...entry, checksum: this.#isSame(known, entry) ? entry.checksum : this.#places.get(known)?.checksum });
      return known;
    });
  }

  /** Those that others took the places of, and those others: each is handed out once, to be told of. */
  takeChanges(): { readonly superseded: readonly PluginUnit[]; readonly fresh: readonly PluginUnit[] } {
    const changes = { superseded: this.#superseded, fresh: this.#fresh };
    this.#superseded = [];
    this.#fresh = [];
    return changes;
  }

  /** Whether a plugin is, as far as can be told, what its package holds now, which is one of those of its name. */
  isAmong(unit: PluginUnit, places: readonly CatalogPlace[]): boolean {
    return places.some((place) => place.manifestFile === unit.manifestFile && this.#isLike(unit, place));
  }

  /** `fresh` is in the place of `old`. */
  replace(old: PluginUnit, fresh: PluginUnit): void {
    const place = this.#places.get(old);
    if (fresh.manifestFile !== undefined) this.#units.set(fresh.manifestFile, fresh);
    if (place !== undefined) this.#places.set(fresh, fresh.manifest === old.manifest ? place : { ...place, checksum: undefined });
  }

  /** A plugin was taken out for good: its package is none of the host's any more. */
  remove(unit: PluginUnit): void {
    if (unit.manifestFile !== undefined) this.#removed.add(unit.manifestFile);
    this.forget([unit]);
  }

  /** The packages of these are gone, or hold something else. */
  forget(units: Iterable<PluginUnit>): void {
    for (const { manifestFile = '' } of units) this.#units.delete(manifestFile);
  }

  #unitOf(entry: CatalogEntry, before: PluginUnit | undefined): PluginUnit {
    const unit = admitPackage(entry);
    if (before !== undefined) this.#superseded.push(before);
    this.#fresh.push(unit);
    this.#units.set(entry.manifestFile, unit);
    this.#places.set(unit, entry);
    return unit;
  }

  #isSame(unit: PluginUnit, entry: CatalogEntry): boolean {
    if (!this.#isLike(unit, entry)) return false;
    return this.#places.get(unit)?.checksum !== undefined || JSON.stringify(unit.manifest) === JSON.stringify(entry.manifest);
  }

  #isLike(unit: PluginUnit, { origin, tier, checksum }: CatalogPlace): boolean {
    const known = this.#places.get(unit);
    return unit.tier === tier && known?.origin === origin && (known.checksum === undefined || known.checksum === checksum);
  }
}
