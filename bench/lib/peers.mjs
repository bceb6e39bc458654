/** The programs that Structum is measured beside, in the versions that peers.json pins. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bench, cached, installInto } from './cache.mjs';

/**
 * Installs what peers.json lists under `name`.
 * @param {string} name
 * @returns {{ modules: string } | { problem: string }} its node_modules, or why there is none
 */
export function peer(name) {
  const dependencies = dependenciesOf(name);
  try {
    const folder = cached(`peers/${name}`, JSON.stringify(dependencies), (empty) => { installInto(empty, dependencies); });
    return { modules: join(folder, 'node_modules') };
  } catch {
    // npm has said why on stderr.
    return { problem: `${Object.keys(dependencies).join(', ')} could not be installed` };
  }
}

/**
 * Node itself comes as a package for each platform.
 * @param {string} name
 * @returns {Record<string, string>}
 */
function dependenciesOf(name) {
  const text = readFileSync(join(bench, 'peers.json'), 'utf8');
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return JSON.parse(text.replaceAll('{platform}', platform).replaceAll('{arch}', process.arch))[name];
}

/**
 * The program of the peer `node`, newer than the Node that some peers cannot run on.
 * @returns {{ program: string } | { problem: string }}
 */
export function newerNode() {
  const node = peer('node');
  if ('problem' in node) return node;
  const [name = ''] = Object.keys(dependenciesOf('node'));
  return { program: join(node.modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node') };
}
