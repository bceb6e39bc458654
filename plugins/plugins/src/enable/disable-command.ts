import { Argument, Command, Inject, Option, PolicyService, RegistryService, type Output, type PolicyScope, type PolicyStore, type Registry } from '@structum/core';
import { renderEnabled, setEnabled, type EnabledPlugin } from './enabled-plugin.js';
import { pluginEssential, pluginNeeded } from './errors.js';
import { requireKnown } from './known-plugins.js';

/** Plugins that whoever disabled too much needs to see what is wrong, and to undo it. */
const ESSENTIAL: ReadonlySet<string> = new Set(['plugins', 'config', 'security', 'health']);

/** What `structum plugins disable` takes. */
export class DisableInput {
  @Argument({ type: 'array', items: { type: 'string' }, minItems: 1, description: 'The plugins\' names' })
  names!: string[];

  @Option('--scope', { type: 'string', enum: ['user', 'project'], description: 'Whose configuration is changed', placeholder: 'scope' })
  scope: PolicyScope = 'user';

  @Option('-f,--force', { description: 'Also what other plugins require, and what puts things right again' })
  force = false;
}

/** Leaves plugins out from now on. */
@Command({
  path: 'plugins disable',
  description: 'No longer use plugins, without removing them',
  details:
    'Changes plugin_policy.enabled of the configuration; everything else in the file stays as it is. A disabled plugin costs nothing. ' +
    'What others require is not disabled, unless they are disabled with it, or --force is given.',
  examples: [
    { command: 'structum plugins disable tree', description: 'Leave the plugin "tree" out, for yourself' },
    { command: 'structum plugins disable tree --scope project', description: 'In this project, for everybody' },
  ],
  input: DisableInput,
})
export class DisableCommand {
  constructor(
    @Inject(RegistryService) private readonly registry: Registry,
    @Inject(PolicyService) private readonly policies: PolicyStore,
  ) {}

  async execute({ names, scope, force }: DisableInput): Promise<EnabledPlugin[]> {
    const wanted = [...new Set(names)];
    await requireKnown(wanted, scope, this.registry, this.policies);
    const dependents = new Map(wanted.map((name) => [name, this.#dependents(name, wanted)]));
    if (!force) refuseIfNeeded(wanted, dependents, scope);
    return setEnabled(wanted, false, { registry: this.registry, policies: this.policies, scope }, (name) => (dependents.get(name) ?? []).map(brokenText));
  }

  render(plugins: readonly EnabledPlugin[], out: Output): Promise<void> {
    return renderEnabled(plugins, out);
  }

  /** Those that could be used before, and not afterwards: who requires it, and who requires those. */
  #dependents(name: string, wanted: readonly string[]): readonly string[] {
    const found = new Set([name]);
    // A set hands out what is added to it while it is walked.
    for (const each of found) {
      for (const { plugin, optional } of this.registry.dependents(each)) {
        if (!optional && !wanted.includes(plugin) && !isUnused(this.registry, plugin)) found.add(plugin);
      }
    }
    found.delete(name);
    return [...found].sort();
  }
}

function refuseIfNeeded(wanted: readonly string[], dependents: ReadonlyMap<string, readonly string[]>, scope: PolicyScope): void {
  const essential = wanted.find((name) => ESSENTIAL.has(name));
  if (essential !== undefined) throw pluginEssential(essential);
  const needed = wanted.find((name) => dependents.get(name)?.length !== 0);
  if (needed !== undefined) throw pluginNeeded(needed, dependents.get(needed) ?? [], [...new Set([...wanted, ...[...dependents.values()].flat()])], scope);
}

function brokenText(dependent: string): string {
  return `"${dependent}" requires it, and cannot be used any more.`;
}

function isUnused(registry: Registry, plugin: string): boolean {
  const state = registry.plugin(plugin)?.state;
  return state === undefined || state === 'disabled' || state === 'rejected';
}
