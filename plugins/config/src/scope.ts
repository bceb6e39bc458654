import { Option, type ConfigScope } from '@structum/core';

/** Which file a command changes. */
export class ScopeInput {
  @Option('-s,--scope', { type: 'string', enum: ['global', 'project', 'local'], description: 'Whose file: yours, the project\'s, or what you do not share of the project', placeholder: 'scope' })
  scope: ConfigScope = 'global';

  @Option('-e,--environment', { type: 'string', description: 'The file for this environment', placeholder: 'name' })
  environment?: string;
}

/** As a store takes them. */
export function scopeOptions(scope: ConfigScope, environment: string | undefined): { readonly scope: ConfigScope; readonly environment?: string } {
  return { scope, ...(environment === undefined ? {} : { environment }) };
}
