export type * from './confinement.js';
export { launchOf } from './launch.js';
