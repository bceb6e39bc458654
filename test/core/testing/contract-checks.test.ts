import { AssertionError } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { definePlugin } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { contractChecks, describeContract, expectManifestFresh, type ContractOptions } from '@structum/core/testing';
import { linkCore, root, temporaryFolder, writeFiles } from '../../support/folder.js';

const PACKAGE = {
  name: 'structum-plugin-greet',
  version: '1.2.3',
  type: 'module',
  exports: './index.js',
  files: ['*.js', 'structum.manifest.json'],
  keywords: ['structum-plugin'],
  structum: { manifest: './structum.manifest.json' },
  peerDependencies: { '@structum/core': '^2.0.0' },
};

const CODE = `
import { defineCommand, definePlugin } from '@structum/core';
const greet = defineCommand({
  path: 'greet', description: 'Greet somebody',
  examples: [{ command: 'structum greet Ada --times 2', description: 'Twice' }],
  arguments: { name: { type: 'string', description: 'Who' } },
  options: { times: { type: 'integer', default: 1, minimum: 1, maximum: 9, description: 'How often' } },
  execute: ({ name, times }) => ({ lines: Array(times).fill('Hello, ' + name) }),
  render: ({ lines }, out) => out.line(lines.join('\\n')),
});
export default definePlugin({ name: 'greet', description: 'Greetings', engine: '^2.0.0', commands: [greet] });
`;

/** A plugin's package with its manifest; `change` is what is wrong with its code. */
async function plugin({ packageJson = {}, code = CODE }: { packageJson?: object; code?: string } = {}): Promise<string> {
  const folder = temporaryFolder();
  writeFiles(folder, { 'package.json': { ...PACKAGE, ...packageJson }, 'index.js': code });
  linkCore(folder);
  const { manifest, file } = await generateManifest({ folder });
  writeFileSync(file, formatManifest(manifest));
  return folder;
}

/** What the checks say that fail, by their names. */
async function failures(folder: string | URL, options?: ContractOptions): Promise<Readonly<Record<string, string>>> {
  const failed: Record<string, string> = {};
  for (const { name, run } of contractChecks(folder, options)) {
    try {
      await run();
    } catch (error) {
      expect(error, name).to.be.an.instanceOf(AssertionError);
      failed[name] = (error as Error).message;
    }
  }
  return failed;
}

const only = async (folder: string, options?: ContractOptions): Promise<readonly [name: string, message: string]> => {
  const found = Object.entries(await failures(folder, options));
  expect(found.map(([name]) => name)).to.have.lengthOf(1);
  return found[0] ?? ['', ''];
};

