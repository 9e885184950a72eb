import { strict as assert } from 'node:assert';
import { boot } from '../../../simulator/kernel/boot.ts';
import { cgroup } from '../../../simulator/kernel/cgroup.ts';
import { copy_creds, exit_creds, put_cred, uncount_process } from '../../../simulator/kernel/cred.ts';
import { errnoName, isErr } from '../../../simulator/kernel/errno.ts';
import type { ErrnoName } from '../../../simulator/kernel/errno.ts';
import { CLONE_FILES, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VM, has } from '../../../simulator/kernel/flags.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import { mm_alloc, mmput } from '../../../simulator/kernel/mm.ts';
import type { ns_common } from '../../../simulator/kernel/ns_common.ts';
import type { nsproxy } from '../../../simulator/kernel/nsproxy.ts';
import { copy_namespaces, exit_task_namespaces } from '../../../simulator/kernel/nsproxy.ts';
import type { KObject } from '../../../simulator/kernel/object.ts';
import { get_pid_ns, pid, put_pid_ns } from '../../../simulator/kernel/pid.ts';
import type { upid } from '../../../simulator/kernel/pid.ts';
import { copy_semundo, exit_sem } from '../../../simulator/kernel/semundo.ts';
import type { socket } from '../../../simulator/kernel/socket.ts';
import { sys_setgroups, sys_setresgid, sys_setresuid } from '../../../simulator/kernel/setid.ts';
import { files_struct, signal_struct, sighand_struct, task_struct } from '../../../simulator/kernel/task.ts';
import type { mm_struct } from '../../../simulator/kernel/task.ts';
import type { Level } from '../../../simulator/kernel/trace.ts';
import { user_namespace } from '../../../simulator/kernel/user.ts';
import type { Version } from '../../../simulator/kernel/version.ts';
import { file } from '../../../simulator/kernel/vfs.ts';
import { run_work } from '../../../simulator/kernel/worker.ts';

/**
 * Tasks for tests of the namespace functions alone: what copy_process does as far as they need it (credentials, namespaces, a pid), with
 * descriptor tables but without directories. After every call what the counts must be is checked.
 */
export class Tasks {
  readonly k: Kernel;
  /** The first process: root, pid 1, everything initial. */
  readonly init: task_struct;

  constructor(version: Version = '6.18', level: Level = 'full') {
    this.k = boot(version, level);
    const made = this.clone(this.k.init_task, 0);
    assert.ok(made instanceof task_struct);
    this.init = made;
    made.exit_signal = 17;
  }

  /** Runs something as that task and returns what it returns; then the worker, and the checks. */
  as<T>(task: task_struct, call: (k: Kernel) => T): T {
    const { k } = this;
    const before = k.current;
    k.current = task;
    const result = call(k);
    run_work(k);
    k.current = before;
    checkCounts(k);
    return result;
  }

  /** As `as`, for a call that gives 0 or an errno: `OK` or its name. */
  errno(task: task_struct, call: (k: Kernel) => unknown): ErrnoName | 'OK' {
    const result = this.as(task, call);
    return isErr(result) ? errnoName(result) ?? assert.fail(`errno ${result}`) : 'OK';
  }

  /** A child (or thread) of `parent`, or the errno. */
  clone(parent: task_struct, flags: number): task_struct | ErrnoName {
    const result = this.as(parent, (k) => copy_process(k, flags));
    if (result instanceof task_struct) return result;
    return errnoName(result) ?? assert.fail();
  }

  fork(parent: task_struct = this.init, flags = 0): task_struct {
    const made = this.clone(parent, flags);
    if (typeof made === 'string') assert.fail(`clone failed: ${made}`);
    return made;
  }

  thread(of: task_struct): task_struct {
    return this.fork(of, CLONE_THREAD | CLONE_VM | CLONE_FILES);
  }

  /** A child with uid and gid 1000 and no capabilities. */
  user(parent: task_struct = this.init, id = 1000): task_struct {
    const made = this.fork(parent);
    this.as(made, (k) => {
      assert.equal(sys_setgroups(k, []), 0);
      assert.equal(sys_setresgid(k, id, id, id), 0);
      assert.equal(sys_setresuid(k, id, id, id), 0);
    });
    made.mm!.dumpable = 1;
    return made;
  }

  /** The task exits and is reaped at once. */
  exit(task: task_struct): void {
    this.as(task, (k) => {
      exit_sem(k, task);
      if (k.trace.put(task.files!)) for (const open of task.files!.fd.values()) put_cred(k, open.f_cred);
      exit_task_namespaces(k, task);
      k.trace.write(task, 'state', 'zombie');
      k.trace.remove(task.signal.threads, task.id);
      mmput(k, task.mm!);
      uncount_process(k, task);
      exit_creds(k, task);
      task.thread_pid!.pid_task = null;
      if (k.trace.put(task.thread_pid!)) {
        const { ns } = task.thread_pid!.numbers.at(-1)!;
        k.trace.free(task.thread_pid!);
        put_pid_ns(k, ns);
      }
      k.trace.put(task.cgroups!);
      k.trace.remove(k.tasks, task.id);
      k.trace.write(task, 'state', 'dead');
      k.trace.free(task);
    });
  }

