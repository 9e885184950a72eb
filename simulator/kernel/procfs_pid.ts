import { access_process_vm, write_process_vm } from './access_vm.ts';
import { d_path, file_path } from './dcache.ts';
import { err, type Err } from './errno.ts';
import { f_op } from './file_ops.ts';
import type { Kernel } from './kernel.ts';
import { MAY_EXEC, O_CLOEXEC, S_IFDIR, S_IFLNK, S_IFREG, f_readable, f_writable } from './mode.ts';
import { nr_in } from './nsfs.ts';
import { pid } from './pid.ts';
import { register_proc } from './proc_entry.ts';
import type { About, Child } from './proc_entry.ts';
import { PTRACE_MODE_READ_FSCREDS, ptrace_may_access } from './ptrace.ts';
import type { task_struct } from './task.ts';
import { encode } from './text.ts';
import { atLeast } from './version.ts';
import type { Version } from './version.ts';
import type { file, path } from './vfs.ts';

/** Entries of a process, in the order of the directory, and since when. `both`: of a thread too. */
const NAMES: readonly (readonly [name: string, both: boolean, since?: Version])[] = [
  ['task', false], ['fd', true], ['fdinfo', true], ['ns', true, '3.8'], ['net', true], ['environ', true], ['auxv', true], ['status', true],
  ['personality', true], ['limits', true], ['sched', true], ['comm', true, '3.8'], ['syscall', true], ['cmdline', true], ['stat', true], ['statm', true], ['maps', true],
  ['children', true, '4.19'], ['mem', true], ['cwd', true], ['root', true], ['exe', true], ['mounts', true], ['mountinfo', true, '3.8'], ['mountstats', false], ['wchan', true],
  ['stack', true], ['schedstat', true], ['cpuset', true], ['cgroup', true], ['oom_score', true], ['oom_adj', true], ['oom_score_adj', true, '3.8'], ['loginuid', true],
  ['sessionid', true], ['uid_map', true, '3.8'], ['gid_map', true, '3.8'], ['projid_map', true, '3.8'], ['setgroups', true, '4.19'], ['timens_offsets', true, '5.7'],
];

/** The entries that this version has. `children` is there for threads only, `timens_offsets` and `task` for processes only. */
function names(k: Kernel, thread: boolean): Child[] {
  return NAMES.filter(([name, both, since]) => (both || !thread) && (since === undefined || atLeast(k.version, since)) && name !== (thread ? 'timens_offsets' : 'children'))
    .map(([name]) => ({ name, entry: `pid/${name}` }));
}

/** May the running task look into this one? Links and descriptors ask this way. */
export function may_look(k: Kernel, task: task_struct | null): task is task_struct {
  return task !== null && ptrace_may_access(k, task, PTRACE_MODE_READ_FSCREDS);
}

/** A link that leads to a place of the task, for those who may look into it. Errors: EACCES, ENOENT. */
function place(of: (k: Kernel, task: task_struct) => path | null): { link(k: Kernel, about: About): path | Err; readlink(k: Kernel, about: About): string | Err } {
  const link = (k: Kernel, { task }: About): path | Err => {
    if (!task) return err('ENOENT');
    if (!may_look(k, task)) return err('EACCES');
    return of(k, task) ?? err('ENOENT');
  };
  return {
    link,
    readlink(k, about) {
      const to = link(k, about);
      const root = k.current.fs?.root;
      return typeof to === 'number' || !root ? Number(to) : d_path(to, root);
    },
  };
}

/** A descriptor of the task; null when it is not open. */
export function file_of({ task, arg }: About): file | null {
  return task?.files?.fd.get(Number(arg)) ?? null;
}

function descriptors(entry: string): (k: Kernel, about: About) => readonly Child[] | Err {
  return (_, { task }) => {
    if (!task) return err('ENOENT');
    return [...task.files?.fd.map.keys() ?? []].sort((a, b) => a - b).map((fd) => ({ name: String(fd), entry, arg: String(fd) }));
  };
}

/** Own descriptors can always be looked at. */
function fd_permission(k: Kernel, about: About, mask: number): 0 | null {
  return about.task && about.task.signal === k.current.signal && (mask & MAY_EXEC) === mask ? 0 : null;
}

