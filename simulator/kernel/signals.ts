/** Signal numbers of x86-64. Those from 32 on are real-time signals. */
export const SIGNAL = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12,
  SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGSTKFLT: 16, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23,
  SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPWR: 30, SIGSYS: 31,
} as const;
export const {
  SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGSEGV, SIGALRM, SIGTERM, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG,
  SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGWINCH, SIGSYS,
} = SIGNAL;
/** Highest signal number. */
export const _NSIG = 64;
export const SIGRTMIN = 32;

const ONLY: ReadonlySet<number> = new Set([SIGKILL, SIGSTOP]);
const STOPS: ReadonlySet<number> = new Set([SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU]);
const IGNORED: ReadonlySet<number> = new Set([SIGCONT, SIGCHLD, SIGWINCH, SIGURG]);
const DUMPS: ReadonlySet<number> = new Set([SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSEGV, SIGBUS, SIGSYS, SIGXCPU, SIGXFSZ]);

/** Neither handler nor mask can change what it does. */
export function sig_kernel_only(sig: number): boolean { return ONLY.has(sig); }
/** Stops the process by default. */
export function sig_kernel_stop(sig: number): boolean { return STOPS.has(sig); }
/** Does nothing by default. */
export function sig_kernel_ignore(sig: number): boolean { return IGNORED.has(sig); }
/** Ends the process with a core dump by default. */
export function sig_kernel_coredump(sig: number): boolean { return DUMPS.has(sig); }

/** The bit of a signal in a mask. */
export function sigmask(sig: number): bigint { return 1n << BigInt(sig - 1); }
export const UNMASKABLE = sigmask(SIGKILL) | sigmask(SIGSTOP);

/** signal_struct.flags */
export const SIGNAL_STOP_STOPPED = 0x1;
export const SIGNAL_STOP_CONTINUED = 0x2;
export const SIGNAL_GROUP_EXIT = 0x4;
/** The init of a pid namespace: signals without a handler do not reach it from inside. */
export const SIGNAL_UNKILLABLE = 0x40;

/** task_struct.flags: it is in do_exit. */
export const PF_EXITING = 0x4;
/** It has not called exec since it was cloned. */
export const PF_FORKNOEXEC = 0x40;

/** sa_flags */
export const SA_NOCLDSTOP = 0x1;
export const SA_NOCLDWAIT = 0x2;
export const SA_SIGINFO = 0x4;
export const SA_RESTART = 0x10000000;
export const SA_NODEFER = 0x40000000;
export const SA_RESETHAND = 0x80000000;

/** siginfo.code */
export const SI_USER = 0;
export const SI_KERNEL = 0x80;
export const SI_QUEUE = -1;
export const SI_TIMER = -2;
export const SI_MESGQ = -3;
export const SI_TKILL = -6;
/** SIGSYS of a filter of system calls. */
export const SYS_SECCOMP = 1;
export const CLD_EXITED = 1;
export const CLD_KILLED = 2;
export const CLD_DUMPED = 3;
export const CLD_STOPPED = 5;
export const CLD_CONTINUED = 6;

/** What copy_process returns when a signal came first; nobody outside of kernel_clone sees it. */
export const ERESTARTNOINTR = -513;
