import * as f from '../../../simulator/kernel/flags.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { SEVEN } from './rules-unshare.ts';

const { CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_VM, CLONE_FS, CLONE_FILES, CLONE_SIGHAND, CLONE_THREAD,
  CLONE_PARENT, CLONE_SYSVSEM, CLONE_PIDFD, CLONE_DETACHED, CLONE_VFORK, CLONE_PARENT_SETTID, CLONE_CHILD_SETTID, CLONE_IO } = f;
const EACH = [CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_NEWNET];
const NAMES = ['mnt', 'uts', 'ipc', 'pid', 'cgroup', 'time', 'net'];
const NOT_ACCEPTED = [CLONE_PARENT_SETTID, CLONE_PARENT, 17, CLONE_PIDFD, CLONE_VFORK, CLONE_DETACHED, CLONE_CHILD_SETTID, CLONE_IO, 2 ** 32];
const FILES_AND_FS = CLONE_FS + CLONE_FILES + CLONE_SYSVSEM;

/** A child in a user namespace of its own, with all capabilities there, as root or not. */
function child_with_user_ns(s: Stage, t: number): number {
  const child = s.child(t, CLONE_NEWUSER);
  if (s.random.one_in(2)) s.map_own(child);
  return child;
}

const limit = (s: Stage, t: number, type: string, most: number): number => s.write(t, `sys/user/max_${type}_namespaces`, String(most));

