import { MANIFEST_FILE, type Permissions } from '@structum/core';
import { formatManifest, generateManifest } from '@structum/core/manifest';
import { linkCore, temporaryFolder, writeFiles } from '../folder.js';

/** The source of a plugin that means harm. */
export interface HostileSource {
  /** Bodies of asynchronous functions by name, which see `facts`, `context` and Node's usual modules by their names. */
  readonly attempts: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  /** Run when the module is loaded, before anything else of it. */
  readonly onLoad?: string;
  /** The body of `onActivate`. */
  readonly onActivate?: string;
  /** Further files of its package. */
  readonly files?: Readonly<Record<string, string | Uint8Array | object>>;
}

/** Commands that carry out an attempt: they differ in the limits that tests give them. */
const ATTEMPTS = ['attempt', 'hurry'] as const;

/** Writes the package of a plugin into `folder`. Its commands: `<name> attempt`, `<name> hurry`, and `<name> hello`, which answers. */
export async function writeHostilePlugin(folder: string, name: string, source: HostileSource): Promise<void> {
  // Made from a harmless twin: this process is not to run any of it.
  const twin = temporaryFolder();
  linkCore(twin);
  writeFiles(twin, filesOf(name, { attempts: {}, permissions: source.permissions ?? {} }));
  const { manifest } = await generateManifest({ folder: twin });
  writeFiles(folder, { ...filesOf(name, source), ...source.files, [MANIFEST_FILE]: formatManifest(manifest) });
}

function filesOf(name: string, source: HostileSource): Readonly<Record<string, string | object>> {
  return {
    'package.json': { name: `structum-plugin-${name}`, version: '1.0.0', main: './index.cjs', keywords: ['structum-plugin'], peerDependencies: { '@structum/core': '*' }, dependencies: { dependency: '*', '../../../../outside': '*', '/etc': '*', '..': '*' }, structum: { manifest: `./${MANIFEST_FILE}` } },
    'index.cjs': moduleOf(name, source),
  };
}

function moduleOf(name: string, { attempts, permissions = {}, onLoad = '', onActivate }: HostileSource): string {
  const bodies = Object.entries(attempts).map(([attempt, body]) => `  ${JSON.stringify(attempt)}: async (facts, context) => { ${body}\n  },`);
  return `
${onLoad}
const { defineCommand, definePlugin, StructumError } = require('@structum/core');
${MODULES.map((module) => `const ${module.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())} = require('node:${module}');`).join('\n')}
const { pathToFileURL } = require('node:url');
const settled = (emitter, event) => new Promise((resolve, reject) => { emitter.on('error', reject).on(event, () => resolve(event)); });
const pipe = (text) => fs.writeSync(3, text);
const frame = (header, body = Buffer.alloc(0)) => {
  const bytes = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(bytes.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  return Buffer.concat([lengths, bytes, body]);
};
const sendAll = (bytes) => { for (let at = 0; at < bytes.length;) { try { at += fs.writeSync(3, bytes, at); } catch (error) { if (error.code !== 'EAGAIN') throw error; } } };
const attempts = {
${bodies.join('\n')}
};
const command = (path) => defineCommand({
  path: '${name} ' + path, description: path,
  arguments: { name: { type: 'string', description: 'Which' }, facts: { type: 'string', description: 'As JSON' } },
  execute: ({ name, facts }, context) => attempts[name](JSON.parse(facts), context),
});
exports.default = definePlugin({
  name: '${name}', description: '${name}', permissions: ${JSON.stringify(permissions)},
  commands: [${ATTEMPTS.map((path) => `command('${path}')`).join(', ')}, defineCommand({ path: '${name} hello', description: 'hello', execute: () => 'hello of ${name}' })],
  ${onActivate === undefined ? '' : `onActivate() { ${onActivate} },`}
});`;
}

const MODULES = ['fs', 'net', 'dgram', 'dns', 'http', 'os', 'path', 'v8', 'vm', 'child_process', 'worker_threads'];
