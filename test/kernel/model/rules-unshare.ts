import * as f from '../../../simulator/kernel/flags.ts';
import type { Reach, Rules, When } from './situation.ts';
import { TYPES } from './situation.ts';

const { CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_VM, CLONE_FS, CLONE_FILES, CLONE_SIGHAND, CLONE_THREAD,
  CLONE_PARENT, CLONE_SYSVSEM, CLONE_PIDFD, CLONE_DETACHED, CLONE_VFORK, CLONE_PARENT_SETTID, CLONE_CHILD_SETTID, CLONE_IO } = f;
/** All namespaces that hang on the nsproxy. */
export const SEVEN = CLONE_NEWNS + CLONE_NEWUTS + CLONE_NEWIPC + CLONE_NEWPID + CLONE_NEWNET + CLONE_NEWCGROUP + CLONE_NEWTIME;
const SIGCHLD = 17;

const unshared = (flags: number): When => (r) => r.is('unshare', flags) && r.ok;
/** Refused for lack of CAP_SYS_ADMIN. */
const denied = (flags: number): When => (r) => r.is('unshare', flags) && r.at('unshare_nsproxy_namespaces.capable') && r.result === 'EPERM';
const bad = (flags: number): When => (r) => r.is('unshare', flags) && r.at('check_unshare_flags.unknown');
const of_threads = (flags: number, line: string): When => (r) => r.is('unshare', flags) && r.at(`check_unshare_flags.${line}`);
const alone = (flags: number): When => (r) => unshared(flags)(r) && !r.before.threads && !r.before.sighand_shared && !r.before.mm_shared;
const in_threads = (flags: number): When => (r) => unshared(flags)(r) && r.before.threads;
const opens_user = (r: Reach): boolean => (r.call === 'unshare' || r.clones) && r.has(CLONE_NEWUSER);
const unmapped = (r: Reach): boolean => r.at('create_user_ns.mapped') && r.result === 'EPERM';
/** A limit of the own user namespace, `most` if given, stopped a namespace of this type. */
const limited = (flag: number, most?: number): When => (r) => {
  const type = TYPES.find(([of]) => of === flag)?.[1];
  const own = r.before.user_ns.ucount_max.get(type as never);
  return r.is('unshare', flag) && r.at('inc_ucount.full') && own !== undefined && (most === undefined ? own < 1 : own === most);
};
const limit_above = (r: Reach, flag: number): boolean => {
  const type = TYPES.find(([of]) => of === flag)?.[1] as never;
  return (r.before.user_ns.parent?.ucount_max.get(type) ?? Infinity) < 10 && (r.before.user_ns.ucount_max.get(type) ?? 0) > 10;
};
const inside = (r: Reach): boolean => !r.before.outside && r.before.admin;
const timens = (r: Reach): boolean => r.call === 'write' && (r.operation.a ?? '').endsWith('/timens_offsets');

