import { strict as assert } from 'node:assert';
import { CLONE_NEWPID } from '../../../simulator/kernel/flags.ts';
import { sys_pidfd_getfd, sys_pidfd_open, sys_pidfd_send_signal } from '../../../simulator/kernel/pidfd.ts';
import { f_op } from '../../../simulator/kernel/file_ops.ts';
import { schedule, set_running } from '../../../simulator/kernel/sched.ts';
import { sys_getpgid, sys_getpid, sys_getsid, sys_setpgid, sys_setsid } from '../../../simulator/kernel/session.ts';
import {
  interrupted_result, signal_pending, sys_kill, sys_pause, sys_rt_sigaction, sys_rt_sigpending, sys_rt_sigprocmask, sys_rt_sigreturn, sys_rt_sigsuspend, sys_tgkill, sys_tkill,
} from '../../../simulator/kernel/signal.ts';
import { SA_RESTART, SIGCHLD, SIGCONT, SIGKILL, SIGSTOP, SIGTERM, sigmask } from '../../../simulator/kernel/signals.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { P_PIDFD, WEXITED, WNOHANG, sys_waitid } from '../../../simulator/kernel/wait.ts';
import { Processes } from './processes.ts';

const HANDLER = { handler: 0x1000, flags: 0, mask: 0n };
const nr = (task: task_struct): number => task.thread_pid!.numbers[0]!.nr;

describe('signals', () => {
  it('end a process with all its threads; the status tells by which', () => {
    const p = new Processes();
    const task = p.fork();
    const thread = p.thread(task);
    assert.equal(p.as(thread, sys_pause), 'blocked');
    p.as(p.init, (k) => sys_kill(k, nr(task), SIGTERM));
    p.settle();
    assert.ok(thread.freed);
    const told = p.wait(p.init);
    assert.ok(typeof told === 'object');
    assert.deepEqual([told.stat, told.code, told.status], [SIGTERM, 2, SIGTERM]);
  });

  it('are refused: EINVAL, ESRCH, EPERM', () => {
    const p = new Processes();
    const [a, b, root] = [p.user(), p.user(p.init, 2000), p.fork()];
    assert.equal(p.errno(a, (k) => sys_kill(k, nr(a), 65)), 'EINVAL');
    assert.equal(p.errno(a, (k) => sys_kill(k, 9999, 9)), 'ESRCH');
    assert.equal(p.errno(a, (k) => sys_kill(k, nr(b), 0)), 'EPERM');
    assert.equal(p.errno(a, (k) => sys_kill(k, nr(root), SIGCONT)), 'OK', 'same session');
    assert.equal(p.errno(root, (k) => sys_kill(k, nr(b), 0)), 'OK');
    assert.equal(p.errno(a, (k) => sys_tgkill(k, nr(b), nr(a), 0)), 'ESRCH');
    assert.equal(p.errno(a, (k) => sys_tkill(k, 0, 0)), 'EINVAL');
    assert.equal(p.errno(a, (k) => sys_tkill(k, nr(a), 0)), 'OK');
  });

  it('wait while blocked, and are taken in order of their numbers', () => {
    const p = new Processes();
    const task = p.fork();
    for (const sig of [10, 12]) p.as(task, (k) => sys_rt_sigaction(k, sig, HANDLER));
    p.as(task, (k) => sys_rt_sigprocmask(k, 0, sigmask(10) | sigmask(12)));
    for (const sig of [12, 10, 10]) p.as(task, (k) => sys_kill(k, nr(task), sig));
    assert.equal(signal_pending(task), false);
    assert.equal(p.as(task, sys_rt_sigpending), sigmask(10) | sigmask(12));
    p.as(task, (k) => sys_rt_sigprocmask(k, 1, sigmask(10) | sigmask(12)));
    const first = p.deliver(task);
    assert.ok(first.what === 'handler' && first.signo === 10 && first.oldset === 0n);
    assert.equal(task.blocked, sigmask(10));
    p.as(task, (k) => sys_rt_sigreturn(k, first.oldset));
    const second = p.deliver(task);
    assert.ok(second.what === 'handler' && second.signo === 12);
    assert.equal(p.deliver(task).what, 'none');
  });

  it('interrupt a wait: EINTR, or again with SA_RESTART', () => {
    for (const [flags, expected] of [[0, -4], [SA_RESTART, 'again']] as const) {
      const p = new Processes();
      const task = p.fork();
      p.fork(task);
      p.as(task, (k) => sys_rt_sigaction(k, 10, { ...HANDLER, flags }));
      assert.equal(p.wait(task), 'blocked');
      p.as(p.init, (k) => sys_kill(k, nr(task), 10));
      assert.deepEqual([task.state, task.wait, task.interrupted?.kind], ['running', null, 'wait4']);
      const step = p.deliver(task);
      assert.ok(step.what === 'handler');
      assert.equal(p.as(task, (k) => interrupted_result(k, step.action)), expected);
    }
  });

  it('that are ignored do not wake', () => {
    const p = new Processes();
    const task = p.fork();
    assert.equal(p.as(task, sys_pause), 'blocked');
    p.as(p.init, (k) => sys_kill(k, nr(task), SIGCHLD));
    assert.equal(task.state, 'interruptible');
  });

  it('sigsuspend waits with another mask, and restores the first after the handler', () => {
    const p = new Processes();
    const task = p.fork();
    p.as(task, (k) => sys_rt_sigaction(k, 10, HANDLER));
    p.as(task, (k) => sys_rt_sigprocmask(k, 0, sigmask(10)));
    p.as(task, (k) => sys_kill(k, nr(task), 10));
    assert.equal(p.as(task, (k) => sys_rt_sigsuspend(k, 0n)), 'blocked');
    assert.equal(task.state, 'running', 'one was waiting already');
    const step = p.deliver(task);
    assert.ok(step.what === 'handler' && step.oldset === sigmask(10));
    assert.equal(p.as(task, (k) => interrupted_result(k, step.action)), -4);
  });

  it('stop and continue: the parent can wait for both', () => {
    const p = new Processes();
    const parent = p.fork();
    const task = p.fork(parent);
    const thread = p.thread(task);
    p.as(parent, (k) => sys_kill(k, nr(task), SIGSTOP));
    assert.equal(p.deliver(task).what, 'stopped');
    assert.deepEqual([task.state, thread.state], ['stopped', 'stopped']);
    const stopped = p.wait(parent, -1, 2);
    assert.ok(typeof stopped === 'object');
    assert.deepEqual([stopped.stat, stopped.code], [(SIGSTOP << 8) | 0x7f, 5]);
    assert.equal(p.wait(parent, -1, 2 | WNOHANG), 0);
    p.as(parent, (k) => sys_kill(k, nr(task), SIGCONT));
    assert.deepEqual([task.state, thread.state], ['running', 'running']);
    const continued = p.wait(parent, -1, 8);
    assert.ok(typeof continued === 'object');
    assert.deepEqual([continued.stat, continued.code], [0xffff, 6]);
  });

  it('kill(-1) reaches all that are visible but init and oneself', () => {
    const p = new Processes();
    const init = p.fork(p.fork(), CLONE_NEWPID);
    const [a, b] = [p.fork(init), p.fork(init)];
    const outside = p.fork();
    p.as(a, (k) => sys_kill(k, -1, SIGKILL));
    p.settle();
    assert.deepEqual([init.state, a.state, b.state, outside.state], ['running', 'running', 'zombie', 'running']);
  });
});

