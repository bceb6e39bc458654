import { expect } from 'chai';
import { OWN_PROCESS, seccompFilter, type FilterOptions } from '#internal/core/security/sandbox/seccomp/filter.js';
import { LAST_KNOWN, PartlyDenied, SystemCalls, type FilteredArchitecture, type SystemCallNumber } from '#internal/core/security/sandbox/seccomp/system-calls.js';

const AUDIT = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
const INSTRUCTION = 8;

type Answer = 'allow' | 'kill' | 'EPERM' | 'ENOSYS';
const ANSWERS = new Map<number, Answer>([[0x7fff0000, 'allow'], [0x80000000, 'kill'], [0x00050001, 'EPERM'], [0x00050026, 'ENOSYS']]);

/** What the kernel would do: runs the filter on a call. */
function verdict(filter: Uint8Array, architecture: number, number: number, args: readonly bigint[] = []): Answer | undefined {
  const data = new DataView(new ArrayBuffer(64));
  data.setUint32(0, number, true);
  data.setUint32(4, architecture, true);
  for (const [index, argument] of args.entries()) data.setBigUint64(16 + index * 8, argument, true);
  const program = new DataView(filter.buffer, filter.byteOffset, filter.byteLength);
  let accumulator = 0;
  for (let at = 0; at < filter.byteLength; at += INSTRUCTION) {
    const [code, whenTrue, whenFalse, operand] = [program.getUint16(at, true), program.getUint8(at + 2), program.getUint8(at + 3), program.getUint32(at + 4, true)];
    if (code === 0x06) return ANSWERS.get(operand);
    if (code === 0x20) accumulator = data.getUint32(operand, true);
    else at += INSTRUCTION * (holds(code, accumulator, operand) ? whenTrue : whenFalse);
  }
  return undefined;
}

function holds(code: number, accumulator: number, operand: number): boolean {
  if (code === 0x15) return accumulator === operand;
  return code === 0x25 ? accumulator > operand : (accumulator & operand) !== 0;
}

const numberOf = (call: SystemCallNumber, architecture: FilteredArchitecture): number | undefined => (typeof call === 'number' ? call : call[architecture]);

for (const architecture of ['x64', 'arm64'] as const) {
  describe(`the filter of system calls on ${architecture}`, () => {
    const asked = (options: FilterOptions, call: SystemCallNumber, args: readonly bigint[] = []): Answer | undefined => {
      const number = numberOf(call, architecture);
      return number === undefined ? undefined : verdict(seccompFilter(architecture, options), AUDIT[architecture], number, args);
    };
    const shared = { protectMetadata: true, ownProcesses: false };
    const alone = { protectMetadata: false, ownProcesses: true };

    it('ends what makes calls of another processor', () => {
      const filter = seccompFilter(architecture, alone);
      expect(verdict(filter, AUDIT[architecture === 'x64' ? 'arm64' : 'x64'], 0)).to.equal('kill');
      expect(verdict(filter, AUDIT[architecture], 0x40000000)).to.equal('kill');
    });

    it('knows nothing of calls that came later', () => {
      expect(verdict(seccompFilter(architecture, alone), AUDIT[architecture], LAST_KNOWN + 1)).to.equal('ENOSYS');
    });

    it('denies every call that a plugin has no use for', () => {
      const { queues, fileMetadata, ...others } = SystemCalls;
      const answers = (calls: Readonly<Record<string, SystemCallNumber>>, options: FilterOptions): readonly unknown[] =>
        [...new Set(Object.values(calls).flatMap((call) => asked(options, call) ?? []))];
      for (const calls of Object.values(others)) expect(answers(calls, alone)).to.deep.equal(architecture === 'arm64' && calls === SystemCalls.forks ? [] : ['EPERM']);
      expect(answers(queues, alone)).to.deep.equal(['ENOSYS']);
      expect(answers(fileMetadata, shared)).to.deep.equal(['EPERM']);
      expect(answers(fileMetadata, alone)).to.deep.equal(['allow']);
    });

    it('allows threads and no processes', () => {
      expect(asked(alone, PartlyDenied.clone, [0x3d0f00n])).to.equal('allow');
      expect(asked(alone, PartlyDenied.clone, [0x1200011n])).to.equal('EPERM');
      expect(asked(alone, PartlyDenied.clone3)).to.equal('ENOSYS');
    });

    it('allows what is about the process itself', () => {
      expect([asked(alone, PartlyDenied.prlimit64, [0n]), asked(alone, PartlyDenied.prlimit64, [1n])]).to.deep.equal(['allow', 'EPERM']);
      expect([asked(shared, PartlyDenied.tgkill, [BigInt(OWN_PROCESS)]), asked(shared, PartlyDenied.tgkill, [1n])]).to.deep.equal(['allow', 'EPERM']);
      expect(asked(alone, PartlyDenied.tgkill, [1n])).to.equal('allow');
      expect([asked(alone, PartlyDenied.prctl, [1n]), asked(alone, PartlyDenied.prctl, [15n])]).to.deep.equal(['EPERM', 'allow']);
      expect([0x5401n, 0x5412n, 0x541cn].map((request) => asked(alone, PartlyDenied.ioctl, [0n, request]))).to.deep.equal(['allow', 'EPERM', 'EPERM']);
    });

    it('lets the times of open files be changed, and of none by its path', () => {
      expect([0n, 1n, 1n << 32n].map((path) => asked(shared, PartlyDenied.utimensat, [3n, path]))).to.deep.equal(['allow', 'EPERM', 'EPERM']);
    });
  });
}
