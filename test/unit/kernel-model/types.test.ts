import { strict as assert } from 'node:assert';
import { cgroup_mkdir, cgroup_path_ns, cgroup_procs_write, cgroup_rmdir, proc_cgroup_show } from '../../../simulator/kernel/cgroup_fs.ts';
import { task_cgroup } from '../../../simulator/kernel/cgroup.ts';
import type { cgroup } from '../../../simulator/kernel/cgroup.ts';
import { CLOCK_BOOTTIME, CLOCK_MONOTONIC, CLOCK_REALTIME, NSEC_PER_SEC, proc_timens_set_offset, proc_timens_show_offsets, sys_clock_gettime, uptime } from '../../../simulator/kernel/clock.ts';
import { start_computer } from '../../../simulator/kernel/computer.ts';
import { CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_SYSVSEM } from '../../../simulator/kernel/flags.ts';
import { IPC_CREAT, IPC_EXCL, IPC_NOWAIT, IPC_PRIVATE, IPC_RMID } from '../../../simulator/kernel/ipc_ids.ts';
import { sys_msgctl, sys_msgget, sys_msgrcv, sys_msgsnd } from '../../../simulator/kernel/msg.ts';
import { sys_mount } from '../../../simulator/kernel/namespace.ts';
import { GETVAL, SEM_UNDO, SETVAL, sys_semctl, sys_semget, sys_semop } from '../../../simulator/kernel/sem.ts';
import { sys_setns } from '../../../simulator/kernel/setns.ts';
import { do_shmat, shm_close, sys_shmctl, sys_shmget } from '../../../simulator/kernel/shm.ts';
import { Blocked } from '../../../simulator/kernel/sched.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { sys_newuname, sys_sethostname, sys_setdomainname } from '../../../simulator/kernel/utsname.ts';
import { errnoName, isErr } from '../../../simulator/kernel/errno.ts';
import { Tasks } from './tasks.ts';

describe('uts namespaces', () => {
  it('[E1 E1b E1c E1d E1g E1h] copied, then separate; 64 bytes; CAP_SYS_ADMIN', () => {
    const t = new Tasks();
    const task = t.fork();
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUTS));
    const name = (of: task_struct): string => t.as(of, sys_newuname).nodename;
    assert.equal(name(task), 'host');
    assert.equal(t.errno(task, (k) => sys_sethostname(k, 'inside')), 'OK');
    assert.deepEqual([name(task), name(t.init)], ['inside', 'host']);
    assert.equal(t.errno(task, (k) => sys_sethostname(k, 'x'.repeat(65))), 'EINVAL');
    assert.equal(t.errno(task, (k) => sys_sethostname(k, 'x'.repeat(64))), 'OK');
    assert.equal(t.errno(task, (k) => sys_sethostname(k, '')), 'OK');
    assert.equal(name(task), '');
    assert.equal(t.errno(task, (k) => sys_setdomainname(k, 'd')), 'OK');
    assert.deepEqual([t.as(task, sys_newuname).domainname, t.as(t.init, sys_newuname).domainname], ['d', '(none)']);
    assert.equal(t.errno(t.user(), (k) => sys_sethostname(k, 'x')), 'EPERM');
  });

  it('[E1e E1f] with NEWUSER alone the name belongs to the parent user namespace', () => {
    const t = new Tasks();
    assert.equal(t.errno(t.fork(t.user(), CLONE_NEWUSER), (k) => sys_sethostname(k, 'x')), 'EPERM');
    assert.equal(t.errno(t.fork(t.user(), CLONE_NEWUSER | CLONE_NEWUTS), (k) => sys_sethostname(k, 'x')), 'OK');
  });
});

const message = (text: string, type = 1): { type: number; data: Uint8Array } => ({ type, data: new TextEncoder().encode(text) });

