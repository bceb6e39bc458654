/** A line of a file, and what it is about. */
export interface Line {
  readonly text: string;
  /** The key that it says something about; of a comment, the mapping that it is in. */
  readonly path: readonly string[];
  /** Whether it begins a mapping: it may change when what is in that does. */
  readonly isHead: boolean;
  /** Whether it says nothing but a comment. */
  readonly isComment?: boolean;
  /** Of a line of a list, or a comment above it: the item. */
  readonly item?: { readonly value: unknown; readonly isTable?: boolean };
}

type Data = Readonly<Record<string, unknown>>;

/** Data in one of the ways that people write it, with comments where there may be some; each choice is a number. */
export function linesOf(format: 'yaml' | 'json' | 'toml', data: Data, choices: readonly number[]): readonly Line[] {
  let next = 0;
  const choose = (ways: number): number => {
    next += 1;
    return (choices[next % choices.length] ?? 0) % ways;
  };
  const comment = (path: readonly string[], indent: string): readonly Line[] => (choose(3) === 0 ? [{ text: `${indent}# note ${String(next)}`, path: [...path, '#'], isHead: false, isComment: true }] : []);
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
        const inside = indent + (choose(2) === 0 ? unit : '');
        return [{ text: `${start}:${behind()}`, path: at, isHead: true }, ...value.flatMap((item: unknown) => itemLines(item, at, inside, `- ${JSON.stringify(item)}${behind()}`))];
      }
      if (typeof value === 'string' && /^[a-z]+(?:\n[a-z]+)*\n$/.test(value)) {
        return [{ text: `${start}: |${behind()}`, path: at, isHead: false }, ...value.trimEnd().split('\n').map((line) => ({ text: indent + unit + line, path: at, isHead: false }))];
      }
      return [{ text: `${start}: ${JSON.stringify(value)}${behind()}`, path: at, isHead: isData(value) }];
    });
    return [...entries, ...comment(path, indent)];
  }

  function itemLines(value: unknown, path: readonly string[], indent: string, written: string): readonly Line[] {
    return [...(format === 'json' ? [] : comment(path, indent)), { text: indent + written, path, isHead: false }].map((line) => ({ ...line, path, item: { value } }));
  }

  /** A list over several lines, in brackets. */
  function bracketLines(list: readonly unknown[], path: readonly string[], indent: string, before: string, [write, after]: readonly [(value: unknown) => string, string]): readonly Line[] {
    const items = list.flatMap((value, index) => itemLines(value, path, indent + unit, `${write(value)}${index < list.length - 1 ? ',' : ''}${format === 'json' ? '' : behind()}`));
    return [{ text: `${indent}${before}[`, path, isHead: true }, ...items, { text: `${indent}]${after}`, path, isHead: true }];
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
      if (Array.isArray(value) && value.length > 0 && choose(2) === 0) return bracketLines(value, at, indent + unit, `${JSON.stringify(name)}: `, [JSON.stringify, comma]);
      return [{ text: `${indent}${unit}${JSON.stringify(name)}: ${JSON.stringify(value)}${comma}`, path: at, isHead: false }];
    });
    return [{ text: `${indent}${before}{`, path, isHead: true }, ...inner, { text: `${indent}}${after}`, path, isHead: true }];
  }

  function toml(map: Data): readonly Line[] {
    return tableLines(map, [], []);
  }

  /** A value in one line, with dots between keys here and there. */
  function inline(value: unknown): string {
    return tomlValue(value, () => choose(3) === 0);
  }

  function tableLines(map: Data, path: readonly string[], header: readonly Line[]): readonly Line[] {
    const entries = Object.entries(map);
    const isTable = new Set(entries.filter(([, value]) => (isData(value) || isTables(value)) && choose(3) > 0).map(([name]) => name));
    const pairs = entries.filter(([name]) => !isTable.has(name)).flatMap(([name, value]): readonly Line[] => [...comment(path, ''), ...(Array.isArray(value) && value.length > 0 && choose(2) === 0
      ? bracketLines(value, [...path, name], '', `${tomlKey(name)} = `, [inline, ''])
      : [{ text: `${tomlKey(name)} = ${inline(value)}${behind()}`, path: [...path, name], isHead: isData(value) }])]);
    const tables = entries.filter(([name]) => isTable.has(name)).flatMap(([name, value]) => {
      const at = [...path, name];
      if (isTables(value)) return value.flatMap((item) => arrayTable(item, at));
      return tableLines(isData(value) ? value : {}, at, [{ text: `[${at.map(tomlKey).join('.')}]${behind()}`, path: at, isHead: true }]);
    });
    return [...header, ...pairs, ...comment(path, ''), ...tables];
  }

  function arrayTable(item: Data, path: readonly string[]): readonly Line[] {
    const pairs = Object.entries(item).flatMap(([name, value]) => itemLines(item, path, '', `${tomlKey(name)} = ${inline(value)}${behind()}`));
    return [...itemLines(item, path, '', `[[${path.map(tomlKey).join('.')}]]${behind()}`), ...pairs].map((line) => ({ ...line, item: { value: item, isTable: true } }));
  }
}

function tomlKey(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name);
}

function tomlValue(value: unknown, isDotted: () => boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => tomlValue(item, isDotted)).join(', ')}]`;
  return isData(value) ? `{${inlinePairs(value, '', isDotted).join(', ')}}` : JSON.stringify(value);
}

function inlinePairs(map: Data, lead: string, isDotted: () => boolean): readonly string[] {
  return Object.entries(map).flatMap(([name, value]) => {
    const path = lead + tomlKey(name);
    return isData(value) && Object.keys(value).length > 0 && isDotted() ? inlinePairs(value, `${path}.`, isDotted) : [`${path} = ${tomlValue(value, isDotted)}`];
  });
}

function isTables(value: unknown): value is readonly Data[] {
  return Array.isArray(value) && value.length > 0 && value.every(isData);
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
