export { decode } from './decode.js';
export { encode, type Encoded } from './encode.js';
export type { DecodeLimits } from './tags.js';
