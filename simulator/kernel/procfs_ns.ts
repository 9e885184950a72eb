import { proc_cgroup_show } from './cgroup_fs.ts';
import { proc_timens_set_offset, proc_timens_show_offsets } from './clock.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { S_IFDIR, S_IFLNK, S_IFREG } from './mode.ts';
import type { ns_common } from './ns_common.ts';
import { ns_get_path } from './nsfs.ts';
import { register_proc } from './proc_entry.ts';
import type { About, proc_entry } from './proc_entry.ts';
import { may_look } from './procfs_pid.ts';
import { task_active_pid_ns } from './pid.ts';
import type { task_struct } from './task.ts';
import { map_show, map_write, proc_setgroups_open, proc_setgroups_show, proc_setgroups_write } from './user_map.ts';
import type { MapName } from './user_map.ts';
import type { user_namespace } from './user.ts';
import { atLeast } from './version.ts';
import type { Version } from './version.ts';

/** Links of /proc/PID/ns in order, and since when; each says which namespace it is, null when the task has none (any more). */
const LINKS: readonly (readonly [name: string, since: Version, of: (k: Kernel, task: task_struct) => ns_common | null])[] = [
  ['net', '3.8', (_, task) => task.nsproxy?.net_ns ?? null],
  ['uts', '3.8', (_, task) => task.nsproxy?.uts_ns ?? null],
  ['ipc', '3.8', (_, task) => task.nsproxy?.ipc_ns ?? null],
  ['pid', '3.8', (_, task) => task.thread_pid ? task_active_pid_ns(task) : null],
  ['pid_for_children', '4.19', pid_for_children],
  ['user', '3.8', (_, task) => task.cred.user_ns],
  ['mnt', '3.8', (_, task) => task.nsproxy?.mnt_ns ?? null],
  ['cgroup', '4.19', (_, task) => task.nsproxy?.cgroup_ns ?? null],
  ['time', '5.7', (_, task) => task.nsproxy?.time_ns ?? null],
  ['time_for_children', '5.7', (_, task) => task.nsproxy?.time_ns_for_children ?? null],
];

/** A pid namespace in which there never was a process cannot be named yet. [B22 B23 B24] */
function pid_for_children(_: Kernel, task: task_struct): ns_common | null {
  const ns = task.nsproxy?.pid_ns_for_children ?? null;
  return ns?.child_reaper || ns?.level === 0 ? ns : null;
}

/** The namespace of a link. Errors: EACCES (may not look into the task), ENOENT. */
function namespace_of(k: Kernel, { task, arg }: About): ns_common | Err {
  if (!task) return err('ENOENT');
  if (!may_look(k, task)) return err('EACCES');
  return LINKS.find(([name]) => name === arg)?.[2](k, task) ?? err('ENOENT');
}

function user_ns_of({ task }: About): user_namespace | Err {
  return task ? task.cred.user_ns : err('EINVAL');
}

/** uid_map, gid_map and projid_map: the maps of the user namespace that the process is in. */
function map(name: MapName): proc_entry {
  return {
    mode: S_IFREG | 0o644, seq_file: true,
    show(_, about) {
      const ns = user_ns_of(about);
      return typeof ns === 'number' ? ns : map_show(ns, name, about.user_ns);
    },
    write(k, about, text, pos) {
      const ns = user_ns_of(about);
      return typeof ns === 'number' ? ns : map_write(k, about.file, ns, name, text, pos);
    },
  };
}

register_proc({
  'pid/ns': {
    mode: S_IFDIR | 0o511,
    list: (k, { task }) => task ? LINKS.filter(([, since]) => atLeast(k.version, since)).map(([name]) => ({ name, entry: 'pid/ns/link', arg: name })) : err('ENOENT'),
  },
  'pid/ns/link': {
    mode: S_IFLNK | 0o777,
    link(k, about) {
      const ns = namespace_of(k, about);
      return typeof ns === 'number' ? ns : ns_get_path(k, ns);
    },
    readlink(k, about) {
      const ns = namespace_of(k, about);
      return typeof ns === 'number' ? ns : `${ns.kind}:[${ns.inum}]`;
    },
  },
  'pid/uid_map': map('uid_map'),
  'pid/gid_map': map('gid_map'),
  'pid/projid_map': map('projid_map'),
  'pid/setgroups': {
    mode: S_IFREG | 0o644, seq_file: true,
    open(k, about) {
      const ns = user_ns_of(about);
      return typeof ns === 'number' ? ns : proc_setgroups_open(k, ns, (about.file.f_flags & 3) !== 0);
    },
    show(_, about) {
      const ns = user_ns_of(about);
      return typeof ns === 'number' ? ns : proc_setgroups_show(ns);
    },
    write(k, about, text, pos) {
      const ns = user_ns_of(about);
      return typeof ns === 'number' ? ns : proc_setgroups_write(k, ns, text, pos);
    },
  },
  'pid/timens_offsets': {
    mode: S_IFREG | 0o644, seq_file: true, stays: true,
    show(_, { task }) {
      const ns = task?.nsproxy?.time_ns_for_children;
      return ns ? proc_timens_show_offsets(ns) : err('ESRCH');
    },
    write: (k, { task, file }, text, pos) => pos === 0 ? proc_timens_set_offset(k, file, task, text) : err('EINVAL'),
  },
  'pid/cgroup': {
    mode: S_IFREG | 0o444,
    show(k, { task }) {
      const ns = k.current.nsproxy?.cgroup_ns;
      return !task ? err('ESRCH') : ns ? proc_cgroup_show(task, ns) : '';
    },
  },
});
