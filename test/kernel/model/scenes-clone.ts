import * as f from '../../../simulator/kernel/flags.ts';
import { THREAD } from './choose.ts';
import type { Scene } from './scenes.ts';

const { CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_VM, CLONE_FS, CLONE_SIGHAND, CLONE_THREAD, CLONE_PARENT,
  CLONE_PIDFD, CLONE_DETACHED, CLONE_VFORK, CLONE_PARENT_SETTID, CLONE_SYSVSEM, CLONE_CLEAR_SIGHAND, CLONE_INTO_CGROUP } = f;

/** Flags alone, each refused or allowed for a reason of its own. */
const REFUSED = [CLONE_NEWNS | CLONE_FS, CLONE_NEWUSER | CLONE_FS, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM | CLONE_NEWPID, CLONE_SIGHAND, THREAD | CLONE_NEWUSER, THREAD | CLONE_NEWPID,
  CLONE_PIDFD | CLONE_PARENT_SETTID, CLONE_PIDFD | CLONE_DETACHED, CLONE_NEWIPC | CLONE_SYSVSEM];
const ALLOWED = [CLONE_NEWPID | CLONE_VM, CLONE_NEWPID | CLONE_VM | CLONE_SIGHAND, CLONE_NEWUSER | CLONE_VM | CLONE_SIGHAND, CLONE_NEWPID | CLONE_PARENT, CLONE_NEWUSER | CLONE_PARENT,
  THREAD | CLONE_PIDFD, THREAD | CLONE_NEWUTS, THREAD | CLONE_NEWNS, THREAD | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWCGROUP];

export const CLONE_SCENES: readonly Scene[] = [
  { by: 'any', play: (s, t) => {
    s.some(3, () => s.child(t, s.random.of(REFUSED)));
    s.child(t, s.random.of(ALLOWED));
  } },
  { by: 'root', play: (s, t) => { s.some(2, () => s.child(t, s.random.of(ALLOWED))); } },
  { by: 'root', play: (s, t) => { s.some(2, () => s.child(t, s.random.of(ALLOWED))); } },
  { by: 'any', play: (s, t) => {
    s.some(5, () => s.clone3(t, 0, { size: 4097 }), () => s.clone3(t, 0, { size: 63 }), () => s.clone3(t, 0, { size: 96, b: '1' }), () => s.clone3(t, 0, { size: 96 }),
      () => s.clone3(t, 0, { size: 64 }), () => s.clone3(t, 0, { b: `0${',1'.repeat(33)}` }), () => s.clone3(t, 0, { b: '4,1' }), () => s.clone3(t, 0, { b: '8' }),
      () => s.clone3(t, 0, { signal: 65 }), () => s.clone3(t, 0, { signal: 0x100 }), () => s.clone3(t, 0, { signal: 64 }));
  } },
  { by: 'any', play: (s, t) => {
    s.some(5, () => s.clone3(t, CLONE_INTO_CGROUP, { size: 80 }), () => s.clone3(t, CLONE_INTO_CGROUP, { cgroup: 2 ** 31 }), () => s.clone3(t, 2 ** 40), () => s.clone3(t, CLONE_DETACHED),
      () => s.clone3(t, 1), () => s.clone3(t, (CLONE_SIGHAND | CLONE_VM) + CLONE_CLEAR_SIGHAND), () => s.clone3(t, THREAD, { signal: 17 }), () => s.clone3(t, CLONE_PARENT, { signal: 17 }),
      () => s.clone3(t, 0, { stack: 1 }), () => s.clone3(t, 0, { stack: 2 }), () => s.clone3(t, CLONE_PIDFD | CLONE_PARENT_SETTID), () => s.clone3(t, CLONE_PIDFD | CLONE_PARENT_SETTID), () => s.clone3(t, CLONE_PIDFD | CLONE_PARENT_SETTID, { b: '2' }),
      () => s.clone3(t, CLONE_INTO_CGROUP, { cgroup: 77 }));
  } },
  { by: 'any', play: (s, t) => {
    const user = s.model.tasks[t]?.cred.euid !== 0;
    const init = s.child(t, user ? CLONE_NEWUSER | CLONE_NEWPID : CLONE_NEWPID);
    s.child(init, CLONE_PARENT);
    s.some(3, () => s.clone3(init, 0, { b: '0,1' }), () => s.clone3(init, 0, { b: '0,40' }), () => s.clone3(init, 0, { b: '0,4194304' }), () => s.clone3(init, 0, { b: '0,40000' }), () => s.clone3(init, 0, { b: '0,0' }),
      () => s.clone3(init, CLONE_NEWPID, { b: '0,1,50' }), () => s.clone3(init, CLONE_NEWPID, { b: '0,5' }), () => s.clone3(init, 0, { b: '0,1,1,1,1' }), () => s.child(init));
  } },
  { by: 'user', play: (s, t) => {
    s.some(2, () => s.clone3(t, 0, { b: '0,31234' }), () => s.clone3(t, CLONE_NEWUSER | CLONE_NEWPID, { b: '0,1' }));
    s.child(t, CLONE_NEWUTS);
  } },
  { by: 'root', play: (s, t) => {
    s.unshare(t, CLONE_NEWPID);
    s.some(2, () => s.thread(t), () => s.child(t, CLONE_VM | CLONE_SIGHAND), () => s.child(t, CLONE_NEWPID), () => s.unshare(t, CLONE_NEWPID));
    const own = s.ns(t, t, 'pid');
    s.setns(t, own, s.random.of([0, CLONE_NEWPID]));
    s.thread(t);
  } },
  { by: 'root', play: (s, t) => {
    const init = s.child(t, CLONE_NEWPID);
    const fd = s.ns(t, init, 'pid');
    s.setns(t, fd);
    if (s.random.one_in(2)) s.child(t);
    s.thread(t);
    s.setns(t, s.ns(t, t, 'pid'));
    s.thread(t);
  } },
  { by: 'root', play: (s, t) => {
    const user = s.child(t);
    s.unshare(user, CLONE_NEWTIME);
    s.some(2, () => s.thread(user), () => s.child(user, CLONE_VM | CLONE_VFORK), () => s.unshare(user, CLONE_NEWTIME), () => s.child(user, CLONE_VM), () => s.child(user));
    s.clone3(user, CLONE_NEWTIME);
  } },
  { by: 'root', play: (s, t) => {
    const maker = s.child(t);
    s.unshare(maker, CLONE_NEWPID);
    const init = s.child(maker);
    const other = s.child(maker);
    if (s.random.one_in(2)) s.child(init);
    s.some(1, () => s.exit(init), () => s.call(maker, 'kill', [init, 9]));
    s.child(maker);
    s.wait(maker, other);
    s.wait(maker, init);
    s.child(maker);
  } },
];
