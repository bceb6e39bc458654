import type { PluginPlan } from '../plugin-plan.js';
import { licenseText } from './licenses.js';
import { NODES } from './versions.js';

/** The files of a new plugin that are the same in every language. */
export function commonFiles(plan: PluginPlan): Readonly<Record<string, string>> {
  const license = licenseText(plan);
  return {
    '.github/workflows/ci.yml': workflow(),
    'README.md': readme(plan),
    ...(license === undefined ? {} : { LICENSE: license }),
  };
}

function workflow(): string {
  return `name: CI

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  test:
    runs-on: \${{ matrix.os }}
    strategy:
      fail-fast: false
      matrix:
        os: [ubuntu-latest, macos-latest, windows-latest]
        node: [${NODES.join(', ')}]
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
        with:
          node-version: \${{ matrix.node }}
          package-manager-cache: false
      - run: npm install
      - run: npm test
      - run: npm run build
      - run: npm pack --dry-run
`;
}

function readme({ package: name, name: plugin, command, description, language, license }: PluginPlan): string {
  return `# ${name}

${sentence(description)} A plugin for [Structum](https://www.npmjs.com/package/structum).

## Use it

${INSTALL[license === 'UNLICENSED' ? 'private' : 'public'](name)}

\`\`\`sh
npx structum ${command} Ada --times 2
\`\`\`

\`\`\`text
Hello, Ada!
Hello, Ada!
\`\`\`

## Work on it

\`\`\`sh
npm install
npm test
\`\`\`

| script | what it does |
|---|---|
| \`npm run build\` | ${BUILDS[language]} |
| \`npm run manifest\` | makes the manifest alone |
| \`npm test\` | builds, then runs the tests |

Link the folder once, and your own \`structum\` has the plugin as it was last built:

\`\`\`sh
npm run build
structum plugins link
structum ${command}
\`\`\`

\`structum plugins unlink ${plugin}\` takes that back.
${license === 'UNLICENSED' ? '' : PUBLISH}`;
}

const INSTALL = {
  public: (name: string) => `\`\`\`sh
npm install structum ${name}
\`\`\``,
  private: (name: string) => `With \`structum\` and \`${name}\` installed in the same project:`,
};

const BUILDS = {
  ts: 'compiles, and makes the manifest that hosts read: `structum.manifest.json`',
  js: 'makes the manifest that hosts read: `structum.manifest.json`',
};

const PUBLISH = `
## Publish it

\`npm publish\` builds first. Raise the version before: it is the plugin's version too.
`;

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
