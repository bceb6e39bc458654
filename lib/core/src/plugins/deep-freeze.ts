/** Freezes plain data with all that it holds, once: what is frozen was frozen here before. Gives `value` back. */
export function deepFreeze<Value>(value: Value): Value {
  const waiting: unknown[] = [value];
  for (let held = waiting.pop(); held !== undefined || waiting.length > 0; held = waiting.pop()) {
    if (typeof held !== 'object' || held === null || Object.isFrozen(held)) continue;
    for (const inner of Object.values(Object.freeze(held))) if (typeof inner === 'object') waiting.push(inner);
  }
  return value;
}
