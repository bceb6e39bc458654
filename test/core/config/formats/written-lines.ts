/** A line of a file, and what it is about. */
export interface Line {
  readonly text: string;
  /** The key that it says something about; of a comment, the mapping that it is in. */
  readonly path: readonly string[];
  /** Whether it begins a mapping: it may change when what is in that does. */
  readonly isHead: boolean;
}

type Data = Readonly<Record<string, unknown>>;

/** Data in one of the ways that people write it, with comments where there may be some; each choice is a number. */
export function linesOf(format: 'yaml' | 'json' | 'toml', data: Data, choices: readonly number[]): readonly Line[] {
  let next = 0;
  const choose = (ways: number): number => {
    next += 1;
    return (choices[next % choices.length] ?? 0) % ways;
  };
  const comment = (path: readonly string[], indent: string): readonly Line[] => (choose(3) === 0 ? [{ text: `${indent}# note ${String(next)}`, path: [...path, '#'], isHead: false }] : []);
  const behind = (): string => (choose(4) === 0 ? ` # behind ${String(next)}` : '');
  const unit = [' ', '  ', '    '][choose(3)] ?? '';
  if (format === 'yaml') return yaml(data, [], '');
  return format === 'json' ? json(data, choose(4) === 0) : toml(data);

  function yaml(map: Data, path: readonly string[], indent: string): readonly Line[] {
    const entries = Object.entries(map).flatMap(([name, value]): readonly Line[] => {
      const at = [...path, name];
      const start = indent + JSON.stringify(name).replace(/^"([a-z]+)"$/, (quoted, plain: string) => (['true', 'null'].includes(plain) ? quoted : plain));
      if (isData(value) && Object.keys(value).length > 0 && choose(4) > 0) return [...comment(path, indent), { text: `${start}:${behind()}`, path: at, isHead: true }, ...yaml(value, at, indent + unit)];
      if (Array.isArray(value) && value.length > 0 && choose(2) === 0) {
        return [{ text: `${start}:${behind()}`, path: at, isHead: false }, ...value.map((item) => ({ text: `${indent}${choose(2) === 0 ? unit : ''}- ${JSON.stringify(item)}`, path: at, isHead: false }))].map(evenly);
      }
      if (typeof value === 'string' && /^[a-z]+(?:\n[a-z]+)*\n$/.test(value)) {
        return [{ text: `${start}: |${behind()}`, path: at, isHead: false }, ...value.trimEnd().split('\n').map((line) => ({ text: indent + unit + line, path: at, isHead: false }))];
      }
      return [{ text: `${start}: ${JSON.stringify(value)}${behind()}`, path: at, isHead: isData(value) }];
    });
    return [...entries, ...comment(path, indent)];
  }

  function json(map: Data, isOneLine: boolean): readonly Line[] {
    if (isOneLine) return [{ text: JSON.stringify(map), path: [], isHead: true }];
    return objectLines(map, [], '', '', '');
  }

  function objectLines(map: Data, path: readonly string[], indent: string, before: string, after: string): readonly Line[] {
    const names = Object.keys(map);
    if (names.length === 0) return [{ text: `${indent}${before}{}${after}`, path, isHead: true }];
    const inner = names.flatMap((name, index): readonly Line[] => {
      const at = [...path, name];
      const value = map[name];
      const comma = index < names.length - 1 ? ',' : '';
      if (isData(value)) return objectLines(value, at, indent + unit, `${JSON.stringify(name)}: `, comma);
      return [{ text: `${indent}${unit}${JSON.stringify(name)}: ${JSON.stringify(value)}${comma}`, path: at, isHead: false }];
    });
    return [{ text: `${indent}${before}{`, path, isHead: true }, ...inner, { text: `${indent}}${after}`, path, isHead: true }];
  }

  function toml(map: Data): readonly Line[] {
    return tableLines(map, [], []);
  }

  function tableLines(map: Data, path: readonly string[], header: readonly Line[]): readonly Line[] {
    const entries = Object.entries(map);
    const isTable = new Set(entries.filter(([, value]) => isData(value) && choose(3) > 0).map(([name]) => name));
    const pairs = entries.filter(([name]) => !isTable.has(name)).flatMap(([name, value]): readonly Line[] =>
      [...comment(path, ''), { text: `${tomlKey(name)} = ${tomlValue(value)}${behind()}`, path: [...path, name], isHead: isData(value) }]);
    const tables = entries.filter(([name]) => isTable.has(name)).flatMap(([name, value]) => {
      const at = [...path, name];
      return tableLines(isData(value) ? value : {}, at, [{ text: `[${at.map(tomlKey).join('.')}]${behind()}`, path: at, isHead: true }]);
    });
    return [...header, ...pairs, ...comment(path, ''), ...tables];
  }
}

function tomlKey(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}

function tomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  return isData(value) ? `{${Object.entries(value).map(([name, item]) => `${tomlKey(name)} = ${tomlValue(item)}`).join(', ')}}` : JSON.stringify(value);
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list are indented like the first one. */
function evenly(line: Line, index: number, lines: readonly Line[]): Line {
  const indent = /^ */.exec(lines[1]?.text ?? '')?.[0] ?? '';
  return index === 0 ? line : { ...line, text: indent + line.text.trimStart() };
}
