import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Structum, type ExecutorKind, type PluginClass } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { linkCore, temporaryFolder, writeFiles } from '../../support/folder.js';

/** A plugin that can be loaded elsewhere: it replaces the file that its user names, and tries others. */
async function probe(): Promise<PluginClass> {
  const folder = temporaryFolder();
  linkCore(folder);
  writeFiles(folder, {
    'package.json': { name: 'structum-plugin-probe', version: '1.0.0', type: 'module' },
    'index.js': `
      import { readFileSync, renameSync } from 'node:fs';
      import { defineCommand, definePlugin, writeAtomically } from '@structum/core';
      const file = { description: 'What to replace', type: 'string', path: 'write' };
      const named = (path, description, execute) => defineCommand({ path, description, arguments: { file }, execute });
      const whole = async (context, path, text = 'new') => {
        const replacement = await context.replaceFile(path);
        await replacement.write(text);
        await replacement.commit();
      };
      export default definePlugin({
        name: 'probe', description: 'Replaces files', module: import.meta.url, permissions: { read: ['$workspace'], write: ['$workspace/own'] },
        commands: [
          named('replace', 'In pieces', async ({ file }, context) => {
            const replacement = await context.replaceFile(file, { durable: false });
            const bytes = new Uint8Array(3 * 2 ** 20).fill(97);
            void replacement.write('first ');
            await replacement.write(bytes);
            bytes.fill(98);
            await replacement.write(bytes.subarray(0, 3));
            await replacement.finish();
            const before = readFileSync(file, 'utf8');
            await replacement.commit();
            await replacement.discard();
            return before;
          }),
          named('discard', 'In the end not', async ({ file }, context) => {
            const replacement = await context.replaceFile(file);
            await replacement.write('unwanted');
            await replacement.discard();
            await (await context.replaceFile(file)).write('forgotten');
            await (await context.replaceFile('own/file')).write('forgotten');
          }),
          named('fail', 'Whose error is what the system says', async ({ file }, context) => {
            try { await whole(context, file); } catch ({ code, syscall, path }) { return { code, syscall, hasPath: typeof path === 'string' }; }
          }),
          named('other', 'Another one', ({ file }, context) => whole(context, file + '.other')),
          named('atomic', 'In one go', ({ file }) => writeAtomically(file, 'new')),
          named('atomic other', 'Another one in one go', ({ file }) => writeAtomically(file + '.other', 'new')),
          named('own', 'In the folder of its own', (_input, context) => whole(context, 'own/file')),
          named('mislead', 'Changes a link on the way first', async ({ file }, context) => {
            renameSync('own/other', 'own/link');
            await whole(context, file);
          }),
          named('many', 'Many at once', async ({ file }, context) => { for (let count = 0; count < 65; count += 1) await context.replaceFile(file); }),
          named('finished', 'Many, one after the other', async ({ file }, context) => { for (let count = 0; count < 65; count += 1) await (await context.replaceFile(file)).finish(); }),
          named('much', 'Much', ({ file }, context) => whole(context, file, 'x'.repeat(2000))),
          named('wrong', 'Nonsense', ({ file }, context) => context.replaceFile(file, { durable: 'very' })),
        ],
      });`,
  });
  return ((await import(pathToFileURL(join(folder, 'index.js')).href)) as { default: PluginClass }).default;
}

