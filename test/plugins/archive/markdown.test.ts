import { Anchors } from '#internal/archive/anchors.js';
import { code, fence, heading, link, longestRun, note } from '#internal/archive/markdown.js';
import { expect } from 'chai';
import { HtmlRenderer, Parser, type Node } from 'commonmark';
import fc from 'fast-check';

const NASTY = [
  'src/index.ts',
  'with space.md',
  ' leading and trailing ',
  '#hash#.md',
  'a#b/c?d=e&f%20.txt',
  '[brackets](link).md',
  'a]b[c',
  '`tick`',
  '``',
  'ends with `',
  '**bold** __init__.py',
  '<script>alert(1)</script>',
  '"><img src=x>',
  '"quoted"',
  "it's",
  'new\nline',
  'return\rtab\tescape\x1b[31m',
  'right\u202eleft',
  'zero\u200bwidth',
  'line\u2028separator',
  'Ünïcödé/漢字/😀.ts',
  'e\u0301 and é',
  'back\\slash',
  'pipe|&amp;&lt;',
  '@user/#12 www.example.org',
  '~20',
  'lone \ud800 surrogate',
];

describe('The Markdown of an archive', () => {
  const path = fc.oneof(
    fc.constantFrom(...NASTY),
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string({ unit: fc.constantFrom('`', ' ', '"', '\\', '[', ']', '(', ')', '<', '>', '#', '*', '\n', 'a'), minLength: 1 }),
  );

  it('shows every path in one heading, whatever is in it', () => {
    fc.assert(
      fc.property(path, (name) => {
        const [only, ...others] = children(parse(heading(name, anchorOf(name))));
        expect(others).to.have.length(0);
        expect(only?.type).to.equal('heading');
        expect(shownNames(only).map(nameOf)).to.deep.equal([name]);
      }),
    );
  });

  it('links every path from the table of contents to its heading', () => {
    fc.assert(
      fc.property(path, (name) => {
        const html = render(`${link(name, anchorOf(name))}${heading(name, anchorOf(name))}`);
        const [, target = ''] = /<a href="#([^"]*)"/.exec(html) ?? [];
        expect(html).to.include(`<a id="${decodeURIComponent(target)}"></a>`);
        expect(html.match(/<a href=/g)).to.have.length(1);
      }),
    );
  });

  it('gives every path an id of its own', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(path, fc.constantFrom('a b', 'a-b', 'A-B', 'a/b', 'a.b', 'a-b-2', 'a--b', 'a b 2'))), (names) => {
        expect(new Set(anchorsOf(names)).size).to.equal(names.length);
      }),
    );
    expect(anchorsOf(['src/a.ts', 'src/A.ts', 'src-a.ts', 'src/a-ts-2'])).to.deep.equal([
      'file--src-a-ts',
      'file--src-a-ts-3',
      'file--src-a-ts-4',
      'file--src-a-ts-2',
    ]);
  });

  it('uses in ids only what GitHub finds: no capitals, no punctuation', () => {
    fc.assert(
      fc.property(path, (name) => {
        expect(anchorOf(name)).to.match(/^file--[\p{L}\p{N}_-]*$/u);
        expect(anchorOf(name)).to.equal(anchorOf(name).toLowerCase());
      }),
    );
  });

  it('makes a fence longer than any in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '```', '~~~', '\n', 'a', ' ') }), (text) => {
        const ticks = fence(longestRun(text));
        const [block, ...others] = children(parse(`${ticks}text\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${ticks}\n`));
        expect(others).to.have.length(0);
        expect(block?.type).to.equal('code_block');
        expect(block?.literal).to.equal(text === '' || text.endsWith('\n') ? text : `${text}\n`);
      }),
    );
  });

  it('writes names that would be misread as JSON', () => {
    expect(code('new\nline')).to.equal('`"new\\nline"`');
    expect(code('"quoted"')).to.equal('`"\\"quoted\\""`');
    expect(code('right\u202eleft')).to.equal('`"right\\u202eleft"`');
    expect(code('plain name')).to.equal('`plain name`');
    expect(code('`tick`')).to.equal('`` `tick` ``');
  });

  it('writes facts as a quotation, and nothing where there are none', () => {
    expect(note(['encoding: UTF-16LE', 'no final newline'])).to.equal('\n> encoding: UTF-16LE, no final newline\n');
    expect(note([])).to.equal('');
  });
});

function anchorsOf(paths: readonly string[]): string[] {
  const anchors = new Anchors(paths);
  return paths.map((_, index) => anchors.at(index));
}

function anchorOf(path: string): string {
  return anchorsOf([path])[0] ?? '';
}

function parse(markdown: string): Node {
  return new Parser().parse(markdown);
}

function render(markdown: string): string {
  return new HtmlRenderer().render(parse(markdown));
}

function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.next) found.push(child);
  return found;
}

/** The inline code in a block. */
function shownNames(block: Node | undefined): (string | null)[] {
  return block === undefined ? [] : children(block).filter(({ type }) => type === 'code').map(({ literal }) => literal);
}

/** The path that inline code stands for. */
function nameOf(literal: string | null): unknown {
  return literal?.startsWith('"') === true ? JSON.parse(literal) : literal;
}