describe('ipc namespaces', () => {
  it('[E2 E2c E2e] a new one is empty, ids begin at 0; the old objects stay; children share it', () => {
    const t = new Tasks();
    const task = t.fork();
    assert.deepEqual([t.as(task, (k) => sys_msgget(k, 7, IPC_CREAT | 0o600)), t.as(task, (k) => sys_msgget(k, 8, IPC_CREAT | 0o600))], [0, 1]);
    t.as(task, (k) => sys_shmget(k, 7, 4096, IPC_CREAT | 0o600));
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWIPC));
    assert.equal(t.errno(task, (k) => sys_msgget(k, 7, 0)), 'ENOENT');
    assert.equal(t.errno(task, (k) => sys_shmget(k, 7, 0, 0)), 'ENOENT');
    assert.equal(t.as(task, (k) => sys_msgget(k, 9, IPC_CREAT | 0o600)), 0);
    assert.equal(t.as(t.fork(task), (k) => sys_msgget(k, 9, 0o600)), 0);
    assert.equal(t.as(t.init, (k) => sys_msgget(k, 8, 0)), 1);
    const inside = t.fork(t.user(), CLONE_NEWUSER | CLONE_NEWIPC);
    assert.equal(t.as(inside, (k) => sys_msgget(k, 1, IPC_CREAT | 0o600)), 0);
  });

  it('[E2d] an attached segment stays, its id does not resolve', () => {
    const t = new Tasks();
    const task = t.fork();
    const id = t.as(task, (k) => sys_shmget(k, IPC_PRIVATE, 4096, 0o600));
    const attached = t.as(task, (k) => do_shmat(k, id, 0));
    assert.ok(!isErr(attached));
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWIPC));
    assert.equal(t.errno(task, (k) => sys_shmctl(k, id, IPC_RMID, null)), 'EINVAL');
    assert.equal(t.errno(t.init, (k) => sys_shmctl(k, id, IPC_RMID, null)), 'OK');
    assert.equal(attached.shm.freed, false);
    t.as(task, (k) => shm_close(k, attached.shm));
    assert.equal(attached.shm.freed, true);
  });

  it('objects end with their namespace', () => {
    const t = new Tasks();
    const task = t.fork();
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWIPC));
    t.as(task, (k) => [sys_msgget(k, 1, IPC_CREAT), sys_semget(k, 1, 2, IPC_CREAT), sys_shmget(k, 1, 1, IPC_CREAT)]);
    t.exit(task);
    for (const kind of ['message queue', 'semaphores', 'shared memory']) assert.equal(t.k.trace.live.get(kind)?.size ?? 0, 0, kind);
  });

  it('[M22 M23 M23b] unshare(NEWIPC), setns(own ipc) and unshare(SYSVSEM) undo what SEM_UNDO did', () => {
    for (const leave of [
      (t: Tasks, task: task_struct) => t.as(task, (k) => ksys_unshare(k, CLONE_NEWIPC)),
      (t: Tasks, task: task_struct) => {
        const fd = t.open(task, task.nsproxy!.ipc_ns!);
        return t.as(task, (k) => sys_setns(k, fd, 0));
      },
      (t: Tasks, task: task_struct) => t.as(task, (k) => ksys_unshare(k, CLONE_SYSVSEM)),
    ]) {
      const t = new Tasks();
      const task = t.fork();
      const id = t.as(task, (k) => sys_semget(k, 1, 1, IPC_CREAT | 0o600));
      t.as(task, (k) => sys_semctl(k, id, 0, SETVAL, 5));
      assert.equal(t.as(task, (k) => sys_semop(k, id, [{ sem_num: 0, sem_op: -2, sem_flg: SEM_UNDO }])), 0);
      const value = (): unknown => t.as(t.init, (k) => sys_semctl(k, id, 0, GETVAL, null));
      assert.equal(value(), 3);
      assert.equal(leave(t, task), 0);
      assert.equal(value(), 5);
    }
  });

  it('a shared list of adjustments is applied by the last task only', () => {
    const t = new Tasks();
    const task = t.fork();
    const id = t.as(task, (k) => sys_semget(k, 1, 1, IPC_CREAT | 0o600));
    t.as(task, (k) => sys_semop(k, id, [{ sem_num: 0, sem_op: 1, sem_flg: SEM_UNDO }]));
    const child = t.fork(task, CLONE_SYSVSEM);
    const value = (): unknown => t.as(t.init, (k) => sys_semctl(k, id, 0, GETVAL, null));
    t.exit(task);
    assert.equal(value(), 1);
    t.exit(child);
    assert.equal(value(), 0);
  });

  it('semop: all or nothing, waits, is woken; a removed set is EIDRM', () => {
    const t = new Tasks();
    const task = t.fork();
    const id = t.as(task, (k) => sys_semget(k, 1, 2, IPC_CREAT | 0o600));
    const take = [{ sem_num: 1, sem_op: 1, sem_flg: 0 }, { sem_num: 0, sem_op: -1, sem_flg: 0 }];
    assert.equal(t.as(task, (k) => sys_semop(k, id, take)), Blocked);
    assert.equal(t.as(t.init, (k) => sys_semctl(k, id, 1, GETVAL, null)), 0);
    const waits = task.wait!;
    assert.equal(t.errno(t.init, (k) => sys_semop(k, id, [{ sem_num: 0, sem_op: -1, sem_flg: IPC_NOWAIT }])), 'EAGAIN');
    t.as(t.init, (k) => sys_semop(k, id, [{ sem_num: 0, sem_op: 1, sem_flg: 0 }]));
    assert.equal(task.wait, null);
    const again = (): unknown => t.as(task, (k) => sys_semop(k, waits.args[1] as number, waits.args[2] as typeof take, waits.args[0] as never));
    assert.equal(again(), 0);
    assert.equal(again(), Blocked);
    t.as(t.init, (k) => sys_semctl(k, id, 0, IPC_RMID, null));
    assert.equal(again(), -43);
    assert.equal(t.errno(task, (k) => sys_semop(k, id, take)), 'EINVAL');
  });

  it('message queues: order, types, sizes, permission', () => {
    const t = new Tasks();
    const task = t.fork();
    const id = t.as(task, (k) => sys_msgget(k, 1, IPC_CREAT | 0o600));
    const text = (type: number, flags = IPC_NOWAIT, size = 100): string => {
      const got = t.as(task, (k) => sys_msgrcv(k, id, size, type, flags));
      return typeof got === 'object' ? new TextDecoder().decode(got.data) : String(got);
    };
    for (const [word, type] of [['a', 3], ['b', 1], ['c', 2]] as const) assert.equal(t.as(task, (k) => sys_msgsnd(k, id, message(word, type), 0)), 0);
    assert.deepEqual([text(-2), text(2), text(0), text(0)], ['b', 'c', 'a', '-42']);
    assert.equal(t.errno(task, (k) => sys_msgsnd(k, id, message('x', 0), 0)), 'EINVAL');
    t.as(task, (k) => sys_msgsnd(k, id, message('long'), 0));
    assert.equal(text(0, IPC_NOWAIT, 2), '-7');
    assert.equal(text(0, IPC_NOWAIT | 0o10000, 2), 'lo');
    assert.equal(t.errno(t.user(), (k) => sys_msgsnd(k, id, message('x'), 0)), 'EACCES');
    assert.equal(t.errno(t.user(), (k) => sys_msgctl(k, id, IPC_RMID, null)), 'EPERM');
    assert.equal(t.errno(task, (k) => sys_msgget(k, 1, IPC_CREAT | IPC_EXCL)), 'EEXIST');
    assert.equal(t.as(task, (k) => sys_msgrcv(k, id, 10, 0, 0)), Blocked);
    t.as(t.init, (k) => sys_msgsnd(k, id, message('hello'), 0));
    assert.equal(task.wait, null);
    assert.equal(text(0), 'hello');
  });
});