describe('context.replaceFile()', () => {
  for (const executor of ['inline', 'worker', 'process'] as const satisfies readonly ExecutorKind[]) {
    describe(executor, () => {
      let cwd: string;
      let host: Structum;
      const denials: unknown[] = [];

      beforeEach(async () => {
        cwd = temporaryFolder();
        mkdirSync(join(cwd, 'own'));
        denials.length = 0;
        host = await Structum.create({ plugins: [await probe()], cwd, config: { plugin_policy: { executor: { probe: executor } }, security: { limits: { output: 4_000_000 }, plugins: { probe: { commands: { much: { limits: { output: 1000 } } } } } } } });
        host.on('permission:denied', ({ permission, wanted }) => { denials.push({ permission, wanted }); });
      });
      afterEach(() => host.dispose());

      it('puts a new content in its place in one step, and leaves nothing else', async () => {
        const file = join(cwd, 'file');
        writeFileSync(file, 'old', { mode: 0o640 });
        expect(await host.run('replace', { file })).to.equal('old');
        expect(readFileSync(file, 'utf8')).to.equal(`first ${'a'.repeat(3 * 2 ** 20)}bbb`);
        if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).to.equal(0o640);
        expect(readdirSync(cwd).sort()).to.deep.equal(['file', 'own']);
      });

      it('takes paths relative to the folder of the call', async () => {
        const folder = temporaryFolder();
        mkdirSync(join(folder, 'own'));
        await host.run('own', { file: 'x' }, { cwd: folder });
        expect(readFileSync(join(folder, 'own/file'), 'utf8')).to.equal('new');
      });

      it('leaves everything as it was without a commit', async () => {
        await host.run('discard', { file: 'file' });
        expect(readdirSync(cwd)).to.deep.equal(['own']);
        expect(readdirSync(join(cwd, 'own'))).to.deep.equal([]);
      });

      it('fails as node:fs does', async () => {
        expect(await host.run('fail', { file: 'none/file' })).to.deep.equal({ code: 'ENOENT', syscall: 'open', hasPath: true });
        mkdirSync(join(cwd, 'folder'));
        expect(await host.run('fail', { file: 'folder' })).to.deep.equal({ code: 'EISDIR', syscall: 'open', hasPath: true });
      });

      it('says what is wrong with what it is asked', async () => {
        await failure('OPTION_INVALID', host.run('wrong', { file: 'file' }));
      });

      it('is what writeAtomically() does', async () => {
        for (const file of [join(cwd, 'file'), join(cwd, 'own/file')]) {
          await host.run('atomic', { file });
          expect(readFileSync(file, 'utf8')).to.equal('new');
        }
      });

      if (executor !== 'process') return;

      it('leaves no process behind that may still write what the user named', async () => {
        const waiting = (): number | undefined => host.registry.plugin('probe')?.owned.length;
        await host.run('atomic', { file: join(cwd, 'own/file') });
        expect(waiting()).to.equal(1);
        await host.run('atomic', { file: join(cwd, 'file') });
        expect(waiting()).to.equal(1);
        await using other = await Structum.create({ plugins: [await probe()], cwd, config: { plugin_policy: { executor: { probe: executor } } } });
        await other.run<string>('atomic' as never, { file: join(cwd, 'file') } as never);
        expect(other.registry.plugin('probe')?.owned).to.deep.equal([]);
      });

      it('is only for what the user named, and for what the plugin may write', async () => {
        const error = await failure('PERMISSION_DENIED', host.run('other', { file: 'file' }));
        expect(error.details).to.include({ plugin: 'probe', permission: 'write', wanted: join(cwd, 'file.other') });
        expect(denials).to.deep.equal([{ permission: 'write', wanted: join(cwd, 'file.other') }]);
        await failure('PERMISSION_DENIED', host.run('atomic other', { file: join(cwd, 'file') }));
        await host.run('own', { file: 'file' });
        expect(readdirSync(cwd)).to.deep.equal(['own']);
      });

      it('keeps the permissions of what lies in the plugin\'s own folder, too', async function () {
        if (process.platform === 'win32') this.skip();
        writeFileSync(join(cwd, 'own/file'), 'old', { mode: 0o640 });
        await host.run('own', { file: 'file' });
        expect(readFileSync(join(cwd, 'own/file'), 'utf8')).to.equal('new');
        expect(statSync(join(cwd, 'own/file')).mode & 0o777).to.equal(0o640);
      });

      it('is not for where a link leads that the plugin has changed', async function () {
        if (process.platform === 'win32') this.skip();
        for (const name of ['meant', 'elsewhere']) mkdirSync(join(cwd, name));
        symlinkSync('../meant', join(cwd, 'own/link'));
        symlinkSync('../elsewhere', join(cwd, 'own/other'));
        await failure('PERMISSION_DENIED', host.run('mislead', { file: 'own/link/file' }));
        expect([...readdirSync(join(cwd, 'meant')), ...readdirSync(join(cwd, 'elsewhere'))]).to.deep.equal([]);
      });

      it('counts as output, and as open files', async () => {
        expect((await failure('LIMIT_EXCEEDED', host.run('much', { file: 'file' }))).details).to.include({ limit: 'output', allowed: 1000 });
        expect((await failure('LIMIT_EXCEEDED', host.run('many', { file: 'file' }))).details).to.include({ limit: 'openFiles', allowed: 64 });
        await host.run('finished', { file: 'file' });
        expect(readdirSync(cwd)).to.deep.equal(['own']);
      });
    });
  }
});
