import { Argument, Command, Inject, Option, PolicyService, RegistryService, type Output, type PolicyScope, type PolicyStore, type Registry } from '@structum/core';
import { renderEnabled, setEnabled, type EnabledPlugin } from './enabled-plugin.js';
import { requireKnown } from './known-plugins.js';

/** What `structum plugins enable` takes. */
export class EnableInput {
  @Argument({ type: 'array', items: { type: 'string' }, minItems: 1, description: 'The plugins\' names' })
  names!: string[];

  @Option('--scope', { type: 'string', enum: ['user', 'project'], description: 'Whose configuration is changed', placeholder: 'scope' })
  scope: PolicyScope = 'user';
}

/** Takes plugins up again that were disabled. */
@Command({
  path: 'plugins enable',
  description: 'Use plugins again that were disabled',
  details: 'Changes plugin_policy.enabled of the configuration; everything else in the file stays as it is.',
  examples: [
    { command: 'structum plugins enable tree', description: 'Use the plugin "tree" again' },
    { command: 'structum plugins enable tree --scope project', description: 'In the project, whatever its users\' own configuration says' },
  ],
  input: EnableInput,
})
export class EnableCommand {
  constructor(
    @Inject(RegistryService) private readonly registry: Registry,
    @Inject(PolicyService) private readonly policies: PolicyStore,
  ) {}

  async execute({ names, scope }: EnableInput): Promise<EnabledPlugin[]> {
    const wanted = [...new Set(names)];
    await requireKnown(wanted, scope, this.registry, this.policies);
    const results: EnabledPlugin[] = [];
    for (const name of wanted) results.push(await setEnabled(this.policies, name, true, scope, this.#missing(name, wanted)));
    return results;
  }

  render(plugins: readonly EnabledPlugin[], out: Output): Promise<void> {
    return renderEnabled(plugins, out);
  }

  /** What it requires is still disabled. */
  #missing(name: string, wanted: readonly string[]): readonly string[] {
    const required = this.registry.dependsOn(name).flatMap(({ plugin, optional }) => (plugin === undefined || optional ? [] : [plugin]));
    const missing = required.filter((plugin) => !wanted.includes(plugin) && this.registry.plugin(plugin)?.state === 'disabled');
    return missing.map((plugin) => `It requires "${plugin}", which is disabled: structum plugins enable ${plugin}`);
  }
}
