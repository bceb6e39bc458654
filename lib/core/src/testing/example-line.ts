import { valueFromText, type CommandManifest, type InputProperty } from '../index.js';

/** The line of an example as a command line reads it. */
export interface ExampleLine {
  readonly input: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

/** Options of the `structum` command line itself, and how many words each takes as its value. */
export const HOST_OPTIONS: ReadonlyMap<string, 0 | 1> = new Map([
  ['--cwd', 1], ['--env', 1], ['--config', 1], ['--set', 1], ['--json', 0], ['-q', 0], ['--quiet', 0], ['--verbose', 0], ['--color', 0], ['--no-color', 0], ['--timings', 0],
  ['-h', 0], ['--help', 0], ['--version', 0], ['--watch', 0],
]);

/** Reads an example of a command: `structum greet Ada --times 2 > greeting.txt`. */
export function readExample(line: string, command: CommandManifest): ExampleLine {
  // `source <(structum completion bash)`
  const words = wordsOf(line.replace(/^.*[<$]\((.*)\)\s*$/, '$1'));
  while (words[0] !== undefined && /^\w+=/.test(words[0])) words.shift();
  if (words[0] === 'npx') words.shift();
  const program = words.shift();
  if (program === undefined) return { input: {}, problems: ['it is empty'] };
  const length = lengthOfPath(words, command);
  if (length === 0) return { input: {}, problems: [`it does not run "${command.path}": "${program}" is followed by "${words.join(' ')}"`] };
  return new LineReader(command).read(words.slice(length));
}

/** The words of a line up to the first sign that ends a command in a shell, without their quotes. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [token] of line.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\|&;<>])+|[|&;<>]+/g)) {
    if (/^[|&;<>]/.test(token)) break;
    words.push(token.replaceAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_whole, double?: string, single?: string, escaped?: string) =>
      double?.replaceAll(/\\(.)/g, '$1') ?? single ?? escaped ?? ''));
  }
  return words;
}

function lengthOfPath(words: readonly string[], { path, aliases }: CommandManifest): number {
  const lengths = [path, ...aliases].map((name) => name.split(' ')).filter((name) => name.every((word, index) => words[index] === word)).map((name) => name.length);
  return Math.max(0, ...lengths);
}

type Field = readonly [name: string, property: InputProperty];

class LineReader {
  readonly #positional: readonly Field[];
  readonly #flags = new Map<string, { readonly field: Field; readonly isNegated: boolean }>();
  readonly #required: readonly string[];
  readonly #input: Record<string, unknown> = {};
  readonly #problems: string[] = [];

  constructor({ input }: CommandManifest) {
    const fields = Object.entries(input.properties);
    this.#required = input.required;
    this.#positional = fields.filter(([, property]) => positionOf(property) >= 0).sort(([, a], [, b]) => positionOf(a) - positionOf(b));
    for (const field of fields) {
      const binding = field[1]['x-structum'];
      if (binding.kind === 'argument') continue;
      for (const flag of binding.flags) {
        this.#flags.set(flag, { field, isNegated: false });
        if (field[1].type === 'boolean' && flag.startsWith('--')) this.#flags.set(`--no-${flag.slice(2)}`, { field, isNegated: true });
      }
    }
  }

  read(words: readonly string[]): ExampleLine {
    const left = [...words];
    const arguments_: string[] = [];
    for (let word = left.shift(); word !== undefined; word = left.shift()) {
      if (word === '--') arguments_.push(...left.splice(0));
      else if (!this.#isOption(word)) arguments_.push(word);
      else if (word.startsWith('--')) this.#takeLong(word, left);
      else this.#takeShort(word.slice(1), left);
    }
    this.#assign(arguments_);
    return { input: this.#input, problems: this.#problems };
  }

  /** `-` is a word, and so is `-1` for a command without such an option. */
  #isOption(word: string): boolean {
    return /^-./.test(word) && (!/^-\.?\d/.test(word) || this.#flags.has(word.slice(0, 2)));
  }

  #takeLong(word: string, left: string[]): void {
    const [flag = '', ...bound] = word.split('=');
    this.#take(flag, bound.length > 0 ? bound.join('=') : undefined, left);
  }

  #takeShort(letters: string, left: string[]): void {
    for (let index = 0; index < letters.length; index += 1) {
      const flag = `-${letters.charAt(index)}`;
      const attached = letters.slice(index + 1);
      const known = this.#flags.get(flag);
      if (attached === '' || (known !== undefined && !isSwitch(known.field))) {
        this.#take(flag, attached === '' ? undefined : attached.replace(/^=/, ''), left);
        return;
      }
      this.#take(flag, undefined, left);
    }
  }

  #take(flag: string, bound: string | undefined, left: string[]): void {
    const known = this.#flags.get(flag);
    if (known === undefined) {
      const taken = HOST_OPTIONS.get(flag);
      if (taken === undefined) this.#problems.push(`there is no option ${flag}`);
      else if (taken === 1 && bound === undefined) left.shift();
      return;
    }
    const [name, property] = known.field;
    if (isSwitch(known.field)) {
      if (bound !== undefined) this.#problems.push(`${flag} takes no value`);
      const counted = Number(this.#input[name] ?? 0) + 1;
      this.#input[name] = property.type === 'boolean' ? !known.isNegated : counted;
      return;
    }
    const text = bound ?? left.shift();
    if (text === undefined) this.#problems.push(`${flag} has no value`);
    else this.#input[name] = property.type === 'array' ? [...((this.#input[name] as unknown[] | undefined) ?? []), ...(valueFromText(property, text) as unknown[])] : valueFromText(property, text);
  }

  /** Required arguments get their words first; what is left goes to the optional ones, in order. */
  #assign(words: string[]): void {
    this.#positional.forEach(([name, property], index) => {
      const later = this.#positional.slice(index + 1).filter(([other]) => this.#required.includes(other)).length;
      const binding = property['x-structum'];
      if (binding.kind === 'argument' && binding.variadic === true) {
        const taken = words.splice(0, Math.max(0, words.length - later));
        if (taken.length > 0) this.#input[name] = taken.map((word) => valueFromText(property.items ?? {}, word));
      } else if (words.length > (this.#required.includes(name) ? 0 : later)) {
        this.#input[name] = valueFromText(property, words.shift() ?? '');
      }
    });
    if (words.length > 0) this.#problems.push(`nothing takes the words ${words.map((word) => `"${word}"`).join(', ')}`);
  }
}

function positionOf(property: InputProperty): number {
  const binding = property['x-structum'];
  return binding.kind === 'argument' ? binding.position : -1;
}

function isSwitch([, property]: Field): boolean {
  const binding = property['x-structum'];
  return property.type === 'boolean' || (binding.kind === 'option' && binding.count === true);
}
