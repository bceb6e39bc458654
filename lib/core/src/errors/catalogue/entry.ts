/** One error of the catalogue: what is said of it, from the facts of a case. */
export interface Entry<Params> {
  readonly exitCode?: number | ((params: Params) => number);
  readonly message: (params: Params) => string;
  readonly hint?: (params: Params) => string | undefined;
}

/** Says what facts an error has, and takes the types of the rest from that. */
export function entry<Params>(definition: Entry<Params>): Entry<Params> {
  return definition;
}
