import type { cred, kernel_cap_t } from './cred.ts';
import type { Kernel } from './kernel.ts';
import type { task_struct } from './task.ts';
import type { user_namespace } from './user.ts';

/** Capabilities by number, in order (linux/capability.h). */
export const CAP_NAMES = [
  'CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_DAC_READ_SEARCH', 'CAP_FOWNER', 'CAP_FSETID', 'CAP_KILL', 'CAP_SETGID', 'CAP_SETUID', 'CAP_SETPCAP',
  'CAP_LINUX_IMMUTABLE', 'CAP_NET_BIND_SERVICE', 'CAP_NET_BROADCAST', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_IPC_LOCK', 'CAP_IPC_OWNER',
  'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_CHROOT', 'CAP_SYS_PTRACE', 'CAP_SYS_PACCT', 'CAP_SYS_ADMIN', 'CAP_SYS_BOOT', 'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE', 'CAP_SYS_TIME', 'CAP_SYS_TTY_CONFIG', 'CAP_MKNOD', 'CAP_LEASE', 'CAP_AUDIT_WRITE', 'CAP_AUDIT_CONTROL', 'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE', 'CAP_MAC_ADMIN', 'CAP_SYSLOG', 'CAP_WAKE_ALARM', 'CAP_BLOCK_SUSPEND', 'CAP_AUDIT_READ', 'CAP_PERFMON', 'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
] as const;

export const CAP_CHOWN = 0;
export const CAP_DAC_OVERRIDE = 1;
export const CAP_DAC_READ_SEARCH = 2;
export const CAP_FOWNER = 3;
export const CAP_FSETID = 4;
export const CAP_KILL = 5;
export const CAP_SETGID = 6;
export const CAP_SETUID = 7;
export const CAP_SETPCAP = 8;
export const CAP_NET_BIND_SERVICE = 10;
export const CAP_NET_ADMIN = 12;
export const CAP_NET_RAW = 13;
export const CAP_IPC_LOCK = 14;
export const CAP_IPC_OWNER = 15;
export const CAP_SYS_CHROOT = 18;
export const CAP_SYS_PTRACE = 19;
export const CAP_SYS_ADMIN = 21;
export const CAP_SYS_BOOT = 22;
export const CAP_SYS_NICE = 23;
export const CAP_SYS_RESOURCE = 24;
export const CAP_SYS_TIME = 25;
export const CAP_MKNOD = 27;
export const CAP_LEASE = 28;
export const CAP_SETFCAP = 31;
export const CAP_SYSLOG = 34;
export const CAP_CHECKPOINT_RESTORE = 40;

/** The set that holds just this one. */
export function cap_bit(cap: number): kernel_cap_t {
  return 1n << BigInt(cap);
}

/** Every capability of the version. */
export function cap_full_set(k: Kernel): kernel_cap_t {
  return (1n << BigInt(k.features.cap_last + 1)) - 1n;
}

export function cap_raised(set: kernel_cap_t, cap: number): boolean {
  return (set & cap_bit(cap)) !== 0n;
}

/** Is every capability of `a` in `set`? */
export function cap_issubset(a: kernel_cap_t, set: kernel_cap_t): boolean {
  return (a & ~set) === 0n;
}

/**
 * May someone with these credentials use `cap` over what `target` owns? (KERNEL.md 3.) Held in the same user namespace, or in one above, or
 * being (from just above) the owner of `target` or of one on the way up from it. Where capabilities are global only the set counts.
 */
export function cap_capable(k: Kernel, credentials: cred, target: user_namespace, cap: number): boolean {
  if (!k.features.ns_capable) return cap_raised(credentials.cap_effective, cap);
  for (let ns = target; ;) {
    if (ns === credentials.user_ns) return cap_raised(credentials.cap_effective, cap);
    if (ns.level <= credentials.user_ns.level || !ns.parent) return false;
    if (ns.parent === credentials.user_ns && ns.owner_uid === credentials.euid) return true;
    ns = ns.parent;
  }
}

/** `cap_capable` for the running task. Always its own credentials, even while it builds others. */
export function ns_capable(k: Kernel, target: user_namespace, cap: number): boolean {
  return cap_capable(k, k.current.cred, target, cap);
}

/** Over the whole machine, that is, in the initial user namespace. */
export function capable(k: Kernel, cap: number): boolean {
  return ns_capable(k, k.init_user_ns, cap);
}

/** With the credentials of whoever opened the file. */
export function file_ns_capable(k: Kernel, file: { readonly f_cred: cred }, target: user_namespace, cap: number): boolean {
  return cap_capable(k, file.f_cred, target, cap);
}

/** Has another task it? */
export function has_ns_capability(k: Kernel, task: task_struct, target: user_namespace, cap: number): boolean {
  return cap_capable(k, task.cred, target, cap);
}

/** CAP_CHECKPOINT_RESTORE, or CAP_SYS_ADMIN which held its powers before. */
export function checkpoint_restore_ns_capable(k: Kernel, target: user_namespace): boolean {
  return ns_capable(k, target, CAP_CHECKPOINT_RESTORE) || ns_capable(k, target, CAP_SYS_ADMIN);
}
