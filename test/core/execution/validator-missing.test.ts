import { expect } from 'chai';
import { temporaryFolder, writeFiles } from '../../support/folder.js';
import { install } from '../../support/install.js';
import { runNode } from '../../support/run.js';

describe('a command whose input has rules of class-validator', () => {
  it('says so where class-transformer is not installed', async () => {
    const folder = temporaryFolder();
    install(folder, ['@structum/core', 'class-validator']);
    writeFiles(folder, { 'app.cjs': `
      const { Command, Option, Plugin, Structum } = require('@structum/core');
      const { IsEmail } = require('class-validator');
      class Input {}
      Option('--mail', { type: 'string', description: 'Whom to tell' })(Input.prototype, 'mail');
      IsEmail()(Input.prototype, 'mail');
      class Tell { execute() {} }
      Command({ path: 'tell', description: 'Tell', input: Input })(Tell);
      class TellPlugin {}
      Plugin({ name: 'tell', version: '1.0.0', description: 'Tells', commands: [Tell] })(TellPlugin);
      Structum.create({ plugins: [TellPlugin] }).then((structum) => structum.run('tell', { mail: 'a@example.org' })).catch((error) => console.log(error.code));
    ` });
    expect(await runNode(['app.cjs'], { cwd: folder })).to.include({ stdout: 'VALIDATOR_MISSING\n', stderr: '' });
  });
});
