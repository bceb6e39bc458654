/** What a new plugin is built and tested with. */
export const TOOLS = {
  '@types/mocha': '^10.0.10',
  '@types/node': '^20.19.0',
  mocha: '^12.0.0',
  typescript: '^6.0.0',
} as const;

/** The oldest Node that Structum runs on. */
export const NODE = '>=20.19.0';

/** The versions of Node that a new plugin is tested on: those that get fixes. */
export const NODES = ['20', '22', '24'] as const;
