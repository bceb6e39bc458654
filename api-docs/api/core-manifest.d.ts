import { valueFromText, CommandExample, CommandManifest, InputProperty, InputSchema, Permissions, PluginManifest, ValueSchema, FieldBinding, JsonValue, PathAccess } from './index.cjs';
export { valueFromText };

/** A manifest as its file holds it. */
export declare function formatManifest(manifest: PluginManifest): string;
/**
 * Makes the manifest of the plugin whose package is in `folder`, by importing the plugin and all of its commands.
 * Writes nothing.
 *
 * The manifest stands beside `package.json`: hosts look nowhere else. The plugin is the default export of `structum.entry` of its `package.json`, or of the package's main entry.
 * @throws `PACKAGE_UNREADABLE`, `PLUGIN_LOAD_FAILED`, `PLUGIN_NOT_DESCRIBED`, `PLUGIN_INVALID`, `COMMAND_INVALID`.
 */
export declare function generateManifest({ folder }: {
  readonly folder: string;
}): Promise<GeneratedManifest>;
/**
 * Where two manifests differ: `description`, `commands.tree.input`, … Empty when they say the same, in whatever order.
 */
export declare function manifestDifferences(found: PluginManifest, expected: PluginManifest): readonly string[];
/**
 * What is wrong with the content of a manifest file; nothing when it can be relied on as a `PluginManifest`.
 *
 * It runs for every plugin at every start, so it looks at what the host, the help and the parser build on, and no further.
 */
export declare function manifestProblems(value: unknown): readonly string[];
/**
 * Reads and checks a manifest file.
 *
 * @throws `MANIFEST_UNREADABLE`, `MANIFEST_INVALID`.
 */
export declare function readManifest(file: string): PluginManifest;
/** A manifest and the file where it belongs. */
export interface GeneratedManifest {
  readonly manifest: PluginManifest;
  /** `structum.manifest.json` beside the plugin's `package.json`. */
  readonly file: string;
}
export {};
