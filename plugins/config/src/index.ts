import { Plugin, type ConfigChange, type ConfigDifference, type ConfigExplanation, type ConfigFileRecord, type ConfigFinding, type ConfigValue } from '@structum/core';
import { DiffCommand, type DiffInput } from './diff-command.js';
import { EditCommand, type EditedFile } from './edit-command.js';
import { ExplainCommand, type ExplainInput } from './explain-command.js';
import { GetCommand, type GetInput } from './get-command.js';
import { ListCommand, type ListInput } from './list-command.js';
import { PathCommand } from './path-command.js';
import { SchemaCommand } from './schema-command.js';
import type { ScopeInput } from './scope.js';
import { SetCommand, type SetInput } from './set-command.js';
import { UnsetCommand, type UnsetInput } from './unset-command.js';
import { ValidateCommand, type ValidateInput } from './validate-command.js';

type Given<Input, Required extends keyof Input = never> = Partial<Input> & Pick<Input, Required>;

declare module '@structum/core' {
  interface CommandMap {
    'config diff': { input: Given<DiffInput, 'one'>; result: readonly ConfigDifference[] };
    'config edit': { input: Given<ScopeInput>; result: EditedFile };
    'config explain': { input: Given<ExplainInput, 'key'>; result: ConfigExplanation };
    'config get': { input: Given<GetInput, 'key'>; result: ConfigValue };
    'config list': { input: Given<ListInput>; result: readonly ConfigValue[] };
    'config path': { input: object; result: readonly ConfigFileRecord[] };
    'config schema': { input: object; result: object };
    'config set': { input: Given<SetInput, 'key' | 'value'>; result: ConfigChange };
    'config unset': { input: Given<UnsetInput, 'key'>; result: ConfigChange };
    'config validate': { input: Given<ValidateInput>; result: readonly ConfigFinding[] };
  }
}

/** `structum config …`: reads, explains, checks and changes the configuration. */
@Plugin({
  name: 'config',
  category: 'core',
  description: 'Read, explain, check and change the configuration',
  engine: '^2.0.0',
  permissions: { run: ['*'], services: ['structum.config'] },
  commands: [GetCommand, ListCommand, ExplainCommand, SetCommand, UnsetCommand, ValidateCommand, SchemaCommand, EditCommand, PathCommand, DiffCommand],
  module: import.meta.url,
})
export default class ConfigPlugin {}

export { DiffCommand, DiffInput } from './diff-command.js';
export { EditCommand, type EditedFile } from './edit-command.js';
export { ExplainCommand, ExplainInput } from './explain-command.js';
export { GetCommand, GetInput } from './get-command.js';
export { ListCommand, ListInput } from './list-command.js';
export { PathCommand } from './path-command.js';
export { SchemaCommand } from './schema-command.js';
export { ScopeInput } from './scope.js';
export { SetCommand, SetInput } from './set-command.js';
export { UnsetCommand, UnsetInput } from './unset-command.js';
export { ValidateCommand, ValidateInput } from './validate-command.js';
