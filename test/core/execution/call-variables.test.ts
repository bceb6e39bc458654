import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Structum, type ExecutorKind, type PluginClass } from '@structum/core';
import { expect } from 'chai';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** A plugin that tells what its option got, which may come from a variable. */
async function probe(env: readonly string[]): Promise<PluginClass> {
  const folder = temporaryFolder();
  linkCore(folder);
  writeFiles(folder, {
    'package.json': { name: 'structum-plugin-probe', version: '1.0.0', type: 'module' },
    'index.js': `
      import { defineCommand, definePlugin } from '@structum/core';
      export default definePlugin({
        name: 'probe', description: 'Tells its option', module: import.meta.url, permissions: { env: ${JSON.stringify(env)} },
        commands: [defineCommand({
          path: 'probe', description: 'Tells', options: { word: { description: 'What it tells', type: 'string', env: 'PROBE_WORD' } }, execute: ({ word }) => word ?? 'nothing',
        })],
      });`,
  });
  const { default: plugin } = (await import(pathToFileURL(join(folder, 'index.js')).href)) as { default: PluginClass };
  return plugin;
}

async function told(env: readonly string[], executor: ExecutorKind): Promise<unknown> {
  const structum = await Structum.create({
    plugins: [await probe(env)], env: { PROBE_WORD: 'secret' }, config: { plugin_policy: { executor: { probe: executor } } },
  });
  try {
    return await structum.run('probe');
  } finally {
    await structum.dispose();
  }
}

describe('the variables that options come from', () => {
  it('are those that the plugin may see, where it is confined', async () => {
    expect(await told([], 'process')).to.equal('nothing');
    expect(await told(['PROBE_*'], 'process')).to.equal('secret');
  });

  it('are all that the host has, where it is not', async () => {
    for (const executor of ['inline', 'worker'] as const) expect(await told([], executor), executor).to.equal('secret');
  });
});
