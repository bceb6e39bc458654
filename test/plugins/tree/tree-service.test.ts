import { defineCommand, definePlugin, Structum } from '@structum/core';
import TreePlugin, { TreeService } from '@structum/plugin-tree';
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

  it('draws the tree that paths make, with their folders, under a label', async () => {
    expect(await service.draw(['b.txt', 'a/x', 'a/b/y'], { rootLabel: 'project' })).to.equal(
      ['project', '├── a/', '│   ├── b/', '│   │   └── y', '│   └── x', '└── b.txt'].join('\n'),
    );
  });

  it('draws without a label, in the theme that is asked for', async () => {
    expect(await service.draw(['a/b'], { theme: 'ascii' })).to.equal('`-- a/\n    `-- b');
  });

  it('draws nothing of nothing', async () => {
    expect(await service.draw([])).to.equal('');
  });

  it('takes a path that ends with a slash for a folder', async () => {
    expect(await service.draw(['empty/', 'a'])).to.equal('├── a\n└── empty/');
  });

  it('sorts as a walk does: folder by folder, by code units', async () => {
    expect(await service.draw(['a.txt', 'a/b', 'a-b', 'B'], { theme: 'none' })).to.equal('B\na/\n  b\na-b\na.txt');
  });

  it('escapes control characters in names and in the label', async () => {
    expect(await service.draw(['a\x1b'], { rootLabel: 'x\ny' })).to.equal('x\\ny\n└── a\\x1b');
  });

  it('gives the same text for the same paths in any order', async () => {
    const path = fc.array(fc.constantFrom('a', 'b', 'a.b', '-', 'é', 'Z'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path, { maxLength: 12 }), async (paths) => {
        expect(await service.draw([...paths].reverse())).to.equal(await service.draw(paths));
      }),
    );
  });

  it('draws a line for each folder, however deep', async () => {
    const deep = 'd/'.repeat(1000);
    expect((await service.draw([`${deep}x`], { theme: 'none' })).split('\n')).to.have.length(1001);
  });

  it('is there for plugins that require tree', async () => {
    let drawn = '';
    const user = definePlugin({
      name: 'user',
      description: 'Uses the service',
      requires: { tree: '^2.0.0' },
      commands: [defineCommand({ path: 'draw', description: 'Draws', execute: () => drawn })],
      onActivate: async (context) => {
        drawn = await context.service(TreeService).draw(['a']);
      },
    });
    await structum.register(user);
    expect(await structum.run('draw')).to.equal('└── a');
  });
});
