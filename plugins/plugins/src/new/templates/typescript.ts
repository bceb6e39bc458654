import { kebabCase, literal, pascalCase, propertyKey } from '../identifiers.js';
import type { PluginPlan } from '../plugin-plan.js';
import { json, packageJson } from './package-json.js';

/** The files of a new plugin in TypeScript. */
export function typescriptFiles(plan: PluginPlan): Readonly<Record<string, string>> {
  const file = `${kebabCase(plan.command)}-command`;
  return {
    '.gitignore': 'node_modules/\nbuild/\ndist/\nstructum.manifest.json\n*.tgz\n',
    'package.json': packageJson(plan, {
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
      files: ['dist'],
      scripts: {
        build: 'tsc && npm run manifest',
        manifest: 'structum plugins manifest',
        test: 'npm run build && tsc --project test && mocha --recursive build',
        prepack: 'npm run build',
      },
      tools: ['@types/mocha', '@types/node', 'mocha', 'typescript'],
    }),
    'tsconfig.json': json(CONFIG),
    'src/index.ts': plugin(plan, file),
    [`src/${file}.ts`]: command(plan),
    'test/tsconfig.json': json(TEST_CONFIG),
    [`test/${file}.test.ts`]: test(plan),
  };
}

const CONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    verbatimModuleSyntax: true,
    experimentalDecorators: true,
    declaration: true,
    sourceMap: true,
    inlineSources: true,
    skipLibCheck: true,
    rootDir: 'src',
    outDir: 'dist',
  },
  include: ['src'],
};

const TEST_CONFIG = {
  extends: '../tsconfig.json',
  compilerOptions: { types: ['node', 'mocha'], declaration: false, rootDir: '.', outDir: '../build' },
  include: ['.'],
};

function plugin({ name, command: path, category, description, version }: PluginPlan, file: string): string {
  const type = pascalCase(path);
  return `import { Plugin, type OnActivate, type PluginContext } from '@structum/core';
import { ${type}Command, type ${type}Input, type ${type}Result } from './${file}.js';

declare module '@structum/core' {
  interface CommandMap {
    ${propertyKey(path)}: { input: Partial<${type}Input>; result: ${type}Result };
  }
}

/** What \`structum ${path}\` comes from. */
@Plugin({
  name: ${literal(name)},
  category: ${literal(category)},
  description: ${literal(description)},
  engine: '^${version}',
  commands: [${type}Command],
  module: import.meta.url,
})
export default class ${pascalCase(name)}Plugin implements OnActivate {
  /** Runs before the first command. What it starts goes to \`context.own(…)\`, and is ended with the plugin. */
  onActivate({ logger }: PluginContext): void {
    logger.debug('ready');
  }
}

export { ${type}Command, ${type}Input, type ${type}Result } from './${file}.js';
`;
}

function command({ command: path, description }: PluginPlan): string {
  const type = pascalCase(path);
  return `import { Argument, Command, Option, type Output } from '@structum/core';

/** What \`structum ${path}\` takes. */
export class ${type}Input {
  @Argument({ description: 'Who to greet' })
  name = 'world';

  @Option('-t,--times', { description: 'How many times', minimum: 1, maximum: 9 })
  times = 1;
}

/** What it gives, as data. */
export interface ${type}Result {
  readonly lines: readonly string[];
}

/** Greets somebody. */
@Command({
  path: ${literal(path)},
  description: ${literal(description)},
  examples: [{ command: ${literal(`structum ${path} Ada --times 2`)}, description: 'Greet Ada twice' }],
  input: ${type}Input,
})
export class ${type}Command {
  execute({ name, times }: ${type}Input): ${type}Result {
    return { lines: Array.from({ length: times }, () => \`Hello, \${name}!\`) };
  }

  render({ lines }: ${type}Result, out: Output): void | Promise<void> {
    return out.line(lines.join('\\n'));
  }
}
`;
}

function test({ name, package: packageName, command: path }: PluginPlan): string {
  const plugin = `${pascalCase(name)}Plugin`;
  return `import assert from 'node:assert/strict';
import { StructumError } from '@structum/core';
import { describeContract, testHost, type TestHost } from '@structum/core/testing';
import ${plugin} from ${literal(packageName)};

describe(${literal(`structum ${path}`)}, () => {
  let host: TestHost;
  beforeEach(async () => { host = await testHost(${plugin}); });
  afterEach(() => host.dispose());

  it('greets the world', async () => {
    assert.deepEqual(await host.run(${literal(path)}, {}), { lines: ['Hello, world!'] });
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
