import * as f from '../../../simulator/kernel/flags.ts';
import type { ns_common } from '../../../simulator/kernel/ns_common.ts';
import { pid_namespace } from '../../../simulator/kernel/pid.ts';
import { user_namespace } from '../../../simulator/kernel/user.ts';
import { SEVEN } from './rules-unshare.ts';
import type { Reach, Rules, When } from './situation.ts';

const { CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWTIME, CLONE_FS, CLONE_VM, CLONE_NEWPID, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWCGROUP } = f;

const refused = (kind: string, errno: string): When => (r) => r.call === 'setns' && r.target?.kind === kind && !r.target.o_path && r.result === errno;
const joined = (kind: string): When => (r) => r.call === 'setns' && r.target?.kind === kind && r.ok;
const own = (kind: string, link = kind): When => (r) => joined(kind)(r) && r.target?.own === true && r.target.path.endsWith(`/ns/${link}`);
const neither = (r: Reach): boolean => r.call === 'setns' && r.at('__x64_sys_setns.neither');
const mismatch = (r: Reach): boolean => r.call === 'setns' && r.at('__x64_sys_setns.bad') && r.target?.ns !== null && r.target !== null;
const denied = (kind: string): When => (r) => refused(kind, 'EPERM')(r) && !r.before.admin;
/** To a pidfd: with these flags. */
const pidfd = (r: Reach, errno: string, ...flags: readonly number[]): boolean => r.call === 'setns' && r.target?.kind === 'pidfd' && r.result === errno && (flags.length === 0 || flags.includes(r.flags));

const is_above = (ns: ns_common | null | undefined, below: ns_common): boolean => {
  for (let at: ns_common | null = parent_of(below); at; at = parent_of(at)) if (at === ns) return true;
  return false;
};
function parent_of(ns: ns_common): ns_common | null {
  return ns instanceof user_namespace || ns instanceof pid_namespace ? ns.parent : null;
}
/** The target is owned by a user namespace that the caller owns, from just above it. */
const owner_outside = (r: Reach): boolean => {
  const owner = r.target?.ns?.owner ?? r.target?.task?.cred.user_ns;
  return owner?.parent === r.before.user_ns && owner.owner_uid === r.before.euid;
};
const five = (flags: number): boolean => [CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_NEWTIME].filter((flag) => f.has(flags, flag)).length >= 5;

