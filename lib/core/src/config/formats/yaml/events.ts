/** As js-yaml numbers them; importing the names would load it with the core. */
export const EVENT = { document: 1, sequence: 2, mapping: 3, scalar: 4, alias: 5, pop: 6 } as const;

export const STYLE = { plain: 1, singleQuoted: 2, doubleQuoted: 3, literal: 4, folded: 5 } as const;

/** The style of collections in braces and brackets. */
export const FLOW = 2;

/** The chomping that keeps every line end of a block. */
export const KEEP = 3;

/** Stands for an offset that is not there. */
export const NOWHERE = -1;
