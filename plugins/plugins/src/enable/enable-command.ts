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
    return setEnabled(wanted, true, { registry: this.registry, policies: this.policies, scope }, (name) => this.#obstacle(name));
  }

  render(plugins: readonly EnabledPlugin[], out: Output): Promise<void> {
    return renderEnabled(plugins, out);
  }

  /** Why it cannot be used all the same: what it requires is disabled, for instance. */
  #obstacle(name: string): readonly string[] {
    const record = this.registry.plugin(name);
    if (record?.state !== 'rejected' || record.reason === undefined) return [];
    const { message, hint } = record.reason;
    return [`It cannot be used yet: ${message}${hint === undefined ? '' : ` ${hint}`}`];
  }
}
