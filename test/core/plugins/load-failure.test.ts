import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Structum } from '@structum/core';
import { generateManifest } from '@structum/core/manifest';
import { expect } from 'chai';
import ts from 'typescript';
import { failure } from '../../support/errors.js';
import { PluginFolder } from './reload/plugin-folder.js';

const BROKEN: Readonly<Record<string, { readonly lines: readonly string[]; readonly line: number }>> = {
  'a syntax error': { lines: ['// first', 'export const fine = 1;', 'export const text = ;'], line: 3 },
  'an import of a file that is not there': { lines: ['// first', `import './missing.js';`, `export const text = 'one';`], line: 2 },
  'an import of a package that is not there': { lines: ['', '', `import 'not-there/part';`, `export const text = 'one';`], line: 3 },
  'an import of a name that is not there': { lines: [`export const text = 'one';`, `import { missing } from './other.js';`], line: 2 },
  'an error when it is run': { lines: [`export const text = 'one';`, '', '', `throw new Error('broken');`], line: 4 },
};

const INDEX = `
  import { definePlugin } from '@structum/core';
  export default definePlugin({ name: 'text', version: '1.0.0', description: 'text', commands: [() => import('./lib/command.js')] });
`;

describe('an error of loading', () => {
  let folder: PluginFolder;

  beforeEach(() => {
    folder = new PluginFolder();
  });

  /** The plugin "text", which imports `lib/text.js` with its command, or at once. */
  const broken = async (text: string, when: 'with its command' | 'at once'): Promise<string> => {
    folder.writeText('text', 'two');
    if (when === 'at once') folder.write('text', { 'index.js': `import './lib/text.js';\n${INDEX}` });
    await folder.writeManifest('text');
    folder.write('text', { 'lib/text.js': text, 'lib/other.js': 'export const other = 1;' });
    return join(folder.folderOf('text'), 'lib', 'text.js');
  };

  for (const [what, { lines, line }] of Object.entries(BROKEN)) {
    for (const when of ['with its command', 'at once'] as const) {
      it(`names the line of ${what}, imported ${when}`, async () => {
        const file = await broken(lines.join('\n'), when);
        await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
        const error = await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
        expect(error.details?.['at']).to.equal(`${file}:${String(line)}`);
        expect(error.message).to.contain(`Plugin "text" failed to load from ${file}:${String(line)}: `);
      });
    }
  }

  it('names the line of a version that is loaded beside the old one, too', async () => {
    const file = await broken(`export const text = 'one';`, 'with its command');
    await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
    await structum.run('text');
    writeFileSync(file, '// first\nexport const text = ;');
    const error = await failure('RELOAD_FAILED', structum.reload('text'));
    expect(error.message).to.contain(`${file}:2: `);
    expect(error.message).not.to.contain('structum=');
  });

  it('names the line that its author wrote, where a source map tells', async () => {
    const file = await broken(`export const text = 'one';`, 'with its command');
    const source = join(folder.folderOf('text'), 'src', 'text.ts');
    const typescript = `interface Unused {\n  readonly text: string;\n}\n\nexport const text: Unused['text'] = 'one';\nthrow new Error('broken');\n`;
    const { outputText, sourceMapText = '' } = ts.transpileModule(typescript, {
      fileName: '../src/text.ts', compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, sourceMap: true },
    });
    folder.write('text', { 'src/text.ts': typescript, 'lib/text.js': outputText, 'lib/text.js.map': sourceMapText.replace('"text.ts"', '"../src/text.ts"') });
    await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
    const error = await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
    expect(error.details?.['at']).to.equal(`${source}:6`);
    expect(file).to.contain('lib');
  });

  it('does not blame who only waits for it', async () => {
    const file = await broken(`globalThis.JSON.parse('{');\nexport const text = 'one';`, 'with its command');
    const waiting = async (): Promise<unknown> => {
      await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
      return await structum.run('text');
    };
    expect((await failure('PLUGIN_LOAD_FAILED', waiting())).details?.['at']).to.equal(`${file}:1`);
  });

  it('says that the entry is missing, and how to make it', async () => {
    folder.writeText('text', 'one');
    await folder.writeManifest('text');
    rmSync(join(folder.folderOf('text'), 'index.js'));
    await using structum = await Structum.create({ from: folder.from, plugins: ['text'] });
    const error = await failure('PLUGIN_LOAD_FAILED', structum.run('text'));
    expect(error.message).to.contain('its entry is missing');
    expect(error.hint).to.contain('npm run build');
  });

  it('is the same where a manifest is made', async () => {
    folder.writeText('text', 'one');
    const file = join(folder.folderOf('text'), 'lib', 'text.js');
    writeFileSync(file, '\n\nexport const text = ;');
    const error = await failure('PLUGIN_LOAD_FAILED', generateManifest({ folder: folder.folderOf('text') }));
    expect(error.details?.['at']).to.equal(`${file}:3`);
  });
});
