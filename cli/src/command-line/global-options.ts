/** An option that every command has, because the command line itself acts on it. */
export interface GlobalOption {
  readonly name: keyof GlobalValues;
  readonly flags: readonly string[];
  /** What stands for the value in the help; without it the option takes none. */
  readonly placeholder?: string;
  /** Whether it may be given several times. */
  readonly isList?: true;
  /** Whether `--no-<name>` turns it off. */
  readonly negatable?: true;
  readonly description: string;
}

/** What was said with global options. */
export interface GlobalValues {
  /** The folder to work in. */
  cwd?: string;
  /** The environment whose configuration counts. */
  env?: string;
  /** One more configuration file. */
  config?: string;
  /** Settings: `plugins.tree.theme=ascii`. */
  set?: readonly string[];
  json?: boolean;
  quiet?: boolean;
  verbose?: boolean;
  /** Left to the terminal and the environment when undefined. */
  color?: boolean;
  timings?: boolean;
  watch?: boolean;
  help?: boolean;
  version?: boolean;
}

export const GLOBAL_OPTIONS: readonly GlobalOption[] = [
  { name: 'cwd', flags: ['--cwd'], placeholder: 'folder', description: 'Work in this folder' },
  { name: 'env', flags: ['--env'], placeholder: 'name', description: 'Heed the configuration of this environment too: production' },
  { name: 'config', flags: ['--config'], placeholder: 'file', description: 'Heed this configuration file too' },
  { name: 'set', flags: ['--set'], placeholder: 'key=value', isList: true, description: 'Set something for this run: plugins.tree.theme=ascii' },
  { name: 'json', flags: ['--json'], description: 'Print the result as JSON, a stream as one line per item' },
  { name: 'quiet', flags: ['-q', '--quiet'], description: 'Print no progress, and no messages but errors' },
  { name: 'verbose', flags: ['--verbose'], description: 'Print debug messages, and the stacks of errors' },
  { name: 'color', flags: ['--color'], negatable: true, description: 'Colour the output, or do not' },
  { name: 'timings', flags: ['--timings'], description: 'Print where the time went' },
  { name: 'watch', flags: ['--watch'], description: 'Run the command again when the files of its plugin change' },
  { name: 'help', flags: ['-h', '--help'], description: 'Print help for all commands, a group, or one command' },
  { name: 'version', flags: ['--version'], description: 'Print the version' },
];

/** Every flag that commands cannot have. */
export const RESERVED_FLAGS: readonly string[] = GLOBAL_OPTIONS.flatMap(({ flags, negatable }) =>
  negatable === true ? [...flags, ...flags.map(negationOf)] : flags,
);

/** `--no-color` for `--color`. */
export function negationOf(flag: string): string {
  return `--no-${flag.slice('--'.length)}`;
}
