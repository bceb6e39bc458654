import { LinkFolder } from '#internal/plugins/link/link-folder.js';

// Changes links: `node link-child.js <link folder> <replaces> <folder>`.
const [path = '', replaces = '', folder = ''] = process.argv.slice(2);
const links = new LinkFolder(path, replaces === 'true');
await links.place('kept', folder);
await links.place('@scope/new', folder);
await links.remove('@scope/old');
