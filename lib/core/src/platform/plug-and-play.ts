import nodeModule from 'node:module';

/** The part that is used here of what Yarn adds to Node in a process that it starts. */
interface PlugAndPlayModule {
  readonly findPnpApi?: (location: string) => PlugAndPlayApi | null;
}

interface PlugAndPlayApi {
  readonly topLevel: unknown;
  getPackageInformation(locator: unknown): { readonly packageLocation: string } | null;
}

/** The folder of the project whose packages Plug'n'Play gives to a module of this process; `undefined` where it gives none. */
export function plugAndPlayProjectOf(location: string, { findPnpApi }: PlugAndPlayModule = nodeModule as PlugAndPlayModule): string | undefined {
  const api = findPnpApi?.(location);
  return api?.getPackageInformation(api.topLevel)?.packageLocation.replace(/[\\/]+$/, '');
}
