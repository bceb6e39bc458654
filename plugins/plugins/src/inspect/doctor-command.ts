import { Command, Inject, Option, PolicyService, RegistryService, StructumError, type CommandContext, type Output, type PluginRecord, type PolicyStore, type Registry } from '@structum/core';
import { IMPORT_LIMIT } from '../described-plugin.js';
import type { PackageLink } from '../link/link-folder.js';
import { userLinks } from '../link/user-links.js';
import { coreFindings } from './doctor/core-findings.js';
import { inOrder, type Finding } from './doctor/finding.js';
import { indexFindings } from './doctor/index-findings.js';
import { linkFindings } from './doctor/link-findings.js';
import { manifestFindings, UNCHECKED } from './doctor/manifest-findings.js';
import { packageFindings } from './doctor/package-findings.js';
import { policyFindings } from './doctor/policy-findings.js';
import { reasonFindings } from './doctor/reason-findings.js';
import { renderDiagnosis } from './doctor/render-doctor.js';
import { undescribedFindings } from './doctor/undescribed-findings.js';

/** What `structum plugins doctor` takes. */
export class DoctorInput {
  @Option('-s,--strict', { description: 'Fail for warnings, too' })
  strict = false;

  @Option('--manifests', { description: 'Compare manifests with the code, which imports all plugins; --no-manifests does not' })
  manifests = true;

  @Option('--import-limit', { type: 'integer', minimum: 1, description: 'How long importing one plugin may take', placeholder: 'milliseconds' })
  importLimit = IMPORT_LIMIT;
}

/** What is wrong with the plugins of a host. */
export interface Diagnosis {
  /** How many there are. */
  readonly plugins: number;
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** Looks for what is wrong with the plugins of the host that it runs in. */
@Command({
  path: 'plugins doctor',
  description: 'Find out what is wrong with plugins',
  details:
    'Looks at the index, manifests, requirements, clashes, copies of @structum/core, links and plugin_policy, and says what to do. ' +
    'Plugins that are used are imported, each in a process of its own, to compare them with their manifests; others never. ' +
    'Exit code 1 says that there are errors.',
  examples: [
    { command: 'structum plugins doctor', description: 'Look at everything' },
    { command: 'structum plugins doctor --no-manifests', description: 'Import no plugins' },
    { command: 'structum plugins doctor --strict --json', description: 'In CI: fail for warnings as well, findings as data' },
  ],
  input: DoctorInput,
})
export class DoctorCommand {
  constructor(
    @Inject(RegistryService) private readonly registry: Registry,
    @Inject(PolicyService) private readonly policies: PolicyStore,
  ) {}

  async execute({ strict, manifests, importLimit }: DoctorInput, context: CommandContext): Promise<Diagnosis> {
    const plugins = await this.registry.judged();
    const policy = await policyFindings(this.policies, this.registry);
    const findings = inOrder([
      ...indexFindings(this.registry.indexes()),
      ...packageFindings(this.registry.problems()),
      ...undescribedFindings(plugins),
      ...reasonFindings(plugins),
      ...coreFindings(plugins, this.registry.core),
      ...linkFindings(linksOf(context)),
      ...policy.findings,
      ...(manifests ? await this.#manifestFindings(plugins, policy.isReadable, importLimit, context) : []),
    ]);
    if (findings.some(({ severity }) => severity === 'error' || (strict && severity === 'warning'))) context.setExitCode(1);
    return { plugins: plugins.length, findings };
  }

  async #manifestFindings(plugins: readonly PluginRecord[], isPolicyReadable: boolean, limit: number, { signal, progress, cwd, env }: CommandContext): Promise<readonly Finding[]> {
    return isPolicyReadable ? manifestFindings(plugins, { signal, progress, cwd, env, core: this.registry.core.path, limit }) : [UNCHECKED];
  }

  render(diagnosis: Diagnosis, out: Output): Promise<void> {
    return renderDiagnosis(diagnosis, out);
  }
}

/** A user without a home has no links. */
function linksOf({ env }: CommandContext): readonly PackageLink[] {
  try {
    return userLinks(env).links();
  } catch (error) {
    if (StructumError.is(error) && error.code === 'DATA_FOLDER_MISSING') return [];
    throw error;
  }
}
