export type * from './confinement.js';
export { availableBackend } from './available-backend.js';
export { followedPaths } from './granted-paths.js';
export { withHanded } from './handed-descriptors.js';
export { isOutdated, launchOf, programLaunchOf } from './launch.js';
export { degradedIn, isNews } from './degradation.js';
