import { CommandContext, ConfigChange, ConfigDifference, ConfigExplanation, ConfigFileRecord, ConfigFinding, ConfigScope, ConfigStore, ConfigValue, Output } from '@structum/core';

/** `structum config …`: reads, explains, checks and changes the configuration. */
declare class ConfigPlugin {
}
declare module "@structum/core" {
  interface CommandMap {
    "config diff": {
      input: Given<DiffInput, "one">;
      result: readonly ConfigDifference[];
    };
    "config edit": {
      input: Given<ScopeInput>;
      result: EditedFile;
    };
    "config explain": {
      input: Given<ExplainInput, "key">;
      result: ConfigExplanation;
    };
    "config get": {
      input: Given<GetInput, "key">;
      result: ConfigValue;
    };
    "config list": {
      input: Given<ListInput>;
      result: readonly ConfigValue[];
    };
    "config path": {
      input: object;
      result: readonly ConfigFileRecord[];
    };
    "config schema": {
      input: object;
      result: object;
    };
    "config set": {
      input: Given<SetInput, "key" | "value">;
      result: ConfigChange;
    };
    "config unset": {
      input: Given<UnsetInput, "key">;
      result: ConfigChange;
    };
    "config validate": {
      input: Given<ValidateInput>;
      result: readonly ConfigFinding[];
    };
  }
}
/** Compares environments. */
export declare class DiffCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute({ one, other }: DiffInput): Promise<readonly ConfigDifference[]>;
  render(differences: readonly ConfigDifference[], out: Output): Promise<void>;
}
/** What `structum config diff` takes. */
export declare class DiffInput {
  one: string;
  other?: string;
}
/** Opens a configuration file in the user's editor. */
export declare class EditCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute({ scope, environment }: ScopeInput, context: CommandContext): Promise<EditedFile>;
  render({ file, findings }: EditedFile, out: Output): void;
}
/** Says why a setting has its value. */
export declare class ExplainCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute({ key, reveal }: ExplainInput): Promise<ConfigExplanation>;
  render({ key, value, schema, voices }: ConfigExplanation, out: Output): Promise<void>;
}
/** What `structum config explain` takes. */
export declare class ExplainInput {
  key: string;
  reveal: boolean;
}
/** Tells the value of a setting. */
export declare class GetCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute({ key, reveal }: GetInput, context: CommandContext): Promise<ConfigValue>;
  render({ value }: ConfigValue, out: Output): void;
}
/** What `structum config get` takes. */
export declare class GetInput {
  key: string;
  reveal: boolean;
}
/** Lists settings and their values. */
export declare class ListCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute({ prefix, showOrigin, all, reveal }: ListInput): Promise<readonly ConfigValue[]>;
  render(settings: readonly ConfigValue[], out: Output): Promise<void>;
}
/** What `structum config list` takes. */
export declare class ListInput {
  prefix?: string;
  showOrigin: boolean;
  all: boolean;
  reveal: boolean;
}
/** Tells the files of a configuration. */
export declare class PathCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute(): readonly ConfigFileRecord[];
  render(files: readonly ConfigFileRecord[], out: Output): Promise<void>;
}
/** Prints the schema of configuration files. */
export declare class SchemaCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute(): Promise<object>;
  render(schema: object, out: Output): void;
}
/** Which file a command changes. */
export declare class ScopeInput {
  scope: ConfigScope;
  environment?: string;
}
/** Sets a value in a file. */
export declare class SetCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute({ key, value, force, scope, environment }: SetInput): Promise<ConfigChange>;
  render(change: ConfigChange, out: Output): Promise<void>;
}
/** What `structum config set` takes. */
export declare class SetInput extends ScopeInput {
  key: string;
  value: string;
  force: boolean;
}
/** Takes a setting out of a file. */
export declare class UnsetCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute({ key, force, scope, environment }: UnsetInput): Promise<ConfigChange>;
  render(change: ConfigChange, out: Output): Promise<void>;
}
/** What `structum config unset` takes. */
export declare class UnsetInput extends ScopeInput {
  key: string;
  force: boolean;
}
/** Checks a configuration. */
export declare class ValidateCommand {
  private readonly config;
  constructor(config: ConfigStore);
  execute({ strict, resolve }: ValidateInput, context: CommandContext): Promise<readonly ConfigFinding[]>;
  render(findings: readonly ConfigFinding[], out: Output): Promise<void>;
}
/** What `structum config validate` takes. */
export declare class ValidateInput {
  strict: boolean;
  resolve: boolean;
}
/** What became of an edited file. */
export interface EditedFile {
  readonly file: string;
  readonly findings: readonly ConfigFinding[];
}
type Given<Input, Required extends keyof Input = never> = Partial<Input> & Pick<Input, Required>;

export {
  ConfigPlugin as default,
};

export {};
