import { defineCommand, definePlugin, Structum } from '@structum/core';
import TreePlugin, { TreeService, type DrawOptions } from '@structum/plugin-tree';
import { expect } from 'chai';
import fc from 'fast-check';

describe('TreeService', () => {
  let structum: Structum;
  let service: TreeService;

  before(async () => {
    structum = await Structum.create({ plugins: [TreePlugin] });
    service = await structum.services.get(TreeService);
  });

  after(() => structum.dispose());

  const draw = (paths: readonly string[], options?: DrawOptions): string => [...service.draw(paths, options)].join('\n');

  it('draws the tree that paths make, with their folders, under a label', () => {
    expect(draw(['b.txt', 'a/x', 'a/b/y'], { rootLabel: 'project' })).to.equal(
      ['project', '├── a/', '│   ├── b/', '│   │   └── y', '│   └── x', '└── b.txt'].join('\n'),
    );
  });

  it('draws without a label, in the theme that is asked for', () => {
    expect(draw(['a/b'], { theme: 'ascii' })).to.equal('`-- a/\n    `-- b');
  });

  it('draws nothing of nothing', () => {
    expect(draw([])).to.equal('');
  });

  it('takes a path that ends with a slash for a folder', () => {
    expect(draw(['empty/', 'a'])).to.equal('├── a\n└── empty/');
  });

  it('takes a path that others lie below for a folder, and draws what is named twice once', () => {
    expect(draw(['a', 'a/b', 'a', 'a/b/', 'c', 'a/b/d'], { theme: 'none' })).to.equal('a/\n  b/\n    d\nc');
  });

  it('sorts as a walk does: folder by folder, by code units', () => {
    expect(draw(['a.txt', 'a/b', 'a-b', 'B'], { theme: 'none' })).to.equal('B\na/\n  b\na-b\na.txt');
  });

  it('escapes control characters in names and in the label', () => {
    expect(draw(['a\x1b'], { rootLabel: 'x\ny' })).to.equal('x\\ny\n└── a\\x1b');
  });

  it('gives the same text for the same paths in any order', () => {
    const path = fc.array(fc.constantFrom('a', 'b', 'a.b', '-', 'é', 'Z'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
        expect(draw([...paths].reverse())).to.equal(draw(paths));
      }),
    );
  });

  it('draws a line for each folder, however deep', () => {
    const deep = 'd/'.repeat(1000);
    expect(draw([`${deep}x`], { theme: 'none' }).split('\n')).to.have.length(1001);
  });

  it('is there for plugins that require tree', async () => {
    let drawn = '';
    const user = definePlugin({
      name: 'user',
      description: 'Uses the service',
      requires: { tree: '^2.0.0' },
      commands: [defineCommand({ path: 'draw', description: 'Draws', execute: () => drawn })],
      onActivate: (context) => {
        drawn = [...context.service(TreeService).draw(['a'])].join('\n');
      },
    });
    await structum.register(user);
    expect(await structum.run('draw')).to.equal('└── a');
  });
});
