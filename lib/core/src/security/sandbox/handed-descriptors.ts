/** Where what a launch hands over begins in its process: what is below is for whoever starts it. */
export const FIRST_HANDED = 5;

/**
 * What `spawn()` gives to the process of a launch, from the descriptor 0 on.
 *
 * @param own - Of whoever starts it.
 * @param handed - Of the launch.
 */
export function withHanded<Given>(own: readonly Given[], handed: readonly number[]): (Given | number | 'ignore')[] {
  if (handed.length === 0) return [...own];
  const between = Array.from({ length: FIRST_HANDED - own.length }, () => 'ignore' as const);
  return [...own, ...between, ...handed];
}
