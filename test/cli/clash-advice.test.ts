import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, type Finished } from '../support/cli-installation.js';
import { temporaryFolder } from '../support/folder.js';

/** A plugin whose commands answer its name; aliases after a bar: `tree|t`. */
function plugin(name: string, ...paths: readonly string[]): string {
  const commands = paths.map((names) => {
    const [path, ...aliases] = names.split('|');
    return `defineCommand({ path: '${String(path)}', aliases: ${JSON.stringify(aliases)}, description: '${name}', execute: () => '${name}' })`;
  });
  return `
    const { defineCommand, definePlugin } = require('@structum/core');
    exports.default = definePlugin({ name: '${name}', description: '${name}', commands: [${commands.join(', ')}] });`;
}

describe('what is advised where two plugins claim the same command', () => {
  let cli: CliInstallation;
  let home: string;

  before(async () => {
    cli = new CliInstallation().link('plugins');
    await cli.add('1', plugin('first', 'tree print', 'list|l'));
    await cli.add('2', plugin('acme/second', 'tree print', 'own'));
    await cli.add('3', plugin('third', 'l', 'three'));
    await cli.add('4', plugin('fourth', 'other|list', 'tree print|l', 'four', 'fourth l'));
  });

  beforeEach(() => {
    home = temporaryFolder();
  });

  const run = (...args: string[]): Promise<Finished> => cli.run(args, { env: { STRUCTUM_CONFIG_HOME: home } });
  const adviceFor = async (command: string): Promise<string> => {
    const { code, stdout, stderr } = await run(command);
    expect([code, stdout]).to.deep.equal([1, '']);
    return stderr;
  };
  /** Writes the first setting that is advised into the user's configuration, as it stands. */
  const follow = (advice: string): void => {
    const [setting = ''] = /plugin_policy: \{.*?\}(?=[.,] )/.exec(advice) ?? [];
    writeFileSync(join(home, 'config.yaml'), `${setting}\n`);
  };

  it('names both, with versions and folders', async () => {
    const folder = (number: number): string => join(cli.folder, 'node_modules', `structum-plugin-${String(number)}`);
    expect(await adviceFor('own')).to.contain(`The command "tree print" is claimed by both plugin "first" 1.2.3 (${folder(1)}) and plugin "acme/second" 1.2.3 (${folder(2)}).`);
  });

  const cases = [
    { what: 'a path of several words of a plugin with a scope', command: 'own', words: [['acme-second', 'tree', 'print']], name: 'acme/second' },
    { what: 'a path that is an alias of the other one', command: 'three', words: [['third', 'l']], name: 'third' },
    { what: 'paths and aliases at once, with a name that is taken', command: 'four', words: [['fourth', 'tree', 'print'], ['fourth', 'list'], ['fourth', 'l-2'], ['fourth', 'l']], name: 'fourth' },
  ];
  for (const { what, command, words, name } of cases) {
    it(`lets both be used when it is followed: ${what}`, async () => {
      follow(await adviceFor(command));
      for (const each of [...words, [command]]) expect(await run(...each)).to.deep.include({ code: 0, stdout: `${name}\n`, stderr: '' });
      expect((await run('tree', 'print')).stdout).to.equal('first\n');
    });
  }

  it('lets the other one be used when what it says is run', async () => {
    const [, words = ''] = /"structum ([^"]+)"/.exec(await adviceFor('own')) ?? [];
    expect((await run(...words.split(' '))).code).to.equal(0);
    expect((await run('tree', 'print')).stdout).to.equal('acme/second\n');
  });
});
