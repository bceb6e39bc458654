import type { ControlReport, SandboxMode, SecurityReport } from '../../contract/index.js';
import { provenBackend } from '../sandbox/available-backend.js';
import type { Backend } from '../sandbox/backends/backend.js';
import type { Control, ControlState } from '../sandbox/index.js';
import { ATTACKS } from './attacks.js';
import { attempt, type Assault } from './attempt.js';
import { attemptAsHeir } from './heir.js';
import { attemptNatively, isPerlThere } from './native-code.js';
import { attemptToOutlive } from './orphan.js';

export { attemptWithInheritance } from './heir.js';

/**
 * Attempts an attack on each control of this machine's best backend.
 *
 * @param places - Folders of the host in which to lay what attacks are to reach, beside those for temporary files.
 */
export async function checkControls(mode: SandboxMode, places: readonly string[] = []): Promise<SecurityReport> {
  const backend = await provenBackend();
  const controls: ControlReport[] = [];
  // One after the other: some of them take all the processor there is.
  for (const state of backend.controls) controls.push(await reportOf(state, { backend, places }));
  return { mode, controls, broken: controls.filter((report) => isBroken(report, mode)).map(({ control }) => control) };
}

async function reportOf(state: ControlState, target: Target): Promise<ControlReport> {
  const achieved = state.by === 'none' ? undefined : await achievedAgainst(state, target);
  if (achieved !== undefined) return { ...state, verdict: 'fails', detail: achieved };
  const untried = state.control === 'kernel-interfaces' && state.by === 'kernel' && !(await isPerlThere()) ? { detail: 'no system calls were tried: there is no Perl to make them' } : {};
  return { ...state, ...untried, verdict: state.by === 'kernel' ? 'holds' : 'degraded' };
}

type Target = Omit<Assault, 'isCheckedByNode'>;

/** What the kernel enforces has to hold without Node's help. */
async function achievedAgainst({ control, by }: ControlState, target: Target): Promise<string | undefined> {
  const assault = { ...target, isCheckedByNode: by !== 'kernel' };
  if (control === 'death-with-host') return attemptToOutlive(assault);
  const attack = ATTACKS.find((each) => each.control === control);
  if (attack === undefined) return 'cannot be attacked: nobody knows whether it holds';
  return (await attempt(attack, assault)) ?? (await further(control, target.backend));
}

/** What Node in a confined process cannot try by itself. */
async function further(control: Control, backend: Backend): Promise<string | undefined> {
  if (control === 'descriptors') return attemptAsHeir(import.meta.url);
  return control === 'kernel-interfaces' ? attemptNatively(backend) : undefined;
}

function isBroken({ verdict }: ControlReport, mode: SandboxMode): boolean {
  return (mode === 'strict' && verdict !== 'holds') || (mode === 'standard' && verdict === 'fails');
}
