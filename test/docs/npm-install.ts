import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, delimiter } from 'node:path';
import { install } from '../support/install.js';
import { npmProgram } from '../support/npm.js';
import { TOOLS } from './tools.js';

// npm of pages, without the network: it installs what is named, or what package.json is developed with; of its options,
// those that change what is installed are not supported. Scripts are run by npm itself.
const [command = '', ...words] = process.argv.slice(2);
if (command === 'install') installWords(words.filter((word) => !word.startsWith('-')));
else if (command === 'test' || command === 'run') runScript();
else throw new Error(`pages cannot run npm ${command}`);

function installWords(names: readonly string[]): void {
  install(process.cwd(), names.length > 0 ? names : Object.keys(developmentPackages()));
}

function developmentPackages(): object {
  const { devDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as { devDependencies?: object };
  return devDependencies;
}

function runScript(): void {
  const [program, ...first] = npmProgram();
  // Where npm does not lie beside Node it is found on the path, on which this very program stands for it.
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => basename(folder) !== TOOLS).join(delimiter);
  process.exitCode = spawnSync(program, [...first, ...process.argv.slice(2)], { stdio: 'inherit', env: { ...process.env, PATH: path } }).status ?? 1;
}
