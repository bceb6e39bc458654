import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { readConfigFile } from '#internal/core/config/config-file.js';
import { editFile } from '#internal/core/config/files/edit-file.js';
import { candidateFiles, locateFiles, type FilePlaces } from '#internal/core/config/files/locate.js';
import { failure } from '../../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../../support/folder.js';

describe('the files of a configuration', () => {
  let folder: string;
  let project: string;
  let global: string;

  beforeEach(() => {
    folder = temporaryFolder();
    project = join(folder, 'project');
    global = join(folder, 'home');
    writeFiles(project, { '.git/HEAD': '', 'packages/one/src/x': '' });
  });

  const located = (places: FilePlaces): readonly string[] => locateFiles(places).map(({ layer, file, exists }) => `${layer} ${relative(folder, file).replaceAll('\\', '/')}${exists ? '' : ' (none)'}`);

  it('are those of the user, of the project and of what is not shared, each also for an environment, then the one more', () => {
    writeFiles(global, { 'config.json': '{}', 'config.test.json': '' });
    writeFiles(project, { '.structum.yml': '', '.structum.local.yaml': '', 'extra.json': '{}' });
    expect(located({ global, project, environment: 'test', file: join(project, 'extra.json') })).to.deep.equal([
      'global home/config.json', 'global-environment home/config.test.json',
      'project project/.structum.yml', 'project-environment project/.structum.test.yaml (none)', 'local project/.structum.local.yaml',
      'file project/extra.json',
    ]);
    expect(located({ global, project })).to.have.length(3);
    expect(located({})).to.deep.equal([]);
  });

  describe('of a project', () => {
    let deep: string;

    beforeEach(() => {
      deep = join(project, 'packages/one/src');
    });

    it('are in the nearest folder with one, up to the root of its repository', () => {
      expect(located({ project: deep })[0]).to.equal('project project/.structum.yaml (none)');
      writeFiles(folder, { '.structum.yaml': '' });
      writeFiles(project, { '.structum.yaml': '', '.structum.local.yaml': '', '.structum.test.yaml': '', 'packages/.structum.json': '{}' });
      // What adds to a project adds nothing to one within.
      expect(located({ project: deep, environment: 'test' })).to.deep.equal([
        'project project/packages/.structum.json', 'project-environment project/packages/.structum.test.yaml (none)', 'local project/packages/.structum.local.yaml (none)',
      ]);
      expect(located({ project: join(folder, 'elsewhere') })[0]).to.equal('project elsewhere/.structum.yaml (none)');
    });

    it('are each the nearest where they add to it, and hide nothing of it', () => {
      writeFiles(project, { '.structum.yaml': '', '.structum.local.yaml': '', 'packages/.structum.test.toml': '', 'packages/one/.structum.local.json': '{}' });
      expect(located({ project: deep, environment: 'test' })).to.deep.equal([
        'project project/.structum.yaml', 'project-environment project/packages/.structum.test.toml', 'local project/packages/one/.structum.local.json',
      ]);
      expect(located({ project: join(project, 'packages'), environment: 'test' })[2]).to.equal('local project/.structum.local.yaml');
    });

    it('would be made where they hide none of those that only add to it', () => {
      writeFiles(project, { 'packages/.structum.test.yaml': '', 'packages/one/.structum.local.yaml': '' });
      expect(located({ project: deep, environment: 'test' })).to.deep.equal([
        'project project/packages/.structum.yaml (none)', 'project-environment project/packages/.structum.test.yaml', 'local project/packages/one/.structum.local.yaml',
      ]);
    });

    it('are among those that are watched, wherever they may come', () => {
      writeFiles(project, { '.structum.yaml': '' });
      const files = candidateFiles({ project: deep, environment: 'test' });
      for (const file of ['src/.structum.yaml', 'src/.structum.test.toml', '.structum.local.json']) expect(files).to.include(join(project, 'packages/one', file));
      expect(files).to.include(join(project, '.structum.local.yaml'));
    });
  });

  it('say what is wrong where one layer has two', () => {
    writeFiles(project, { '.structum.yaml': '', '.structum.toml': '' });
    const [file] = locateFiles({ project });
    expect(file).to.include({ layer: 'project', file: join(project, '.structum.yaml'), exists: true });
    expect(file?.problem).to.include({ code: 'CONFIG_AMBIGUOUS' });
    expect(file?.problem?.details?.['files']).to.deep.equal([join(project, '.structum.yaml'), join(project, '.structum.toml')]);
  });

  it('must be there where they are named, and an environment must be one', async () => {
    await failure('CONFIG_FILE_MISSING', () => located({ file: join(folder, 'none.yaml') }));
    for (const environment of ['../x', 'a/b', '', 'local', '.']) await failure('CONFIG_ENVIRONMENT_INVALID', () => located({ global, environment }));
  });

  it('are there also where they are links that lead to nothing', async () => {
    const file = join(global, 'config.yaml');
    mkdirSync(global, { recursive: true });
    symlinkSync(join(folder, 'gone/settings.yaml'), file);
    expect(located({ global })).to.deep.equal(['global home/config.yaml']);
    expect((await failure('CONFIG_UNREADABLE', () => readConfigFile(file))).details).to.include({ file });
    await failure('CONFIG_UNREADABLE', editFile(file, () => Promise.resolve('a: 1\n'), { isPrivate: true }));
    expect(existsSync(join(folder, 'gone'))).to.equal(false);
    writeFiles(folder, { 'gone/settings.yaml': '' });
    await editFile(file, () => Promise.resolve('a: 1\n'), { isPrivate: true });
    expect(readFileSync(join(folder, 'gone/settings.yaml'), 'utf8')).to.equal('a: 1\n');
  });

  it('say what is wrong where nobody can look for them', () => {
    // A loop of links: whoever runs the tests, the system refuses.
    symlinkSync(global, global);
    const [file] = locateFiles({ global });
    expect(file?.problem).to.include({ code: 'CONFIG_UNREADABLE' });
    expect(locateFiles({ project: join(global, 'project') })[0]).to.include({ layer: 'project', file: join(global, 'project/.structum.yaml') });
  });
});
