import { strict as assert } from 'node:assert';
import { sys_exit } from '../../../simulator/kernel/exit.ts';
import { CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_PARENT } from '../../../simulator/kernel/flags.ts';
import { PIDNS_ADDING } from '../../../simulator/kernel/pid.ts';
import { sys_prctl } from '../../../simulator/kernel/prctl.ts';
import { sys_reboot } from '../../../simulator/kernel/reboot.ts';
import { sys_getpid, sys_getppid, sys_getsid, sys_gettid } from '../../../simulator/kernel/session.ts';
import { force_sig_fault, sys_kill, sys_rt_sigaction, sys_rt_sigprocmask } from '../../../simulator/kernel/signal.ts';
import { SIGCHLD, SIGKILL, SIGNAL_UNKILLABLE, SIGSEGV, SIGSTOP, SIGTERM } from '../../../simulator/kernel/signals.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { __WALL } from '../../../simulator/kernel/wait.ts';
import { Processes } from './processes.ts';

/** A process and the init of a pid namespace that it made. */
function container(p: Processes): { readonly outer: task_struct; readonly init: task_struct } {
  const outer = p.fork();
  return { outer, init: p.fork(outer, CLONE_NEWPID) };
}

const HANDLER = { handler: 0x1000, flags: 0, mask: 0n };

