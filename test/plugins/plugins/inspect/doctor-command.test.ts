import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliInstallation, finished, type CliRunOptions } from '../../../support/cli-installation.js';
import { writeFiles } from '../../../support/folder.js';
import { writePackage } from '../../../support/plugin-package.js';

const plugin = (name: string, more = '', path = name): string => `
  const { defineCommand, definePlugin } = require('@structum/core');
  exports.default = definePlugin({ name: '${name}', description: '${name}', ${more}
    commands: [defineCommand({ path: '${path}', description: '${name}', execute: () => '${name} ran' })] });`;

interface Finding {
  readonly severity: string;
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  readonly fix?: string;
  readonly affects?: readonly string[];
}

describe('structum plugins doctor', () => {
  let cli: CliInstallation;
  beforeEach(() => { cli = new CliInstallation().link('plugins'); });

  const packageOf = (name: string): string => join(cli.folder, 'node_modules', `structum-plugin-${name}`);
  const home = (...path: string[]): string => join(cli.folder, 'home', ...path);
  const doctor = (args: readonly string[] = [], options: CliRunOptions = {}) => cli.run(['plugins', 'doctor', ...args], options);

  /** What is found, and the exit code. */
  async function diagnosis(args: readonly string[] = ['--no-manifests'], options: CliRunOptions = {}): Promise<{ code: number | null; plugins: number; findings: Finding[] }> {
    const { code, stdout } = await doctor(['--json', ...args], options);
    return { code, ...(JSON.parse(stdout) as { plugins: number; findings: Finding[] }) };
  }

  /** The one finding there is. */
  async function only(args?: readonly string[], options?: CliRunOptions): Promise<Finding & { exit: number | null }> {
    const { code: exit, findings } = await diagnosis(args, options);
    expect(findings.map(({ code, subject }) => `${code} ${subject}`)).to.have.length(1);
    const [finding] = findings;
    if (finding === undefined) throw new Error('Nothing was found.');
    return { ...finding, exit };
  }

  describe('with nothing wrong', () => {
    it('says so, and how many plugins it looked at', async () => {
      await cli.add('base', plugin('base'));
      await cli.add('top', plugin('top', `requires: { base: '^1.0.0' }, optional: { absent: '*' },`));
      expect(await doctor()).to.include({ code: 0, stdout: 'No problems found: 3 plugins.\n' });
      expect(await diagnosis(['--strict'])).to.deep.equal({ code: 0, plugins: 3, findings: [] });
    });
  });

  describe('with an index', () => {
    const indexes = (): string[] => readdirSync(home('cache/plugins')).map((name) => home('cache/plugins', name)).filter((file) => file.endsWith('.index'));

    it('tells of one that was damaged, and is mended', async () => {
      expect((await diagnosis()).findings).to.deep.equal([]);
      for (const file of indexes()) writeFileSync(file, 'no index at all');
      const { code, findings } = await diagnosis(['--no-manifests', '--strict']);
      expect({ code, codes: new Set(findings.map((finding) => finding.code)) }).to.deep.equal({ code: 0, codes: new Set(['INDEX_DAMAGED']) });
      expect(indexes()).to.include(findings[0]?.subject);
      expect((await diagnosis()).findings).to.deep.equal([]);
    });

    it('tells of one that did not know what is installed', async () => {
      await cli.add('base', plugin('base'));
      await diagnosis();
      writeFileSync(join(packageOf('base'), 'structum.manifest.json'), JSON.stringify({ ...JSON.parse(readFileSync(join(packageOf('base'), 'structum.manifest.json'), 'utf8')) as object, description: 'Edited' }));
      expect(await only()).to.deep.include({ severity: 'info', code: 'INDEX_STALE', exit: 0 });
      expect((await diagnosis()).findings).to.deep.equal([]);
    });

    it('warns of one that cannot be kept', async () => {
      writeFiles(home(), { cache: 'a file where the folder belongs' });
      const { code, findings } = await diagnosis();
      expect(code).to.equal(0);
      expect(findings[0]).to.deep.include({ severity: 'warning', code: 'INDEX_UNWRITABLE' });
      expect(findings[0]?.fix).to.contain('STRUCTUM_CACHE_HOME');
    });
  });

  describe('with packages', () => {
    it('names manifests that cannot be used, and how to make them', async () => {
      writeFiles(cli.folder, { 'node_modules/broken/structum.manifest.json': '{' });
      const folder = join(cli.folder, 'node_modules/broken');
      expect(await only()).to.deep.include({ exit: 1, severity: 'error', code: 'MANIFEST_UNREADABLE', subject: folder, fix: `structum plugins manifest ${JSON.stringify(folder)}` });
    });

    it('warns of packages that say they are plugins, and have no manifest', async () => {
      await cli.add('base', plugin('base'));
      writeFiles(join(cli.folder, 'node_modules'), {
        '@acme/undescribed/package.json': { name: '@acme/undescribed', keywords: ['structum-plugin'] },
        'unrelated/package.json': { name: 'unrelated', keywords: ['structum'] },
        'damaged/package.json': '{ structum',
      });
      const folder = join(cli.folder, 'node_modules/@acme/undescribed');
      expect(await only()).to.deep.include({ exit: 0, severity: 'warning', code: 'MANIFEST_MISSING', subject: folder, fix: `structum plugins manifest ${JSON.stringify(folder)}` });
    });

    it('tells how to unlink a plugin that hides behind another one', async () => {
      await cli.add('twice', plugin('twice'));
      const elsewhere = join(cli.folder, 'elsewhere/twice');
      writePackage(elsewhere, 'twice');
      mkdirSync(home('data/links'), { recursive: true });
      symlinkSync(elsewhere, home('data/links/twice'), 'junction');
      expect(await only()).to.deep.include({ severity: 'warning', code: 'PLUGIN_DUPLICATE', fix: `structum plugins unlink ${JSON.stringify(elsewhere)}` });
    });

    it('warns of a second copy of the core in the same version, and calls another version an error', async () => {
      await cli.add('own', plugin('own'));
      const { version } = JSON.parse(readFileSync(join(cli.folder, 'node_modules/@structum/core/package.json'), 'utf8')) as { version: string };
      const copy = { 'node_modules/@structum/core/index.cjs': 'throw new Error("none of this may run");' };
      writeFiles(packageOf('own'), { ...copy, 'node_modules/@structum/core/package.json': { name: '@structum/core', version } });
      expect(await only()).to.deep.include({ exit: 0, severity: 'warning', code: 'CORE_DUPLICATE', subject: 'own' });
      writeFiles(packageOf('own'), { 'node_modules/@structum/core/package.json': { name: '@structum/core', version: '2.999.0' } });
      const finding = await only();
      expect(finding).to.deep.include({ exit: 1, severity: 'error', code: 'CORE_DUPLICATE' });
      expect(finding.message).to.contain('2.999.0').and.contain(packageOf('own'));
      expect(finding.fix).to.contain(`@structum/core@${version}`);
    });

    it('looks for the core of a linked plugin from its real folder', async () => {
      const elsewhere = join(cli.folder, 'elsewhere/linked');
      writePackage(elsewhere, 'linked');
      writeFiles(elsewhere, { 'node_modules/@structum/core/package.json': { name: '@structum/core', version: '2.999.0' } });
      mkdirSync(home('data/links'), { recursive: true });
      symlinkSync(elsewhere, home('data/links/linked'), 'junction');
      expect(await only()).to.deep.include({ severity: 'error', code: 'CORE_DUPLICATE', subject: 'linked' });
      const { version } = JSON.parse(readFileSync(join(cli.folder, 'node_modules/@structum/core/package.json'), 'utf8')) as { version: string };
      writeFiles(elsewhere, { 'node_modules/@structum/core/package.json': { name: '@structum/core', version } });
      expect(await only(['--no-manifests', '--strict'])).to.deep.include({ exit: 0, severity: 'info', code: 'CORE_DUPLICATE', subject: 'linked' }).and.not.have.property('fix');
    });

    it('tells once of the copy that the plugins of a folder share', async () => {
      const { version } = JSON.parse(readFileSync(join(cli.folder, 'node_modules/@structum/core/package.json'), 'utf8')) as { version: string };
      for (const name of ['one', 'two']) writePackage(home(`data/plugins/node_modules/${name}`), name);
      writeFiles(home('data/plugins/node_modules'), { '@structum/core/package.json': { name: '@structum/core', version } });
      expect(await only()).to.deep.include({ exit: 0, severity: 'info', code: 'CORE_DUPLICATE' });
    });

    it('finds a copy that a package brings which a plugin uses, however deep, and tells of it once', async () => {
      for (const name of ['one', 'two']) await cli.add(name, plugin(name), { dependencies: { outer: '*' } });
      writeFiles(join(cli.folder, 'node_modules'), {
        'outer/package.json': { name: 'outer', version: '1.0.0', dependencies: { '@acme/inner': '*', 'not-there': '*', outer: '*' } },
        'outer/node_modules/@acme/inner/package.json': { name: '@acme/inner', version: '1.0.0', dependencies: { '@structum/core': '^1.0.0', outer: '*' } },
        'outer/node_modules/@acme/inner/node_modules/@structum/core/package.json': { name: '@structum/core', version: '1.9.0' },
      });
      const finding = await only();
      expect(finding).to.deep.include({ exit: 0, severity: 'warning', code: 'CORE_DUPLICATE', subject: 'one' });
      expect(finding.message).to.contain('Package "@acme/inner", which plugin "one" uses').and.contain('(1.9.0)');
      expect(finding.fix).to.contain('"@acme/inner"');
    });

    it('tells which of two packages with one plugin is used', async () => {
      await cli.add('twice', plugin('twice'));
      writePackage(home('data/plugins/node_modules/twice'), 'twice');
      const finding = await only();
      expect(finding).to.deep.include({ exit: 0, severity: 'warning', code: 'PLUGIN_DUPLICATE', subject: 'twice' });
      expect(finding.message).to.contain(packageOf('twice'));
    });
  });

  describe('with what plugins ask for', () => {
    it('names a command that two have, and the line that renames one', async () => {
      await cli.add('one', plugin('one', '', 'build'));
      await cli.add('two', plugin('two', '', 'build'));
      const finding = await only();
      expect(finding).to.deep.include({ exit: 1, severity: 'error', code: 'COMMAND_DUPLICATE', subject: 'two' });
      expect(finding.fix).to.contain('plugin_policy').and.contain('renames');
    });

    it('names plugins that are for another version of the core', async () => {
      await cli.add('old', plugin('old', `engine: '^1.0.0',`));
      expect(await only()).to.deep.include({ exit: 1, severity: 'error', code: 'ENGINE_MISMATCH', subject: 'old' });
    });

    it('names what is missing once, with everybody who cannot be used because of it', async () => {
      await cli.add('low', plugin('low', `requires: { absent: '^3.0.0' },`));
      await cli.add('middle', plugin('middle', `requires: { low: '*' },`));
      await cli.add('top', plugin('top', `requires: { middle: '*' },`));
      expect(await only()).to.deep.include({ exit: 1, severity: 'error', code: 'REQUIREMENT_MISSING', subject: 'low', affects: ['middle', 'top'] });
    });

    for (const layers of [3, 20]) {
      it(`names what is missing once below ${String(layers)} layers of plugins that require all of the next one`, async () => {
        const namesOf = (layer: number): string[] => Array.from({ length: 3 }, (_none, index) => `l${String(layer)}-${String(index)}`);
        const upper = Array.from({ length: layers }, (_none, layer) => layer);
        const write = (name: string, required: readonly string[]): void => {
          writePackage(packageOf(name), name, { requires: Object.fromEntries(required.map((other) => [other, '*'])) });
        };
        for (const layer of upper) for (const name of namesOf(layer)) write(name, layer + 1 === layers ? ['last'] : namesOf(layer + 1));
        write('last', ['gone']);
        expect(await only()).to.deep.include({ code: 'REQUIREMENT_MISSING', subject: 'last', affects: upper.flatMap(namesOf).sort() });
      });
    }

    it('names the plugin at fault, whichever of several ways lead to it', async () => {
      writePackage(packageOf('top'), 'top', { requires: { one: '*', two: '*' } });
      for (const name of ['one', 'two']) writePackage(packageOf(name), name, { requires: { low: '*', [`${name}-of-two`]: '*' } });
      writePackage(packageOf('low'), 'low', { requires: { absent: '*' } });
      const { findings } = await diagnosis();
      expect(findings.map(({ subject, affects }) => [subject, affects])).to.deep.equal([['low', ['one', 'top', 'two']], ['one', ['top']], ['two', ['top']]]);
    });

    it('names each of several reasons', async () => {
      await cli.add('base', plugin('base'));
      await cli.add('unfit', plugin('unfit', `requires: { absent: '*', base: '^9.0.0' },`));
      const { findings } = await diagnosis();
      expect(findings.map(({ code, subject }) => [code, subject])).to.deep.equal([['REQUIREMENT_MISMATCH', 'unfit'], ['REQUIREMENT_MISSING', 'unfit']]);
    });

    it('names a circle once', async () => {
      await cli.add('ring', plugin('ring', `requires: { loop: '*' },`));
      await cli.add('loop', plugin('loop', `requires: { ring: '*' },`));
      const finding = await only();
      expect(finding).to.deep.include({ exit: 1, severity: 'error', code: 'REQUIREMENT_CYCLE' });
      expect([finding.subject, ...finding.affects ?? []].sort()).to.deep.equal(['loop', 'ring']);
    });

    it('tells of disabled plugins only where others need them', async () => {
      await cli.add('base', plugin('base'));
      writeFiles(home(), { 'config/config.yaml': 'plugin_policy:\n  enabled:\n    base: false\n' });
      expect((await diagnosis()).findings).to.deep.equal([]);
      await cli.add('top', plugin('top', `requires: { base: '*' },`));
      expect(await only()).to.deep.include({ exit: 0, severity: 'warning', code: 'PLUGIN_DISABLED', subject: 'base', affects: ['top'], fix: 'structum plugins enable base' });
    });

    it('says how plugins of a project come to be trusted, and runs none of them', async () => {
      const project = join(cli.folder, 'project');
      writeFiles(project, { 'package.json': {}, '.git/HEAD': '' });
      writePackage(join(project, 'node_modules/stranger'), 'stranger');
      const finding = await only([], { cwd: project });
      expect(finding).to.deep.include({ exit: 0, severity: 'info', code: 'PLUGIN_UNTRUSTED', subject: 'stranger' });
      expect(finding.fix).to.contain(`trusted_projects: [${JSON.stringify(project)}]`);
    });
  });

  describe('with what the user decided', () => {
    it('names links that lead nowhere, and links to no plugin', async () => {
      mkdirSync(home('data/links/@team'), { recursive: true });
      symlinkSync(join(cli.folder, 'gone'), home('data/links/@team/gone'), 'junction');
      expect(await only()).to.deep.include({ exit: 0, severity: 'warning', code: 'LINK_DANGLING', subject: '@team/gone', fix: 'structum plugins unlink @team/gone' });
      expect(await cli.run(['plugins', 'unlink', '@team/gone'])).to.include({ code: 0 });
      mkdirSync(join(cli.folder, 'plain'));
      symlinkSync(join(cli.folder, 'plain'), home('data/links/plain'), 'junction');
      expect(await only()).to.deep.include({ code: 'MANIFEST_MISSING', subject: 'plain', fix: `structum plugins manifest ${JSON.stringify(join(cli.folder, 'plain'))}` });
    });

    it('names the files of a scope where one counts and there are two: nobody knows what is decided', async () => {
      const project = join(cli.folder, 'project');
      writeFiles(home('config'), { 'config.yaml': '', 'config.json': '{}' });
      writeFiles(project, { '.git/HEAD': '', '.structum.yaml': '', '.structum.toml': '' });
      const { code, findings } = await diagnosis([], { cwd: project });
      expect(code).to.equal(1);
      expect(findings.map((finding) => [finding.severity, finding.code, finding.subject])).to.deep.equal([
        ['error', 'CONFIG_AMBIGUOUS', home('config/config.yaml')],
        ['error', 'CONFIG_AMBIGUOUS', join(project, '.structum.yaml')],
        ['info', 'MANIFESTS_UNCHECKED', 'plugin_policy'],
      ]);
      expect(findings[0]?.message).to.contain('config.json');
      expect(findings[0]?.fix).to.be.a('string');
    });

    it('names what is wrong in files that are not shared, and in those for an environment', async () => {
      const project = join(cli.folder, 'project');
      writeFiles(home('config'), { 'config.test.yaml': 'plugin_policy: { enabled: [] }' });
      writeFiles(project, { '.git/HEAD': '', '.structum.local.yaml': '', '.structum.local.json': '{}' });
      const { code, findings } = await diagnosis(['--no-manifests', '--env', 'test'], { cwd: project });
      expect(code).to.equal(1);
      expect(findings.map((finding) => [finding.severity, finding.code, finding.subject])).to.deep.equal([
        ['error', 'CONFIG_FILE_INVALID', home('config/config.test.yaml')],
        ['error', 'CONFIG_AMBIGUOUS', join(project, '.structum.local.yaml')],
      ]);
    });

    it('leaves alone what a user decides about plugins that only some projects have', async () => {
      writeFiles(home('config'), { 'config.yaml': 'plugin_policy: { enabled: { onlyhere: false }, renames: { elsewhere: { a: b } } }' });
      const { findings } = await diagnosis(['--no-manifests', '--strict']);
      expect(findings.map(({ severity, code, subject, fix }) => [severity, code, subject, fix])).to.deep.equal([
        ['info', 'POLICY_PLUGIN_UNKNOWN', 'elsewhere', undefined], ['info', 'POLICY_PLUGIN_UNKNOWN', 'onlyhere', undefined],
      ]);
    });

    it('says that a plugin is not there which a project or a variable names, and where', async () => {
      const project = join(cli.folder, 'project');
      writeFiles(project, { '.git/HEAD': '', '.structum.yaml': 'plugin_policy: { enabled: { gone: false } }' });
      const { findings } = await diagnosis(undefined, { cwd: project, env: { STRUCTUM_PLUGIN_POLICY__ENABLED__ABSENT: 'false' } });
      expect(findings.map(({ severity, subject }) => [severity, subject])).to.deep.equal([['warning', 'absent'], ['warning', 'gone']]);
      expect(findings[0]?.fix).to.equal('Unset STRUCTUM_PLUGIN_POLICY__ENABLED__ABSENT.');
      expect(findings[1]?.fix).to.contain(join(project, '.structum.yaml'));
    });

    it('says of no plugin that it is not there while a manifest cannot be read: it may be that one', async () => {
      const project = join(cli.folder, 'project');
      writeFiles(project, { '.git/HEAD': '', '.structum.yaml': 'plugin_policy: { enabled: { onlyhere: false } }' });
      writeFiles(packageOf('onlyhere'), { 'structum.manifest.json': '{' });
      expect(await only(undefined, { cwd: project })).to.deep.include({ code: 'MANIFEST_UNREADABLE' });
    });

    it('names plugins, commands and folders in a policy that are not there', async () => {
      await cli.add('tree', plugin('tree'));
      writeFiles(home(), { 'config/config.yaml': JSON.stringify({ plugin_policy: {
        enabled: { tre: false, tree: true },
        renames: { tree: { tree: 'show', bush: 'shrub' } },
        aliases: { t: 'show', v: 'vanished', 'plugins list': 'show' },
        folders: ['./none'],
      } }) });
      const { code, findings } = await diagnosis();
      expect(code).to.equal(0);
      expect(findings.map((finding) => [finding.severity, finding.code, finding.subject])).to.deep.equal([
        ['warning', 'POLICY_FOLDER_MISSING', home('config/none')],
        ['warning', 'POLICY_COMMAND_UNKNOWN', 'bush'],
        ['warning', 'POLICY_ALIAS_TAKEN', 'plugins list'],
        ['warning', 'POLICY_PLUGIN_UNKNOWN', 'tre'],
        ['warning', 'POLICY_COMMAND_UNKNOWN', 'vanished'],
      ]);
      for (const { fix } of findings) expect(fix).to.contain(home('config/config.yaml'));
    });
  });

  describe('comparing manifests with the code', () => {
    it('names the plugin whose manifest is stale, what differs, and how to make it again', async () => {
      await cli.add('base', plugin('base'));
      writeFileSync(join(packageOf('base'), 'index.cjs'), plugin('base', `optional: { other: '*' },`));
      const finding = await only([]);
      expect(finding).to.deep.include({ exit: 1, severity: 'error', code: 'MANIFEST_STALE', subject: 'base', fix: `structum plugins manifest ${JSON.stringify(packageOf('base'))}` });
      expect(finding.message).to.contain(': optional.');
      expect((await diagnosis()).findings).to.deep.equal([]);
      expect(await cli.run(['plugins', 'manifest', packageOf('base')])).to.include({ code: 0 });
      expect((await diagnosis([])).findings.filter(({ severity }) => severity !== 'info')).to.deep.equal([]);
    });

    it('warns where only what people read differs: the host loads it nevertheless', async () => {
      await cli.add('base', plugin('base'));
      const packageJson = JSON.parse(readFileSync(join(packageOf('base'), 'package.json'), 'utf8')) as object;
      writeFiles(packageOf('base'), { 'package.json': { ...packageJson, keywords: ['structum-plugin', 'fast'] } });
      expect(await only([])).to.deep.include({ exit: 0, severity: 'warning', code: 'MANIFEST_STALE', subject: 'base' });
      expect(await cli.run(['base'])).to.include({ code: 0 });
    });

    it('names plugins that cannot be imported, and those that end their process', async () => {
      for (const name of ['throws', 'exits', 'chats']) await cli.add(name, plugin(name));
      writeFileSync(join(packageOf('throws'), 'index.cjs'), 'throw new Error("out of order");');
      writeFileSync(join(packageOf('exits'), 'index.cjs'), 'process.exit(3);');
      writeFileSync(join(packageOf('chats'), 'index.cjs'), `process.send({ hello: 'world' }); console.log('{}'); setInterval(() => undefined, 1e6); ${plugin('chats')}`);
      const { code, findings } = await diagnosis([]);
      expect(code).to.equal(1);
      expect(findings.map((finding) => [finding.severity, finding.code, finding.subject])).to.deep.equal([
        ['error', 'PLUGIN_IMPORT_ENDED', 'exits'],
        ['error', 'PLUGIN_LOAD_FAILED', 'throws'],
      ]);
      expect(findings[0]?.message).to.contain('exit code 3');
      expect(findings[1]?.message).to.contain('out of order');
    });

    it('gives up on a plugin whose import hangs, and tells of the others', async () => {
      await cli.add('hangs', plugin('hangs'));
      await cli.add('stale', plugin('stale'));
      writeFileSync(join(packageOf('hangs'), 'index.cjs'), 'for (;;);');
      writeFileSync(join(packageOf('stale'), 'index.cjs'), plugin('stale', '', 'other'));
      const { code, findings } = await diagnosis(['--import-limit', '3000']);
      expect(code).to.equal(1);
      expect(findings.map((finding) => [finding.code, finding.subject])).to.deep.equal([['PLUGIN_IMPORT_TIMEOUT', 'hangs'], ['MANIFEST_STALE', 'stale']]);
      expect(findings[0]?.fix).to.equal('structum plugins disable hangs');
    });

    it('leaves no process behind when it is interrupted', async function () {
      // A signal to another process ends it at once there, without anything that it could do about it.
      if (process.platform === 'win32') this.skip();
      await cli.add('hangs', plugin('hangs'));
      const file = join(cli.folder, 'pid');
      writeFileSync(join(packageOf('hangs'), 'index.cjs'), `require('fs').writeFileSync(${JSON.stringify(`${file}.new`)}, String(process.pid)); require('fs').renameSync(${JSON.stringify(`${file}.new`)}, ${JSON.stringify(file)}); for (;;);`);
      const child = cli.start(['plugins', 'doctor']);
      const end = finished(child);
      while (!existsSync(file)) await new Promise((resolve) => { setTimeout(resolve, 20); });
      child.kill('SIGINT');
      expect(await end).to.include({ code: 130 });
      expect(() => process.kill(Number(readFileSync(file, 'utf8')), 0)).to.throw().with.property('code', 'ESRCH');
    });
  });

  describe('its answer', () => {
    it('is grouped by severity, with what to do on a line of its own', async () => {
      await cli.add('low', plugin('low', `requires: { absent: '^3.0.0' },`));
      await cli.add('top', plugin('top', `requires: { low: '*' },`));
      writePackage(home('data/plugins/node_modules/low'), 'low');
      const { stdout, code } = await doctor(['--no-manifests']);
      expect(code).to.equal(1);
      expect(stdout.split('\n').map((line) => line.replace(/ (?:requires|named) .*(?= {2}\[)/, ' …'))).to.deep.equal([
        'Errors (1)',
        `  Plugin "low" (${packageOf('low')}) …  [REQUIREMENT_MISSING]`,
        '    Cannot be used because of it: top',
        '    -> Add the plugin "absent" to the host, in a version within ^3.0.0: install its package with npm, or link its folder with "structum plugins link".',
        '',
        'Warnings (1)',
        '  Two plugins are …  [PLUGIN_DUPLICATE]',
        '    -> Remove one of them, or rename it.',
        '',
        '1 error, 1 warning in 4 plugins.',
        '',
      ]);
    });

    it('fails for warnings only where that is asked for', async () => {
      writeFiles(home(), { 'config/config.yaml': 'plugin_policy:\n  folders: [./absent]\n' });
      expect(await doctor(['--no-manifests'])).to.include({ code: 0 });
      expect(await doctor(['--no-manifests', '--strict'])).to.include({ code: 1 });
      expect(await diagnosis(['--no-manifests', '--strict'])).to.deep.include({ code: 1, plugins: 1 });
    });
  });
});
