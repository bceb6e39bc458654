import { messageOf, StructumError, type Registry } from '@structum/core';
import { pluginBehind } from './plugin-behind.js';

/**
 * Catches what plugins throw outside of their commands, in timers and in promises that nobody waits for, from when
 * it is made until {@link stop}: such a thing ends the command like any other failure.
 */
export class CrashWatch {
  /** Rejects at the first crash. */
  readonly crashed: Promise<never>;
  readonly #listener: (error: unknown) => void;

  /**
   * @param registry - Where to look for the plugin that is to blame.
   * @param onCrash - Gets each crash.
   */
  constructor(registry: Registry, onCrash?: (error: StructumError) => void) {
    let crash: (error: Error) => void = () => undefined;
    this.crashed = new Promise((_resolve, reject) => {
      crash = reject;
    });
    this.crashed.catch(() => undefined); // Nobody may be waiting any more.
    this.#listener = (thrown) => {
      const error = crashError(thrown, registry);
      onCrash?.(error);
      crash(error);
    };
    process.on('uncaughtException', this.#listener);
  }

  stop(): void {
    process.off('uncaughtException', this.#listener);
  }
}

/** What a plugin threw outside of its commands, and which one that was. */
export function crashError(cause: unknown, registry: Registry): StructumError {
  const plugin = pluginBehind(cause, registry);
  return new StructumError({
    code: 'PLUGIN_CRASHED',
    message: `${plugin === undefined ? 'A plugin' : `Plugin "${plugin}"`} failed outside of its command: ${messageOf(cause)}`,
    hint: 'Run it again with --verbose to see where this comes from.',
    ...(plugin === undefined ? {} : { details: { plugin } }),
    cause,
  });
}