describe('pid namespaces', () => {
  it('[E4 R20 R21 R22 R23 R24 M19] the first process: number 1, parent 0, init', () => {
    const p = new Processes();
    const { outer, init } = container(p);
    assert.deepEqual([p.as(init, sys_getpid), p.as(init, sys_getppid), p.as(init, (k) => sys_getsid(k, 0))], [1, 0, 0]);
    const ns = init.nsproxy!.pid_ns_for_children!;
    assert.deepEqual([ns.level, ns.child_reaper?.id, ns.pid_allocated, ns.count], [1, init.id, PIDNS_ADDING + 1, 2]);
    assert.equal(init.signal.flags & SIGNAL_UNKILLABLE, SIGNAL_UNKILLABLE);
    assert.equal(init.thread_pid!.numbers.length, 2);
    assert.ok(init.real_parent === outer);
  });

  it('[B22 A28b R25 R26 R27] unshare(NEWPID): the caller stays; its first child is number 1, its second 2', () => {
    const p = new Processes();
    const task = p.fork();
    const before = p.as(task, sys_getpid);
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWPID));
    const ns = task.nsproxy!.pid_ns_for_children!;
    assert.deepEqual([p.as(task, sys_getpid) === before, ns.count, ns.child_reaper, ns.pid_allocated], [true, 1, null, PIDNS_ADDING]);
    const first = p.fork(task);
    assert.deepEqual([task.nsproxy!.count, ns.count, p.as(first, sys_getpid)], [2, 2, 1]);
    const second = p.fork(task);
    assert.deepEqual([p.as(second, sys_getpid), p.as(second, sys_getppid), ns.count, ns.pid_allocated], [2, 0, 3, PIDNS_ADDING + 2]);
  });

  it('[M12] numbers go up and are not used again at once', () => {
    const p = new Processes();
    const { init } = container(p);
    const seen: number[] = [];
    for (let n = 0; n < 3; n++) {
      const child = p.fork(init);
      seen.push(p.as(child, sys_getpid));
      p.exit(child);
      p.wait(init);
    }
    assert.deepEqual(seen, [2, 3, 4]);
  });

  it('numbers start again at 300 after pid_max; when all are used: EAGAIN', () => {
    const p = new Processes();
    const { init } = container(p);
    const ns = init.nsproxy!.pid_ns_for_children!;
    ns.pid_max = 302;
    ns.idr_cursor = 300;
    assert.deepEqual([p.as(p.fork(init), sys_getpid), p.as(p.fork(init), sys_getpid)], [301, 300]);
    assert.equal(p.clone(init), 'EAGAIN');
  });

  it('[B14b] 32 pid namespaces can be nested', () => {
    const p = new Processes();
    let at = p.fork();
    for (let n = 0; n < 32; n++) at = p.fork(at, CLONE_NEWPID);
    assert.equal(p.clone(at, CLONE_NEWPID), 'ENOSPC');
  });

  it('[M10 M11] a pid namespace can only be nested by its owner and those below', () => {
    const p = new Processes();
    const { init } = container(p);
    const outer = p.fork(p.init, CLONE_NEWUSER | CLONE_NEWPID);
    const ns = outer.nsproxy!.pid_ns_for_children!;
    assert.equal(ns.user_ns, outer.cred.user_ns);
    assert.equal(typeof p.clone(init, CLONE_NEWPID), 'object');
  });

  it('[E4i] outer processes are not visible inside, inner ones are outside', () => {
    const p = new Processes();
    const { outer, init } = container(p);
    const outside = p.as(outer, sys_getpid);
    assert.equal(p.errno(init, (k) => sys_kill(k, outside, 0)), 'ESRCH');
    assert.equal(p.errno(outer, (k) => sys_kill(k, init.thread_pid!.numbers[0]!.nr, 0)), 'OK');
  });

  it('[A28 E4f R28 R29] after init died nobody can be added: ENOMEM', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWPID));
    const ns = task.nsproxy!.pid_ns_for_children!;
    const init = p.fork(task);
    const other = p.fork(task);
    p.exit(init, 3);
    assert.equal(p.clone(task), 'ENOMEM');
    assert.deepEqual([init.state, other.state, ns.pid_allocated], ['uninterruptible', 'zombie', 2]);
    assert.ok(typeof p.wait(task) === 'object');
    p.settle();
    assert.equal(init.state, 'zombie');
    const told = p.wait(task);
    assert.ok(typeof told === 'object' && told.status === 3);
    assert.deepEqual([ns.pid_allocated, ns.count, ns.child_reaper?.id], [0, 1, init.id]);
    assert.equal(p.wait(task), 'ECHILD');
  });

  it('[E4g E4h] everybody inside is killed, below it too, also with parents outside; init is not reaped before them', () => {
    const p = new Processes();
    const { outer, init } = container(p);
    const child = p.fork(init);
    const below = p.fork(child, CLONE_NEWPID);
    const deepest = p.fork(below);
    p.exit(init);
    for (const t of [child, below, deepest, init]) assert.ok(['zombie', 'dead'].includes(t.state), `${t.id} ${t.state}`);
    const told = p.wait(outer);
    assert.ok(typeof told === 'object' && told.code === 1);
    assert.deepEqual([...p.k.trace.live.get('pid')!].length, 1, 'only the initial pid namespace is left');
  });

  it('[M29] another thread takes over when the first thread of init ends', () => {
    const p = new Processes();
    const { init } = container(p);
    const thread = p.thread(init);
    const ns = init.nsproxy!.pid_ns_for_children!;
    p.as(init, (k) => sys_exit(k, 0));
    assert.deepEqual([init.state, ns.child_reaper?.id], ['zombie', thread.id]);
    p.fork(thread);
  });

  it('[E4k E4l] reboot inside: init seems to have died of SIGHUP or SIGINT', () => {
    for (const [cmd, signal] of [[0x01234567, 1], [0x4321fedc, 2], [0xcdef0123, 2]] as const) {
      const p = new Processes();
      const { outer, init } = container(p);
      const child = p.fork(init);
      assert.equal(p.errno(child, (k) => sys_reboot(k, 0xfee1dead, 672274793, 0x89abcdef)), 'EINVAL');
      p.as(child, (k) => sys_reboot(k, 0xfee1dead, 672274793, cmd));
      p.settle();
      const told = p.wait(outer);
      assert.ok(typeof told === 'object');
      assert.deepEqual([told.stat & 0x7f, told.code], [signal, 2]);
    }
  });

  it('[N7] the creator ends: the parent of init stays 0 inside', () => {
    const p = new Processes();
    const { outer, init } = container(p);
    p.exit(outer);
    assert.deepEqual([p.as(init, sys_getppid), init.real_parent?.id], [0, p.init.id]);
  });

  it('[E4e N6] orphans: of a parent inside to init inside, of a parent outside to init outside', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWPID));
    const init = p.fork(task);
    const outsider = p.fork(task);
    const inside = p.fork(init);
    const orphan = p.fork(inside);
    p.exit(inside);
    assert.deepEqual([orphan.real_parent?.id, p.as(orphan, sys_getppid)], [init.id, 1]);
    p.exit(task);
    assert.deepEqual([outsider.real_parent?.id, p.as(outsider, sys_getppid)], [p.init.id, 0]);
  });

  it('subreapers: the nearest in the same pid namespace, not one outside', () => {
    const p = new Processes();
    const reaper = p.fork();
    assert.equal(p.as(reaper, (k) => sys_prctl(k, 36, 1, 0, 0, 0)), 0);
    const parent = p.fork(reaper);
    const orphan = p.fork(parent);
    const inner = p.fork(p.fork(reaper), CLONE_NEWPID);
    const innerChild = p.fork(inner);
    const innerOrphan = p.fork(innerChild);
    p.exit(parent);
    assert.ok(orphan.real_parent === reaper);
    p.exit(innerChild);
    assert.ok(innerOrphan.real_parent === inner);
  });

  it('a sibling made with CLONE_PARENT has the caller\'s parent', () => {
    const p = new Processes();
    const task = p.fork();
    const sibling = p.fork(task, CLONE_PARENT);
    assert.ok(sibling.real_parent === p.init);
    assert.equal(p.as(p.thread(task), sys_gettid) > 0, true);
  });
});

