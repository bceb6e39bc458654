/** Names, one after the other, and how many more there are. */
export function list(items: readonly string[], more = 0): string {
  return `${items.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
}

/** Plugins that require each other, the first one first. */
export function linked(chain: readonly string[]): string {
  return chain.map((name) => (name === '…' ? name : `"${name}"`)).join(', which requires ');
}

/** Undefined where there is nothing to suggest. */
export function didYouMean(suggestions: readonly string[]): string | undefined {
  return suggestions.length === 0 ? undefined : `Did you mean ${suggestions.map((name) => `"${name}"`).join(' or ')}?`;
}

/** A name, as it stands in a path of keys. */
export function keyText(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}

/** A text that something else may end as a sentence, or not. */
export function withoutStop(text: string): string {
  return text.replace(/\.+$/, '');
}
