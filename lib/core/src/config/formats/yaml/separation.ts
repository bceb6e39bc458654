/**
 * The same text, with blanks for the tabs that separate words and nothing else, at the same offsets: the parser takes a tab
 * in a line with brackets for its indentation, which YAML 1.2 does not. A tab that could stand before a mapping or a list of
 * lines stays, as does one that a line begins with.
 */
export function withoutSeparatingTabs(text: string): string {
  return text.replaceAll(LINE_WITH_TAB, (line) => {
    const lead = INDICATORS.exec(line)?.[0] ?? '';
    const words = line.slice(lead.length);
    const isBeforeBracket = /^[[{]/.test(words);
    return (isBeforeBracket ? blanked(lead) : lead) + words.replaceAll('\t', ' ');
  });
}

const LINE_WITH_TAB = /^[^\r\n]*\t[^\r\n]*/gm;

/** What a line begins with before its first word. */
const INDICATORS = /^\s*(?:[-?:]\s+)*/;

/** The tabs behind an indicator; those that a line begins with are its indentation. */
function blanked(lead: string): string {
  const indent = /^\s*/.exec(lead)?.[0] ?? '';
  return indent + lead.slice(indent.length).replaceAll('\t', ' ');
}
