/** What is wrong in a text of YAML, in words that tell nothing of the text: what cannot be read may be a secret. */
export function problemOf(reason: string): string {
  const problem = PROBLEMS.find(([beginning]) => beginning.test(reason))?.[1];
  return problem ?? (QUOTING.test(reason) ? 'holds something that is no YAML' : reason);
}

const TAG = 'has a tag that is not known: write a text that begins with "!" in quotes';

/** For the reasons of js-yaml that quote what they are about. */
const PROBLEMS: readonly (readonly [RegExp, string])[] = [
  [/^unidentified alias/, 'refers to an anchor that is not there: write a text that begins with "*" in quotes'],
  [/^recursive alias/, 'holds an alias that leads into itself'],
  [/^unknown (?:scalar|sequence|mapping) tag|^undeclared tag handle|^tag (?:name|suffix) cannot contain/, TAG],
  [/^cannot resolve a node with/, 'has a tag that its value does not fit'],
  [/^there is a previously declared suffix/, 'declares a handle of tags twice'],
];

/** Reasons that no version known when this was written has; those that are known quote one character at most. */
const QUOTING = /["<`]|: |'[^']{2,}'/;