describe('signals to an init', () => {
  it('[E4b M26] from inside: what has no handler is dropped, KILL and STOP too', () => {
    const p = new Processes();
    const { init } = container(p);
    const child = p.fork(init);
    for (const sig of [SIGTERM, SIGKILL, SIGSTOP]) assert.equal(p.errno(child, (k) => sys_kill(k, 1, sig)), 'OK');
    assert.equal(p.deliver(init).what, 'none');
    assert.equal(init.state, 'running');
  });

  it('[M27] to itself as well', () => {
    const p = new Processes();
    const { init } = container(p);
    for (const sig of [SIGTERM, SIGKILL]) p.as(init, (k) => sys_kill(k, 1, sig));
    assert.equal(p.deliver(init).what, 'none');
  });

  it('[E4c M26] from an ancestor namespace: only KILL and STOP get through', () => {
    const p = new Processes();
    const { outer, init } = container(p);
    const nr = init.thread_pid!.numbers[0]!.nr;
    p.as(outer, (k) => sys_kill(k, nr, SIGTERM));
    assert.equal(p.deliver(init).what, 'none');
    p.as(outer, (k) => sys_kill(k, nr, SIGSTOP));
    assert.equal(p.deliver(init).what, 'stopped');
    p.as(outer, (k) => sys_kill(k, nr, SIGKILL));
    p.settle();
    assert.equal(init.state, 'zombie');
    const told = p.wait(outer);
    assert.ok(typeof told === 'object' && told.stat === SIGKILL);
  });

  it('[E4d] a handler makes it deliverable from both', () => {
    const p = new Processes();
    const { outer, init } = container(p);
    const child = p.fork(init);
    p.as(init, (k) => sys_rt_sigaction(k, SIGTERM, HANDLER));
    p.as(child, (k) => sys_kill(k, 1, SIGTERM));
    const first = p.deliver(init);
    assert.ok(first.what === 'handler' && first.signo === SIGTERM && first.info.pid === 2);
    p.as(init, (k) => sys_rt_sigprocmask(k, 2, 0n));
    p.as(outer, (k) => sys_kill(k, init.thread_pid!.numbers[0]!.nr, SIGTERM));
    const second = p.deliver(init);
    assert.ok(second.what === 'handler' && second.info.pid === 0);
  });

  it('[M28] a fault of its own ends it', () => {
    const p = new Processes();
    const { outer, init } = container(p);
    p.as(init, (k) => force_sig_fault(k, SIGSEGV, 0));
    assert.equal(p.deliver(init).what, 'dead');
    const told = p.wait(outer, -1, __WALL);
    assert.ok(typeof told === 'object' && told.stat === SIGSEGV);
  });
});

