import type { PluginState } from '../contract/index.js';

/** What a plugin may be after what it is. What failed or was stopped is over: another unit takes its place. */
export const NEXT_STATES: Readonly<Record<PluginState, readonly PluginState[]>> = {
  discovered: ['resolved', 'rejected', 'disabled'],
  resolved: ['discovered', 'loaded', 'failed', 'stopped'],
  rejected: ['discovered'],
  disabled: ['discovered'],
  loaded: ['active', 'failed', 'stopped'],
  active: ['stopped'],
  failed: [],
  stopped: [],
};

/** Nothing of a plugin in one of these is going to run. */
export const UNUSABLE: ReadonlySet<PluginState> = new Set(['rejected', 'disabled']);
