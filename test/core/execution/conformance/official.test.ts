import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Structum } from '@structum/core';
import { expect } from 'chai';
import { root, temporaryFolder, writeFiles } from '../../../support/folder.js';
import { isMissing } from './conformance.js';
import { ELSEWHERE, INLINE, type PlacedExecutor } from './executors.js';
import { outcomeOf, Text } from './probe-host.js';

const PLUGINS = ['tree', 'archive', 'plugins', 'config', 'completion'];

/** What a command may do that has an effect: a file that it writes, relative to the project. */
interface OfficialCall {
  readonly command: string;
  readonly input?: object;
  readonly writes?: string;
  /** Whether it needs to write beside what it may write. */
  readonly needsFolder?: boolean;
  /** Whether its text tells how long something took: then its columns are as wide as that. */
  readonly isTimed?: boolean;
}

const CALLS: readonly OfficialCall[] = [
  { command: 'tree' },
  { command: 'tree', input: { directory: 'src', depth: 1, stats: true, theme: 'ascii' } },
  { command: 'tree', input: { directory: 'nowhere' } },
  { command: 'archive', input: { directory: 'src', output: '-', ext: ['js'] } },
  { command: 'archive', input: { directory: 'nowhere' } },
  { command: 'plugins list', isTimed: true },
  { command: 'plugins list', input: { category: 'export' }, isTimed: true },
  { command: 'plugins why', input: { name: 'tree' } },
  { command: 'plugins why', input: { name: 'nobody' } },
  { command: 'plugins graph', input: { format: 'mermaid' } },
  { command: 'plugins new', input: { name: 'greet', dryRun: true, yes: true } },
  { command: 'config get', input: { key: 'plugins.tree.theme' } },
  { command: 'config get', input: { key: 'plugins.tree.nothing' } },
  { command: 'config list', input: { prefix: 'plugins.tree' } },
  { command: 'config explain', input: { key: 'plugins.tree.theme' } },
  { command: 'config validate' },
  { command: 'config schema' },
  { command: 'config path' },
  // In a sandbox it cannot write beside a file that it may write, as it does inline.
  { command: 'archive', input: { output: 'all.md' }, writes: 'all.md', needsFolder: true },
  ...['bash', 'zsh', 'fish'].map((shell) => ({ command: 'completion', input: { shell } })),
];

describe('executors: the official commands', () => {
  const project = temporaryFolder();
  let inline: Structum;

  before(async () => {
    writeFiles(project, {
      'src/index.js': 'export const answer = 42;\n', 'src/deep/er/text.txt': 'a text\n', 'README.md': '# A project\n\n```js\ncode\n```\n',
      'data.bin': new Uint8Array([0, 1, 2, 255]), '.gitignore': 'build/\nall.md\n', 'build/out.js': 'ignored\n', 'ümläut 🙂.md': 'ünï\n',
    });
    inline = await hostOf(project, INLINE);
  });
  after(() => inline.dispose());

  for (const executor of ELSEWHERE) {
    describe(executor.name, () => {
      let host: Structum;

      before(async function () {
        if (await isMissing(executor)) this.skip();
        host = await hostOf(project, executor);
      });
      after(() => (host as Structum | undefined)?.dispose());

      for (const call of CALLS.filter(({ needsFolder }) => needsFolder !== true || executor.name === 'worker')) {
        it(`${call.command} ${JSON.stringify(call.input ?? {})}`, async () => {
          expect(await observed(host, project, call)).to.deep.equal(await observed(inline, project, call));
        });
      }
    });
  }
});

function hostOf(cwd: string, { config }: PlacedExecutor): Promise<Structum> {
  const { executor } = (config['plugin_policy'] ?? {}) as { executor?: { probe: string } };
  const everywhere = executor === undefined ? {} : { plugin_policy: { executor: Object.fromEntries(PLUGINS.map((name) => [name, executor.probe])) } };
  return Structum.create({
    from: join(root, 'package.json'), cwd, plugins: PLUGINS.map((name) => `@structum/plugin-${name}`),
    config: { ...config, ...everywhere, plugins: { tree: { theme: 'ascii' } } },
  });
}

async function observed(host: Structum, cwd: string, { command, input = {}, writes, isTimed = false }: OfficialCall): Promise<unknown> {
  const output = new Text();
  const execution = host.start<string>(command as never, input as never, { output });
  const events: unknown[] = [];
  for await (const event of execution) if (event.type === 'item') events.push(event);
  const outcome = await outcomeOf(execution.result);
  const plain = JSON.stringify(outcome, (name, value: unknown) => (VARYING.has(name) ? undefined : value));
  return {
    outcome: plain, exitCode: execution.exitCode, events, text: isTimed ? output.text.replaceAll(/ .*/g, '') : output.text,
    ...(writes === undefined ? {} : { file: readFileSync(join(cwd, writes), 'utf8') }),
  };
}

/** What is different from call to call, or by where a plugin runs. */
const VARYING: ReadonlySet<string> = new Set(['duration', 'loadTime', 'timings', 'state', 'owned', 'running', 'stack']);
