import { Argument, Command, Inject, Option, PolicyService, RegistryService, type Output, type PolicyScope, type PolicyStore, type Registry } from '@structum/core';
import { pluginNeeded } from '../errors.js';
import { brokenText, needingPlugins } from '../needing-plugins.js';
import { renderEnabled, setEnabled, type EnabledPlugin } from './enabled-plugin.js';
import { pluginEssential } from './errors.js';
import { requireKnown } from './known-plugins.js';

/** The host's own plugins that whoever disabled too much needs to see what is wrong, and to undo it. */
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
    const dependents = new Map(wanted.map((name) => [name, needingPlugins(name, wanted, this.registry)]));
    if (!force) {
      const essential = wanted.find((name) => ESSENTIAL.has(name) && this.registry.plugin(name)?.tier === 'host');
      if (essential !== undefined) throw pluginEssential(essential);
      refuseIfNeeded(wanted, dependents, scope);
    }
    return setEnabled(wanted, false, { registry: this.registry, policies: this.policies, scope }, (name) => (dependents.get(name) ?? []).map(brokenText));
  }

  render(plugins: readonly EnabledPlugin[], out: Output): Promise<void> {
    return renderEnabled(plugins, out);
  }
}

function refuseIfNeeded(wanted: readonly string[], dependents: ReadonlyMap<string, readonly string[]>, scope: PolicyScope): void {
  const needed = wanted.find((name) => dependents.get(name)?.length !== 0);
  if (needed !== undefined) {
    const all = [...new Set([...wanted, ...[...dependents.values()].flat()])];
    throw pluginNeeded(needed, dependents.get(needed) ?? [], `Disable them too (structum plugins disable ${all.join(' ')}${scope === 'user' ? '' : ` --scope ${scope}`})`);
  }
}
