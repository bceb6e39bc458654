import type { DumpOptions, ScalarLayout } from 'js-yaml';
import type { YamlManner } from './manner.js';

/** Writes values as YAML does, in the manner of a text. */
export interface YamlWriter {
  /** The lines of an entry of a mapping; the first begins with its key. */
  entry(key: string, value: unknown): readonly string[];
  /** What goes behind the colon of a key, and the lines below it. */
  block(value: unknown): readonly string[];
  /** In the middle of a line. */
  flow(value: unknown): string;
  flowEntry(key: string, value: unknown): string;
  /** The lines of an item of a list; the first begins with its dash. */
  item(value: unknown): readonly string[];
}

/** Makes writers that indent like `text`, in the manner of what is beside what they write. */
export async function yamlWriters(text: string): Promise<(manner: YamlManner) => YamlWriter> {
  const { dump, DEFAULT_SCALAR_STYLE_RULES, SCALAR_STYLE } = await import('js-yaml');
  const options = {
    indent: unitOf(text), lineWidth: -1, noRefs: true,
    scalarStyleRules: [
      // Blank lines at the end of a block would go on in those that follow in the text.
      (layout: ScalarLayout) => { if (/\n\s*\n$/.test(layout.node.value)) layout.style = SCALAR_STYLE.DOUBLE_QUOTED; },
      ...Object.values(DEFAULT_SCALAR_STYLE_RULES),
    ],
  } as const;
  return (manner) => writerWith((value, more) => dump(value, { ...options, ...quotesIn(manner), ...more }));
}

function quotesIn({ quotes, areKeysQuoted = false, isCompact = false }: YamlManner): DumpOptions {
  return { quoteStyle: quotes ?? 'double', forceQuotes: quotes !== undefined, quoteFlowKeys: areKeysQuoted, flowSkipColonSpace: isCompact, flowSkipCommaSpace: isCompact };
}

function writerWith(dump: (value: unknown, options?: DumpOptions) => string): YamlWriter {
  const lines = (value: unknown): readonly string[] => dump(value).replace(/\n$/, '').split('\n');
  const inBrackets = (value: unknown): string => dump(value, { flowLevel: 0 }).trimEnd().slice(1, -1);
  return {
    entry: (key, value) => lines({ [key]: value }),
    block: (value) => {
      const [first = '', ...rest] = lines({ k: value });
      return [first.slice('k:'.length).trimStart(), ...rest];
    },
    flow: (value) => inBrackets([value]),
    flowEntry: (key, value) => inBrackets({ [key]: value }),
    item: (value) => lines([value]),
  };
}

/** How far a text indents what is in something: two blanks, where it shows nothing else. */
function unitOf(text: string): number {
  const inner = /^( *)[^\s#][^\n]*:[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( +)[^\s#-]/m.exec(text.slice(0, LONGEST));
  const [, outer = '', inside = ''] = inner ?? [];
  return Math.max(inside.length - outer.length, 0) || 2;
}

/** What the beginning of a text does not show, the rest need not be searched for, in UTF-16 units. */
const LONGEST = 16 * 1024;
