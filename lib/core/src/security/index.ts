export { AuditTrail } from './audit-trail.js';
export { deniedFrom, denialOf, type Denial } from './denial.js';
export { gitRules, type GitRules } from './git-rules.js';
export { grantedFile } from './granted-file.js';
export { pathGrants, type GrantingCall, type PathGrants } from './path-grants.js';
export type { PermissionPlaces } from './permission-paths.js';
export { grantedVariables, outermostPaths, resolvePermissions } from './permissions.js';
