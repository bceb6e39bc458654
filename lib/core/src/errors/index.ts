export { ExitCode, catalogue, catalogued, isCatalogued, type ErrorCode, type ErrorParams, type InputProblem, type SettingProblem } from './catalogue.js';
export { kindOf } from './kind-of.js';
export { StructumError, messageOf, remedyIn, thrownBy, type ErrorSource, type StructumErrorInit } from './structum-error.js';
