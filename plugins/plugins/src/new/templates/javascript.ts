import { camelCase, kebabCase, literal, propertyKey } from '../identifiers.js';
import type { PluginPlan } from '../plugin-plan.js';
import { packageJson } from './package-json.js';

/** The files of a new plugin in JavaScript. */
export function javascriptFiles(plan: PluginPlan): Readonly<Record<string, string>> {
  const file = `${kebabCase(plan.command)}-command`;
  return {
    '.gitignore': 'node_modules/\n*.tgz\n',
    'package.json': packageJson(plan, {
      exports: { '.': './src/index.js' },
      files: ['src'],
      scripts: {
        build: 'npm run manifest',
        manifest: 'structum plugins manifest',
        test: 'npm run build && mocha --recursive test',
        prepack: 'npm run build',
      },
      tools: ['mocha'],
    }),
    'src/index.js': plugin(plan, file),
    [`src/${file}.js`]: command(plan),
    [`test/${file}.test.js`]: test(plan),
  };
}

function plugin({ name, command: path, category, description, version }: PluginPlan, file: string): string {
  const variable = `${camelCase(path)}Command`;
  return `import { definePlugin } from '@structum/core';
import { ${variable} } from './${file}.js';

/** What \`structum ${path}\` comes from. */
export default definePlugin({
  name: ${literal(name)},
  category: ${literal(category)},
  description: ${literal(description)},
  engine: '^${version}',
  commands: [${variable}],
  module: import.meta.url,
});
`;
}

function command({ command: path, description }: PluginPlan): string {
  return `import { defineCommand } from '@structum/core';

/** Greets somebody. */
export const ${camelCase(path)}Command = defineCommand({
  path: ${literal(path)},
  description: ${literal(description)},
  examples: [{ command: ${literal(`structum ${path} Ada --times 2`)}, description: 'Greet Ada twice' }],
  arguments: {
    name: { description: 'Who to greet', default: 'world' },
  },
  options: {
    times: { flags: '-t,--times', description: 'How many times', default: 1, minimum: 1, maximum: 9 },
  },

  execute({ name, times }) {
    return { lines: Array.from({ length: times }, () => \`Hello, \${name}!\`) };
  },

  render({ lines }, out) {
    return out.line(lines.join('\\n'));
  },
});
`;
}

function test({ name, package: packageName, command: path }: PluginPlan): string {
  const plugin = `${camelCase(name)}Plugin`;
  return `import assert from 'node:assert/strict';
import { StructumError } from '@structum/core';
import { describeContract, testHost } from '@structum/core/testing';
import { afterEach, beforeEach, describe, it } from 'mocha';
import ${plugin} from ${literal(packageName)};

describe(${literal(`structum ${path}`)}, () => {
  let host;
  beforeEach(async () => { host = await testHost(${plugin}); });
  afterEach(() => host.dispose());

  it('greets the world', async () => {
    assert.deepEqual(await host.run(${literal(path)}), { lines: ['Hello, world!'] });
  });

  it('prints a line for each greeting', async () => {
    const { lines } = await host.capture(${literal(path)}, { name: 'Ada', times: 2 });
    assert.deepEqual(lines, ['Hello, Ada!', 'Hello, Ada!']);
  });

  it('does not go on for ever', async () => {
    await assert.rejects(host.run(${literal(path)}, { times: 10 }), (error) => StructumError.is(error) && error.code === 'INPUT_INVALID');
  });
});

describeContract({ describe, it }, new URL('..', import.meta.url), { samples: { ${propertyKey(path)}: [{ name: 'Ada', times: 2 }] } });
`;
}
