import { strict as assert } from 'node:assert';
import { begin_new_exec } from '../../../simulator/kernel/exec.ts';
import type { bprm_file } from '../../../simulator/kernel/exec_cred.ts';
import { alloc_file, fd_install } from '../../../simulator/kernel/files.ts';
import { CLONE_FILES, CLONE_NEWTIME, CLONE_SIGHAND, CLONE_VFORK, CLONE_VM } from '../../../simulator/kernel/flags.ts';
import { sys_vfork } from '../../../simulator/kernel/fork.ts';
import { sys_getpid } from '../../../simulator/kernel/session.ts';
import { sys_rt_sigaction } from '../../../simulator/kernel/signal.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { Processes } from './processes.ts';

const PLAIN: bprm_file = { suid: null, sgid: null, caps: null };

function exec(p: Processes, task: task_struct, comm = 'program', file = PLAIN): unknown {
  return p.as(task, (k) => begin_new_exec(k, { exe: task.fs!.root, comm, cmdline: [comm], environ: [], file }));
}

describe('exec', () => {
  it('[A34 A35] enters the time namespace for children; vfork and exec as well', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWTIME));
    const { time_ns_for_children, time_ns } = task.nsproxy!;
    const child = p.vfork(task);
    assert.equal(child.nsproxy!.time_ns, time_ns);
    assert.equal(exec(p, child), 0);
    assert.deepEqual([child.nsproxy!.time_ns?.id, task.nsproxy!.time_ns?.id], [time_ns_for_children?.id, time_ns?.id]);
    assert.equal(task.state, 'running');
    assert.equal(p.as(task, sys_vfork), child.thread_pid!.numbers[0]!.nr);
    assert.equal(exec(p, task), 0);
    assert.equal(task.nsproxy!.time_ns, time_ns_for_children);
  });

  it('6.1: exec does nothing about time namespaces', () => {
    const p = new Processes('6.1');
    const task = p.fork();
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWTIME));
    const { time_ns } = task.nsproxy!;
    assert.equal(exec(p, task), 0);
    assert.equal(task.nsproxy!.time_ns, time_ns);
  });

  it('of the leading thread ends the others', () => {
    const p = new Processes();
    const task = p.fork();
    const thread = p.thread(task);
    assert.equal(exec(p, task), 'blocked');
    p.settle();
    assert.ok(thread.freed);
    assert.equal(task.state, 'running');
    assert.equal(exec(p, task), 0);
    assert.deepEqual([task.signal.threads.size, task.comm], [1, 'program']);
  });

  it('of another thread takes over the pid, the children\'s place and the init\'s role of the leader', () => {
    const p = new Processes();
    const leader = p.fork(p.fork(), 0x20000000);
    const number = p.as(leader, sys_getpid);
    const pid = leader.thread_pid;
    const thread = p.thread(leader);
    const third = p.thread(leader);
    assert.equal(exec(p, thread), 'blocked');
    p.settle();
    assert.equal(exec(p, thread), 0);
    assert.ok(leader.freed && third.freed);
    assert.deepEqual([p.as(thread, sys_getpid), thread.thread_pid?.id, thread.group_leader.id], [number, pid?.id, thread.id]);
    assert.equal(thread.nsproxy!.pid_ns_for_children!.child_reaper, thread);
    assert.ok(thread.real_parent!.children.has(thread.id));
    p.exit(thread, 4);
    const told = p.wait(thread.real_parent!);
    assert.ok(typeof told === 'object' && told.status === 4);
  });

  it('closes descriptors so marked, in a table of its own; resets handlers, keeps what is ignored', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => {
      fd_install(k, 3, alloc_file(k, null, 0, ''), true);
      fd_install(k, 4, alloc_file(k, null, 0, ''), false);
    });
    p.as(task, (k) => sys_rt_sigaction(k, 10, { handler: 0x1000, flags: 0, mask: 0n }));
    p.as(task, (k) => sys_rt_sigaction(k, 12, { handler: 'ignore', flags: 0, mask: 0n }));
    const child = p.fork(task, CLONE_FILES | CLONE_SIGHAND | CLONE_VM | CLONE_VFORK);
    assert.equal(exec(p, child), 0);
    assert.deepEqual([[...child.files!.fd.map.keys()], [...task.files!.fd.map.keys()]], [[4], [3, 4]]);
    assert.deepEqual([child.sighand!.action.has(10), child.sighand!.action.get(12)?.handler, task.sighand!.action.has(10)], [false, 'ignore', true]);
    assert.notEqual(child.mm, task.mm);
  });

  it('set-user-id: new ids, not dumpable', () => {
    const p = new Processes();
    const user = p.user();
    assert.equal(exec(p, user, 'su', { ...PLAIN, suid: 0 }), 0);
    assert.deepEqual([user.cred.uid, user.cred.euid, user.mm!.dumpable], [1000, 0, 0]);
    const plain = p.user();
    assert.equal(exec(p, plain, 'a name that is too long'), 0);
    assert.deepEqual([plain.mm!.dumpable, plain.comm], [1, 'a name that is ']);
  });
});
