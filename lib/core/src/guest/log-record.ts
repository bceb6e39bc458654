import type { LogFields, LogRecord } from '../contract/index.js';
import { messageOf } from '../errors/index.js';
import { encode } from '../execution/wire/codec.js';
import { errorData, type ErrorData } from '../execution/wire/error-data.js';

/** A log line as it travels. */
export interface LogRecordData {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
  /** Those of the fields that are errors. */
  readonly errors: Readonly<Record<string, ErrorData>>;
}

/** A log line as data; what is none is told as text. */
export function logRecordData({ level, message, fields }: LogRecord): LogRecordData {
  const entries = Object.entries(fields).filter(([name]) => name !== '__proto__');
  return {
    level,
    message: messageOf(message),
    fields: Object.fromEntries(entries.filter(([, value]) => !(value instanceof Error)).map(([name, value]) => [name, asData(value)])),
    errors: Object.fromEntries(entries.filter(([, value]) => value instanceof Error).map(([name, error]) => [name, errorData(error)])),
  };
}

/** One field that cannot travel must not keep the others from it. */
function asData(value: unknown): unknown {
  try {
    const data = structuredClone(value);
    encode(data);
    return data;
  } catch {
    return messageOf(value);
  }
}
