import { strict as assert } from 'node:assert';
import { CLONE_FS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_THREAD, CLONE_VM } from '../../../simulator/kernel/flags.ts';
import { sys_setns } from '../../../simulator/kernel/setns.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { Tasks } from './tasks.ts';

describe('reference counts', () => {
  it('[R1 R2 R3 R4] a plain fork shares the nsproxy: count + 1, and - 1 at exit', () => {
    const t = new Tasks();
    const { init_nsproxy } = t.k;
    const before = init_nsproxy.count;
    assert.equal(t.init.nsproxy, init_nsproxy);
    const child = t.fork();
    assert.equal(child.nsproxy, init_nsproxy);
    assert.equal(init_nsproxy.count, before + 1);
    t.exit(child);
    assert.equal(init_nsproxy.count, before);
  });

  it('[R5 R6 R7 R8 R9 R10] unshare(NEWUTS): a new nsproxy of count 1, only uts differs, everything else + 1, time + 2, the initial pid namespace + 0', () => {
    const t = new Tasks();
    const task = t.fork();
    const old = task.nsproxy!;
    const counts = { ipc: old.ipc_ns!.count, net: old.net_ns!.count, cgroup: old.cgroup_ns!.count, time: old.time_ns!.count, pid: t.k.init_pid_ns.count };
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUTS)), 'OK');
    const made = task.nsproxy!;
    assert.notEqual(made, old);
    assert.equal(made.count, 1);
    assert.notEqual(made.uts_ns, old.uts_ns);
    assert.equal(made.uts_ns!.count, 1);
    for (const slot of ['ipc_ns', 'mnt_ns', 'net_ns', 'cgroup_ns', 'time_ns', 'time_ns_for_children', 'pid_ns_for_children'] as const) assert.equal(made[slot], old[slot], slot);
    assert.deepEqual(
      { ipc: old.ipc_ns!.count, net: old.net_ns!.count, cgroup: old.cgroup_ns!.count, time: old.time_ns!.count, pid: t.k.init_pid_ns.count },
      { ipc: counts.ipc + 1, net: counts.net + 1, cgroup: counts.cgroup + 1, time: counts.time + 2, pid: counts.pid },
    );
  });

  it('[R11 R12 R13 R14 R15] the worked example: forks, a thread, and a thread that unshares', () => {
    const t = new Tasks();
    const p = t.fork();
    t.as(p, (k) => ksys_unshare(k, CLONE_NEWUTS));
    const proxy = p.nsproxy!;
    const a = t.fork(p);
    const b = t.fork(p);
    assert.deepEqual([proxy.count, proxy.uts_ns!.count], [3, 1]);
    const thread = t.thread(p);
    assert.equal(proxy.count, 4);
    assert.equal(t.errno(thread, (k) => ksys_unshare(k, CLONE_NEWIPC)), 'OK');
    assert.deepEqual([thread.nsproxy!.count, proxy.count], [1, 3]);
    assert.equal(thread.nsproxy!.uts_ns, proxy.uts_ns);
    assert.equal(proxy.uts_ns!.count, 2);
    t.exit(a);
    t.exit(b);
    assert.equal(proxy.count, 1);
  });

  it('[R16] all is given back at exit', () => {
    const t = new Tasks();
    const { init_nsproxy: i } = t.k;
    const counts = (): number[] => [i.count, i.uts_ns!.count, i.ipc_ns!.count, i.net_ns!.count, i.cgroup_ns!.count, i.time_ns!.count, t.k.init_user_ns.count];
    t.fork();
    const before = counts();
    const p = t.fork();
    t.as(p, (k) => ksys_unshare(k, CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWTIME));
    const thread = t.thread(p);
    t.as(thread, (k) => ksys_unshare(k, CLONE_NEWIPC));
    t.exit(thread);
    t.exit(p);
    assert.deepEqual(counts(), before);
    assert.deepEqual([...t.k.inums.map.keys()].filter((inum) => inum >= 0xf0000000), []);
  });

  it('[R17 R18 R19] clone(NEWIPC): a new nsproxy for the child, the parent\'s untouched', () => {
    const t = new Tasks();
    const p = t.fork();
    t.as(p, (k) => ksys_unshare(k, CLONE_NEWUTS));
    const proxy = p.nsproxy!;
    const child = t.fork(p, CLONE_NEWIPC);
    assert.deepEqual([child.nsproxy!.count, proxy.count, p.nsproxy === proxy], [1, 1, true]);
    assert.equal(proxy.uts_ns!.count, 2);
    assert.equal(child.nsproxy!.ipc_ns!.count, 1);
  });

  it('[R21 R22] a pid namespace counts the nsproxy and the struct pid of its init', () => {
    const t = new Tasks();
    const child = t.fork(t.init, CLONE_NEWPID);
    const ns = child.nsproxy!.pid_ns_for_children!;
    assert.equal(ns.level, 1);
    assert.equal(ns.count, 2);
    assert.equal(child.thread_pid!.numbers[1]?.ns, ns);
  });

  it('[R25 R26 R27] unshare(NEWPID): count 1, then one for each process; the first fork shares the nsproxy', () => {
    const t = new Tasks();
    const p = t.fork();
    t.as(p, (k) => ksys_unshare(k, CLONE_NEWPID));
    const ns = p.nsproxy!.pid_ns_for_children!;
    assert.deepEqual([ns.count, ns.child_reaper, ns.pid_allocated], [1, null, 0x80000000]);
    const a = t.fork(p);
    assert.equal(a.nsproxy, p.nsproxy);
    assert.deepEqual([p.nsproxy!.count, ns.count], [2, 2]);
    t.fork(p);
    assert.equal(ns.count, 3);
  });

  it('[R30 R31 R33 R34 R35] an open namespace counts once however often; setns makes a new nsproxy of count 1', () => {
    const t = new Tasks();
    const target = t.fork();
    t.as(target, (k) => ksys_unshare(k, CLONE_NEWUTS));
    const uts = target.nsproxy!.uts_ns!;
    const caller = t.fork();
    t.as(caller, (k) => ksys_unshare(k, CLONE_NEWUTS));
    const left = caller.nsproxy!.uts_ns!;
    const fd = t.open(caller, uts);
    t.open(caller, uts);
    assert.equal(uts.count, 2);
    const before = caller.nsproxy;
    assert.equal(t.errno(caller, (k) => sys_setns(k, fd, CLONE_NEWUTS)), 'OK');
    assert.notEqual(caller.nsproxy, before);
    assert.equal(caller.nsproxy!.count, 1);
    assert.equal(uts.count, 3);
    assert.equal(caller.nsproxy!.uts_ns, uts);
    assert.notEqual(caller.nsproxy, target.nsproxy);
    assert.ok(left.freed);
  });

  it('[R36] setns to the own namespace is not nothing: same contents, another nsproxy', () => {
    const t = new Tasks();
    const task = t.fork();
    const before = task.nsproxy!;
    const fd = t.open(task, before.uts_ns!);
    t.as(task, (k) => sys_setns(k, fd, 0));
    assert.notEqual(task.nsproxy, before);
    assert.equal(task.nsproxy!.uts_ns, before.uts_ns);
  });

  it('[R37 R38 R39 R40] unshare(NEWUSER) changes the credentials only; namespaces made inside belong to the new user namespace', () => {
    const t = new Tasks();
    const task = t.fork();
    const { nsproxy, cred } = task;
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    assert.equal(task.nsproxy, nsproxy);
    assert.notEqual(task.cred, cred);
    const { user_ns } = task.cred;
    assert.equal(user_ns.level, 1);
    assert.equal(nsproxy!.uts_ns!.user_ns, t.k.init_user_ns);
    assert.equal(user_ns.count, 2, 'credentials and counters');
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUTS));
    assert.equal(task.nsproxy!.uts_ns!.user_ns, user_ns);
    const child = t.fork(t.init, CLONE_NEWUSER | CLONE_NEWUTS);
    assert.equal(child.nsproxy!.uts_ns!.user_ns, child.cred.user_ns);
  });

  it('counts of a user namespace: fork + 1, thread + 0, a namespace + 1', () => {
    const t = new Tasks();
    const task = t.fork();
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    const { user_ns } = task.cred;
    t.thread(task);
    assert.equal(user_ns.count, 2);
    t.fork(task);
    assert.equal(user_ns.count, 3);
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUTS));
    assert.equal(user_ns.count, 4);
  });

  it('[R41 R42 R43 R44] unshare(NEWTIME), fork, thread', () => {
    const t = new Tasks();
    const p = t.fork();
    const { time_ns } = p.nsproxy!;
    t.as(p, (k) => ksys_unshare(k, CLONE_NEWTIME));
    const made = p.nsproxy!.time_ns_for_children!;
    assert.deepEqual([p.nsproxy!.time_ns === time_ns, made === time_ns, made.count], [true, false, 1]);
    const child = t.fork(p);
    assert.deepEqual([child.nsproxy === p.nsproxy, child.nsproxy!.count, p.nsproxy!.count], [false, 1, 1]);
    assert.deepEqual([child.nsproxy!.time_ns === made, child.nsproxy!.time_ns_for_children === made, made.count], [true, true, 3]);
    t.fork(p, CLONE_THREAD | CLONE_VM);
    assert.equal(p.nsproxy!.count, 2);
  });

  it('[R45] clone3(NEWTIME): the child is in it at once, counted twice', () => {
    const t = new Tasks();
    const child = t.fork(t.init, CLONE_NEWTIME);
    const { time_ns, time_ns_for_children } = child.nsproxy!;
    assert.equal(time_ns, time_ns_for_children);
    assert.notEqual(time_ns, t.k.init_nsproxy.time_ns);
    assert.equal(time_ns!.count, 2);
    assert.ok(time_ns!.frozen_offsets);
  });

  it('[R48] unshare(0) and unshare(FS) leave the nsproxy', () => {
    const t = new Tasks();
    const task = t.fork();
    const { nsproxy } = task;
    assert.equal(t.errno(task, (k) => ksys_unshare(k, 0)), 'OK');
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_FS)), 'OK');
    assert.equal(task.nsproxy, nsproxy);
  });

  it('[R51] setns(pidfd) with three types: the same three, an own nsproxy, each counted twice', () => {
    const t = new Tasks();
    const target = t.fork();
    const types = CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET;
    t.as(target, (k) => ksys_unshare(k, types));
    const caller = t.fork();
    const fd = t.open(caller, target.thread_pid!);
    assert.equal(t.errno(caller, (k) => sys_setns(k, fd, types)), 'OK');
    const [own, other] = [caller.nsproxy!, target.nsproxy!];
    assert.notEqual(own, other);
    assert.deepEqual([own.uts_ns === other.uts_ns, own.ipc_ns === other.ipc_ns, own.net_ns === other.net_ns], [true, true, true]);
    assert.deepEqual([own.count, other.count, own.uts_ns!.count, own.ipc_ns!.count], [1, 1, 2, 2]);
  });
});
