/** How an official command is called to see what it does. */
export interface OfficialCall {
  readonly input?: object;
  /** Whether it has an effect on the project's or the user's files, which are compared then. */
  readonly changes?: true;
  /** Whether its text tells how long something took: then its columns are as wide as that. */
  readonly isTimed?: true;
  /** Why it cannot come to the same in a process of its own; that it does not is tested, too. */
  readonly differsInProcesses?: string;
}

const OWN_PROCESS = 'It imports the code of another plugin in a process that it starts.';
const OTHER_PACKAGES = 'It looks into the packages of all plugins, which one alone may not read.';
const EDITOR = 'It gives an editor the terminal of its host.';
const LINKS = 'It changes the links of the user, which no plugin may do that is confined.';

/** All official commands, and calls of each. */
export const OFFICIAL_CALLS: Readonly<Record<string, readonly [OfficialCall, ...OfficialCall[]]>> = {
  'tree': [{}, { input: { directory: 'src', depth: 1, stats: true, theme: 'ascii' } }, { input: { directory: 'nowhere' } }],
  'archive': [{ input: { directory: 'src', output: '-', ext: ['js'] } }, { input: { directory: 'nowhere' } }, { input: { output: 'all.md' }, changes: true }],
  'completion': [{ input: { shell: 'bash' } }, { input: { shell: 'zsh' } }, { input: { shell: 'fish' } }],
  'config diff': [{ input: { one: 'test' } }, { input: { one: 'test', other: 'nowhere' } }],
  'config edit': [{ changes: true, differsInProcesses: EDITOR }],
  'config explain': [{ input: { key: 'plugins.tree.theme' } }],
  'config get': [{ input: { key: 'plugins.tree.theme' } }, { input: { key: 'plugins.tree.nothing' } }],
  'config list': [{ input: { prefix: 'plugins.tree' } }],
  'config path': [{}],
  'config schema': [{}],
  'config set': [{ input: { key: 'plugins.tree.theme', value: 'unicode' }, changes: true }, { input: { key: 'nothing', value: 'x' } }],
  'config unset': [{ input: { key: 'plugins.tree.theme', scope: 'project' }, changes: true }, { input: { key: 'nothing' } }],
  'config validate': [{}],
  'plugins disable': [{ input: { names: ['completion'] }, changes: true }, { input: { names: ['tree'] } }],
  'plugins doctor': [{ input: { manifests: false } }, { differsInProcesses: OTHER_PACKAGES }],
  'plugins enable': [{ input: { names: ['tree'] } }, { input: { names: ['nobody'] } }],
  'plugins graph': [{ input: { format: 'mermaid' } }],
  'plugins info': [{ input: { name: 'linked' } }, { input: { name: 'nobody' } }],
  'plugins link': [{ input: { folder: 'nowhere' } }, { input: { folder: 'greet' }, changes: true, differsInProcesses: OWN_PROCESS }],
  'plugins list': [{ isTimed: true }, { input: { category: 'export' }, isTimed: true }],
  'plugins manifest': [{ input: { folder: 'nowhere' } }, { input: { folder: 'greet' }, changes: true, differsInProcesses: OWN_PROCESS }],
  'plugins new': [{ input: { name: 'hello', dryRun: true, yes: true } }, { input: { name: 'hello', yes: true }, changes: true }],
  'plugins unlink': [{ input: { name: 'nobody' }, differsInProcesses: LINKS }, { input: { name: 'linked' }, changes: true, differsInProcesses: LINKS }],
  'plugins why': [{ input: { name: 'tree' } }, { input: { name: 'nobody' } }],
  'security doctor': [{}, { input: { mode: 'strict' } }],
};