function thread_children(_: Kernel, { task, ns }: About): Child[] | Err {
  if (!task) return err('ENOENT');
  const all: { nr: number; child: Child }[] = [];
  for (const thread of task.signal.threads.values()) {
    const nr = nr_in(thread, ns);
    if (nr > 0 && thread.thread_pid) all.push({ nr, child: { name: String(nr), entry: 'tid', object: thread.thread_pid } });
  }
  return all.sort((a, b) => a.nr - b.nr).map(({ child }) => child);
}

const dir = S_IFDIR | 0o555;
register_proc({
  'pid': { mode: dir, list: (k) => names(k, false) },
  'tid': { mode: dir, list: (k) => names(k, true) },
  'pid/task': { mode: dir, list: thread_children },
  'pid/fd': {
    mode: S_IFDIR | 0o500, list: descriptors('pid/fd/link'),
    permission: fd_permission,
  },
  'pid/fdinfo': { mode: dir, list: descriptors('pid/fdinfo/file') },
  'pid/fd/link': {
    mode(_, about) {
      const of = file_of(about);
      return S_IFLNK | (of && f_readable(of.f_flags) ? 0o500 : 0) | (of && f_writable(of.f_flags) ? 0o300 : 0);
    },
    link(k, about) {
      if (!may_look(k, about.task)) return err('EACCES');
      const of = file_of(about);
      if (!of) return err('ENOENT');
      // Sockets and the like cannot be opened again.
      return of.f_path ?? err('ENXIO');
    },
    readlink(k, about) {
      if (!may_look(k, about.task)) return err('EACCES');
      const of = file_of(about);
      const root = k.current.fs?.root;
      return of && root ? file_path(k, of, root) : err('ENOENT');
    },
  },
  'pid/fdinfo/file': {
    mode: S_IFREG | 0o444,
    open: (k, { task }) => may_look(k, task) ? 0 : err('EACCES'),
    show(k, about) {
      const of = file_of(about);
      if (!of) return err('ENOENT');
      const cloexec = about.task?.files?.close_on_exec.has(Number(about.arg)) ? O_CLOEXEC : 0;
      const mnt = of.f_path?.mnt.mnt_id ?? 0;
      const ino = of.f_path?.dentry.d_inode.i_ino ?? f_op(of).inode?.(k, of).ino ?? 0;
      return `pos:\t${of.f_pos}\nflags:\t0${(of.f_flags | cloexec).toString(8)}\nmnt_id:\t${mnt}\nino:\t${ino}\n${f_op(of).fdinfo?.(k, of) ?? ''}`;
    },
  },
  'pid/mem': {
    mode: S_IFREG | 0o600,
    open(k, { task, file }) {
      if (!may_look(k, task)) return err('EACCES');
      if (!task.mm) return err('ESRCH');
      k.trace.write(file, 'private_data', task.mm);
      return 0;
    },
    // of the program that ran when it was opened
    read(k, { task, file }, count, pos) {
      if (!task?.mm || task.mm !== file.private_data) return new Uint8Array(0);
      const got = access_process_vm(k, task, pos, count);
      return got.length === 0 && count > 0 ? err('EIO') : got;
    },
    write(k, { task, file }, text, pos) {
      if (!task?.mm || task.mm !== file.private_data) return 0;
      return write_process_vm(k, task, pos, encode(text)) || err('EIO');
    },
  },
  'pid/cwd': { mode: S_IFLNK | 0o777, ...place((_, task) => task.fs?.pwd ?? null) },
  'pid/root': { mode: S_IFLNK | 0o777, ...place((_, task) => task.fs?.root ?? null) },
  'pid/exe': { mode: S_IFLNK | 0o777, ...place((_, task) => task.mm?.exe ?? null) },
});

/** The processes that a pid namespace sees, and itself. */
export function processes(ns: About['ns']): Child[] {
  const all: Child[] = [];
  for (const [nr, struct] of [...ns.idr.map].sort(([a], [b]) => a - b)) {
    if (struct.pid_task && struct.pid_task.group_leader === struct.pid_task) all.push({ name: String(nr), entry: 'pid', object: struct });
  }
  return all;
}

/** A thread can be named too, though it is not listed. */
export function process_named(ns: About['ns'], name: string): Child | null {
  if (!/^[1-9][0-9]{0,9}$/.test(name)) return null;
  const struct = ns.idr.get(Number(name));
  return struct instanceof pid && struct.pid_task ? { name, entry: 'pid', object: struct } : null;
}
