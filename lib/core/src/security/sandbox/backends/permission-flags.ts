import type { Control, ControlState } from '../confinement.js';
import type { Backend } from './backend.js';
import { enclosureWithFolder } from './own-folder.js';

/** Where the operating system offers nothing: Node checks files and processes itself, and nothing checks Node. */
export function permissionFlagsBackend(): Backend {
  return {
    name: 'permission-flags',
    controls: CONTROLS,
    prepare: () => enclosureWithFolder(() => []),
  };
}

const none = (control: Control): ControlState => ({ control, by: 'none' });
const byNode = (control: Control, detail?: string): ControlState => ({ control, by: 'node', means: 'permission-flags', ...(detail === undefined ? {} : { detail }) });

const CONTROLS: readonly ControlState[] = [
  byNode('files', 'links that are there already are followed'),
  byNode('file-metadata'),
  none('existence'),
  process.allowedNodeEnvironmentFlags.has('--allow-net') ? byNode('network') : none('network'),
  byNode('processes'),
  none('signals'),
  none('kernel-interfaces'),
  none('memory'),
  none('cpu-time'),
  { control: 'environment', by: 'node', means: 'launcher', detail: 'that of other processes can be asked for' },
  { control: 'descriptors', by: 'kernel', means: 'close-on-exec' },
  none('death-with-host'),
];