describe('exit and wait', () => {
  it('[R4 R46 R47] a zombie holds no nsproxy, but credentials and its pid', () => {
    const p = new Processes();
    const parent = p.fork();
    p.as(parent, (k) => ksys_unshare(k, CLONE_NEWUTS));
    const child = p.fork(parent);
    assert.equal(parent.nsproxy!.count, 2);
    p.exit(child, 7);
    assert.deepEqual([child.state, child.nsproxy, parent.nsproxy!.count], ['zombie', null, 1]);
    assert.ok(child.thread_pid && !child.cred.freed);
    const told = p.wait(parent);
    assert.ok(typeof told === 'object');
    assert.deepEqual([told.stat, told.status, told.code], [7 << 8, 7, 1]);
    assert.ok(child.freed);
  });

  it('[R11 R12 R13 R15 R16] threads and children share the nsproxy until one unshares', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWUTS));
    const proxy = task.nsproxy!;
    const children = [p.fork(task), p.fork(task)];
    const thread = p.thread(task);
    assert.deepEqual([proxy.count, proxy.uts_ns!.count], [4, 1]);
    p.as(thread, (k) => ksys_unshare(k, CLONE_NEWUTS));
    assert.deepEqual([thread.nsproxy!.count, proxy.count], [1, 3]);
    for (const child of children) p.exit(child);
    assert.equal(proxy.count, 1);
    p.exit(task);
    assert.ok(proxy.freed && thread.freed);
  });

  it('a process ends with its last thread; a leader that ended first waits as a zombie', () => {
    // since 5.17 the thread that ends last decides the status, before that the leader did
    for (const [version, status] of [['6.18', 9], ['6.1', 9], ['5.7', 5]] as const) {
      const p = new Processes(version);
      const task = p.fork();
      const thread = p.thread(task);
      p.as(task, (k) => sys_exit(k, 5));
      assert.deepEqual([task.state, p.wait(p.init, -1, 1)], ['zombie', 0]);
      p.as(thread, (k) => sys_exit(k, 9));
      assert.ok(thread.freed);
      const told = p.wait(p.init);
      assert.ok(typeof told === 'object' && told.status === status, version);
    }
  });

  it('wait blocks until a child ends, and is woken', () => {
    const p = new Processes();
    const parent = p.fork();
    assert.equal(p.wait(parent), 'ECHILD');
    const child = p.fork(parent);
    assert.equal(p.wait(parent, -1, 1), 0);
    assert.equal(p.wait(parent), 'blocked');
    assert.equal(parent.state, 'interruptible');
    p.exit(child);
    assert.equal(parent.state, 'running');
    assert.ok(typeof p.wait(parent) === 'object');
  });

  it('who ignores SIGCHLD has no zombies; a child that ends with another signal needs __WALL', () => {
    const p = new Processes();
    const parent = p.fork();
    const odd = p.fork(parent, 0, { exit_signal: 10 });
    assert.equal(p.wait(parent), 'ECHILD');
    p.as(parent, (k) => sys_rt_sigaction(k, 10, { handler: 'ignore', flags: 0, mask: 0n }));
    p.exit(odd);
    assert.ok(typeof p.wait(parent, -1, __WALL) === 'object');
    p.as(parent, (k) => sys_rt_sigaction(k, SIGCHLD, { handler: 'ignore', flags: 0, mask: 0n }));
    const child = p.fork(parent);
    p.exit(child);
    assert.ok(child.freed);
    assert.equal(p.wait(parent), 'ECHILD');
  });

  it('vfork: the parent waits until the child ends', () => {
    const p = new Processes();
    const parent = p.fork();
    const child = p.vfork(parent);
    assert.equal(parent.state, 'uninterruptible');
    p.exit(child);
    assert.equal(parent.state, 'running');
    assert.equal(parent.vfork_wait!.child, child);
  });

  it('pdeath_signal [N12]', () => {
    const p = new Processes();
    const parent = p.fork();
    const child = p.fork(parent);
    p.as(child, (k) => sys_prctl(k, 1, SIGKILL, 0, 0, 0));
    p.exit(parent);
    p.settle();
    assert.equal(child.state, 'zombie');
  });
});
