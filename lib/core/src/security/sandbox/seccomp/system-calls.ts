/** Processors for which there is a filter. */
export type FilteredArchitecture = 'x64' | 'arm64';

/** The number of a system call: the same on both processors, or by processor; absent where that processor has no such call. */
export type SystemCallNumber = number | { readonly x64?: number; readonly arm64?: number };

/** What a confined process has no use for, by what it could do with it. */
export const SystemCalls = {
  /** Reaching the network, and sockets of programs on this machine. */
  sockets: {
    socket: { x64: 41, arm64: 198 }, connect: { x64: 42, arm64: 203 }, bind: { x64: 49, arm64: 200 },
    listen: { x64: 50, arm64: 201 }, accept: { x64: 43, arm64: 202 }, accept4: { x64: 288, arm64: 242 },
  },
  /** Channels between processes, by which descriptors travel. */
  messages: {
    socketpair: { x64: 53, arm64: 199 },
    sendmsg: { x64: 46, arm64: 211 }, sendmmsg: { x64: 307, arm64: 269 }, recvmsg: { x64: 47, arm64: 212 }, recvmmsg: { x64: 299, arm64: 243 },
  },
  /** Ending, stopping or slowing down other processes. */
  signals: {
    kill: { x64: 62, arm64: 129 }, tkill: { x64: 200, arm64: 130 }, rt_sigqueueinfo: { x64: 129, arm64: 138 },
    rt_tgsigqueueinfo: { x64: 297, arm64: 240 }, pidfd_send_signal: 424, pidfd_open: 434,
    setpriority: { x64: 141, arm64: 140 }, ioprio_set: { x64: 251, arm64: 30 }, sched_setaffinity: { x64: 203, arm64: 122 },
    sched_setscheduler: { x64: 144, arm64: 119 }, sched_setparam: { x64: 142, arm64: 118 }, sched_setattr: { x64: 314, arm64: 274 },
    // Out of the reach of who ends the whole group.
    setpgid: { x64: 109, arm64: 154 }, setsid: { x64: 112, arm64: 157 },
  },
  /** Looking into other processes. */
  otherProcesses: {
    ptrace: { x64: 101, arm64: 117 }, process_vm_readv: { x64: 310, arm64: 270 }, process_vm_writev: { x64: 311, arm64: 271 },
    process_madvise: 440, process_mrelease: 448, pidfd_getfd: 438, kcmp: { x64: 312, arm64: 272 },
    move_pages: { x64: 279, arm64: 239 }, migrate_pages: { x64: 256, arm64: 238 },
  },
  /** Memory and messages shared with processes outside. */
  sharedMemory: {
    shmget: { x64: 29, arm64: 194 }, shmat: { x64: 30, arm64: 196 }, shmctl: { x64: 31, arm64: 195 },
    semget: { x64: 64, arm64: 190 }, semop: { x64: 65, arm64: 193 }, semctl: { x64: 66, arm64: 191 }, semtimedop: { x64: 220, arm64: 192 },
    msgget: { x64: 68, arm64: 186 }, msgsnd: { x64: 69, arm64: 189 }, msgrcv: { x64: 70, arm64: 188 }, msgctl: { x64: 71, arm64: 187 },
    mq_open: { x64: 240, arm64: 180 }, mq_unlink: { x64: 241, arm64: 181 },
  },
  /** Other views of the file system, and ways around its paths. */
  mounts: {
    mount: { x64: 165, arm64: 40 }, umount2: { x64: 166, arm64: 39 }, pivot_root: { x64: 155, arm64: 41 }, chroot: { x64: 161, arm64: 51 },
    open_tree: 428, move_mount: 429, fsopen: 430, fsconfig: 431, fsmount: 432, fspick: 433, mount_setattr: 442, statmount: 457, listmount: 458,
    unshare: { x64: 272, arm64: 97 }, setns: { x64: 308, arm64: 268 },
    name_to_handle_at: { x64: 303, arm64: 264 }, open_by_handle_at: { x64: 304, arm64: 265 }, fanotify_init: { x64: 300, arm64: 262 },
  },
  /** Doors into the kernel that have been found open before, and what only administrators do. */
  kernel: {
    bpf: { x64: 321, arm64: 280 }, perf_event_open: { x64: 298, arm64: 241 }, userfaultfd: { x64: 323, arm64: 282 },
    keyctl: { x64: 250, arm64: 219 }, add_key: { x64: 248, arm64: 217 }, request_key: { x64: 249, arm64: 218 },
    kexec_load: { x64: 246, arm64: 104 }, kexec_file_load: { x64: 320, arm64: 294 },
    init_module: { x64: 175, arm64: 105 }, finit_module: { x64: 313, arm64: 273 }, delete_module: { x64: 176, arm64: 106 },
    memfd_create: { x64: 319, arm64: 279 }, memfd_secret: 447, execveat: { x64: 322, arm64: 281 },
    quotactl: { x64: 179, arm64: 60 }, quotactl_fd: 443, swapon: { x64: 167, arm64: 224 }, swapoff: { x64: 168, arm64: 225 },
    reboot: { x64: 169, arm64: 142 }, acct: { x64: 163, arm64: 89 }, syslog: { x64: 103, arm64: 116 },
    settimeofday: { x64: 164, arm64: 170 }, clock_settime: { x64: 227, arm64: 112 }, clock_adjtime: { x64: 305, arm64: 266 },
    adjtimex: { x64: 159, arm64: 171 }, sethostname: { x64: 170, arm64: 161 }, setdomainname: { x64: 171, arm64: 162 },
    iopl: { x64: 172 }, ioperm: { x64: 173 }, modify_ldt: { x64: 154 },
  },
  /** The same as an asynchronous queue, which no filter sees into. */
  queues: { io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427 },
  /** Starting processes, where the arguments of `clone` do not tell. */
  forks: { fork: { x64: 57 }, vfork: { x64: 58 } },
  /** What Landlock lets pass: modes, owners and times of files by their path. */
  fileMetadata: {
    chmod: { x64: 90 }, fchmodat: { x64: 268, arm64: 53 }, fchmodat2: 452, chown: { x64: 92 }, lchown: { x64: 94 }, fchownat: { x64: 260, arm64: 54 },
    utime: { x64: 132 }, utimes: { x64: 235 }, futimesat: { x64: 261 },
    setxattr: { x64: 188, arm64: 5 }, lsetxattr: { x64: 189, arm64: 6 }, removexattr: { x64: 197, arm64: 14 }, lremovexattr: { x64: 198, arm64: 15 },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, SystemCallNumber>>>>;

/** Calls of which some uses are fine; see the filter. */
export const PartlyDenied = {
  clone: { x64: 56, arm64: 220 },
  clone3: 435,
  ioctl: { x64: 16, arm64: 29 },
  prctl: { x64: 157, arm64: 167 },
  prlimit64: { x64: 302, arm64: 261 },
  tgkill: { x64: 234, arm64: 131 },
  utimensat: { x64: 280, arm64: 88 },
} as const satisfies Readonly<Record<string, SystemCallNumber>>;

/** The last call, `mseal`, whose meaning was known when the filter was written: later ones are answered as by an older kernel. */
export const LAST_KNOWN = 462;
