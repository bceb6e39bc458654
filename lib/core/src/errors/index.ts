export { ExitCode, catalogue, catalogued, isCatalogued, type DeniedPermission, type ErrorCode, type ErrorParams, type FileProblem, type InputProblem, type LimitName, type SettingOrigin, type SettingProblem } from './catalogue.js';
export type { DecisionOrigin } from './decision-text.js';
export { kindOf } from './kind-of.js';
export { StructumError, messageOf, remedyIn, thrownBy, type ErrorSource, type StructumErrorInit } from './structum-error.js';
