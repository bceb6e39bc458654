import { lstatSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MANIFEST_FILE, SecurityService, Structum, type SandboxMode, type SecurityChecks } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { linkCore, root, temporaryFolder, writeFiles } from '../../../support/folder.js';
import type { PlacedExecutor } from './executors.js';
import type { OfficialCall } from './official-calls.js';
import { outcomeOf, Text } from './probe-host.js';

const PLUGINS = readdirSync(join(root, 'plugins'));

/** A host of all official plugins, in a project of its own. */
export class OfficialHost implements AsyncDisposable {
  readonly structum: Structum;
  /** What holds the project, and the folders of its user. */
  readonly #folder: string;

  private constructor(structum: Structum, folder: string) {
    this.structum = structum;
    this.#folder = folder;
  }

  static async create({ config }: PlacedExecutor): Promise<OfficialHost> {
    const folder = temporaryFolder();
    await writeWorld(folder);
    const cwd = join(folder, 'project');
    const { executor } = (config['plugin_policy'] ?? {}) as { executor?: { probe: string } };
    const everywhere = executor === undefined ? {} : { plugin_policy: { executor: Object.fromEntries(PLUGINS.map((name) => [name, executor.probe])) } };
    const structum = await Structum.create({
      from: join(root, 'package.json'), cwd, plugins: PLUGINS.map((name) => `@structum/plugin-${name}`),
      discover: { host: false, linkFolder: join(folder, 'data/links') },
      configSources: { global: join(folder, 'config'), project: cwd }, trustProject: () => true, dataFolder: join(folder, 'data/data'),
      env: { ...SYSTEM, STRUCTUM_DATA_HOME: join(folder, 'data'), EDITOR: `"${process.execPath}" -e 0` },
      config: { ...config, ...everywhere }, coreServices: { [SecurityService.id]: CHECKS },
    });
    return new OfficialHost(structum, folder);
  }

  /** Everything that somebody outside sees of a call, wherever its folders are. */
  async observe(command: string, { input = {}, changes, isTimed }: OfficialCall): Promise<unknown> {
    const output = new Text();
    const execution = this.structum.start<string>(command as never, input as never, { output });
    const events: unknown[] = [];
    for await (const event of execution) if (event.type === 'item') events.push(event);
    const outcome = await outcomeOf(execution.result);
    const observed = {
      outcome, exitCode: execution.exitCode, events, text: isTimed === true ? output.text.replaceAll(/ .*/g, '') : output.text,
      ...(changes === true ? { files: filesIn(this.#folder) } : {}),
    };
    return JSON.parse(JSON.stringify(observed, (name, value: unknown) => (VARYING.has(name) ? undefined : this.#placeless(value)))) as unknown;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.structum.dispose();
  }

  #placeless(value: unknown): unknown {
    return typeof value === 'string' ? value.replaceAll(this.#folder, '<folder>') : value;
  }
}

/** What is different from call to call, or by where a plugin runs. */
const VARYING: ReadonlySet<string> = new Set(['duration', 'loadTime', 'timings', 'state', 'owned', 'running', 'stack']);

/** The attacks themselves take long, and the host makes them: the tests of the plugin do. */
const CHECKS: SecurityChecks = {
  checkControls: (mode: SandboxMode = 'standard') => Promise.resolve({
    mode, broken: mode === 'strict' ? ['network'] : [],
    controls: [{ control: 'files', by: 'kernel', means: 'bubblewrap', verdict: 'holds' }, { control: 'network', by: 'node', verdict: 'degraded', detail: 'by Node alone' }],
  }),
};

/** What shells need to start a program. */
const SYSTEM = Object.fromEntries(['PATH', 'SystemRoot', 'ComSpec', 'PATHEXT'].map((name) => [name, process.env[name]]));

/** A project with files of all kinds, two plugins under development, and settings of the project and its user. */
async function writeWorld(folder: string): Promise<void> {
  writeFiles(folder, {
    'config/config.yaml': '# The user\'s\nplugins:\n  tree:\n    theme: emoji\n',
    'project/.structum.yaml': 'plugins: { tree: { theme: ascii } }\n', 'project/.structum.test.yaml': 'plugins: { tree: { theme: none } }\n',
    'project/src/index.js': 'export const answer = 42;\n', 'project/src/deep/er/text.txt': 'a text\n', 'project/README.md': '# A project\n\n```js\ncode\n```\n',
    'project/data.bin': new Uint8Array([0, 1, 2, 255]), 'project/.gitignore': 'build/\nall.md\ngreet/\nlinked/\n', 'project/build/out.js': 'ignored\n', 'project/ümläut 🙂.md': 'ünï\n',
  });
  for (const name of ['greet', 'linked']) {
    linkCore(join(folder, 'project', name));
    writeFiles(join(folder, 'project', name), {
      'package.json': { name, version: '1.0.0', main: './index.cjs', keywords: ['structum-plugin'], structum: {} },
      'index.cjs': `const { definePlugin } = require('@structum/core');\nexports.default = definePlugin({ name: '${name}', description: 'Greets', permissions: { read: ['$workspace'] }, commands: [] });\n`,
    });
  }
  const { manifest } = await generateManifest({ folder: join(folder, 'project/linked') });
  writeFiles(folder, { [`project/linked/${MANIFEST_FILE}`]: formatManifest(manifest), 'data/links/README.md': '' });
  symlinkSync(join(folder, 'project/linked'), join(folder, 'data/links/linked'), 'junction');
}

/** What is in a folder, by path; links by where they lead, packages that are installed left out. */
function filesIn(folder: string, below = folder): Readonly<Record<string, string>> {
  return Object.assign({}, ...readdirSync(below).filter((name) => name !== 'node_modules').map((name) => {
    const path = join(below, name);
    const stats = lstatSync(path);
    if (stats.isDirectory()) return filesIn(folder, path);
    return { [relative(folder, path)]: stats.isSymbolicLink() ? `-> ${readlinkSync(path)}` : readFileSync(path, 'base64') };
  })) as Readonly<Record<string, string>>;
}
