/** Puts text in colours and weights, or leaves it as it is. */
export type Paint = (text: string) => string;

/** The looks that help and messages use. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
}

/** The looks, with colours or without. */
export function styleOf(color: boolean): Style {
  const paint = (open: number, close: number): Paint =>
    color ? (text) => (text === '' ? '' : `\u001b[${String(open)}m${text}\u001b[${String(close)}m`) : (text) => text;
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), yellow: paint(33, 39), green: paint(32, 39), cyan: paint(36, 39) };
}

/** What decides whether to colour. */
export interface ColorWish {
  /** From `--color` and `--no-color`. */
  readonly flag: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/**
 * Whether to colour: the flag decides, then `FORCE_COLOR` (`0` and `false` say no, anything else yes), then `NO_COLOR`
 * (see no-color.org), then whether it is a terminal that can. A variable that is empty counts as not set.
 */
export function wantsColor({ flag, env, isTerminal }: ColorWish): boolean {
  if (flag !== undefined) return flag;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isTerminal && env.TERM !== 'dumb';
}

/** Whether the reader can show more than ASCII: any system but a Linux console or one set to the locale `C`. */
export function wantsUnicode(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform = process.platform): boolean {
  if (env.TERM === 'linux') return false;
  if (platform === 'win32') return env.WT_SESSION !== undefined || env.TERM_PROGRAM !== undefined || env.TERM !== undefined || env.CI !== undefined;
  const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find((value) => value !== undefined && value !== '');
  return locale === undefined || /utf-?8/i.test(locale);
}
