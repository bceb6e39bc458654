/** A way to run the probe, as a configuration says it. */
export interface PlacedExecutor {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What the others are compared with. */
export const INLINE: PlacedExecutor = { name: 'inline', config: {} };

/** All others. */
export const ELSEWHERE: readonly PlacedExecutor[] = [
  placed('worker', 'worker', 'off'),
  placed('process', 'process', 'standard'),
  placed('process, in strict mode', 'process', 'strict'),
];

function placed(name: string, executor: string, mode: string): PlacedExecutor {
  return { name, config: { plugin_policy: { executor: { probe: executor } }, security: { sandbox_mode: mode } } };
}
