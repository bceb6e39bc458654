/** One instruction of classic BPF, the language of seccomp filters. */
export interface Instruction {
  readonly code: number;
  /** Instructions to skip when a comparison holds. */
  readonly whenTrue?: number;
  /** Instructions to skip when it does not. */
  readonly whenFalse?: number;
  readonly operand: number;
}

/** Where the kernel's `struct seccomp_data` holds what a filter can look at, in bytes. */
export const SeccompData = { number: 0, architecture: 4, argument: (index: number): number => 16 + index * 8 } as const;

/** What a filter can answer. */
export const SeccompAnswer = {
  allow: 0x7fff0000,
  killProcess: 0x80000000,
  errno: (errno: number): number => 0x00050000 | errno,
} as const;

const BYTES_PER_INSTRUCTION = 8;

/** The program as the kernel reads it: little-endian `struct sock_filter`s. */
export function assemble(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * BYTES_PER_INSTRUCTION);
  const view = new DataView(bytes.buffer);
  for (const [index, { code, whenTrue = 0, whenFalse = 0, operand }] of program.entries()) {
    const offset = index * BYTES_PER_INSTRUCTION;
    view.setUint16(offset, code, true);
    view.setUint8(offset + 2, whenTrue);
    view.setUint8(offset + 3, whenFalse);
    view.setUint32(offset + 4, operand, true);
  }
  return bytes;
}

/** Loads the 32 bits at `offset` of `struct seccomp_data`. */
export const load = (offset: number): Instruction => ({ code: 0x20, operand: offset });

/** Goes on when what was loaded equals `operand`, else skips `skipped` instructions. */
export const unlessEqualSkip = (operand: number, skipped: number): Instruction => ({ code: 0x15, whenFalse: skipped, operand });

/** Skips `skipped` instructions when what was loaded equals `operand`. */
export const ifEqualSkip = (operand: number, skipped: number): Instruction => ({ code: 0x15, whenTrue: skipped, operand });

/** Skips `skipped` instructions unless what was loaded is greater than `operand`. */
export const unlessGreaterSkip = (operand: number, skipped: number): Instruction => ({ code: 0x25, whenFalse: skipped, operand });

/** Skips `skipped` instructions when any of the bits is set. */
export const ifAnyBitSkip = (bits: number, skipped: number): Instruction => ({ code: 0x45, whenTrue: skipped, operand: bits });

export const answer = (value: number): Instruction => ({ code: 0x06, operand: value });
