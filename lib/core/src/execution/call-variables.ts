import type { SecurityPolicy } from '../contract/index.js';
import type { Lifecycle } from '../plugins/lifecycle.js';
import { commonPermissions, grantedVariables, resolvePermissions } from '../security/index.js';
import type { CommandCall } from './executor.js';
import { placementOfCall } from './placement.js';

/** What is known of variables where commands are called. */
export interface VariablesHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly policy: () => SecurityPolicy;
  readonly lifecycle: Pick<Lifecycle, 'placementOf'>;
}

/** The environment variables that the options of a command may come from: of a confined one, those that it may see. */
export function callVariables(call: Pick<CommandCall, 'unit' | 'within'>, { env, policy, lifecycle }: VariablesHost): Readonly<Record<string, string | undefined>> {
  const decided = policy();
  if (decided.mode === 'off' || placementOfCall(call, lifecycle) !== 'process') return env;
  const { unit, within } = call;
  const { env: narrowed } = decided.permissionsFor(unit.name);
  const own = resolvePermissions({ env: unit.manifest.permissions.env ?? [] }, narrowed === undefined ? [] : [{ env: narrowed }], {});
  return grantedVariables((within === undefined ? own : commonPermissions(own, within.permissions)).env, env);
}
