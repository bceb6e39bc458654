/** What a plugin may be denied: by kind of permission, and what no permission allows. */
export type DeniedPermission = 'read' | 'write' | 'net' | 'env' | 'run' | 'services' | 'addons' | 'workers' | 'wasi' | 'inspector' | 'signals';

/** As it reads before what it is about. */
export function deniedText(permission: DeniedPermission): string {
  return TEXTS[permission];
}

const TEXTS: Readonly<Record<DeniedPermission, string>> = {
  read: 'read', write: 'write', net: 'connect to', env: 'see the environment variable', run: 'run', services: 'use the service',
  addons: 'load native code', workers: 'start threads', wasi: 'use WASI', inspector: 'open the inspector', signals: 'send signals to other processes',
};

/** Whether a description can ask for it. */
export function isGrantable(permission: DeniedPermission): boolean {
  return !['addons', 'workers', 'wasi', 'inspector', 'signals'].includes(permission);
}
