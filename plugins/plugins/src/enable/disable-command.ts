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
  details: 'Changes plugin_policy.enabled of the configuration; everything else in the file stays as it is. A disabled plugin costs nothing.',
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
    for (const name of force ? [] : wanted) this.#refuseIfNeeded(name, wanted);
    const results: EnabledPlugin[] = [];
    for (const name of wanted) results.push(await setEnabled(this.policies, name, false, scope, this.#broken(name, wanted)));
    return results;
  }

  render(plugins: readonly EnabledPlugin[], out: Output): Promise<void> {
    return renderEnabled(plugins, out);
  }

  #refuseIfNeeded(name: string, wanted: readonly string[]): void {
    if (ESSENTIAL.has(name)) throw pluginEssential(name);
    const dependents = this.#dependents(name, wanted);
    if (dependents.length > 0) throw pluginNeeded(name, dependents);
  }

  #broken(name: string, wanted: readonly string[]): readonly string[] {
    return this.#dependents(name, wanted).map((dependent) => `"${dependent}" requires it, and cannot be used any more.`);
  }

  /** Those that could be used before, and not afterwards. */
  #dependents(name: string, wanted: readonly string[]): readonly string[] {
    return this.registry.dependents(name)
      .filter(({ plugin, optional }) => !optional && !wanted.includes(plugin) && !isUnused(this.registry, plugin))
      .map(({ plugin }) => plugin);
  }
}

function isUnused(registry: Registry, plugin: string): boolean {
  const state = registry.plugin(plugin)?.state;
  return state === undefined || state === 'disabled' || state === 'rejected';
}
