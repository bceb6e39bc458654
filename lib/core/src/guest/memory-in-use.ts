import { getHeapStatistics } from 'node:v8';
import { isMainThread } from 'node:worker_threads';

/**
 * What this guest has, in bytes: a worker only counts what is its own. Where it cannot be told, for want of descriptors
 * say, it is so much that a process is not used for long.
 */
export function memoryInUse(): number {
  if (!isMainThread) return heapInUse();
  try {
    return process.memoryUsage.rss();
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}

function heapInUse(): number {
  const { total_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}
