import { definePlugin, type CommandClass, type PluginClass, type Provider, type ServiceToken } from '../index.js';
import { failure } from './failure.js';

/** What stands in for a service; see {@link fakeService}. */
export interface FakeService {
  readonly kind: 'service';
  readonly token: ServiceToken<unknown>;
  readonly value: unknown;
}

/** What stands in for a plugin; see {@link fakePlugin}. */
export interface FakePlugin {
  readonly kind: 'plugin';
  readonly name: string;
  /** The lowest that will do, when left out. */
  readonly version: string | undefined;
  readonly services: readonly FakeService[];
  readonly commands: readonly CommandClass[];
}

/** What {@link testHost} takes as `fakes`. */
export type Fake = FakePlugin | FakeService;

/** What a {@link fakePlugin} has. */
export interface FakePluginOptions {
  /** The lowest version that the plugin under test accepts, when left out. */
  readonly version?: string;
  /** The services that it provides. */
  readonly services?: readonly FakeService[];
  readonly commands?: readonly CommandClass[];
}

/**
 * A service that stands in for a real one: `fakeService(TreeService, { walk: () => [] })`.
 *
 * Only what the test needs has to be there; using any other member of it fails, and names that member. Beside a
 * plugin, in `fakes`, it is a service of any plugin, or one of the host: its registry, its policy, its clock.
 */
export function fakeService<Service>(token: ServiceToken<Service>, value: Partial<Service>): FakeService {
  return { kind: 'service', token, value: strict(token.id, value) };
}

/** A plugin that stands in for one that the plugin under test requires: `fakePlugin('tree', { services: [fakeService(TreeService, …)] })`. */
export function fakePlugin(name: string, { version, services = [], commands = [] }: FakePluginOptions = {}): FakePlugin {
  return { kind: 'plugin', name, version, services, commands };
}

/** The plugin that a fake stands for, as a host takes it. */
export function pluginOfFake({ name, services, commands }: FakePlugin, version: string): PluginClass {
  return definePlugin({
    name,
    version,
    description: 'A fake',
    provides: services.map(({ token }) => token),
    providers: services.map(({ token, value }): Provider => ({ provide: token, useValue: value })),
    commands,
  });
}

/** Looked at by whoever awaits, prints or compares a value: that these are missing is no mistake. */
const HARMLESS: ReadonlySet<string> = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', 'tagName', 'inspect', '$$typeof', 'constructor']);

function strict(service: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, member): unknown {
      if (typeof member === 'symbol' || member in target || HARMLESS.has(member)) return memberOf(target, member);
      throw failure({
        message: `The fake of the service "${service}" has no "${member}", which was used.`,
        remedy: `Give it one: fakeService(…, { ${member}: … }); undefined where it is to be missing.`,
      });
    },
  });
}

/** Methods of a class may use its private members, which a proxy does not have. */
function memberOf(target: object, member: string | symbol): unknown {
  const found: unknown = Reflect.get(target, member, target);
  const isMethod = typeof found === 'function' && !Object.hasOwn(target, member) && member !== 'constructor';
  return isMethod ? (...args: unknown[]): unknown => Reflect.apply(found, target, args) : found;
}
