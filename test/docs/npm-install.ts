import { install } from '../support/install.js';

// `npm install` of pages, without the network; of its options, those that change what is installed are not supported.
const [command, ...words] = process.argv.slice(2);
if (command !== 'install') throw new Error(`pages cannot run npm ${command ?? ''}`);
install(process.cwd(), words.filter((word) => !word.startsWith('-')));
