export { ExitCode, catalogue, catalogued, type ErrorCode, type ErrorParams, type InputProblem, type SettingProblem } from './catalogue.js';
export { kindOf } from './kind-of.js';
export { StructumError, messageOf, type StructumErrorInit } from './structum-error.js';
