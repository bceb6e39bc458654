import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, temporaryFolder } from '../support/folder.js';
import { blocksOf } from './page.js';
import { hasShell, Project } from './project.js';

const guides = readdirSync(join(root, 'api-docs/guides')).sort();

for (const page of ['README.md', ...guides.map((name) => `api-docs/guides/${name}`)]) {
  const project = new Project(blocksOf(join(root, page)));
  if (project.steps.length === 0) continue;

  describe(page, () => {
    let isBroken = false;

    before(function () {
      if (!hasShell) this.skip();
      project.open(temporaryFolder());
    });

    for (const { title, run } of project.steps) {
      it(title, async function () {
        if (isBroken) this.skip(); // it builds on what comes before it
        isBroken = true;
        await run();
        isBroken = false;
      });
    }
  });
}
