/**
 * `node tools/terminal-svg.mjs`: draws what the command line prints, in its colours, as api-docs/images/terminal.svg.
 * With `--check` the picture is compared, not written.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReady } from './lib/ready.mjs';
import { root } from './lib/workspace.mjs';
import { writeIfChanged } from './lib/write.mjs';

const COMMANDS = ['structum tree --stats', 'structum archive --ext ts', 'structum tre'];
const FOLDER = 'shop';

const COLUMNS = 70;
const CHARACTER = { width: 8.4, height: 17 };
const MARGIN = { side: 20, top: 50, bottom: 20 };

/** What the styles of a terminal are called in the picture. */
const STYLES = new Map([
  ['1', 'bold'], ['2', 'dim'], ['31', 'red'], ['32', 'green'], ['33', 'yellow'], ['34', 'blue'], ['35', 'magenta'], ['36', 'cyan'],
]);
/** Which of them a code ends. */
const ENDS = new Map([
  ['0', [...STYLES.values()]], ['22', ['bold', 'dim']], ['39', ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan']],
]);

const ESCAPE = '\x1b';
const STYLE_CODE = new RegExp(String.raw`${ESCAPE}\[([\d;]*)m`);

const STYLE_SHEET = `
  .window { fill: #ffffff; stroke: #d0d7de }
  .bar { fill: #f0f2f5 }
  text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: 14px; fill: #24292f }
  .title { font-size: 13px; fill: #6e7781 }
  .bold { font-weight: 600 } .dim { fill: #6e7781 }
  .red { fill: #cf222e } .green { fill: #1a7f37 } .yellow { fill: #9a6700 } .blue { fill: #0969da } .magenta { fill: #8250df } .cyan { fill: #1b7c83 }
  @media (prefers-color-scheme: dark) {
    .window { fill: #161b22; stroke: #30363d }
    .bar { fill: #21262d }
    text { fill: #e6edf3 }
    .title, .dim { fill: #8b949e }
    .red { fill: #ff7b72 } .green { fill: #7ee787 } .yellow { fill: #d29922 } .blue { fill: #79c0ff } .magenta { fill: #d2a8ff } .cyan { fill: #56d4dd }
  }`;

const isCheck = process.argv.includes('--check');
if (!isCheck) makeReady(); // the tests check what was built for them
const file = join(root, 'api-docs/images/terminal.svg');
const svg = picture(session());
if (!isCheck) {
  mkdirSync(join(root, 'api-docs/images'), { recursive: true });
  writeIfChanged(file, svg);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== svg) {
  console.error('api-docs/images/terminal.svg does not show what the command line prints. Run: node tools/terminal-svg.mjs');
  process.exitCode = 1;
}

/** What a terminal shows of the commands: prompts and output, with the codes of its colours. */
function session() {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'structum-picture-')));
  const folder = join(parent, FOLDER);
  try {
    cpSync(join(root, 'samples/embedded-host/src'), folder, { recursive: true });
    const screens = COMMANDS.map((command) => `${ESCAPE}[32m$${ESCAPE}[39m ${ESCAPE}[1m${command}${ESCAPE}[22m\n${output(command, folder)}`);
    return screens.join('\n').replaceAll(parent, '~').trimEnd();
  } finally {
    rmSync(parent, { recursive: true });
  }
}

/**
 * @param {string} command
 * @param {string} cwd
 */
function output(command, cwd) {
  const [, ...words] = command.split(' ');
  const { stdout, stderr, error } = spawnSync(process.execPath, [join(root, 'bin/structum.cjs'), ...words], {
    cwd,
    // The same on every machine: nothing of this one's settings, but where its programs are.
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], HOME: cwd, LANG: 'C.UTF-8', FORCE_COLOR: '1', COLUMNS: String(COLUMNS) },
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return stdout + stderr;
}

/** @param {string} text */
function picture(text) {
  const lines = text.split('\n');
  const width = round(COLUMNS * CHARACTER.width + 2 * MARGIN.side);
  const height = lines.length * CHARACTER.height + MARGIN.top + MARGIN.bottom;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map((fill, index) => `  <circle cx="${22 + index * 20}" cy="18" r="6" fill="${fill}"/>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${COMMANDS.join(', ')} in a terminal">`,
    `<style>${STYLE_SHEET}`,
    '</style>',
    `  <rect class="window" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    `  <path class="bar" d="M1 36V8.5a7.5 7.5 0 0 1 7.5-7.5H${width - 8.5}a7.5 7.5 0 0 1 7.5 7.5V36z"/>`,
    ...dots,
    `  <text class="title" x="${width / 2}" y="23" text-anchor="middle">${FOLDER}</text>`,
    ...lines.flatMap((line, index) => drawLine(line, MARGIN.top + (index + 1) * CHARACTER.height - 5)),
    '</svg>',
    '',
  ].join('\n');
}

/**
 * One element for each word, told its place and width: columns stay columns in any font, and no space is lost.
 * @param {string} line
 * @param {number} y
 */
function drawLine(line, y) {
  let column = 0;
  return runsOf(line).flatMap(({ text, styles }) => text.split(/( +)/).flatMap((word) => {
    const x = round(MARGIN.side + column * CHARACTER.width);
    const length = [...word].length;
    column += length;
    if (word.trim() === '') return [];
    const classes = styles.length > 0 ? ` class="${styles.join(' ')}"` : '';
    return [`  <text${classes} x="${x}" y="${y}" textLength="${round(length * CHARACTER.width)}" lengthAdjust="spacingAndGlyphs">${escape(word)}</text>`];
  }));
}

/**
 * @param {string} line
 * @returns {{ text: string, styles: string[] }[]}
 */
function runsOf(line) {
  /** @type {Set<string>} */
  const styles = new Set();
  // Splitting by a group keeps the codes: they stand at the odd places.
  return line.split(STYLE_CODE).flatMap((part, index) => {
    if (index % 2 === 0) return part === '' ? [] : [{ text: part, styles: [...styles] }];
    for (const code of part.split(';')) applyCode(code, styles);
    return [];
  });
}

/**
 * @param {string} code
 * @param {Set<string>} styles
 */
function applyCode(code, styles) {
  const style = STYLES.get(code);
  const ended = ENDS.get(code === '' ? '0' : code);
  if (style !== undefined) styles.add(style);
  else if (ended !== undefined) for (const name of ended) styles.delete(name);
  else throw new Error(`the picture has no style for the code ${code}`);
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}

/** @param {string} text */
function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