describe('sessions and process groups', () => {
  it('setsid, setpgid, and who may not', () => {
    const p = new Processes();
    const task = p.fork();
    const child = p.fork(task);
    assert.equal(p.as(task, sys_setsid), nr(task));
    assert.equal(p.errno(task, sys_setsid), 'EPERM');
    assert.equal(p.as(task, (k) => sys_getsid(k, 0)), nr(task));
    assert.equal(p.errno(task, (k) => sys_setpgid(k, nr(child), 0)), 'EPERM', 'another session');
    const second = p.fork(task);
    assert.equal(p.errno(task, (k) => sys_setpgid(k, nr(second), 0)), 'OK');
    assert.equal(p.as(second, (k) => sys_getpgid(k, 0)), nr(second));
    assert.equal(p.errno(task, (k) => sys_setpgid(k, 9999, 0)), 'ESRCH');
    assert.equal(p.errno(task, (k) => sys_setpgid(k, nr(second), -1)), 'EINVAL');
    assert.equal(p.errno(second, (k) => sys_setpgid(k, 0, nr(p.init))), 'EPERM');
    const third = p.fork(second);
    p.as(task, (k) => sys_kill(k, -nr(second), SIGTERM));
    p.settle();
    assert.deepEqual([second.state, third.state, task.state], ['zombie', 'zombie', 'running']);
  });

  it('a pid stays taken while a group or session has it', () => {
    const p = new Processes();
    const leader = p.fork();
    p.as(leader, sys_setsid);
    const member = p.fork(leader);
    const pid = leader.thread_pid!;
    p.exit(leader);
    p.wait(p.init);
    assert.ok(p.k.init_pid_ns.idr.get(pid.numbers[0]!.nr) === pid);
    p.exit(member);
    p.wait(p.init);
    assert.ok(pid.freed);
  });
});

