export type * from './confinement.js';
export { launchOf, programLaunchOf } from './launch.js';
