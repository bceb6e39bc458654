import { MANIFEST_FILE } from '@structum/core';
import { formatManifest } from '@structum/core/manifest';
import { writeFiles } from '../../folder.js';
import { manifestOf } from '../../plugin-package.js';
import { either, fails, type Attempt, type Subject } from '../attempt.js';

const refused = fails('PERMISSION_DENIED', 'SERVICE_NOT_GRANTED');

/** Where it cannot even see what is there. */
const hidden = either(refused, fails('TREE_FOLDER_MISSING', 'ARCHIVE_DIRECTORY_MISSING', 'MANIFEST_NO_PACKAGE', 'LINK_NO_PACKAGE'));

/** A body that has a command do its work: `input` is the source of what that gets. */
const have = (command: string, input: string): string => `return JSON.stringify(await context.run(${JSON.stringify(command)}, ${input}));`;

const listing: readonly Attempt[] = [
  { what: 'have others list a folder', code: have('tree', '{ directory: facts.outside }'), outcome: hidden },
  { what: 'have others list what it works in', code: have('tree', "{ directory: '.' }"), outcome: refused },
  { what: 'have others read files', code: have('archive', "{ directory: facts.outside, output: '-' }"), outcome: refused },
];

const writing: readonly Attempt[] = [
  { what: 'have others copy files', code: have('archive', "{ directory: facts.outside, output: facts.writable + '/stolen.md' }"), outcome: refused },
  { what: 'have others write over a file', code: have('archive', "{ directory: '.', output: 'mine.txt' }"), outcome: refused },
  { what: 'have others write a plugin', code: have('plugins new', "{ name: 'evil', directory: facts.outside + '/evil', yes: true }"), outcome: refused },
];

/** Its package has another one in it, which would write outside when it is loaded. */
const loading: readonly Attempt[] = [
  { what: 'have others load code of its own', code: have('plugins manifest', "{ folder: path.join(__dirname, 'payload') }"), outcome: hidden },
  { what: 'have others install code of its own', code: have('plugins link', "{ folder: path.join(__dirname, 'payload') }"), outcome: hidden },
];

const configuring: readonly Attempt[] = [
  { what: 'have others end what contains it', code: have('config set', "{ key: 'security.sandbox_mode', value: 'off' }"), outcome: refused },
  { what: 'have others set what all objects have', code: have('config set', "{ key: '__proto__.polluted', value: '1' }"), outcome: refused },
];

/** Who has plugins of the host do what it may not do itself: of all that there is, it may only ask the registry. */
export const DEPUTIES: Subject = {
  name: 'deputies',
  permissions: { read: [], write: [], env: [], services: ['structum.registry', 'structum.policy'] },
  attempts: [...listing, ...writing, ...loading, ...configuring],
  prepare: (folder, { outside }) => {
    writeFiles(folder, {
      'payload/package.json': { name: 'structum-plugin-payload', version: '1.0.0', main: './index.cjs', keywords: ['structum-plugin'], structum: { manifest: `./${MANIFEST_FILE}` } },
      'payload/index.cjs': `require('node:fs').writeFileSync(${JSON.stringify(`${outside}/loaded`)}, 'loaded');`,
      [`payload/${MANIFEST_FILE}`]: formatManifest(manifestOf('payload')),
    });
  },
};
