import type { PluginContext } from './context.js';

/** A plugin that does something before its first command runs. */
export interface OnActivate {
  onActivate(context: PluginContext): void | Promise<void>;
}

/** A plugin that does something when it is taken down. What it handed to `context.own()` is ended after that. */
export interface OnDeactivate {
  onDeactivate(): void | Promise<void>;
}

/** How well something is, best first. */
export type HealthStatus = 'OK' | 'DEGRADED' | 'DOWN' | 'UNKNOWN';

/** What a health check found. */
export interface HealthReport {
  readonly status: HealthStatus;
  /** Why, when it is not `OK`. */
  readonly reason?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A plugin that can say how it is. */
export interface HealthIndicator {
  checkHealth(): HealthReport | Promise<HealthReport>;
}