describe('contractChecks', () => {
  it('are a list of names and functions', async () => {
    const checks = contractChecks(await plugin(), { samples: { greet: [{ name: 'Ada' }] } });
    expect(checks.map(({ name }) => name)).to.deep.equal([
      'its package can be published',
      'its manifest describes its code',
      'this version of the core can use it',
      'it comes up and goes down twice, and leaves nothing behind',
      'its samples are of commands that it has',
      'the help of "greet" reads well',
      'the examples of "greet" work',
      'the defaults of "greet" follow its own rules',
      '"greet" refuses fields that it does not know',
      '"greet" does not begin when it is cancelled before',
      '"greet" gives data and text for {"name":"Ada"}',
      '"greet" stops when it is cancelled, for {"name":"Ada"}',
    ]);
  });

  it('are all met by a plugin that is well', async () => {
    expect(await failures(await plugin(), { samples: { greet: [{ name: 'Ada' }, { name: 'Bob', times: 3 }] } })).to.deep.equal({});
    expect(await failures(pathToFileURL(`${await plugin()}/`))).to.deep.equal({});
  });

  it('find a missing manifest', async () => {
    const [name, message] = await only(temporaryFolder());
    expect(name).to.equal('it has a manifest');
    expect(message).to.include('structum plugins manifest');
  });

  it('find what is wrong with the package', async () => {
    const packageJson = { keywords: ['greeting'], files: ['src'], exports: './other.js', structum: { entry: './index.js' }, peerDependencies: {}, dependencies: { '@structum/core': '^2.0.0' } };
    const folder = await plugin({ packageJson });
    const [name, message] = await only(folder);
    expect(name).to.equal('its package can be published');
    expect(message.split('\n')).to.deep.equal([
      'The package of plugin "greet" cannot be published as it is:',
      '- its "keywords" lack "structum-plugin", by which registries list plugins',
      '- its "structum.manifest" is not "./structum.manifest.json"',
      '- @structum/core is among its "dependencies", which brings a second copy of it to every host',
      '- @structum/core is not among its "peerDependencies"',
      '- its "exports" name ./other.js, which does not exist',
      '- its "files" leave out structum.manifest.json',
      '- its "files" leave out ./index.js',
      `Correct ${join(folder, 'package.json')}.`,
    ]);
  });

  it('know the forms that "files" takes', async () => {
    for (const files of [undefined, ['.'], ['./index.js', 'structum.manifest.json'], ['**/*'], ['*.js', '*.json'], ['index.*', 'structum.*']]) {
      expect(await failures(await plugin({ packageJson: { files } })), JSON.stringify(files)).to.deep.equal({});
    }
  });

  it('find a manifest that does not describe the code, and show where', async () => {
    const folder = await plugin();
    const file = join(folder, 'structum.manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Greet somebody', 'Greet nobody'));
    const message = (await failures(folder))['its manifest describes its code'] ?? '';
    expect(message.split('\n')).to.deep.equal([
      `The manifest of plugin "greet", ${file}, does not describe its code:`,
      '- commands.greet.description: "Greet nobody" in the manifest, "Greet somebody" in the code',
      `Build the plugin, and run "structum plugins manifest" in ${folder}.`,
    ]);
    expect(await expectManifestFresh(folder).then(() => '', (error: unknown) => (error as Error).message)).to.equal(message);
  });

  it('find a plugin that does not work with this core', async () => {
    const found = await failures(await plugin({ code: CODE.replace('^2.0.0', '^1.0.0') }));
    expect(found['this version of the core can use it']).to.include('cannot be used by this version').and.include('^1.0.0');
  });

  it('fake what a plugin requires', async () => {
    expect(await failures(await plugin({ code: CODE.replace("engine: '^2.0.0'", "engine: '^2.0.0', requires: { tree: '>=2.1.0 <4' }") }))).to.deep.equal({});
  });

  it('fake what a plugin requires beside real plugins, also those that are named', async () => {
    const folder = await plugin({ code: CODE.replace("engine: '^2.0.0'", "engine: '^2.0.0', requires: { tree: '>=2.1.0 <4', map: '*', dot: '*' }") });
    const dot = (name: string): string => `import { definePlugin } from '@structum/core'; export default definePlugin({ name: '${name}', version: '1.0.0', description: '${name}' });`;
    writeFiles(folder, { 'test/dot.js': dot('dot') });
    const map = definePlugin({ name: 'map', version: '1.0.0', description: 'Maps' });
    expect(await failures(folder, { plugins: [map, './test/dot.js'] })).to.deep.equal({});
    expect(await failures(folder, { plugins: [map, './dot.js'], from: join(folder, 'test/any.js') })).to.deep.equal({});
  });

  it('find what is left behind', async () => {
    const code = CODE.replace("engine: '^2.0.0'", "onActivate() { setInterval(() => {}, 60_000).unref(); }, engine: '^2.0.0'");
    const [name, message] = await only(await plugin({ code }), { patience: 50 });
    expect(name).to.equal('it comes up and goes down twice, and leaves nothing behind');
    expect(message).to.include('- a timer, from ').and.include('index.js');
  });

  it('find a plugin that does not come up, and say what may help', async () => {
    const code = CODE.replace("engine: '^2.0.0'", "onActivate() { throw new Error('no key was set'); }, engine: '^2.0.0'");
    const [, message] = await only(await plugin({ code }));
    expect(message).to.include('Plugin "greet" did not come up').and.include('no key was set').and.include('settings: {…}');
  });

  it('find examples that do not work and help that does not read well', async () => {
    const code = CODE.replace('--times 2', '--times 20').replace("description: 'Who'", "description: 'Who\\u001b[1m'");
    const found = await failures(await plugin({ code }));
    expect(found).to.have.all.keys('the examples of "greet" work', 'the help of "greet" reads well');
    expect(found['the examples of "greet" work']).to.include('structum greet Ada --times 20: times must be at most 9');
    expect(found['the help of "greet" reads well']).to.include('the description of "name" has control characters');
  });

  it('find samples that fail, give more than data, or colour unasked', async () => {
    const samples = { greet: [{ name: 'Ada' }] };
    const text = '"greet" gives data and text for {"name":"Ada"}';
    const failing = await failures(await plugin({ code: CODE.replace("({ lines: Array(times).fill('Hello, ' + name) })", "{ throw new Error('closed today'); }") }), { samples });
    expect(failing[text]).to.include('closed today');
    const functions = await failures(await plugin({ code: CODE.replace("'Hello, ' + name)", 'name), later: () => name') }), { samples });
    expect(functions[text]).to.include('Give data only');
    const colours = await failures(await plugin({ code: CODE.replace("lines.join('\\n')", "'\\u001b[1m' + lines[0]") }), { samples });
    expect(colours[text]).to.include('Colour only where out.color is true.');
    expect(await failures(await plugin(), { samples: { great: [{}] } })).to.have.all.keys('its samples are of commands that it has');
  });

  it('find a command that goes on when it is cancelled', async function () {
    this.timeout(60_000);
    const endless = "new Promise((resolve) => setTimeout(resolve, 6_000))";
    const code = CODE.replace("({ lines: Array(times).fill('Hello, ' + name) })", `times === 9 ? ${endless} : { lines: [name] }`);
    const found = await failures(await plugin({ code }), { samples: { greet: [{ name: 'Ada' }] } });
    expect(found).to.deep.equal({});
    const stubborn = contractChecks(await plugin({ code }), { samples: { greet: [{ name: 'Ada', times: 9 }] } }).find(({ name }) => name.includes('stops when'));
    const error = await stubborn?.run().then(() => undefined, (thrown: unknown) => thrown as Error);
    expect(error?.message).to.include('goes on').and.include('context.signal');
  });
});

describe('describeContract', () => {
  it('makes a test of each check, for any runner with describe and it', async () => {
    const lines: string[] = [];
    const folder = await plugin();
    const runner = {
      describe: (name: string, body: () => void) => { lines.push(name); body(); },
      it: (name: string, body: () => Promise<void>) => { lines.push(`  ${name}, ${String(body.length)}`); },
    };
    describeContract(runner, folder);
    expect(lines.slice(0, 2)).to.deep.equal([`the contract of plugins: ${folder.split(/[\\/]/).at(-1) ?? ''}`, '  its package can be published, 0']);
    expect(lines).to.have.lengthOf(1 + contractChecks(folder).length);
  });
});

for (const [folder, options] of [
  ['plugins/tree', { files: { 'a/b.txt': 'text' }, samples: { tree: [{}, { directory: 'a' }] } }],
  ['plugins/archive', { files: { 'a/b.txt': 'text' } }],
  ['plugins/completion', {}],
  ['plugins/plugins', { samples: { 'plugins list': [{}] } }],
  ['samples/javascript-plugin', { files: { 'a.txt': 'two words' }, samples: { words: [{ files: ['a.txt'] }] } }],
] as const) {
  describeContract({ describe, it }, join(root, folder), options);
}
