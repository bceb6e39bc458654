import type { PackagePlace, SearchRoot } from '../discovery/index.js';

/** How much is looked at for one index, so that no folder can keep a host from its work. */
export interface Limits {
  /** Packages with a manifest. */
  readonly packages: number;
  /** Of packages of any kind. */
  readonly names: number;
  /** Of all manifests together. */
  readonly bytes: number;
}

/** Generous for what somebody chose to install; what is merely lying in a project gets less. */
export function limitsOf(roots: readonly SearchRoot[]): Limits {
  const isProject = roots.every(({ origin }) => origin === 'project');
  return { packages: 20_000, names: 500_000, bytes: (isProject ? 16 : 64) * 2 ** 20 };
}

/** Counts what is read. From the first package on that is too much, no further one is. */
export class Allowance {
  readonly #limits: Limits;
  #packages = 0;
  #bytes = 0;
  #excess: { readonly place: PackagePlace; readonly reason: string } | undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** What was too much first, and why. */
  get excess(): { readonly place: PackagePlace; readonly reason: string } | undefined {
    return this.#excess;
  }

  allows(place: PackagePlace): boolean {
    if (this.#excess !== undefined) return false;
    this.#packages += 1;
    this.#bytes += place.stats.size;
    const { packages, bytes } = this.#limits;
    if (this.#packages > packages) this.#excess = { place, reason: `there are more than ${String(packages)} plugins` };
    else if (this.#bytes > bytes) this.#excess = { place, reason: `manifests have more than ${String(bytes / 2 ** 20)} MB together` };
    return this.#excess === undefined;
  }
}
