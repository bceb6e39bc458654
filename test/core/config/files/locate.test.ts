import { symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { locateFiles, type FilePlaces } from '#internal/core/config/files/locate.js';
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

  it('of a project are in the nearest folder that has one, up to the root of its repository', () => {
    const deep = join(project, 'packages/one/src');
    expect(located({ project: deep })[0]).to.equal('project project/.structum.yaml (none)');
    writeFiles(folder, { '.structum.yaml': '' });
    writeFiles(project, { '.structum.yaml': '', 'packages/one/.structum.local.json': '{}' });
    expect(located({ project: deep })).to.deep.equal(['project project/packages/one/.structum.yaml (none)', 'local project/packages/one/.structum.local.json']);
    expect(located({ project: join(folder, 'elsewhere') })[0]).to.equal('project elsewhere/.structum.yaml (none)');
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

  it('say what is wrong where nobody can look for them', () => {
    // A loop of links: whoever runs the tests, the system refuses.
    symlinkSync(global, global);
    const [file] = locateFiles({ global });
    expect(file?.problem).to.include({ code: 'CONFIG_UNREADABLE' });
    expect(locateFiles({ project: join(global, 'project') })[0]).to.include({ layer: 'project', file: join(global, 'project/.structum.yaml') });
  });
});
