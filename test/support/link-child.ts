import { LinkFolder } from '#internal/plugins/link/link-folder.js';

// Changes links without end: `node link-child.js <link folder> <replaces> <folder> <folder>`. Tells of each change when it is done.
const [path = '', replaces = '', ...folders] = process.argv.slice(2);
const links = new LinkFolder(path, replaces === 'true');
for (let index = 0; ; index += 1) {
  const folder = folders[index % folders.length] ?? '';
  await links.place('kept', folder);
  await links.place(`@scope/new-${String(index)}`, folder);
  process.stdout.write(`placed @scope/new-${String(index)}\n`);
  if (index % 3 !== 2) continue;
  await links.remove(`@scope/new-${String(index - 1)}`);
  process.stdout.write(`removed @scope/new-${String(index - 1)}\n`);
}
