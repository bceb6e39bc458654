import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { StructumError } from '@structum/core';
import { expect } from 'chai';
import { disabledBy, isTrustedProject, loadConfiguration, NO_POLICY, type PolicyInForce } from '#internal/core/config/index.js';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

describe('the policy in force', () => {
  let folder: string;
  let files: { user: string; project: string };

  beforeEach(() => {
    folder = temporaryFolder();
    files = { user: join(folder, 'home/config.yaml'), project: join(folder, 'project/.structum.yaml') };
    mkdirSync(join(folder, 'project'));
  });

  /** What is decided, with what is wrong with some of it. */
  async function loadPolicy({ given = {}, problems }: { given?: Readonly<Record<string, unknown>>; problems?: 'warn' } = {}): Promise<PolicyInForce & { readonly notices: readonly StructumError[] }> {
    const sources = { global: join(folder, 'home'), project: join(folder, 'project') };
    const { policy, notices } = await loadConfiguration({ sources, host: given, home: undefined, cwd: folder, problems });
    return Object.assign({ notices }, policy);
  }

  const write = (user: object | string, project: object | string): void => {
    writeFiles(folder, { 'home/config.yaml': user, 'project/.structum.yaml': project });
  };
  const trust = (): object => ({ trusted_projects: [join(folder, 'project')] });

  it('is empty without files, and where they are not there', async () => {
    expect(await loadPolicy()).to.deep.equal({ ...NO_POLICY, notices: [] });
  });

  it('is the user\'s, then that of a trusted project, then the host\'s own, name by name', async () => {
    write(
      { plugin_policy: { ...trust(), enabled: { a: false, b: false, c: true }, folders: ['/user'], aliases: { x: 'user', y: 'user' }, renames: { p: { one: 'user', two: 'user' } } } },
      { plugin_policy: { enabled: { b: true, c: false }, folders: ['/project'], aliases: { y: 'project' }, renames: { p: { two: 'project' }, q: { one: 'project' } } } },
    );
    const { policy, disabledByProject, notices } = await loadPolicy({ given: { plugin_policy: { enabled: { c: true }, folders: ['/given'] } } });
    expect(policy).to.deep.equal({
      ...trust(),
      enabled: { a: false, b: true, c: true },
      folders: ['/given', '/project', '/user'],
      aliases: { x: 'user', y: 'project' },
      renames: { p: { one: 'user', two: 'project' }, q: { one: 'project' } },
    });
    expect([disabledByProject.size, notices]).to.deep.equal([0, []]);
  });

  it('says who has the last word on a plugin, and in which file', async () => {
    write({ plugin_policy: { ...trust(), enabled: { a: false, b: false, c: false, d: true } } }, { plugin_policy: { enabled: { b: false, d: false } } });
    const inForce = await loadPolicy({ given: { plugin_policy: { enabled: { c: false } } } });
    expect(['a', 'b', 'c', 'd'].map((plugin) => disabledBy(inForce, plugin, 'core'))).to.deep.equal([
      { layer: 'global', file: files.user }, { layer: 'project', file: files.project }, { layer: 'host' }, { layer: 'project', file: files.project },
    ]);
  });

  it('lets a project that is not trusted disable plugins, and nothing else, with a notice', async () => {
    write({ plugin_policy: { enabled: { a: false, b: true } } }, {
      plugin_policy: { enabled: { a: true, b: false, c: false, d: true }, folders: ['.'], aliases: { x: 'tree' }, renames: {}, trusted_projects: ['.'] },
    });
    const inForce = await loadPolicy();
    expect(inForce.policy).to.deep.equal({ enabled: { a: false, b: true } });
    expect(['a', 'b', 'c', 'd'].map((plugin) => disabledBy(inForce, plugin, 'utility')))
      .to.deep.equal([{ layer: 'global', file: files.user }, { layer: 'project', file: files.project }, { layer: 'project', file: files.project }, undefined]);
    expect(inForce.notices.map(({ code, details }) => [code, details?.settings])).to.deep.equal([['CONFIG_IGNORED', [
      'plugin_policy.enabled.a', 'plugin_policy.folders', 'plugin_policy.aliases', 'plugin_policy.renames',
    ]], ['CONFIG_IGNORED', ['plugin_policy.trusted_projects']]]);
    expect(inForce.notices.map(({ details }) => details?.['reason'])).to.deep.equal(['untrusted', 'user']);
  });

  it('does not let such a project disable what belongs to the core, or protects; its user may', async () => {
    write({ plugin_policy: { enabled: { scanner: false } } }, { plugin_policy: { enabled: { plugins: false, shield: false, tree: false, tostring: false } } });
    const inForce = await loadPolicy();
    expect(disabledBy(inForce, 'plugins', 'core')).to.equal(undefined);
    expect(disabledBy(inForce, 'shield', 'security')).to.equal(undefined);
    expect(disabledBy(inForce, 'scanner', 'security')).to.deep.include({ layer: 'global' });
    expect(disabledBy(inForce, 'tree', 'utility')).to.deep.include({ layer: 'project' });
    expect(disabledBy(inForce, 'constructor', 'utility')).to.equal(undefined);
  });

  it('never takes a project\'s word for whom to trust', async () => {
    write({ plugin_policy: trust() }, { plugin_policy: { trusted_projects: ['/'] } });
    const { policy, notices } = await loadPolicy();
    expect(policy).to.deep.equal(trust());
    expect(notices.map(({ details }) => details?.settings)).to.deep.equal([['plugin_policy.trusted_projects']]);
  });

  it('goes on without any file that cannot be read, where that is asked for', async () => {
    write('a: [', { plugin_policy: { enabled: { tree: false } } });
    const inForce = await loadPolicy({ problems: 'warn' });
    expect([inForce.policy, inForce.notices.map(({ code }) => code)]).to.deep.equal([{}, ['CONFIG_FILE_INVALID']]);
    expect(disabledBy(inForce, 'tree', 'utility')).to.deep.equal({ layer: 'project', file: files.project });
    write({ plugin_policy: trust() }, 'a: [');
    expect((await loadPolicy({ problems: 'warn' })).policy).to.deep.equal(trust());
  });

  it('fails with a file of the user\'s, or of a trusted project, that cannot be read, and goes on without that of another', async () => {
    write('a: [', {});
    await failure('CONFIG_FILE_INVALID', loadPolicy());
    write({}, '<<<<<<< ours\n');
    const { policy, notices } = await loadPolicy();
    expect([policy, notices.map(({ code }) => code)]).to.deep.equal([{}, ['CONFIG_FILE_INVALID']]);
    write({ plugin_policy: trust() }, 'a: [');
    await failure('CONFIG_FILE_INVALID', loadPolicy());
    write({}, {});
    await failure('CONFIG_INVALID', loadPolicy({ given: { plugin_policy: { enabled: [] } } }));
  });
});

describe('a trusted project', () => {
  it('is one of the folders, or within one, links followed, by whole names', () => {
    const folder = temporaryFolder();
    for (const name of ['work/app', 'work-other', 'evil']) mkdirSync(join(folder, name), { recursive: true });
    symlinkSync(join(folder, 'evil'), join(folder, 'work/link'), 'junction');
    symlinkSync(join(folder, 'work'), join(folder, 'mine'), 'junction');
    const trusted = [join(folder, 'none'), join(folder, 'mine')];
    const answers = ['work', 'work/app', 'mine/app', 'work-other', 'work/link', '.', 'work/none'].map((name) => isTrustedProject(join(folder, name), trusted));
    expect(answers).to.deep.equal([true, true, true, false, false, false, false]);
    expect(isTrustedProject(folder, [])).to.equal(false);
  });
});
