import { catalogued } from '../../errors/index.js';
import { readConfigFile } from '../config-file.js';
import { knownFormatOf, type ConfigDocument, type Position } from '../formats/index.js';
import type { ConfigLayer, LayerName } from '../layers/config-layer.js';
import type { KeyPath } from '../section.js';
import type { ValuePath } from '../../manifest/check-value.js';
import type { ConfigCache } from './config-cache.js';
import { ParsedContent, type FileContent } from './file-content.js';

/** A layer that is a file, as it was when it was read. */
export class FileLayer implements ConfigLayer {
  readonly name: LayerName;
  readonly file: string;
  readonly #text: string;
  readonly #content: FileContent;
  #document: Promise<ConfigDocument> | undefined;
  #wasAsked = false;

  constructor(name: LayerName, file: string, text: string, content: FileContent) {
    this.name = name;
    this.file = file;
    this.#text = text;
    this.#content = content;
  }

  get sections(): readonly string[] {
    return this.#content.sections;
  }

  get plugins(): readonly string[] {
    return this.#content.plugins;
  }

  get isWellShaped(): boolean {
    return this.#content.isWellShaped === true;
  }

  valueAt(path: KeyPath): unknown {
    return path.length === 0 ? this.#content.valueAt([]) ?? {} : this.#content.valueAt(path);
  }

  /** Where the deepest key of the path stands that is there. One place is found in a part of the file, many in the whole. */
  async positionOf(valuePath: ValuePath): Promise<Position> {
    const format = knownFormatOf(this.file);
    const path = valuePath.map(String);
    if (!this.#wasAsked) {
      this.#wasAsked = true;
      return format.positionOf(this.#text, this.file, path);
    }
    this.#document ??= format.parse(this.#text, this.file);
    return (await this.#document).positionOf(path);
  }
}

/**
 * Reads the file of a layer; `undefined` where there is none any more.
 * @throws `CONFIG_UNREADABLE`, `CONFIG_FORMAT_UNKNOWN`, `CONFIG_FILE_INVALID`.
 */
export async function loadFileLayer(name: LayerName, file: string, cache: ConfigCache | undefined): Promise<FileLayer | undefined> {
  const text = readConfigFile(file);
  if (text === undefined) return undefined;
  const known = cache?.find(file, text);
  if (known !== undefined) return new FileLayer(name, file, text, known);
  const format = knownFormatOf(file);
  const read = text === '' ? '' : (await import('./rc.js')).readWithRc(file);
  if (read === undefined) throw catalogued('CONFIG_UNREADABLE', { file, reason: 'it went while it was read' });
  const { data } = await format.parse(read, file);
  await cache?.remember(file, read, data);
  return new FileLayer(name, file, read, new ParsedContent(data));
}
