/** The number of the first version of whatever folder: what was loaded when none was versioned. */
export const FIRST = 1;

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
 * imports them. Paths that differ in case only may be the same: `ignoreCase`. It must not use anything from around it: on Node 20 its text is sent to another thread.
 */
export function createMarker(ignoreCase: boolean): Marker {
  /** Where the mark is part of a file's name, as of a module that was required, it is escaped. */
  const mark = /(?:[?&]|%3F)structum=(\d+)$/;

  const isWithin = (url: string, folder: string): boolean => {
    const [inner, outer] = ignoreCase ? [url.toLowerCase(), folder.toLowerCase()] : [url, folder];
    return inner.startsWith(outer) && !inner.slice(outer.length).split('/').includes('node_modules');
  };

  return (url, parent, folders) => {
    if (parent === undefined || !url.startsWith('file:') || !parent.startsWith('file:') || mark.test(url) || url.endsWith('.node')) return url;
    const folder = folders.find((candidate) => isWithin(url, candidate.url));
    if (folder === undefined || folder !== folders.find((candidate) => isWithin(parent, candidate.url))) return url;
    // Without a mark it is of the first version.
    const version = mark.exec(parent)?.[1];
    return version === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}structum=${version}`;
  };
}
