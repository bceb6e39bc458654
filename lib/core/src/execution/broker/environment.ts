import { catalogued } from '../../errors/index.js';
import { grantedVariables } from '../../security/index.js';
import { UNWANTED_VARIABLE } from '../../security/sandbox/environment.js';
import type { BrokerHost } from './broker.js';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a program: the variables that its plugin may see, those that the plugin gives it, and where programs are.
 * @throws `PERMISSION_DENIED`
 */
export function environmentFor({ plugin, permissions: { env: granted }, asked, env }: BrokerHost, given: Variables = {}): Readonly<Record<string, string>> {
  const allowed = grantedVariables(granted, given);
  const denied = Object.keys(given).find((name) => !Object.hasOwn(allowed, name) || UNWANTED_VARIABLE.test(name));
  if (denied !== undefined) throw catalogued('PERMISSION_DENIED', { plugin, permission: 'env', wanted: denied, ...reasonOf(denied, asked.env) });
  const seen = Object.entries({ ...grantedVariables(granted, env), ...allowed }).filter(([name]) => !UNWANTED_VARIABLE.test(name));
  return { ...systemVariables(env), ...Object.fromEntries(seen) };
}

function reasonOf(denied: string, asked: readonly string[]): { readonly reason?: string; readonly remedy?: 'configuration' | 'none' } {
  if (UNWANTED_VARIABLE.test(denied)) return { reason: 'it makes programs another thing than they are', remedy: 'none' };
  return Object.hasOwn(grantedVariables(asked, { [denied]: '' }), denied) ? { remedy: 'configuration' } : {};
}

/** Where programs are, also for a host that hands on no variables. */
export function programPath(env: Variables): string {
  return variable('PATH', env) ?? variable('PATH', process.env) ?? '';
}

/** Programs of Windows do not start without knowing where that is. */
function systemVariables(env: Variables): Readonly<Record<string, string>> {
  const root = process.platform === 'win32' ? variable('SystemRoot', process.env) : undefined;
  return { PATH: programPath(env), ...(root === undefined ? {} : { SystemRoot: root }) };
}

/** Windows writes names as it likes. */
function variable(name: string, env: Variables): string | undefined {
  const found = process.platform === 'win32' ? Object.keys(env).find((key) => key.toUpperCase() === name.toUpperCase()) : name;
  return found === undefined ? undefined : env[found];
}
