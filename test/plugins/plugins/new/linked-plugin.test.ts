import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation } from '../../../support/cli-installation.js';
import { temporaryFolder } from '../../../support/folder.js';
import { install } from '../../../support/install.js';
import { runNpm } from '../../../support/npm.js';

for (const language of ['ts', 'js']) {
  describe(`A new plugin in ${language}, linked`, function () {
    this.timeout(60_000);
    const env = { STRUCTUM_DATA_HOME: temporaryFolder(), STRUCTUM_CACHE_HOME: temporaryFolder() };
    let cli: CliInstallation;
    let folder: string;

    before(async () => {
      cli = new CliInstallation().link('plugins');
      const cwd = temporaryFolder();
      folder = join(cwd, 'hello');
      expect(await cli.run(['plugins', 'new', 'hello', '--language', language], { cwd })).to.include({ code: 0, stderr: '' });
      const { devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { devDependencies: object };
      install(folder, Object.keys(devDependencies));
      expect(await runNpm(['run', 'build'], folder)).to.include({ code: 0 });
    });

    it('runs at once, in whatever folder', async () => {
      expect(await cli.run(['hello'], { env })).to.include({ code: 2 });
      const linked = await cli.run(['plugins', 'link'], { cwd: folder, env });
      expect(linked).to.include({ code: 0, stderr: '' });
      expect(linked.stdout).to.match(/^Linked "hello" 1\.0\.0: .*hello\nTry: structum hello --help\n$/);
      expect(await cli.run(['hello', 'Ada', '--times', '2'], { cwd: temporaryFolder(), env })).to.include({ code: 0, stdout: 'Hello, Ada!\nHello, Ada!\n', stderr: '' });
    });

    it('is used as it was last built', async () => {
      const file = language === 'ts' ? 'src/hello-command.ts' : 'src/hello-command.js';
      writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace('Who to greet', 'Whom to greet').replace('Hello, ', 'Good day, '));
      expect(await runNpm(['run', 'build'], folder)).to.include({ code: 0 });
      expect(await cli.run(['hello'], { env })).to.include({ code: 0, stdout: 'Good day, world!\n', stderr: '' });
      expect((await cli.run(['hello', '--help'], { env })).stdout).to.include('Whom to greet');
    });

    it('is gone when it is unlinked', async () => {
      expect(await cli.run(['plugins', 'unlink', 'hello'], { env })).to.include({ code: 0 });
      expect(await cli.run(['hello'], { env })).to.include({ code: 2 });
    });
  });
}
