/**
 * Confines the process that runs it, then becomes another program. It is Perl, which Linux systems have and which can make
 * any system call, so nothing has to be built. Its arguments: the parent's process or 0, the numbers of prctl and capset, the
 * descriptor of the seccomp filter, the bits that stand for this process in it, `rights:path` for each grant, `--`, a command.
 */
export const LANDLOCK_LAUNCHER = String.raw`
use strict;
my ($parent, $prctl, $capset, $descriptor, $mark, @words) = @ARGV;
$_ += 0 for $parent, $prctl, $capset, $descriptor, $mark;
delete $ENV{PERL_BADLANG};

sub fail { print STDERR "structum: cannot confine this process: $_[0]: $!\n"; exit 125 }

# SIGKILL when the host is gone; it may be already.
syscall($prctl, 1, 9, 0, 0, 0) == 0 or fail("death signal");
exit 125 if $parent and getppid() != $parent;

# Nothing that is started from here on gains privileges; those of root go.
syscall($prctl, 38, 1, 0, 0, 0) == 0 or fail("no new privileges");
syscall($prctl, 24, $_, 0, 0, 0) for 0 .. 63;
my ($who, $none) = (pack("Ll", 0x20080522, 0), pack("L6", (0) x 6));
syscall($capset, $who, $none) == 0 or fail("capabilities");

# Before version 3 files could be cut to nothing.
my $version = syscall(444, 0, 0, 1);
fail("Landlock") if $version < 3;
my $rules = pack("QQQ", $version < 5 ? 0x7fff : 0xffff, 3, 3);
my $ruleset = syscall(444, $rules, $version < 4 ? 8 : $version < 6 ? 16 : 24, 0);
fail("rules") if $ruleset < 0;
while (@words and (my $grant = shift @words) ne "--") {
  my ($rights, $path) = split /:/, $grant, 2;
  sysopen(my $place, $path, 0x280000) or next;
  my $rule = pack("Ql", -d $place ? $rights : $rights & 0x4007, fileno $place);
  syscall(445, $ruleset, 1, $rule, 0) == 0 or fail("rule for $path");
}
syscall(446, $ruleset, 0) == 0 or fail("restriction");

open(my $file, "<&=", $descriptor) or fail("filter");
binmode $file;
my $filter = do { local $/; <$file> };
close $file;
my ($placeholder, $own) = (pack("V", $mark), pack("V", $$));
$filter =~ s/\Q$placeholder\E/$own/g;
my $program = pack("Sx6P", length($filter) / 8, $filter);
syscall($prctl, 22, 2, $program, 0, 0) == 0 or fail("filter");

exec { $words[0] } @words or fail($words[0]);
`;
