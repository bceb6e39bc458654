/** Runs before `npm pack` in a package's folder: what its tarball holds is built and complete. */

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarationsOf } from './lib/declarations.mjs';
import { makeReady } from './lib/ready.mjs';
import { publicPackages, root } from './lib/workspace.mjs';
import { writeIfChanged } from './lib/write.mjs';

makeReady();
const package_ = publicPackages().find(({ folder }) => folder === process.cwd());
if (package_ === undefined) throw new Error(`${process.cwd()} is no published package`);
for (const { files, text } of declarationsOf(package_)) for (const file of files) writeIfChanged(file, text);
copyFileSync(join(root, 'LICENSE'), join(package_.folder, 'LICENSE'));
