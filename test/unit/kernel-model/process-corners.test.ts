import { strict as assert } from 'node:assert';
import { sys_clone3 } from '../../../simulator/kernel/clone3.ts';
import { begin_new_exec } from '../../../simulator/kernel/exec.ts';
import { CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_PARENT_SETTID, CLONE_VFORK, CLONE_VM } from '../../../simulator/kernel/flags.ts';
import { sys_pidfd_open } from '../../../simulator/kernel/pidfd.ts';
import { sys_exit_group } from '../../../simulator/kernel/exit.ts';
import { sys_setns } from '../../../simulator/kernel/setns.ts';
import { sys_setsid } from '../../../simulator/kernel/session.ts';
import { get_signal, sys_kill, sys_rt_sigaction, sys_rt_sigprocmask } from '../../../simulator/kernel/signal.ts';
import { SIGCHLD, SIGCONT, SIGTERM, sigmask } from '../../../simulator/kernel/signals.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import { Processes } from './processes.ts';

const IGNORE = { handler: 'ignore', flags: 0, mask: 0n } as const;
const HANDLER = { handler: 0x1000, flags: 0, mask: 0n };
const nr = (task: task_struct): number => task.thread_pid!.numbers[0]!.nr;

describe('corners of processes', () => {
  for (const version of VERSIONS) {
    it(`${version}: the death of an init takes everybody along, and nothing is left`, () => {
      const p = new Processes(version);
      const outer = p.fork();
      const before = p.k.trace.live.get('struct pid')!.size;
      const init = p.fork(outer, CLONE_NEWPID | CLONE_NEWUTS);
      const child = p.fork(init);
      p.fork(child);
      p.thread(child);
      p.exit(init, 2);
      const told = p.wait(outer);
      assert.ok(typeof told === 'object' && told.status === 2);
      assert.deepEqual([p.k.trace.live.get('struct pid')!.size, p.k.trace.live.get('pid')!.size, p.k.trace.live.get('uts')!.size], [before, 1, 1]);
    });

    it(`${version}: RLIMIT_NPROC, vfork, CLONE_PARENT_SETTID`, () => {
      const p = new Processes(version);
      const stored: number[] = [];
      const child = p.fork(p.init, CLONE_PARENT_SETTID, { parent_tid: 8, put_user: (_, value) => stored.push(value) > 0 });
      assert.deepEqual(stored, [nr(child)]);
      const user = p.user();
      p.fork(user);
      user.signal.rlimit.map.set(6, { cur: 2, max: 2 });
      assert.equal(p.clone(user), 'EAGAIN');
      const waiting = p.vfork(p.fork());
      p.exit(waiting);
    });
  }

  it('[M10 M11] a pid namespace can be nested by its owner and those below only', () => {
    const p = new Processes();
    const outer = p.fork();
    const owned = p.fork(outer, CLONE_NEWUSER | CLONE_NEWPID);
    const fd = p.as(outer, (k) => sys_pidfd_open(k, nr(owned), 0));
    assert.equal(p.errno(outer, (k) => sys_setns(k, fd, CLONE_NEWPID)), 'OK');
    const inside = p.fork(outer);
    assert.equal(p.clone(inside, CLONE_NEWPID), 'EINVAL');
    assert.equal(p.clone(inside, CLONE_NEWUSER | CLONE_NEWPID), 'EINVAL');
    assert.equal(typeof p.clone(owned, CLONE_NEWPID), 'object');
  });

  it('a chain of pid namespaces goes when nobody is left in it, before and after 6.18', () => {
    for (const version of ['6.12', '6.18'] as const) {
      const p = new Processes(version);
      const a = p.fork(p.fork(), CLONE_NEWPID);
      const b = p.fork(a, CLONE_NEWPID);
      p.exit(b);
      p.wait(a);
      p.exit(a);
      p.wait(a.real_parent!);
      assert.equal(p.k.trace.live.get('pid')!.size, 1);
    }
  });

  it('a signal that came first: it is delivered, then the fork is made again', () => {
    for (const version of ['4.19', '6.18'] as const) {
      const p = new Processes(version);
      const task = p.fork();
      p.as(task, (k) => sys_rt_sigaction(k, SIGTERM, HANDLER));
      p.as(task, (k) => sys_kill(k, nr(task), SIGTERM));
      const tasks = p.k.tasks.size;
      assert.throws(() => p.clone(task));
      assert.deepEqual([p.k.tasks.size, task.interrupted?.kind], [tasks, 'clone']);
    }
  });

  it('threads-max', () => {
    const p = new Processes();
    const task = p.fork();
    p.k.sysctl.map.set('kernel/threads-max', p.k.tasks.size);
    assert.equal(p.clone(task), 'EAGAIN');
  });

  it('clone3 with a bad address: EFAULT', () => {
    const p = new Processes();
    assert.equal(p.errno(p.init, (k) => sys_clone3(k, 88, () => null, () => null)), 'EFAULT');
  });

  it('a signal that was blocked when it was sent: ignored by then, nothing by default, and nothing for an init', () => {
    const p = new Processes();
    const task = p.fork(p.fork(), CLONE_NEWPID);
    const all = sigmask(SIGTERM) | sigmask(SIGCHLD) | sigmask(10);
    p.as(task, (k) => sys_rt_sigprocmask(k, 0, all));
    for (const sig of [SIGTERM, SIGCHLD, 10]) p.as(task, (k) => sys_kill(k, 1, sig));
    assert.deepEqual([...task.signal.shared_pending.map.keys()], [SIGTERM, SIGCHLD, 10]);
    task.sighand!.action.map.set(10, IGNORE);
    p.as(task, (k) => sys_rt_sigprocmask(k, 1, all));
    assert.equal(p.deliver(task).what, 'none');
  });

  it('a parent that called exec gets SIGCHLD, whatever was agreed; a leader is reaped with its last thread when nobody wants to know', () => {
    const p = new Processes();
    const parent = p.fork();
    const child = p.fork(parent, 0, { exit_signal: 10 });
    p.as(parent, (k) => begin_new_exec(k, { exe: parent.fs!.root, comm: 'x', cmdline: [], environ: [], file: { suid: null, sgid: null, caps: null } }));
    p.as(parent, (k) => sys_rt_sigaction(k, SIGCHLD, IGNORE));
    const thread = p.thread(child);
    p.exit(thread);
    assert.deepEqual([child.freed, thread.freed], [true, true]);
  });

  it('an orphaned process group does not stop for the terminal, and is let go when it becomes one while stopped', () => {
    const p = new Processes();
    const shell = p.fork();
    p.as(shell, sys_setsid);
    p.as(shell, (k) => sys_kill(k, nr(shell), 20));
    assert.equal(p.as(shell, get_signal).what, 'none', 'a session leader of which nobody above can continue it');
    const job = p.fork(shell);
    p.as(job, (k) => sys_rt_sigaction(k, SIGCONT, HANDLER));
    assert.equal(job.signal.session, shell.thread_pid);
  });

  it('fork into a namespace that died in the meantime leaves a usable caller', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => ksys_unshare(k, CLONE_NEWPID));
    p.exit(p.fork(task));
    p.wait(task);
    assert.equal(p.clone(task), 'ENOMEM');
    assert.equal(p.clone(task, CLONE_VM | CLONE_VFORK), 'ENOMEM');
    assert.equal(task.state, 'running');
  });

  it('the end of the machine\'s first process is the end of the machine', () => {
    const p = new Processes();
    p.as(p.init, (k) => sys_exit_group(k, 0));
    assert.equal(p.k.counters.get('panic'), 0);
  });
});
