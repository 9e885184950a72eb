/**
 * Flags of clone(2), clone3(2), unshare(2) and setns(2), with the values of the kernel's uapi headers.
 * The two above 2^31 do not survive JavaScript's bit operators: test flags with `has()` only.
 */
export const CSIGNAL = 0x000000ff;
export const CLONE_NEWTIME = 0x00000080;
export const CLONE_VM = 0x00000100;
export const CLONE_FS = 0x00000200;
export const CLONE_FILES = 0x00000400;
export const CLONE_SIGHAND = 0x00000800;
export const CLONE_PIDFD = 0x00001000;
export const CLONE_PTRACE = 0x00002000;
export const CLONE_VFORK = 0x00004000;
export const CLONE_PARENT = 0x00008000;
export const CLONE_THREAD = 0x00010000;
export const CLONE_NEWNS = 0x00020000;
export const CLONE_SYSVSEM = 0x00040000;
export const CLONE_SETTLS = 0x00080000;
export const CLONE_PARENT_SETTID = 0x00100000;
export const CLONE_CHILD_CLEARTID = 0x00200000;
export const CLONE_DETACHED = 0x00400000;
export const CLONE_UNTRACED = 0x00800000;
export const CLONE_CHILD_SETTID = 0x01000000;
export const CLONE_NEWCGROUP = 0x02000000;
export const CLONE_NEWUTS = 0x04000000;
export const CLONE_NEWIPC = 0x08000000;
export const CLONE_NEWUSER = 0x10000000;
export const CLONE_NEWPID = 0x20000000;
export const CLONE_NEWNET = 0x40000000;
export const CLONE_IO = 0x80000000;
export const CLONE_CLEAR_SIGHAND = 2 ** 32;
export const CLONE_INTO_CGROUP = 2 ** 33;

/** The flags whose namespaces hang on an nsproxy: all but NEWUSER. */
export const NSPROXY_FLAGS = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP | CLONE_NEWTIME;

/** Is any bit of `mask` set in `flags` (both 0 … 2^53)? */
export function has(flags: number, mask: number): boolean {
  return (flags & mask) !== 0 || (Math.floor(flags / 2 ** 32) & Math.floor(mask / 2 ** 32)) !== 0;
}

/** Are both words free of bits outside of `allowed`? */
export function only(flags: number, allowed: number): boolean {
  return (flags & ~allowed) === 0 && (Math.floor(flags / 2 ** 32) & ~Math.floor(allowed / 2 ** 32)) === 0;
}
