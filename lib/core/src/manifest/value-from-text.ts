import type { InputProperty, JsonValue, ValueSchema } from '../contract/index.js';

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true], ['1', true], ['yes', true], ['on', true],
  ['false', false], ['0', false], ['no', false], ['off', false],
]);

/**
 * The value that `text` stands for by the schema's type: a number, a boolean (`true`, `1`, `yes`, `on` and their
 * opposites), or the items of an array, split at the option's separator. Text that fits no such value stays text,
 * for `checkValue` to refuse.
 */
export function valueFromText(schema: ValueSchema | InputProperty, text: string): JsonValue {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
    case 'boolean':
      return BOOLEANS.get(text.toLowerCase()) ?? text;
    case 'array':
      return splitItems(schema, text).map((item) => valueFromText(schema.items ?? {}, item));
    default:
      return text;
  }
}

function splitItems(schema: ValueSchema | InputProperty, text: string): readonly string[] {
  const binding = 'x-structum' in schema ? schema['x-structum'] : undefined;
  const separator = binding?.kind === 'option' ? binding.separator : undefined;
  if (separator === undefined) return [text];
  return text.split(separator).map((item) => item.trim()).filter((item) => item !== '');
}