describe('time namespaces', () => {
  const second = NSEC_PER_SEC;
  function unshared(t: Tasks): task_struct {
    const task = t.fork();
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWTIME));
    return task;
  }
  const set = (t: Tasks, task: task_struct, text: string, writer = task): string => t.errno(writer, (k) => proc_timens_set_offset(k, { f_cred: writer.cred }, task, text));

  for (const [id, text, expected] of [
    ['G1', 'monotonic 100 0', 'OK'], ['G1b', '1 100 0', 'OK'], ['G1c', 'boottime 100 5', 'OK'], ['G1d', '7 100 5', 'OK'], ['G1e', 'monotonic 100 0\nboottime 200 0\n', 'OK'],
    ['G1f', 'realtime 5 0', 'EINVAL'], ['G1g', '0 5 0', 'EINVAL'], ['G1h', 'monotonic 5 1000000000', 'EINVAL'], ['G1i', 'monotonic 5 -1', 'EINVAL'],
    ['G1j', 'monotonic 9223372036 0', 'ERANGE'], ['G1k', 'monotonic -100000000 0', 'ERANGE'], ['G1l', 'monotonic 9300000000 0', 'ERANGE'], ['G1m', 'monotonic 5', 'EINVAL'],
    ['G1n', 'monotonic 9300000000 1000000000', 'EINVAL'], ['G1p', '', 'EINVAL'], ['G1q', 'monotonic -1 0', 'OK'],
  ] as const) {
    it(`[${id}] timens_offsets ${JSON.stringify(text)}: ${expected}`, () => {
      const t = new Tasks();
      assert.equal(set(t, unshared(t), text), expected);
    });
  }

  it('[G1o] a third line is left', () => {
    const t = new Tasks();
    const task = unshared(t);
    assert.equal(t.as(task, (k) => proc_timens_set_offset(k, { f_cred: task.cred }, task, 'monotonic 1 0\nmonotonic 2 0\nmonotonic 3 0')), 28);
    assert.equal(task.nsproxy!.time_ns_for_children!.offsets.monotonic, 2n * second);
  });

  it('[G2 G2b G3 G3b G9] privilege before frozen; frozen once a process entered', () => {
    const t = new Tasks();
    assert.equal(set(t, t.init, 'monotonic 1 0'), 'EACCES');
    assert.equal(set(t, t.init, 'monotonic 1 0', t.user()), 'EPERM');
    const task = unshared(t);
    assert.equal(set(t, task, 'monotonic 1 0'), 'OK');
    assert.equal(set(t, task, 'monotonic 2 0'), 'OK');
    t.fork(task);
    assert.equal(set(t, task, 'monotonic 3 0'), 'EACCES');
    assert.equal(set(t, t.init, 'monotonic 1 0', t.fork(t.user(), CLONE_NEWUSER)), 'EPERM');
  });

  it('[G4 G5 G6 G7] clocks are shifted, realtime is not; nested ones start the same', () => {
    const t = new Tasks();
    const task = unshared(t);
    set(t, task, 'monotonic 1000 7\nboottime 5000 0');
    const child = t.fork(task);
    const shift = (clock: number): bigint => BigInt(t.as(child, (k) => sys_clock_gettime(k, clock))) - BigInt(t.as(t.init, (k) => sys_clock_gettime(k, clock)));
    assert.deepEqual([shift(CLOCK_MONOTONIC), shift(CLOCK_BOOTTIME), shift(CLOCK_REALTIME)], [1000n * second + 7n, 5000n * second, 0n]);
    assert.equal(t.as(child, uptime) - t.as(t.init, uptime), 5000n * second);
    assert.equal(proc_timens_show_offsets(child.nsproxy!.time_ns!), 'monotonic        1000         7\nboottime         5000         0\n');
    t.as(child, (k) => ksys_unshare(k, CLONE_NEWTIME));
    assert.equal(child.nsproxy!.time_ns_for_children!.offsets.monotonic, 1000n * second + 7n);
    assert.equal(set(t, child, 'monotonic 1 0'), 'OK');
  });
});

