/** The only key of an object that stands for what JSON does not know: `{ "$": ["Date", 0] }`, `{ "$": "undefined" }`. */
export const TAG = '$';

/** What has a name and nothing else. */
export const CONSTANTS = new Map<string, number | undefined>([
  ['undefined', undefined],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

/** Makes what looks at bytes: `length` counts elements. */
export interface ViewType {
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrayBufferView;
  /** Bytes of an element; a `DataView` has none. */
  readonly BYTES_PER_ELEMENT?: number;
}

/** What looks at bytes, by name; not each Node has every one. */
export const VIEWS: ReadonlyMap<string, ViewType> = new Map(
  Object.entries<ViewType | undefined>({
    Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
    Float16Array: (globalThis as { readonly Float16Array?: ViewType }).Float16Array,
    Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
  }).flatMap(([name, type]) => (type === undefined ? [] : [[name, type] as const])),
);

/** Errors as `structuredClone()` tells them apart. */
export const ERRORS: ReadonlyMap<string, ErrorConstructor> = new Map([
  ['Error', Error],
  ['EvalError', EvalError],
  ['RangeError', RangeError],
  ['ReferenceError', ReferenceError],
  ['SyntaxError', SyntaxError],
  ['TypeError', TypeError],
  ['URIError', URIError],
]);

/** How much data may be. */
export interface DecodeLimits {
  /** How many things may be in each other. */
  readonly depth: number;
  /** How many values there may be, the holes of lists among them. */
  readonly nodes: number;
}

/** What `encode()` heeds, and `decode()` where nothing else is said. */
export const DATA_LIMITS: DecodeLimits = { depth: 1000, nodes: 5_000_000 };
