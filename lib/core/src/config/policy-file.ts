import type { PluginPolicy } from '../contract/index.js';
import { FileLayer, loadFileLayer } from './files/file-layer.js';
import { ParsedContent } from './files/file-content.js';
import { knownFormatOf } from './formats/index.js';
import { policyOf, type PolicyOptions } from './policy-of-layer.js';

/**
 * The policy in a file; `undefined` where there is none.
 * @throws `CONFIG_UNREADABLE`, `CONFIG_FORMAT_UNKNOWN`, `CONFIG_FILE_INVALID`.
 */
export async function readPolicyFile(file: string, options: PolicyOptions): Promise<PluginPolicy | undefined> {
  const layer = await loadFileLayer('file', file, undefined);
  return layer === undefined ? undefined : usablePolicy(layer, options);
}

/**
 * The policy in the text of a file.
 * @throws `CONFIG_FORMAT_UNKNOWN`, `CONFIG_FILE_INVALID`.
 */
export async function policyInText(text: string, file: string, options: PolicyOptions): Promise<PluginPolicy> {
  const { data } = await knownFormatOf(file).parse(text, file);
  return usablePolicy(new FileLayer('file', file, text, new ParsedContent(data)), options);
}

async function usablePolicy(layer: FileLayer, options: PolicyOptions): Promise<PluginPolicy> {
  const { policy, error } = await policyOf(layer, options);
  if (error !== undefined) throw error;
  return policy;
}
