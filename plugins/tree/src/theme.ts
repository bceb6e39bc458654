import { extname } from 'node:path';
import type { TreeEntry } from './tree-result.js';

/** The looks that a tree can have. */
export const THEMES = ['unicode', 'ascii', 'emoji', 'nerd', 'none'] as const;

/**
 * The look of a tree: lines drawn with box characters or in ASCII; the same with icons, as emoji or from a
 * "Nerd Font"; or no lines at all, only indentation.
 */
export type Theme = (typeof THEMES)[number];

/** What the lines of a tree are made of. */
export interface Look {
  /** Before an entry that others of its folder follow. */
  readonly branch: string;
  /** Before the last entry of a folder. */
  readonly corner: string;
  /** Below an entry that others of its folder follow. */
  readonly trunk: string;
  /** Below the last entry of a folder. */
  readonly gap: string;
  readonly arrow: string;
  /** What stands before the name. */
  icon(entry: TreeEntry): string;
}

/** The parts that `theme` draws with. */
export function lookOf(theme: Theme): Look {
  return LOOKS[theme];
}

const noIcon = (): string => '';
const box = { branch: '├── ', corner: '└── ', trunk: '│   ', gap: '    ', arrow: '->' };

const LOOKS: Readonly<Record<Theme, Look>> = {
  unicode: { ...box, icon: noIcon },
  ascii: { branch: '|-- ', corner: '`-- ', trunk: '|   ', gap: '    ', arrow: '->', icon: noIcon },
  emoji: { ...box, icon: (entry) => `${EMOJI[entry.kind]} ` },
  nerd: { ...box, icon: (entry) => `${nerdIcon(entry)} ` },
  none: { branch: '', corner: '', trunk: '  ', gap: '  ', arrow: '->', icon: noIcon },
};

const EMOJI: Readonly<Record<TreeEntry['kind'], string>> = { directory: '📁', file: '📄', symlink: '🔗', other: '🔌' };

/** Code points of the private area that "Nerd Fonts" fill, version 3. */
const NERD: Readonly<Record<TreeEntry['kind'], string>> = { directory: '\uf07b', file: '\uf15b', symlink: '\uf481', other: '\uf1e6' };

const NERD_BY_EXTENSION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\ue628': ['.ts', '.mts', '.cts'],
    '\ue781': ['.js', '.mjs', '.cjs'],
    '\ue7ba': ['.tsx', '.jsx'],
    '\ue60b': ['.json', '.jsonc', '.json5'],
    '\ue73e': ['.md', '.mdx'],
    '\ue736': ['.html', '.htm'],
    '\ue749': ['.css'],
    '\ue603': ['.scss', '.sass'],
    '\ue606': ['.py'],
    '\ue738': ['.java'],
    '\ue627': ['.go'],
    '\ue7a8': ['.rs'],
    '\ue739': ['.rb'],
    '\ue73d': ['.php'],
    '\ue61e': ['.c', '.h'],
    '\ue61d': ['.cpp', '.cc', '.hpp'],
    '\ue795': ['.sh', '.bash', '.zsh', '.fish'],
    '\ue615': ['.yaml', '.yml', '.toml', '.ini'],
    '\uf1c5': ['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp', '.ico'],
    '\uf1c6': ['.zip', '.gz', '.tgz', '.tar', '.xz', '.7z'],
    '\uf1c1': ['.pdf'],
    '\uf023': ['.lock'],
  }).flatMap(([icon, extensions]) => extensions.map((extension) => [extension, icon] as const)),
);

function nerdIcon({ path, kind }: TreeEntry): string {
  return (kind === 'file' ? NERD_BY_EXTENSION.get(extname(path).toLowerCase()) : undefined) ?? NERD[kind];
}
