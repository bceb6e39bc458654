/** Who decided something about a plugin. */
export interface DecisionOrigin {
  /** Which layer of the configuration: `global`, `variable`, `host`. */
  readonly layer: string;
  /** Absolute path, where a file says it. */
  readonly file?: string | undefined;
  /** What says it that is no file: `$STRUCTUM_PLUGIN_POLICY__ENABLED__TREE`, `--set`. */
  readonly source?: string | undefined;
}

/** Who decided it, for people. */
export function deciderText({ layer, file, source }: DecisionOrigin): string {
  switch (layer) {
    case 'host': return 'the host\'s configuration';
    case 'variable': return `the environment variable ${variableIn(source)}`;
    case 'command-line': return `${source ?? 'what is set'} on the command line`;
    case 'project': case 'project-environment': case 'local': return `the project's configuration, ${String(file)}`;
    case 'file': return `the configuration file ${String(file)}`;
    default: return `the user's configuration, ${String(file)}`;
  }
}

/** What to do for a plugin to be enabled again. A command changes what is said for everybody and everywhere; the rest is changed where it stands. */
export function enablingHint(plugin: string, { layer, file, source }: DecisionOrigin): string {
  const setting = `plugin_policy.enabled.${plugin}`;
  switch (layer) {
    case 'host': return `Enable it where the host is made: config: { plugin_policy: { enabled: { "${plugin}": true } } }.`;
    case 'variable': return `Unset ${variableIn(source)}, or set it to true.`;
    case 'command-line': return `Leave ${source ?? 'it'} ${setting} out.`;
    case 'global-environment': case 'project-environment': case 'local': case 'file': return `Change ${setting} in ${String(file)}.`;
    case 'project': return `Enable it with "structum plugins enable ${plugin} --scope project", or change ${setting} in ${String(file)}.`;
    default: return `Enable it with "structum plugins enable ${plugin}", or change ${setting} in ${String(file)}.`;
  }
}

/** Without the sign that begins it in a shell. */
function variableIn(source: string | undefined): string {
  return String(source).replace(/^\$/, '');
}