/** KERNEL.md 5.3: what needs which privilege (setns aside), and 5.4: unshare. */
export const UNSHARE_RULES: Rules = {
  A36: (r) => r.clones && r.at('copy_namespaces.capable') && r.result === 'EPERM',
  B8a: denied(CLONE_NEWNS), B8b: denied(CLONE_NEWUTS), B8c: denied(CLONE_NEWIPC), B8d: denied(CLONE_NEWPID), B8e: denied(CLONE_NEWNET), B8f: denied(CLONE_NEWCGROUP), B8g: denied(CLONE_NEWTIME),
  B8h: (r) => unshared(SEVEN + CLONE_NEWUSER)(r) && !r.before.admin,
  B8i: (r) => r.call === 'unshare' && r.at('check_unshare_flags.unknown') && !r.before.admin && r.has(CLONE_NEWUTS),
  B8r: (r) => unshared(SEVEN)(r) && r.before.admin,
  B8s: (r) => unshared(SEVEN + CLONE_NEWUSER)(r) && r.before.admin && r.before.euid === 0,
  A24f: (r) => r.at('alloc_pid.capable') && r.result === 'EPERM',
  E1b: (r) => r.call === 'sethostname' && r.result === 'EPERM' && !r.before.admin,
  E1e: (r) => r.call === 'sethostname' && r.result === 'EPERM' && inside(r),
  E3j: (r) => r.call === 'mount' && r.result === 'EPERM' && inside(r),
  M15: (r) => r.call === 'mount' && r.result === 'EPERM' && inside(r) && r.before.euid === 0,
  E5b: (r) => r.call === 'lo_up' && r.result === 'EPERM' && inside(r),
  G2b: (r) => timens(r) && r.result === 'EPERM' && r.before.outside && !r.before.admin,
  G9: (r) => timens(r) && r.result === 'EPERM' && inside(r),
  B1: unshared(0),
  B1a: bad(CLONE_PARENT_SETTID), B1b: bad(CLONE_PARENT), B1c: bad(SIGCHLD), B1d: bad(CLONE_PIDFD), B1e: bad(CLONE_VFORK), B1f: bad(CLONE_DETACHED), B1g: bad(CLONE_CHILD_SETTID),
  B1h: bad(CLONE_IO), B1i: bad(2 ** 32),
  B7a: unshared(CLONE_FS), B7b: unshared(CLONE_FILES), B7c: unshared(CLONE_SYSVSEM),
  B7d: in_threads(CLONE_FS + CLONE_FILES + CLONE_SYSVSEM),
  B7e: (r) => unshared(CLONE_FS + CLONE_FILES + CLONE_SYSVSEM)(r) && !r.before.admin,
  B2: alone(CLONE_THREAD), B3: alone(CLONE_SIGHAND), B4: alone(CLONE_VM),
  B2m: of_threads(CLONE_THREAD, 'thread'), B3m: of_threads(CLONE_SIGHAND, 'thread'), B4m: of_threads(CLONE_VM, 'thread'),
  B3s: of_threads(CLONE_SIGHAND, 'sighand'),
  B3s2: (r) => unshared(CLONE_THREAD)(r) && r.before.sighand_shared,
  B4s: of_threads(CLONE_VM, 'vm'),
  B4s2: (r) => unshared(CLONE_SIGHAND)(r) && r.before.mm_shared,
  B5m: (r) => of_threads(CLONE_NEWUSER, 'thread')(r) && r.before.admin,
  B5um: (r) => of_threads(CLONE_NEWUSER, 'thread')(r) && !r.before.admin,
  B5f: (r) => unshared(CLONE_NEWUSER)(r) && r.before.fs_shared,
  B5s: (r) => unshared(CLONE_NEWUSER)(r) && r.before.sighand_shared && r.before.mm_shared,
  B6a: in_threads(CLONE_NEWNS), B6b: in_threads(CLONE_NEWUTS), B6c: in_threads(CLONE_NEWIPC), B6d: in_threads(CLONE_NEWPID), B6e: in_threads(CLONE_NEWNET),
  B6f: in_threads(CLONE_NEWCGROUP), B6g: in_threads(CLONE_NEWTIME),
  B19: (r) => r.call === 'unshare' && r.ok && r.before.threads && r.none(CLONE_NEWUSER) && r.flags % SEVEN !== 0 && f.has(r.flags, SEVEN),
  B9: unshared(CLONE_NEWIPC + CLONE_SYSVSEM),
  B18: (r) => r.call === 'unshare' && r.at('copy_pid_ns.active') && r.result === 'EINVAL',
  A29: (r) => r.clones && r.at('copy_pid_ns.active') && r.result === 'EINVAL',
  B18b: (r) => r.call === 'unshare' && r.ok && r.has(CLONE_NEWTIME) && r.before.time_differs,
  B10b: (r) => opens_user(r) && unmapped(r) && r.before.euid !== 0 && !r.before.mapped.uid,
  B10d: (r) => opens_user(r) && unmapped(r) && r.before.euid === 0 && !r.before.mapped.uid,
  B10f: (r) => opens_user(r) && unmapped(r) && r.before.mapped.uid && !r.before.mapped.gid,
  B10e: (r) => r.call === 'unshare' && r.ok && r.has(CLONE_NEWUSER) && !r.before.outside,
  B11: (r) => r.call === 'unshare' && r.at('create_user_ns.chroot'),
  B11b: (r) => r.clones && r.at('create_user_ns.chroot'),
  B11d: (r) => r.at('create_user_ns.chroot') && r.before.root_is_mount,
  B11e: (r) => r.call === 'unshare' && r.ok && r.has(CLONE_NEWUSER) && r.before.pivoted,
  B11c: (r) => unshared(CLONE_NEWUTS)(r) && r.before.chrooted,
  B13: (r) => r.at('create_user_ns.level') && r.result === 'ENOSPC',
  B14: (r) => r.call === 'unshare' && r.at('create_pid_namespace.level'),
  B14b: (r) => r.clones && r.at('create_pid_namespace.level'),
  B15a: limited(CLONE_NEWUTS, 1),
  B15b: limited(CLONE_NEWUTS), B15c: limited(CLONE_NEWNS), B15d: limited(CLONE_NEWIPC), B15e: limited(CLONE_NEWPID), B15f: limited(CLONE_NEWNET), B15g: limited(CLONE_NEWCGROUP),
  B15h: limited(CLONE_NEWTIME), B15i: limited(CLONE_NEWUSER),
  B15j: (r) => r.is('unshare', CLONE_NEWUTS) && r.at('inc_ucount.full') && limit_above(r, CLONE_NEWUTS),
  B15k: (r) => r.is('unshare', CLONE_NEWUSER + CLONE_NEWUTS) && r.at('inc_ucount.full') && r.before.user_ns.ucount_max.get('uts') === 0,
  B15l: (r) => unshared(CLONE_NEWUTS)(r) && r.history.full.has('uts') && r.before.user_ns.ucount_max.get('uts') === 1,
  M10: (r) => r.at('create_pid_namespace.below') && r.result === 'EINVAL' && r.none(CLONE_NEWUSER),
  M11: (r) => r.at('create_pid_namespace.below') && r.result === 'EINVAL' && r.has(CLONE_NEWUSER),
};
