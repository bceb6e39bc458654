import { expect } from 'chai';
import { PartlyDenied, SystemCalls, type SystemCallNumber } from '#internal/core/security/sandbox/seccomp/system-calls.js';
import { isFiltered } from '#internal/core/security/sandbox/seccomp/filter.js';
import { backendHere, runConfinedPerl } from '../../../support/confined.js';

const CALL_EACH = 'for my $number (@ARGV) { my $result = syscall($number + 0, 0, 0, 0, 0, 0, 0); print $result == -1 ? $! + 0 : "made", " "; }';

function numbersOf(calls: Readonly<Record<string, SystemCallNumber>>): readonly string[] {
  return Object.values(calls).flatMap((call) => {
    const number = typeof call === 'number' ? call : isFiltered(process.arch) ? call[process.arch] : undefined;
    return number === undefined ? [] : [String(number)];
  });
}

/** Whatever may be opened for writing of all that the kernel shows as files. */
const OPEN_EACH = `use File::Find; find({ no_chdir => 1, wanted => sub { print "$_\\n" if -f && !-l && sysopen(my $file, $_, 1) } }, grep { -d } "/proc/sys", "/proc/self", "/proc/irq", "/proc/bus", "/proc/sysrq-trigger", "/sys"); print "/proc/sysrq-trigger" if sysopen(my $file, "/proc/sysrq-trigger", 1)`;

describe('native code in a confined process', () => {
  it('gets none of the system calls that are denied, with bubblewrap', async function () {
    const backend = backendHere('bubblewrap');
    if (backend === undefined || backendHere('landlock') === undefined) return this.skip();
    const { queues, fileMetadata: _allowed, ...denied } = SystemCalls;
    const known = Object.values(denied).flatMap(numbersOf);
    const unknown = numbersOf({ ...queues, clone3: PartlyDenied.clone3 });
    const { stdout, stderr } = await runConfinedPerl(backend, CALL_EACH, [...known, ...unknown]);
    expect([stderr, stdout.trim().split(' ')]).to.deep.equal(['', [...known.map(() => '1'), ...unknown.map(() => '38')]]);
  });

  it('starts no process, with bubblewrap', async function () {
    const backend = backendHere('bubblewrap');
    if (backend === undefined) return this.skip();
    expect(await runConfinedPerl(backend, 'print defined(fork) ? "forked" : $! + 0', [])).to.include({ stdout: '1' });
  });

  it('opens no setting of the kernel for writing, with bubblewrap', async function () {
    const backend = backendHere('bubblewrap');
    if (backend === undefined) return this.skip();
    expect(await runConfinedPerl(backend, OPEN_EACH, [])).to.include({ stdout: '', stderr: '' });
  });

  it('is not even started by Landlock, which runs nothing but Node', async function () {
    const backend = backendHere('landlock');
    if (backend === undefined) return this.skip();
    const { code, stdout, stderr } = await runConfinedPerl(backend, 'print 1', []);
    expect([code, stdout]).to.deep.equal([125, '']);
    expect(stderr).to.contain('Permission denied');
  });
});
