export { AuditTrail } from './audit-trail.js';
export { deniedFrom, denialOf } from './denial.js';
export { gitRules, type GitRules } from './git-rules.js';
export { grantedFile } from './granted-file.js';
export { pathGrants, type GrantingCall, type PathGrants } from './path-grants.js';
export { permissionDenied, type Denial, type DeniedProcess } from './permission-denied.js';
export type { PermissionPlaces } from './permission-paths.js';
export { allowsProgram, commonPermissions, grantedVariables, outermostPaths, resolvePermissions, type ResolveOptions } from './permissions.js';