  /** A descriptor of `task` for a namespace or a process. As nsfs does: the first open of a namespace counts one. */
  open(task: task_struct, object: KObject): number {
    const { k } = this;
    const opened = new file(null, 0, task.cred);
    opened.private_data = object;
    k.trace.alloc(opened);
    k.trace.get(task.cred);
    if ('stashed' in object) {
      const ns = object as ns_common;
      if (!ns.stashed && ns !== k.init_pid_ns) k.trace.get(ns);
      k.trace.write(ns, 'stashed', true);
    }
    let fd = 3;
    while (task.files!.fd.has(fd)) fd++;
    k.trace.insert(task.files!.fd, fd, opened);
    return fd;
  }
}

function copy_process(k: Kernel, flags: number): task_struct | number {
  const parent = k.current;
  const thread = has(flags, CLONE_THREAD);
  const p = new task_struct(parent.comm, parent.cred, thread ? parent.signal : new signal_struct());
  p.nsproxy = parent.nsproxy;
  k.trace.alloc(p);
  let failed = copy_creds(k, p, flags);
  if (failed) {
    k.trace.free(p);
    return failed;
  }
  if (!thread) {
    k.trace.alloc(p.signal);
    for (const [resource, limit] of parent.signal.rlimit.map) p.signal.rlimit.map.set(resource, limit);
  }
  copy_semundo(k, has(flags, CLONE_SYSVSEM), p);
  p.files = has(flags, CLONE_FILES) && parent.files ? k.trace.get(parent.files) : k.trace.alloc(new files_struct());
  p.sighand = thread && parent.sighand ? k.trace.get(parent.sighand) : k.trace.alloc(new sighand_struct());
  p.mm = has(flags, CLONE_VM) && parent.mm ? k.trace.get(parent.mm) : mm_alloc(k, k.init_user_ns);
  failed = copy_namespaces(k, flags, p);
  if (failed) {
    uncount_process(k, p);
    exit_creds(k, p);
    k.trace.free(p);
    return failed;
  }
  const ns = p.nsproxy!.pid_ns_for_children!;
  const numbers: upid[] = [];
  for (let at: typeof ns | null = ns; at; at = at.parent) {
    at.idr_cursor++;
    numbers.unshift({ nr: at.idr_cursor, ns: at });
  }
  p.thread_pid = k.trace.alloc(new pid(ns.level, numbers));
  p.thread_pid.pid_task = p;
  get_pid_ns(k, ns);
  p.cgroups = k.trace.get(parent.cgroups ?? new cgroup(null, ''));
  p.real_parent = parent;
  p.state = 'running';
  if (!thread) p.signal.tgid = p.thread_pid;
  k.trace.insert(p.signal.threads, p.id, p);
  k.trace.insert(k.tasks, p.id, p);
  return p;
}

/** Invariants 1 to 3, 5, 8, 9 and 12 of the specification: counts are what points to things. */
export function checkCounts(k: Kernel): void {
  const initial = new Set<unknown>([k.init_user_ns, ...Object.values(k.init_nsproxy) as unknown[]]);
  const expected = new Map<KObject, number>();
  const point = (to: KObject | null, n = 1): void => { if (to) expected.set(to, (expected.get(to) ?? 0) + n); };
  for (const task of k.tasks.values()) {
    point(task.nsproxy);
    if (task.state === 'zombie') assert.equal(task.nsproxy, null, 'a zombie has no nsproxy');
    for (const other of task.signal.threads.values()) assert.equal(other.cred.user_ns, task.cred.user_ns, 'threads are in one user namespace');
  }
  const live = <T extends KObject>(kind: string): T[] => [...(k.trace.live.get(kind) ?? new Set<KObject>())] as unknown as T[];
  for (const proxy of live<nsproxy>('nsproxy')) {
    for (const ns of [proxy.uts_ns, proxy.ipc_ns, proxy.mnt_ns, proxy.net_ns, proxy.cgroup_ns, proxy.time_ns, proxy.time_ns_for_children, proxy.pid_ns_for_children, proxy.user_ns]) point(ns);
    assert.equal(proxy.count, expected.get(proxy) ?? 0, `count of nsproxy ${proxy.id}`);
  }
  for (const of of live<pid>('struct pid')) point(of.numbers.at(-1)!.ns);
  for (const type of ['uts', 'ipc', 'net', 'cgroup', 'time', 'mnt', 'pid', 'user'] as const) {
    for (const ns of live<ns_common>(type)) {
      if (ns.owner) {
        assert.ok(!ns.owner.freed, `${type} ${ns.id} has a living owner`);
        point(ns.owner);
        if (ns instanceof user_namespace) assert.equal(ns.level, ns.owner.level + 1);
      }
      if (ns.kind === 'pid' && 'parent' in ns) point(ns.parent as ns_common | null);
      if (ns.stashed) point(ns);
    }
  }
  for (const made of live<task_struct['cred']>('cred')) point(made.user_ns);
  for (const mm of live<mm_struct>('mm')) point(mm.user_ns);
  for (const counters of k.ucounts.values()) point(counters.ns);
  for (const sock of live<socket>('socket')) point(sock.net);
  for (const type of ['uts', 'ipc', 'net', 'cgroup', 'time', 'mnt', 'user', 'pid'] as const) {
    for (const ns of live<ns_common>(type)) {
      if ((ns as unknown) === k.init_pid_ns) continue;
      assert.equal(ns.count, (expected.get(ns) ?? 0) + (initial.has(ns) ? 1 : 0), `count of ${type} namespace ${ns.id}`);
    }
  }
}

