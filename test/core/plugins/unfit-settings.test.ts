import { join } from 'node:path';
import { definePlugin, defineSettings, Structum, StructumError, type ConfigSources, type SettingProblem } from '@structum/core';
import { expect } from 'chai';
import { failure } from '../../support/errors.js';
import { temporaryFolder, writeFiles } from '../../support/folder.js';

const color = { type: 'object', properties: { name: { type: 'string' }, shade: { type: 'integer' } }, required: ['name'], additionalProperties: false } as const;
const settings = defineSettings({
  depth: { description: 'Depth', type: 'integer' },
  hosts: { description: 'Hosts', type: 'array', items: { type: 'string' } },
  token: { description: 'A token', secret: true, minLength: 20 },
  palette: { description: 'Colours by name', type: 'object', additionalProperties: color },
  colors: { description: 'Colours', type: 'array', items: color },
  labels: { description: 'Labels', type: 'object', additionalProperties: { type: 'string' } },
});

describe('settings that do not fit', () => {
  let global: string;
  let project: string;
  let warnings: StructumError[];
  let seen: Readonly<Record<string, unknown>>;

  beforeEach(() => {
    const folder = temporaryFolder();
    global = join(folder, 'home');
    project = join(folder, 'project');
    warnings = [];
    writeFiles(project, { '.git/HEAD': '' });
  });

  const tree = definePlugin({ name: 'tree', version: '1.0.0', description: 'Draws', settings, onActivate: ({ config }) => { seen = config; } });
  const host = (configSources: ConfigSources = {}): Promise<Structum> => Structum.create({
    plugins: [tree], configSources: { global, project, ...configSources }, config: { plugin_policy: { trusted_projects: [project] } },
    on: { warning: ({ error }) => { if (StructumError.is(error)) warnings.push(error); } },
  });
  const globalFile = (): string => join(global, 'config.yaml');

  async function activated(sources?: ConfigSources): Promise<void> {
    await using structum = await host(sources);
    await structum.activate('tree');
  }

  const problemsOf = ({ details }: StructumError): readonly SettingProblem[] => details?.['problems'] as readonly SettingProblem[];

  it('are told with all that is wrong, where each stands, its rule and what is there, and what may have been meant', async () => {
    writeFiles(global, { 'config.yaml': 'plugins:\n  tree:\n    depth: deep\n    token: hunter22\n    hosts:\n      - a\n      - 1\n    hots: [b]\n    labels: { a.b: 1 }\n' });
    writeFiles(project, { '.structum.yaml': 'plugins:\n  tree:\n    palette: { one: { nam: red } }\n' });
    const error = await failure('CONFIG_INVALID', activated({ variables: { STRUCTUM_PLUGINS__TREE__DEPTH: 'deeper' } }));
    const place = (line: number, column: number): object => ({ layer: 'global', file: globalFile(), line, column });
    const inProject = { layer: 'project', file: join(project, '.structum.yaml'), line: 3 };
    expect(problemsOf(error)).to.have.deep.members([
      { path: 'plugins.tree.depth', problem: 'must be an integer', rule: 'type', value: 'deeper', origin: { layer: 'variable', source: '$STRUCTUM_PLUGINS__TREE__DEPTH' } },
      { path: 'plugins.tree.token', problem: 'must have at least 20 characters', rule: 'minLength', value: '[redacted]', origin: place(4, 5) },
      { path: 'plugins.tree.hosts[1]', problem: 'must be a string', rule: 'type', value: 1, origin: place(7, 9) },
      { path: 'plugins.tree.labels."a.b"', problem: 'must be a string', rule: 'type', value: 1, origin: place(9, 15) },
      { path: 'plugins.tree.hots', problem: 'is not known', rule: 'additionalProperties', suggestions: ['plugins.tree.hosts'], origin: place(8, 5) },
      { path: 'plugins.tree.palette.one.name', problem: 'is required', rule: 'required', origin: { ...inProject, column: 16 } },
      { path: 'plugins.tree.palette.one.nam', problem: 'is not known', rule: 'additionalProperties', suggestions: ['plugins.tree.palette.one.name'], origin: { ...inProject, column: 23 } },
    ]);
    expect(error.message).to.contain(`${globalFile()}:7:9: plugins.tree.hosts[1] must be a string, got 1`).and.contain('$STRUCTUM_PLUGINS__TREE__DEPTH: plugins.tree.depth').and.not.contain('hunter22');
    expect(error.hint).to.contain('"plugins.tree.hosts"').and.contain('structum config validate');
  });

  it('are told so also while the host runs', async () => {
    writeFiles(global, { 'config.yaml': 'plugins: { tree: { depth: 1 } }' });
    await using structum = await host();
    await structum.activate('tree');
    writeFiles(global, { 'config.yaml': '\nplugins: { tree: { depth: deep, hots: [] } }' });
    const error = await failure('CONFIG_INVALID', structum.configure({}));
    expect(problemsOf(error).map(({ path, value, origin }) => [path, value, origin?.line, origin?.column])).to.deep.equal([['plugins.tree.depth', 'deep', 2, 20], ['plugins.tree.hots', undefined, 2, 33]]);
  });

  it('are left out where they are keys that nothing knows, at any depth, which costs a warning each', async () => {
    writeFiles(global, { 'config.yaml': 'plugins: { tree: { dept: 1, palette: { one: { name: red, shad: 1 } }, colors: [{ name: blue }, { name: red, nme: "${env:NOTHING}" }] } }' });
    await activated();
    expect(warnings.map(({ code, details }) => [code, details?.['path'], details?.['suggestions']])).to.deep.equal([
      ['CONFIG_KEY_UNKNOWN', 'plugins.tree.dept', ['plugins.tree.depth']],
      ['CONFIG_KEY_UNKNOWN', 'plugins.tree.palette.one.shad', ['plugins.tree.palette.one.shade']],
      ['CONFIG_KEY_UNKNOWN', 'plugins.tree.colors[1].nme', ['plugins.tree.colors[1].name']],
    ]);
    expect(warnings.map(({ details }) => details?.['file'])).to.deep.equal([globalFile(), globalFile(), globalFile()]);
    expect(seen).to.deep.include({ palette: { one: { name: 'red' } }, colors: [{ name: 'blue' }, { name: 'red' }] });
    writeFiles(project, { '.structum.yaml': 'config: { unknown_keys: strict }' });
    expect(problemsOf(await failure('CONFIG_INVALID', activated())).map(({ path }) => path)).to.deep.equal(['plugins.tree.dept', 'plugins.tree.palette.one.shad', 'plugins.tree.colors[1].nme']);
  });
});
