import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { install } from '../support/install.js';
import { npmProgram } from '../support/npm.js';

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
  process.exitCode = spawnSync(program, [...first, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
}
