import { readFileSync } from 'node:fs';
import { Parser, type Node } from 'commonmark';

/** A fenced code block of a page. */
export interface Block {
  /** `ts`, `sh`, `text`, … */
  readonly language: string;
  /** What follows the language: `file=src/app.ts`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly code: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Whether nothing stands between it and the block before it. */
  readonly isNext: boolean;
}

/** The fenced code blocks of a Markdown file, in order. */
export function blocksOf(file: string): readonly Block[] {
  const blocks: Block[] = [];
  for (let node = new Parser().parse(readFileSync(file, 'utf8')).firstChild; node !== null; node = node.next) {
    if (node.type === 'code_block' && node.info !== null && node.info !== '') blocks.push(blockOf(node, node.info));
  }
  return blocks;
}

function blockOf(node: Node, info: string): Block {
  const [language = '', ...attributes] = info.split(/\s+/);
  return {
    language,
    attributes: Object.fromEntries(attributes.map((attribute) => attribute.split('=', 2)) as [string, string][]),
    code: node.literal ?? '',
    line: node.sourcepos[0][0],
    isNext: node.prev?.type === 'code_block',
  };
}