/** KERNEL.md 5.5, and what 5.3 says of setns. */
export const SETNS_RULES: Rules = {
  C1: (r) => r.call === 'setns' && r.target === null && r.result === 'EBADF',
  C2d: (r) => r.call === 'setns' && r.target?.o_path === true && r.result === 'EBADF',
  C2: (r) => neither(r) && /^\/b\d$/.test(r.target?.path ?? ''),
  C2b: (r) => neither(r) && r.target?.path === 'self',
  C2c: (r) => neither(r) && r.target?.path === '{self}/ns',
  C2e: (r) => neither(r) && !r.before.admin,
  C3: mismatch,
  C3b: (r) => mismatch(r) && !r.before.admin,
  C5a: own('uts'), C5b: own('ipc'), C5c: own('net'), C5d: own('mnt'), C5e: own('pid'), C5f: own('cgroup'), C5g: own('time'),
  C5h: (r) => refused('user', 'EINVAL')(r) && r.target?.own === true && r.flags === CLONE_NEWUSER,
  C5i: (r) => refused('user', 'EINVAL')(r) && r.target?.own === true && r.flags === 0,
  C5j: own('pid', 'pid_for_children'), C5k: own('time', 'time_for_children'),
  C5n: (r) => own('mnt')(r) && !r.before.cwd_is_root,
  C5o: (r) => own('mnt')(r) && r.before.chrooted,
  C6: (r) => refused('user', 'EINVAL')(r) && r.at('userns_install.threads') && r.before.threads && r.target?.own === false,
  C7: (r) => refused('user', 'EINVAL')(r) && r.before.fs_shared && !r.before.threads && r.target?.own === false,
  C8: (r) => refused('user', 'EPERM')(r) && !r.before.admin && !is_above(r.target?.ns, r.before.user_ns),
  C8c: (r) => refused('user', 'EPERM')(r) && is_above(r.target?.ns, r.before.user_ns),
  C8d: (r) => refused('user', 'EPERM')(r) && r.before.admin && r.target?.ns !== null && r.target !== null && parent_of(r.target.ns) === r.before.user_ns.parent,
  C9: (r) => refused('user', 'EINVAL')(r) && r.before.threads && !r.before.admin && r.target?.own === false,
  C10c: (r) => joined('mnt')(r) && r.before.threads && !r.before.fs_shared,
  C10d: (r) => refused('mnt', 'EPERM')(r) && r.before.admin && !r.before.can_chroot,
  C10e: (r) => refused('mnt', 'EPERM')(r) && !r.before.admin && r.before.can_chroot,
  C10f: (r) => refused('mnt', 'EPERM')(r) && !r.before.admin && !r.before.can_chroot,
  C10g: (r) => refused('mnt', 'EPERM')(r) && r.before.fs_shared,
  C10h: (r) => denied('mnt')(r) && r.target?.own === true,
  C11: (r) => refused('pid', 'EINVAL')(r) && r.before.admin && r.at('pidns_install.below') && r.target !== null && is_above_active(r),
  C11b: (r) => refused('pid', 'EINVAL')(r) && r.at('pidns_install.below') && !is_above_active(r),
  C11e: (r) => denied('pid')(r) && r.target?.own === true,
  C11f: (r) => joined('pid')(r) && r.target?.dead === true,
  C12: (r) => refused('time', 'EUSERS')(r) && r.before.threads,
  C12b: (r) => refused('time', 'EUSERS')(r) && r.before.threads && !r.before.admin,
  C12e: (r) => refused('time', 'EUSERS')(r) && !r.before.threads && r.before.mm_shared,
  C13a: denied('uts'), C13b: denied('ipc'), C13c: denied('net'), C13d: denied('cgroup'),
  C13e: (r) => joined('uts')(r) && r.before.threads, C13f: (r) => joined('ipc')(r) && r.before.threads, C13g: (r) => joined('net')(r) && r.before.threads,
  C13h: (r) => joined('cgroup')(r) && r.before.threads,
  C13i: (r) => denied('uts')(r) && r.target?.own === true,
  C13j: (r) => refused('uts', 'EPERM')(r) && r.before.admin && !r.before.outside && is_above(r.target?.ns?.owner, r.before.user_ns),
  C13k: (r) => denied('uts')(r) && owner_outside(r),
  C13l: (r) => joined('uts')(r) && r.before.joined_user && r.target?.own === false,
  C14: (r) => pidfd(r, 'EINVAL', 0),
  C14b: (r) => pidfd(r, 'EINVAL', CLONE_FS),
  C14c: (r) => pidfd(r, 'EINVAL', CLONE_NEWUTS + CLONE_VM),
  C14d: (r) => pidfd(r, 'OK', SEVEN) && r.target?.process === 'own',
  C14e: (r) => pidfd(r, 'EINVAL', CLONE_NEWUSER) && r.target?.process === 'own',
  C14f: (r) => pidfd(r, 'EINVAL', CLONE_NEWUSER + SEVEN) && r.target?.process === 'own',
  C14g: (r) => pidfd(r, 'ESRCH') && r.target?.process === 'gone',
  C14h: (r) => pidfd(r, 'ESRCH') && r.target?.process === 'zombie',
  C14n: (r) => pidfd(r, 'EINVAL', 0) && r.target?.process === 'zombie',
  C14i: (r) => pidfd(r, 'EPERM') && r.at('validate_nsset.access'),
  C14j: (r) => pidfd(r, 'OK') && five(r.flags),
  C14k: (r) => pidfd(r, 'OK', CLONE_NEWUSER + CLONE_NEWUTS) && !r.before.admin,
  C14l: (r) => pidfd(r, 'EPERM', CLONE_NEWUTS) && !r.before.admin && !r.at('validate_nsset.access') && owner_outside(r),
  C14m: (r) => pidfd(r, 'OK') && !r.before.admin && r.has(CLONE_NEWUSER) && five(r.flags),
};

/** The target is above the pid namespace in which the caller lives: then the caller has a number in it. */
function is_above_active(r: Reach): boolean {
  const target = r.target?.ns;
  return target !== null && target !== undefined && is_above(target, r.before.active);
}
