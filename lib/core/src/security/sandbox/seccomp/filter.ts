import { answer, assemble, ifAnyBitSkip, ifEqualSkip, load, SeccompAnswer, SeccompData, unlessEqualSkip, unlessGreaterSkip, type Instruction } from './assembler.js';
import { LAST_KNOWN, PartlyDenied, SystemCalls, type FilteredArchitecture, type SystemCallNumber } from './system-calls.js';

/** What stands in a filter in the place of the number of the process that it is for, known to its launcher only. */
export const OWN_PROCESS = 0x5354524d;

/** What a filter denies beyond the network, other processes and the kernel's back doors. */
export interface FilterOptions {
  /** Whether files' modes, owners and times can be changed only through files that are open for it: where no mount protects them. */
  readonly protectMetadata: boolean;
  /** Whether the process has a namespace of processes of its own; else it may send signals to {@link OWN_PROCESS} only. */
  readonly ownProcesses: boolean;
  /** Whether it may start others, which are confined as it is: only where it has a namespace of processes of its own. */
  readonly startsProcesses?: boolean;
}

const ARCHITECTURES: Readonly<Record<FilteredArchitecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };
const X32_BIT = 0x40000000;
const EPERM = SeccompAnswer.errno(1);
const ENOSYS = SeccompAnswer.errno(38);
const CLONE_THREAD = 0x00010000;
/** Puts characters into the input of the terminal, and reaches the menu of the Linux console. */
const TERMINAL_REQUESTS = [0x5412, 0x541c];
/** All of the bits with which `clone` makes another namespace. */
const CLONE_NAMESPACES = 0x7e020000;
const PR_SET_PDEATHSIG = 1;

/** Whether there is a filter for this processor. */
export function isFiltered(architecture: string): architecture is FilteredArchitecture {
  return Object.hasOwn(ARCHITECTURES, architecture);
}

/** The seccomp filter of a confined Node process, as the kernel takes it: threads and files go on working, the rest is denied. */
export function seccompFilter(architecture: FilteredArchitecture, options: FilterOptions): Uint8Array {
  const { startsProcesses = false } = options;
  const { queues, fileMetadata, forks, signals, messages, ...denied } = SystemCalls;
  const deny = (calls: Readonly<Record<string, SystemCallNumber>>, error: number) => denials(architecture, calls, error);
  const rule = (call: SystemCallNumber, body: readonly Instruction[]) => rules(architecture, call, body);
  return assemble([
    ...rightCallsOnly(architecture),
    ...Object.values(denied).flatMap((calls) => deny(calls, EPERM)),
    ...(startsProcesses ? [] : [forks, signals, messages].flatMap((calls) => deny(calls, EPERM))),
    ...(options.protectMetadata ? deny(fileMetadata, EPERM) : []),
    // The C library and libuv do without when they hear that there is no such call.
    ...deny({ ...queues, clone3: PartlyDenied.clone3 }, ENOSYS),
    ...rule(PartlyDenied.clone, startsProcesses
      ? [load(SeccompData.argument(0)), ifAnyBitSkip(CLONE_NAMESPACES, 1), answer(SeccompAnswer.allow), answer(EPERM)]
      : [load(SeccompData.argument(0)), ifAnyBitSkip(CLONE_THREAD, 1), answer(EPERM), answer(SeccompAnswer.allow)]),
    ...rule(PartlyDenied.ioctl, onlyOthersThan(1, TERMINAL_REQUESTS)),
    ...rule(PartlyDenied.prctl, onlyOthersThan(0, [PR_SET_PDEATHSIG])),
    ...rule(PartlyDenied.prlimit64, onlyWith(0, 0)),
    ...(options.ownProcesses ? [] : rule(PartlyDenied.tgkill, onlyWith(0, OWN_PROCESS))),
    ...(options.protectMetadata ? rule(PartlyDenied.utimensat, onlyOpenFile()) : []),
    answer(SeccompAnswer.allow),
  ]);
}

/** Ends a process that makes calls in the manner of another processor, where numbers mean something else. */
function rightCallsOnly(architecture: FilteredArchitecture): Instruction[] {
  return [
    load(SeccompData.architecture), ifEqualSkip(ARCHITECTURES[architecture], 1), answer(SeccompAnswer.killProcess),
    load(SeccompData.number), unlessGreaterSkip(X32_BIT - 1, 1), answer(SeccompAnswer.killProcess),
    unlessGreaterSkip(LAST_KNOWN, 1), answer(ENOSYS),
  ];
}

function denials(architecture: FilteredArchitecture, calls: Readonly<Record<string, SystemCallNumber>>, error: number): Instruction[] {
  return Object.values(calls).flatMap((call) => rules(architecture, call, [answer(error)]));
}

/** What is done at a call; nothing where the processor has none. The body has to end in an answer. */
function rules(architecture: FilteredArchitecture, call: SystemCallNumber, body: readonly Instruction[]): Instruction[] {
  const number = typeof call === 'number' ? call : call[architecture];
  return number === undefined ? [] : [unlessEqualSkip(number, body.length), ...body];
}

/** Allows a call unless an argument is one of `values`. */
function onlyOthersThan(argument: number, values: readonly number[]): Instruction[] {
  return [
    load(SeccompData.argument(argument)),
    ...values.flatMap((value) => [unlessEqualSkip(value, 1), answer(EPERM)]),
    answer(SeccompAnswer.allow),
  ];
}

/** Allows a call only with this value of an argument. */
function onlyWith(argument: number, value: number): Instruction[] {
  return [load(SeccompData.argument(argument)), unlessEqualSkip(value, 1), answer(SeccompAnswer.allow), answer(EPERM)];
}

/** Allows a call whose second argument, a pointer to a path, is null. */
function onlyOpenFile(): Instruction[] {
  const path = SeccompData.argument(1);
  return [load(path), unlessEqualSkip(0, 3), load(path + 4), unlessEqualSkip(0, 1), answer(SeccompAnswer.allow), answer(EPERM)];
}
