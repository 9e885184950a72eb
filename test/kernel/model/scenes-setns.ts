import * as f from '../../../simulator/kernel/flags.ts';
import { LINKS } from './choose.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';
import { SEVEN } from './rules-unshare.ts';

const { CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_VM, CLONE_FS, CLONE_SIGHAND } = f;
const CAP_SYS_CHROOT = 18;
const CAP_SYS_ADMIN = 21;
const O_PATH = 0o10000000;

function join(s: Stage, t: number, whose: number, link: string, flags = 0): number {
  const fd = s.ns(t, whose, link);
  return s.setns(t, fd, flags);
}
const a_child = (s: Stage, t: number, flags: number): number => s.child(t, s.model.tasks[t]?.cred.euid === 0 ? flags : flags | CLONE_NEWUSER);

export const SETNS_SCENES: readonly Scene[] = [
  { by: 'any', play: (s, t) => {
    s.some(3, () => s.setns(t, 77), () => s.setns(t, s.open(t, '{self}/ns/uts', O_PATH)), () => s.setns(t, s.open(t, '/b0')), () => s.setns(t, s.open(t, 'self')), () => s.setns(t, s.open(t, '{self}/ns')),
      () => join(s, t, t, 'uts', CLONE_NEWIPC), () => join(s, t, t, 'net', CLONE_NEWUTS + CLONE_NEWIPC));
  } },
  { by: 'any', play: (s, t) => { s.some(3, ...LINKS.map((link) => () => join(s, t, t, link)), () => join(s, t, t, 'user', CLONE_NEWUSER), () => join(s, t, t, 'user')); } },
  { by: 'root', play: (s, t) => { s.some(4, ...LINKS.map((link) => () => join(s, t, t, link))); } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t);
    s.call(child, 'chdir', [], '/d');
    if (s.random.one_in(2)) s.call(child, 'chroot', [], '/d');
    join(s, child, child, 'mnt');
    s.call(child, 'chdir', [], 'e');
  } },
  { by: 'any', play: (s, t) => {
    const target = s.child(t, CLONE_NEWUSER);
    const child = s.child(t);
    const fd = s.ns(child, target, 'user');
    s.some(2, () => s.thread(child), () => s.child(child, CLONE_FS), () => s.unshare(child, CLONE_FS), () => s.thread(child, CLONE_FS));
    s.setns(child, fd, s.random.of([0, CLONE_NEWUSER]));
  } },
  { by: 'any', play: (s, t) => {
    const up = s.ns(t, t, 'user');
    const child = s.child(t, s.random.of([CLONE_NEWUSER, CLONE_NEWUSER, CLONE_FS]));
    const target = s.child(t, CLONE_NEWUSER);
    s.setns(child, up);
    s.setns(child, s.ns(child, target, 'user'));
  } },
  { by: 'any', play: (s, t) => {
    // parent and sibling
    const one = s.child(t, CLONE_NEWUSER);
    const two = s.child(t, CLONE_NEWUSER);
    const fds = ['user', 'uts', 'pid'].map((link) => s.ns(t, two, link));
    const heir = s.child(t, CLONE_NEWUSER);
    s.some(2, ...fds.map((fd) => () => s.setns(heir, fd)), () => s.setns(heir, fds[0] ?? -1));
    s.some(2, () => join(s, one, t, 'user'), () => join(s, one, two, 'user'), () => join(s, one, t, 'uts'), () => join(s, two, one, 'pid'));
    const three = s.child(t);
    s.setns(three, s.ns(three, two, 'user'));
    join(s, three, t, s.random.of(LINKS));
  } },
  { by: 'root', play: (s, t) => {
    const user = s.child(t);
    const target = s.child(t, CLONE_NEWUSER);
    const fds = [s.ns(user, target, 'user'), s.random.one_in(2) ? s.ns(user, t, 'mnt') : s.ns(user, t, 'uts')];
    s.ordinary_user(user);
    if (s.random.one_in(2)) s.thread(user);
    for (const fd of fds) s.setns(user, fd);
  } },
  { by: 'root', play: (s, t) => {
    const target = s.child(t, CLONE_NEWNS | s.random.of([0, CLONE_NEWUTS]));
    const child = s.child(t);
    const fd = s.ns(child, target, 'mnt');
    s.some(1, ...[CAP_SYS_CHROOT, CAP_SYS_CHROOT, CAP_SYS_ADMIN, CAP_SYS_ADMIN].map((cap) => () => s.call(child, 'drop', [cap, 0])), () => s.child(child, CLONE_FS), () => s.thread(child),
      () => [s.thread(child, CLONE_FS), s.unshare(child, CLONE_FS)], () => [s.child(child, CLONE_FS), s.call(child, 'drop', [CAP_SYS_ADMIN, 0])]);
    s.setns(child, fd);
    s.call(child, 'drop', [s.random.of([CAP_SYS_CHROOT, CAP_SYS_ADMIN, CAP_SYS_ADMIN]), 0]);
    s.setns(child, fd, CLONE_NEWNS);
  } },
  { by: 'user', play: (s, t) => { s.some(4, ...['mnt', 'pid', 'uts', 'ipc', 'net', 'cgroup', 'uts'].map((link) => () => join(s, t, t, link))); } },
  { by: 'any', play: (s, t) => {
    const outer = a_child(s, t, CLONE_NEWPID);
    const inner = s.child(outer, CLONE_NEWPID);
    const other = s.child(outer, CLONE_NEWPID);
    s.some(2, () => join(s, inner, outer, 'pid'), () => join(s, inner, other, 'pid'), () => join(s, inner, t, 'pid'), () => [join(s, outer, inner, 'pid'), s.child(outer)]);
  } },
  { by: 'root', play: (s, t) => {
    const init = s.child(t, CLONE_NEWPID);
    const fd = s.ns(t, init, 'pid');
    s.exit(init);
    if (s.random.one_in(2)) s.wait(t, init);
    s.setns(t, fd);
    s.child(t);
  } },
  { by: 'any', play: (s, t) => {
    const child = s.child(t);
    const target = a_child(s, t, 0);
    s.unshare(target, CLONE_NEWTIME);
    const fd = s.ns(child, s.random.of([target, t]), 'time_for_children');
    s.some(1, () => s.thread(child), () => s.thread(child), () => s.child(child, CLONE_VM), () => s.child(child, CLONE_VM | CLONE_SIGHAND), () => s.unshare(child, CLONE_FS));
    s.setns(child, fd);
    s.write(child, `{${child}}/timens_offsets`, 'monotonic 5 0');
  } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t);
    s.thread(child);
    s.some(3, ...['uts', 'ipc', 'net', 'cgroup'].map((link) => () => join(s, child, t, link)));
  } },
  { by: 'user', play: (s, t) => {
    // what an owner may, from outside and when it has joined
    const target = s.child(t, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC);
    const child = s.child(t);
    const uts = s.ns(child, target, 'uts');
    s.setns(child, uts);
    s.setns(child, s.ns(child, target, 'user'));
    s.setns(child, uts);
    join(s, child, t, 'uts');
  } },
  { by: 'any', play: (s, t) => {
    const fd = s.pidfd(t, t);
    s.some(3, ...[0, CLONE_FS, CLONE_NEWUTS + CLONE_VM, SEVEN, CLONE_NEWUSER, CLONE_NEWUSER + SEVEN, CLONE_NEWNS, CLONE_NEWNS + CLONE_NEWUTS].map((flags) => () => s.setns(t, fd, flags)));
  } },
  { by: 'root', play: (s, t) => {
    const fd = s.pidfd(t, t);
    s.some(2, ...[SEVEN, CLONE_NEWUSER, CLONE_NEWUSER + SEVEN].map((flags) => () => s.setns(t, fd, flags)));
  } },
  { by: 'any', play: (s, t) => {
    const child = a_child(s, t, CLONE_NEWUTS | CLONE_NEWPID);
    const fd = s.pidfd(t, child);
    s.exit(child);
    s.some(2, () => s.setns(t, fd, CLONE_NEWUTS), () => s.setns(t, fd, 0), () => s.setns(t, fd, CLONE_NEWUSER));
    s.wait(t, child);
    s.setns(t, fd, s.random.of([CLONE_NEWUTS, CLONE_NEWUSER + CLONE_NEWUTS]));
  } },
  { by: 'root', play: (s, t) => {
    const user = s.child(t);
    s.ordinary_user(user);
    s.setns(user, s.pidfd(user, t), CLONE_NEWUTS);
  } },
  { by: 'any', play: (s, t) => {
    const target = a_child(s, t, CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWCGROUP);
    const child = s.child(t);
    const fd = s.pidfd(child, target);
    const five = CLONE_NEWUTS + CLONE_NEWIPC + CLONE_NEWNS + CLONE_NEWPID + s.random.of([CLONE_NEWCGROUP, CLONE_NEWNET, CLONE_NEWTIME]);
    s.setns(child, fd, s.random.of([CLONE_NEWUTS, five]));
    s.setns(child, fd, s.random.of([five + CLONE_NEWUSER, CLONE_NEWUSER + CLONE_NEWUTS]));
    s.child(child);
  } },
  { by: 'user', play: (s, t) => {
    const target = s.child(t, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWCGROUP);
    const child = s.child(t);
    const fd = s.pidfd(child, target);
    const five = CLONE_NEWUTS + CLONE_NEWIPC + CLONE_NEWNS + CLONE_NEWPID + CLONE_NEWCGROUP;
    s.setns(child, fd, CLONE_NEWUTS);
    s.setns(child, fd, s.random.of([five + CLONE_NEWUSER, CLONE_NEWUSER + CLONE_NEWUTS]));
  } },
  { by: 'root', play: (s, t) => {
    const target = s.child(t, CLONE_NEWUTS | CLONE_NEWNS);
    const child = s.child(t);
    s.some(1, () => s.thread(child, CLONE_FS), () => s.child(child, CLONE_FS), () => s.child(child, CLONE_VM));
    const fd = s.pidfd(child, target);
    s.setns(child, fd, CLONE_NEWNS);
    s.setns(child, fd, CLONE_NEWNS + CLONE_NEWUTS + s.random.of([0, CLONE_NEWTIME]));
  } },
  { by: 'any', play: (s, t) => {
    // a file that is a namespace, elsewhere in the tree
    const child = a_child(s, t, CLONE_NEWNS | CLONE_NEWUTS);
    s.call(child, 'mount', [0x1000], '/b2', s.random.of([`/proc/{${child}}/ns/uts`, `/proc/{${t}}/ns/net`, '/proc/{self}/ns/mnt', '/proc/{self}/ns/pid']));
    const fd = s.open(child, '/b2');
    s.some(1, () => s.unshare(child, CLONE_NEWUTS), () => s.unshare(child, CLONE_NEWNS), () => s.child(child, CLONE_NEWNS));
    s.setns(child, fd);
    s.call(child, 'umount2', [s.random.of([0, 2])], '/b2');
  } },
];