describe('cgroup namespaces', () => {
  it('are borders for moving processes only if the tree was mounted with nsdelegate', () => {
    const { k, program } = start_computer({ uid: 0 });
    const mounted = (at: string, data: string): void => assert.equal(sys_mount(k, 'c', at, 'cgroup2', 0, data), 0);
    const [x, y] = ['x', 'y'].map((name) => cgroup_mkdir(k, task_cgroup(program), name)) as [cgroup, cgroup];
    const move = (to: cgroup): string => errnoName(cgroup_procs_write(k, { f_cred: program.cred }, program.nsproxy!.cgroup_ns!, to, 0, program)) ?? 'OK';
    mounted('/mnt', 'nsdelegate');
    assert.equal(move(x), 'OK');
    assert.equal(ksys_unshare(k, CLONE_NEWCGROUP), 0);
    assert.equal(move(y), 'ENOENT');
    mounted('/media', '');
    assert.equal(move(y), 'ENOENT', 'the option is chosen in the initial namespace only');
  });

  it('[E7] the own group looks like /, one above like /..; the position does not change', () => {
    const t = new Tasks();
    const task = t.fork();
    const root = task_cgroup(task);
    const group = t.as(t.init, (k) => cgroup_mkdir(k, root, 'x')) as cgroup;
    const { cgroup_ns } = t.init.nsproxy!;
    assert.equal(t.errno(t.init, (k) => cgroup_procs_write(k, { f_cred: t.init.cred }, cgroup_ns!, group, 2, task)), 'OK');
    assert.equal(proc_cgroup_show(task, cgroup_ns!), '0::/x\n');
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWCGROUP));
    const inside = task.nsproxy!.cgroup_ns!;
    assert.equal(proc_cgroup_show(task, inside), '0::/\n');
    assert.equal(proc_cgroup_show(t.init, inside), '0::/..\n');
    const sibling = t.as(t.init, (k) => cgroup_mkdir(k, root, 'y')) as cgroup;
    assert.equal(cgroup_path_ns(sibling, inside), '/../y');
    assert.equal(t.errno(t.init, (k) => cgroup_rmdir(k, group)), 'EBUSY');
    assert.equal(t.errno(task, (k) => cgroup_procs_write(k, { f_cred: task.cred }, inside, sibling, 2, task)), 'OK');
    assert.equal(t.errno(task, (k) => cgroup_procs_write(k, { f_cred: task.cred }, inside, group, 2, task)), 'OK');
    assert.equal(t.errno(t.init, (k) => cgroup_procs_write(k, { f_cred: t.user().cred }, cgroup_ns!, root, 2, task)), 'EACCES');
    assert.equal(t.errno(t.init, (k) => cgroup_procs_write(k, { f_cred: t.init.cred }, cgroup_ns!, sibling, 2, null)), 'ESRCH');
    assert.equal(t.errno(t.init, (k) => cgroup_procs_write(k, { f_cred: t.init.cred }, cgroup_ns!, sibling, 2, task)), 'OK');
    assert.equal(t.errno(t.init, (k) => cgroup_rmdir(k, group)), 'OK');
  });
});
