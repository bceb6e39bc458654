/** `hello world` → `HelloWorld`: the name of a class. */
export function pascalCase(words: string): string {
  return notADigitFirst(wordsOf(words).map(capitalised).join(''));
}

/** `hello world` → `helloWorld`: the name of a variable, once something that is no keyword follows. */
export function camelCase(words: string): string {
  const [first = '', ...others] = wordsOf(words);
  return notADigitFirst([first, ...others.map(capitalised)].join(''));
}

/** `hello world` → `hello-world`: the name of a file. */
export function kebabCase(words: string): string {
  return wordsOf(words).join('-');
}

/** A string literal, as code has it. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll('\'', '\\\'')}'`;
}

/** The key of an object or interface, as code has it. */
export function propertyKey(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : literal(name);
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[^a-z0-9]+/).filter((word) => word !== '');
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function notADigitFirst(name: string): string {
  return /^\d/.test(name) ? `_${name}` : name;
}
