/** A program started more than it may. */
export class TooMany extends Error {}