describe('pidfds', () => {
  it('pidfd_open and its errors', () => {
    const p = new Processes();
    const task = p.fork();
    const thread = p.thread(task);
    assert.equal(p.errno(task, (k) => sys_pidfd_open(k, 0, 0)), 'EINVAL');
    assert.equal(p.errno(task, (k) => sys_pidfd_open(k, nr(task), 1)), 'EINVAL');
    assert.equal(p.errno(task, (k) => sys_pidfd_open(k, 9999, 0)), 'ESRCH');
    assert.equal(p.errno(task, (k) => sys_pidfd_open(k, nr(thread), 0)), 'ENOENT');
    assert.equal(p.errno(task, (k) => sys_pidfd_open(k, nr(thread), 0o200)), 'OK');
    const old = new Processes('3.8');
    assert.equal(old.errno(old.init, (k) => sys_pidfd_open(k, 1, 0)), 'ENOSYS');
  });

  it('outlive the process: readable, ESRCH; wait through them', () => {
    const p = new Processes();
    const parent = p.fork();
    const child = p.fork(parent);
    const fd = p.as(parent, (k) => sys_pidfd_open(k, nr(child), 0));
    const of = parent.files!.fd.get(fd)!;
    assert.equal(f_op(of).poll!(p.k, of), 0);
    assert.equal(p.errno(parent, (k) => sys_pidfd_send_signal(k, fd, SIGKILL, null, 0)), 'OK');
    p.settle();
    assert.equal(f_op(of).poll!(p.k, of), 0x41);
    assert.equal(p.errno(parent, (k) => f_op(of).ioctl!(k, of, 0xff0a, 0)), 'ESRCH');
    const told = p.as(parent, (k) => sys_waitid(k, P_PIDFD, fd, WEXITED));
    assert.ok(typeof told === 'object' && told.status === SIGKILL);
    assert.equal(p.errno(parent, (k) => sys_pidfd_send_signal(k, fd, 0, null, 0)), 'ESRCH');
    assert.equal(f_op(of).fdinfo!(p.k, of), 'Pid:\t-1\nNSpid:\t-1\n');
  });

  it('[N4 N5] ioctls: not another user\'s process, no argument; pidfd_getfd', () => {
    const p = new Processes();
    const root = p.fork();
    const user = p.user();
    const fd = p.as(user, (k) => sys_pidfd_open(k, nr(root), 0));
    const of = user.files!.fd.get(fd)!;
    assert.equal(p.errno(user, (k) => f_op(of).ioctl!(k, of, 0xff0a, 0)), 'EACCES');
    assert.equal(p.errno(user, (k) => f_op(of).ioctl!(k, of, 0xff0a, 5)), 'EINVAL');
    assert.equal(p.errno(user, (k) => f_op(of).ioctl!(k, of, 0xff7f, 0)), 'ENOTTY');
    assert.equal(p.errno(user, (k) => sys_pidfd_getfd(k, fd, 0, 0)), 'EPERM');
    const other = p.as(root, (k) => sys_pidfd_open(k, nr(user), 0));
    assert.equal(p.as(root, (k) => sys_pidfd_getfd(k, other, fd, 0)), 1);
    assert.ok(root.files!.fd.get(1) === of);
  });

  it('a signal through one from outside of its namespace is refused', () => {
    const p = new Processes();
    const outer = p.fork();
    const fd = p.as(outer, (k) => sys_pidfd_open(k, nr(outer), 0));
    const init = p.fork(outer, CLONE_NEWPID);
    assert.equal(p.errno(init, (k) => sys_pidfd_send_signal(k, fd, 0, null, 0)), 'EINVAL');
    assert.equal(p.as(init, sys_getpid), 1);
  });
});

describe('the run queue', () => {
  it('first come, first served; the one that ran goes to the end', () => {
    const p = new Processes();
    const [a, b] = [p.fork(), p.fork()];
    p.k.current = p.init;
    p.k.trace.write(p.k.rq, 'queue', []);
    for (const t of [a, b]) set_running(p.k, t);
    const ran = [schedule(p.k), schedule(p.k), schedule(p.k), schedule(p.k, b)].map((t) => t?.id);
    assert.deepEqual(ran, [a.id, b.id, p.init.id, b.id]);
    assert.deepEqual(p.k.rq.queue.map(({ id }) => id), [a.id, p.init.id]);
  });
});
