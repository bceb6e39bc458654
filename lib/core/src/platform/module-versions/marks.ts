/** What {@link createMarker} needs of Node: it also runs where it can import nothing. */
export interface MarkerTools {
  readonly toPath: (url: string) => string;
  /** The text of a file; throws where there is none. */
  readonly read: (file: string) => string;
  /** Whether paths that differ in case only are the same. */
  readonly ignoreCase: boolean;
}

/** A folder of which versions are loaded. */
export interface VersionedFolder {
  /** Its URL, with `/` at the end. */
  readonly url: string;
  /** The number of the version that is loaded now. */
  readonly current: number;
}

/** The URL to load in place of `url`, which the module `parent` imports. Of folders, one within another one comes first. */
export type Marker = (url: string, parent: string | undefined, folders: readonly VersionedFolder[]) => string;

/**
 * Makes what marks the URLs of ES modules with the version that they belong to, `?structum=7`: that of the module that
 * imports them. It must not use anything from around it: on Node 20 its text is sent to another thread.
 */
export function createMarker({ toPath, read, ignoreCase }: MarkerTools): Marker {
  /** Where the mark is part of a file's name, as of a module that was required, it is escaped. */
  const mark = /(?:[?&]|%3F)structum=(\d+)$/;

  const isWithin = (url: string, folder: string): boolean => {
    const [inner, outer] = ignoreCase ? [url.toLowerCase(), folder.toLowerCase()] : [url, folder];
    return inner.startsWith(outer) && !inner.slice(outer.length).split('/').includes('node_modules');
  };

  const isModule = (file: string): boolean => {
    if (/\.m[jt]s$/.test(file)) return true;
    if (/\.c[jt]s$/.test(file)) return false;
    for (let folder = parentOf(file); folder !== undefined && !/[\\/]node_modules$/.test(folder); folder = parentOf(folder)) {
      try {
        return (JSON.parse(read(`${folder}/package.json`)) as { type?: unknown }).type === 'module';
      } catch {
        // The one above it counts.
      }
    }
    return false;
  };

  const parentOf = (path: string): string | undefined => {
    const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    return end <= 0 ? undefined : path.slice(0, end);
  };

  return (url, parent, folders) => {
    if (parent === undefined || !url.startsWith('file:') || !parent.startsWith('file:') || mark.test(url) || url.endsWith('.node')) return url;
    const folder = folders.find((candidate) => isWithin(url, candidate.url));
    if (folder === undefined || folder !== folders.find((candidate) => isWithin(parent, candidate.url))) return url;
    // CommonJS has no URL to tell versions by: it gets the one that is loaded now. Other modules without a mark are of the first.
    const version = mark.exec(parent)?.[1] ?? (isModule(toPath(parent)) ? undefined : String(folder.current));
    return version === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}structum=${version}`;
  };
}
