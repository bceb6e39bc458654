import { GLOBAL_OPTIONS, negationOf, type GlobalOption } from '../command-line/global-options.js';
import type { Style } from '../terminal/style.js';
import type { Row } from './page.js';

/** A row for each global option. */
export function globalRows(style: Style): Row[] {
  return GLOBAL_OPTIONS.map((option) => globalRow(option, style));
}

/** The line that names them where a table would be too much. */
export function globalLine(program: string): string {
  return `Every command also takes ${globalFlags()}: see "${program} --help".`;
}

function globalRow({ flags, placeholder, negatable, description }: GlobalOption, style: Style): Row {
  const names = [...flags, ...(negatable === true ? flags.map(negationOf) : [])].join(', ');
  const aligned = flags.some((flag) => !flag.startsWith('--')) ? names : `    ${names}`;
  return { term: style.cyan(placeholder === undefined ? aligned : `${aligned} <${placeholder}>`), text: description };
}

function globalFlags(): string {
  return GLOBAL_OPTIONS.filter(({ name }) => name !== 'help' && name !== 'version').map(({ flags }) => flags.at(-1)).join(', ');
}
