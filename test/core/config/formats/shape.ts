import type { ConfigNode } from '#internal/core/config/formats/node.js';

/** What values there are, by their keys, in a text; what is elsewhere, or no collection, is only named. */
export function shapeOfNode(node: ConfigNode | undefined): unknown {
  if (node?.kind === 'list') return node.items.map(shapeOfNode);
  if (node?.kind === 'map') return Object.fromEntries(node.entries.map(({ key = '', value }) => [key, shapeOfNode(value)]));
  return '…';
}

/** The same of data, as far as the text itself holds it. */
export function shapeOfData(data: unknown, shape: unknown): unknown {
  if (shape === '…' || typeof data !== 'object' || data === null) return '…';
  const inner = shape as Readonly<Record<string, unknown>>;
  if (Array.isArray(data)) return data.map((item, index) => shapeOfData(item, inner[index]));
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shapeOfData(value, inner[key])]));
}
