import { ProtocolViolation } from '../wire/protocol-violation.js';

type Fields = Readonly<Record<string, unknown>>;

/** Reads what a guest sent: it is what it has to be, or a {@link ProtocolViolation}. */
export const shape = {
  fields(data: unknown): Fields {
    return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Fields) : refuse();
  },
  text(data: unknown): string {
    return typeof data === 'string' ? data : refuse();
  },
  optionalText(data: unknown): string | undefined {
    return data === undefined ? undefined : shape.text(data);
  },
  number(data: unknown): number {
    return typeof data === 'number' ? data : refuse();
  },
  optionalNumber(data: unknown): number | undefined {
    return data === undefined ? undefined : shape.number(data);
  },
  flag(data: unknown): boolean {
    return typeof data === 'boolean' ? data : refuse();
  },
  list(data: unknown): readonly unknown[] {
    return Array.isArray(data) ? data : refuse();
  },
  texts(data: unknown): readonly string[] {
    return shape.list(data).map((item) => shape.text(item));
  },
  oneOf<Choice extends string>(data: unknown, choices: readonly Choice[]): Choice {
    return choices.find((choice) => choice === data) ?? refuse();
  },
  bytes(data: unknown): Uint8Array {
    return data instanceof Uint8Array ? data : refuse();
  },
  chunk(data: unknown): string | Uint8Array {
    return typeof data === 'string' || data instanceof Uint8Array ? data : refuse();
  },
} as const;

function refuse(): never {
  throw new ProtocolViolation('data of another shape than there has to be');
}
