import type { PluginOrigin, TrustTier } from './registry.js';

/** A package with a plugin, to be judged by how far it is to be trusted. */
export interface TrustCandidate {
  readonly origin: PluginOrigin;
  /** Absolute path of the package, links resolved. */
  readonly folder: string;
  /** The folder that was searched: a `node_modules`, a plugin folder. */
  readonly root: string;
  /** Whether it is within the `node_modules` tree that the host itself runs from. */
  readonly isBesideHost: boolean;
  /** Whether the user trusts the project that it belongs to; `false` where it belongs to none. */
  readonly isProjectTrusted: boolean;
}

/** Decides how far a discovered plugin is trusted. Whatever is no tier, and what throws, means `found`. */
export type TrustPredicate = (candidate: TrustCandidate) => TrustTier;

/**
 * Decides whether what is in a project counts beyond what can do no harm: its settings and its plugins. Only `true` means so;
 * what throws or rejects means that it does not.
 *
 * @param project - Absolute path of the project's folder, links resolved.
 */
export type ProjectTrust = (project: string) => boolean | Promise<boolean>;

/** Where plugins are looked for. The sources that come first win where two hold a plugin of the same name. */
export interface DiscoverOptions {
  /** In the `node_modules` folders that `from` sees; true when left out. */
  readonly host?: boolean;
  /** A folder with links to packages under development. */
  readonly linkFolder?: string;
  /** A folder that a user installs plugins into: packages in its `node_modules`. */
  readonly userFolder?: string;
  /** Further folders: packages, or folders that hold packages, directly or in their `node_modules`. */
  readonly folders?: readonly string[];
  /** A folder of the project that the host works in: its `node_modules`, and those above up to the project's root. */
  readonly project?: string;
  /** A folder where what was found is remembered from one start to the next; nothing is written when left out. */
  readonly cache?: string;
  /** Decides how far what is found is trusted, in place of the rule that is built in. */
  readonly trust?: TrustPredicate;
}
