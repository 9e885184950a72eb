import { dentry_path, prepend_path } from './dcache.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { S_IFREG } from './mode.ts';
import type { mount } from './mount.ts';
import {
  MNT_NOATIME, MNT_NODEV, MNT_NODIRATIME, MNT_NOEXEC, MNT_NOSUID, MNT_NOSYMFOLLOW, MNT_READONLY, MNT_RELATIME, is_path_reachable,
} from './mount.ts';
import { get_dominating_id } from './peers.ts';
import { register_proc } from './proc_entry.ts';
import type { About } from './proc_entry.ts';
import { SB_RDONLY } from './super.ts';
import { atLeast } from './version.ts';
import type { path } from './vfs.ts';

const OPTIONS: readonly (readonly [number, string])[] = [
  [MNT_NOSUID, ',nosuid'], [MNT_NODEV, ',nodev'], [MNT_NOEXEC, ',noexec'], [MNT_NOATIME, ',noatime'], [MNT_NODIRATIME, ',nodiratime'],
  [MNT_RELATIME, ',relatime'], [MNT_NOSYMFOLLOW, ',nosymfollow'],
];

function mnt_options(mnt: mount): string {
  return OPTIONS.filter(([flag]) => (mnt.mnt_flags & flag) !== 0).map(([, text]) => text).join('');
}

/** Characters that would break a line's fields, in octal. */
function mangle(text: string): string {
  return text.replace(/[ \t\n\\]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

/** The mounts of a task's namespace that can be reached from its root, with the paths seen from there, in the order of the kernel. */
export function mounts_of(k: Kernel, { task }: About): { readonly mnt: mount; readonly at: string; readonly root: path }[] | Err {
  const ns = task?.nsproxy?.mnt_ns;
  const root = task?.fs?.root;
  if (!ns || !root) return err('EINVAL');
  const all = [...ns.mounts.values()];
  if (atLeast(k.version, '6.12')) all.sort((a, b) => a.mnt_id_unique - b.mnt_id_unique);
  const seen = [];
  for (const mnt of all) {
    const { text, reachable } = prepend_path({ mnt, dentry: mnt.mnt_root }, root);
    if (reachable) seen.push({ mnt, at: text, root });
  }
  return seen;
}

/** One line of /proc/PID/mountinfo, without the newline. */
function mountinfo(mnt: mount, at: string, root: path): string {
  const optional: string[] = [];
  if (mnt.shared) optional.push(`shared:${mnt.mnt_group_id}`);
  if (mnt.mnt_master) {
    const master = mnt.mnt_master.mnt_group_id;
    optional.push(`master:${master}`);
    const from = get_dominating_id(mnt, (m) => is_path_reachable(m, m.mnt_root, root));
    if (from !== 0 && from !== master) optional.push(`propagate_from:${from}`);
  }
  if (mnt.unbindable) optional.push('unbindable');
  const sb = mnt.mnt_sb;
  const flags = `${mnt.mnt_flags & MNT_READONLY ? 'ro' : 'rw'}${mnt_options(mnt)}`;
  const fields = [
    mnt.mnt_id, (mnt.mnt_parent ?? mnt).mnt_id, `0:${sb.s_dev}`, mangle(dentry_path(mnt.mnt_root)), mangle(at), flags, ...optional, '-', sb.s_type,
    mangle(mnt.mnt_devname), `${sb.s_flags & SB_RDONLY ? 'ro' : 'rw'}${sb.s_options}`,
  ];
  return fields.join(' ');
}

function lines(k: Kernel, about: About, line: (mnt: mount, at: string, root: path) => string): string | Err {
  const all = mounts_of(k, about);
  return typeof all === 'number' ? all : all.map(({ mnt, at, root }) => `${line(mnt, at, root)}\n`).join('');
}

/** Opening tests that the task has mounts and a root. */
function open(k: Kernel, about: About): 0 | Err {
  const all = mounts_of(k, about);
  return typeof all === 'number' ? all : 0;
}

register_proc({
  'pid/mountinfo': { mode: S_IFREG | 0o444, open, show: (k, about) => lines(k, about, mountinfo) },
  'pid/mounts': {
    mode: S_IFREG | 0o444, open,
    show: (k, about) => lines(k, about, (mnt, at) => {
      const ro = (mnt.mnt_flags & MNT_READONLY) !== 0 || (mnt.mnt_sb.s_flags & SB_RDONLY) !== 0;
      return `${mangle(mnt.mnt_devname)} ${mangle(at)} ${mnt.mnt_sb.s_type} ${ro ? 'ro' : 'rw'}${mnt_options(mnt)}${mnt.mnt_sb.s_options} 0 0`;
    }),
  },
});

