/** The other side sent what the protocol does not know: whoever gets it ends that side. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';

  /** @param reason - What is wrong, in words: `a header of 4294967295 bytes, and no more than 1048576 are allowed`. */
  constructor(readonly reason: string, cause?: unknown) {
    super(`The protocol was violated: ${reason}.`, cause === undefined ? undefined : { cause });
  }
}