export const UNSHARE_SCENES: readonly Scene[] = [
  { by: 'any', play: (s, t) => {
    s.some(2, () => s.unshare(t, s.random.of(NOT_ACCEPTED)));
    s.some(2, ...[0, CLONE_FS, CLONE_FILES, CLONE_SYSVSEM, CLONE_THREAD, CLONE_SIGHAND, CLONE_VM].map((flags) => () => s.unshare(t, flags)));
  } },
  { by: 'any', play: (s, t) => {
    s.some(2, () => s.unshare(t, s.random.of(NOT_ACCEPTED)));
    s.unshare(t, FILES_AND_FS);
  } },
  { by: 'user', play: (s, t) => {
    s.some(3, () => s.unshare(t, s.random.of(EACH)));
    s.some(2, () => s.unshare(t, CLONE_NEWUTS + CLONE_DETACHED), () => s.call(t, 'sethostname', [2], 'hu'), () => s.child(t, s.random.of(EACH.slice(0, 5))));
    s.unshare(s.child(t), SEVEN + CLONE_NEWUSER);
  } },
  { by: 'root', play: (s, t) => { for (const flags of [SEVEN, SEVEN + CLONE_NEWUSER, CLONE_NEWIPC + CLONE_SYSVSEM]) if (!s.random.one_in(3)) s.unshare(s.child(t), flags); } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t);
    const thread = s.thread(child, s.random.of([0, CLONE_FS, CLONE_FS | CLONE_FILES]));
    const any = (): number => s.random.of([child, thread]);
    s.some(4, ...[...EACH, ...EACH, CLONE_NEWUSER, CLONE_NEWUSER, CLONE_THREAD, CLONE_SIGHAND, CLONE_VM, FILES_AND_FS, CLONE_NEWUTS + CLONE_NEWIPC].map((flags) => () => s.unshare(any(), flags)));
  } },
  { by: 'root', play: (s, t) => {
    const thread = s.thread(s.child(t));
    s.some(3, ...EACH.map((flags) => () => s.unshare(thread, flags)));
  } },
  { by: 'user', play: (s, t) => {
    const child = s.child(t);
    s.thread(child);
    s.some(3, ...[CLONE_NEWUSER, FILES_AND_FS, CLONE_VM, CLONE_THREAD, CLONE_SIGHAND].map((flags) => () => s.unshare(child, flags)));
  } },
  { by: 'any', play: (s, t) => {
    const child = s.child(t);
    s.child(child, s.random.of([CLONE_VM, CLONE_VM | CLONE_SIGHAND, CLONE_VM | CLONE_SIGHAND, CLONE_FS, CLONE_VM | CLONE_SIGHAND | CLONE_FS]));
    for (const flags of [CLONE_SIGHAND, CLONE_VM, CLONE_THREAD]) s.unshare(child, flags);
    s.unshare(child, CLONE_NEWUSER);
  } },
  { by: 'any', play: (s, t) => {
    const child = s.child(t);
    s.unshare(child, CLONE_NEWUSER);
    s.unshare(child, s.random.of([CLONE_NEWUSER, CLONE_NEWUTS]));
    s.child(child, CLONE_NEWUSER);
    const cred = s.model.tasks[child]?.cred;
    s.write(child, '{self}/uid_map', `0 ${cred?.euid ?? 0} 1`);
    s.unshare(child, CLONE_NEWUSER);
    s.write(child, '{self}/setgroups', 'deny');
    s.write(child, '{self}/gid_map', `0 ${cred?.egid ?? 0} 1`);
    s.unshare(child, CLONE_NEWUSER);
  } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t);
    if (s.random.one_in(2)) s.call(child, 'mount', [0x1000], '/d', '/d');
    s.call(child, 'chroot', [], '/d');
    s.some(3, () => s.unshare(child, CLONE_NEWUSER), () => s.child(child, CLONE_NEWUSER), () => s.unshare(child, CLONE_NEWUTS));
  } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t);
    s.unshare(child, CLONE_NEWNS);
    s.call(child, 'mount', [0x1000], '/m', '/m');
    s.call(child, 'chdir', [], '/m');
    s.call(child, 'pivot_root', [], '.', '.');
    s.call(child, 'umount2', [2], '.');
    s.unshare(child, CLONE_NEWUSER);
  } },
  { by: 'any', play: (s, t) => {
    const child = child_with_user_ns(s, t);
    for (let n = 0; n < 3; n++) {
      const at = s.random.below(EACH.length);
      limit(s, child, NAMES[at] ?? 'uts', 0);
      s.some(1, () => s.unshare(child, EACH[at] ?? 0), () => s.unshare(child, CLONE_NEWUTS + (EACH[at] ?? 0)), () => s.child(child, EACH[at]));
      s.unshare(child, EACH[at] ?? 0);
    }
  } },
  { by: 'any', play: (s, t) => {
    const child = child_with_user_ns(s, t);
    limit(s, child, 'uts', 1);
    const other = s.child(child, CLONE_NEWUTS);
    s.unshare(child, CLONE_NEWUTS);
    s.exit(other);
    s.unshare(child, CLONE_NEWUTS);
    if (s.random.one_in(2)) s.unshare(child, CLONE_NEWUTS);
  } },
  { by: 'any', play: (s, t) => {
    const outer = child_with_user_ns(s, t);
    s.map_own(outer);
    limit(s, outer, 'uts', s.random.of([0, 1]));
    s.unshare(s.child(outer), CLONE_NEWUSER + CLONE_NEWUTS);
    const inner = s.child(outer, CLONE_NEWUSER);
    s.unshare(inner, CLONE_NEWUTS);
    s.unshare(inner, CLONE_NEWUTS);
  } },
  { by: 'any', play: (s, t) => {
    const outer = child_with_user_ns(s, t);
    s.map_own(outer);
    limit(s, outer, 'user', 0);
    s.unshare(outer, CLONE_NEWUSER);
    limit(s, outer, 'user', s.random.of([-1, 1, 2]));
    s.child(outer, CLONE_NEWUSER);
  } },
  { by: 'root', play: (s, t) => {
    limit(s, t, s.random.of(NAMES), 5);
    const child = s.child(t, CLONE_NEWUSER);
    s.some(3, () => s.call(child, 'sethostname', [2], 'hx'), () => s.call(child, 'mount', [0x1000], '/b0', '/b1'), () => s.call(child, 'lo_up'), () => s.unshare(child, CLONE_NEWPID),
      () => s.write(child, `{${child}}/timens_offsets`, 'monotonic 1 0'));
  } },
  { by: 'any', play: (s, t) => {
    const child = s.child(t, CLONE_NEWUSER);
    s.some(3, () => s.call(child, 'sethostname', [2], 'hy'), () => s.call(child, 'mount', [0x1000], '/b0', '/b1'), () => s.call(child, 'lo_up'), () => s.call(child, 'chroot', [], '/d'));
  } },
  { by: 'root', play: (s, t) => {
    // a pid namespace of one user namespace, used from another beside it
    const owner = s.child(t, CLONE_NEWUSER | CLONE_NEWPID);
    const user = s.child(t);
    const pid = s.ns(user, owner, 'pid');
    s.setns(user, pid);
    s.child(user, CLONE_NEWPID);
    const inside = s.child(user);
    s.some(2, () => s.unshare(inside, CLONE_NEWPID), () => s.unshare(inside, CLONE_NEWUSER + CLONE_NEWPID), () => s.child(inside, CLONE_NEWPID), () => s.child(inside, CLONE_NEWUSER | CLONE_NEWPID));
  } },
];
