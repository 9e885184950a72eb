import { cgroup, task_cgroup } from './cgroup.ts';
import { cgroup_mkdir, cgroup_procs_write, cgroup_rmdir, hierarchy } from './cgroup_fs.ts';
import { err, type Err } from './errno.ts';
import { register_file_ops } from './file_ops.ts';
import { register_filesystem } from './file_system.ts';
import type { MountRequest } from './file_system.ts';
import { register_inode_ops } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { realtime } from './ktime.ts';
import { S_IFDIR, S_IFMT, S_IFREG, is_dir } from './mode.ts';
import { nr_in } from './nsfs.ts';
import { task_active_pid_ns } from './pid.ts';
import { alloc_super, parse_options, sget } from './super.ts';
import { decode, encode } from './text.ts';
import { dentry, inode } from './vfs.ts';
import type { file, super_block } from './vfs.ts';

/** Files of each group's directory, and their modes. */
const FILES: readonly (readonly [name: string, mode: number, root: boolean])[] = [
  ['cgroup.controllers', 0o444, true], ['cgroup.procs', 0o644, true], ['cgroup.threads', 0o644, true], ['cgroup.subtree_control', 0o644, true],
  ['cgroup.events', 0o444, false], ['cgroup.type', 0o644, false], ['cgroup.max.depth', 0o644, true], ['cgroup.max.descendants', 0o644, true], ['cgroup.stat', 0o444, true],
  ['cgroup.freeze', 0o644, false], ['cgroup.kill', 0o200, false],
];

function group_of(node: inode): cgroup {
  const { object } = node.i_private ?? {};
  if (!(object instanceof cgroup)) throw new Error('an inode of cgroup2 does not say whose it is');
  return object;
}

function make(k: Kernel, sb: super_block, group: cgroup, entry: string, mode: number): inode {
  const node = new inode(sb, entry === '' ? group.id : group.id * 64 + 1 + FILES.findIndex(([name]) => name === entry), mode, 'cgroup');
  node.i_private = { entry, object: group, arg: '' };
  node.i_uid = group.uid;
  node.i_gid = group.gid;
  if (is_dir(mode)) node.i_nlink = 2;
  const now = realtime(k);
  node.i_atime = now;
  node.i_mtime = now;
  node.i_ctime = now;
  return node;
}

function lookup(k: Kernel, dir: dentry, name: string): dentry | null {
  const kept = dir.d_children.get(name);
  const group = group_of(dir.d_inode);
  const child = group.children.get(name);
  if (kept) {
    if (!is_dir(kept.d_inode.i_mode) || group_of(kept.d_inode) === child) return kept;
    k.trace.remove(dir.d_children, name);
  }
  if (child) return new dentry(dir, name, make(k, dir.d_inode.i_sb, child, '', S_IFDIR | 0o755));
  const file = FILES.find(([known, , root]) => known === name && (root || group.parent));
  return file ? new dentry(dir, name, make(k, dir.d_inode.i_sb, group, name, S_IFREG | file[1])) : null;
}

register_inode_ops('cgroup', {
  f_op: 'cgroup',
  lookup,
  readdir(_, dir) {
    const group = group_of(dir.d_inode);
    const files = FILES.filter(([, , root]) => root || group.parent).map(([name], i) => ({ name, ino: group.id * 64 + 1 + i, type: S_IFREG }));
    return [...files, ...[...group.children.values()].map((child) => ({ name: child.name, ino: child.id, type: S_IFDIR }))];
  },
  create(k, dir, name, node) {
    if ((node.mode & S_IFMT) !== S_IFDIR) return err('EPERM');
    if (name.includes('\n')) return err('EINVAL');
    const made = cgroup_mkdir(k, group_of(dir.d_inode), name);
    return typeof made === 'number' ? made : new dentry(dir, name, make(k, dir.d_inode.i_sb, made, '', S_IFDIR | 0o755));
  },
  rmdir: (k, of) => cgroup_rmdir(k, group_of(of.d_inode)),
});

/** Pids of the processes of a group, as the reader numbers them; 0 for those it cannot see. */
function procs(k: Kernel, group: cgroup, threads: boolean): string {
  const ns = task_active_pid_ns(k.current);
  const numbers: number[] = [];
  for (const task of k.tasks.values()) {
    if (task === k.init_task || task.cgroups !== group || (!threads && task.group_leader !== task) || task.state === 'dead') continue;
    if (task.state === 'zombie' && task.signal.threads.size <= 1) continue;
    numbers.push(nr_in(task, ns));
  }
  return numbers.sort((a, b) => a - b).map((nr) => `${nr}\n`).join('');
}

function populated(k: Kernel, group: cgroup): boolean {
  for (const task of k.tasks.values()) {
    if (task.state === 'zombie' || task.state === 'dead') continue;
    for (let at: cgroup | null = task_cgroup(task); at; at = at.parent) if (at === group) return true;
  }
  return false;
}

function descendants(group: cgroup): number {
  return [...group.children.values()].reduce((n, child) => n + 1 + descendants(child), 0);
}

function show(k: Kernel, group: cgroup, entry: string): string | Err {
  switch (entry) {
    case 'cgroup.procs': return procs(k, group, false);
    case 'cgroup.threads': return procs(k, group, true);
    case 'cgroup.events': return `populated ${populated(k, group) ? 1 : 0}\nfrozen 0\n`;
    case 'cgroup.type': return 'domain\n';
    case 'cgroup.max.depth': case 'cgroup.max.descendants': return 'max\n';
    case 'cgroup.stat': return `nr_descendants ${descendants(group)}\nnr_dying_descendants 0\n`;
    case 'cgroup.freeze': return '0\n';
    default: return '';
  }
}

/** A pid that is written moves that process here: the way into a group. No other control file does anything. */
function write(k: Kernel, of: file, group: cgroup, entry: string, text: string): number | Err {
  if (entry !== 'cgroup.procs' && entry !== 'cgroup.threads') return err('EOPNOTSUPP');
  const found = /^\s*(\d+)\s*$/.exec(text)?.[1];
  if (found === undefined) return err('EINVAL');
  const nr = Number(found);
  const own = task_active_pid_ns(k.current);
  const task = nr === 0 ? k.current : own.idr.get(nr)?.pid_task ?? null;
  const ns = k.current.nsproxy?.cgroup_ns;
  if (!ns) return err('ENODEV');
  return cgroup_procs_write(k, of, ns, group, nr, task) || text.length;
}

register_file_ops('cgroup', {
  read(k, of, count, pos) {
    const node = of.f_path?.dentry.d_inode;
    if (!node) return err('EINVAL');
    if (pos === 0 || !of.f_text) {
      const text = show(k, group_of(node), node.i_private?.entry ?? '');
      if (typeof text === 'number') return text;
      k.trace.write(of, 'f_text', encode(text));
    }
    return (of.f_text ?? new Uint8Array(0)).slice(pos, pos + count);
  },
  write(k, of, data) {
    const node = of.f_path?.dentry.d_inode;
    return node ? write(k, of, group_of(node), node.i_private?.entry ?? '', decode(data)) : err('EINVAL');
  },
});

/** The one tree of the machine. */
function get_tree(k: Kernel, { data }: MountRequest): super_block {
  const top = hierarchy(k);
  const sb = sget(k, 'cgroup2', top);
  const made = sb ? k.trace.get(sb) : new_tree(k, top);
  // of the whole machine, and only for the initial namespace to choose
  if (k.current.nsproxy?.cgroup_ns === k.init_nsproxy.cgroup_ns) {
    const shown = parse_options(data).map(([key]) => `,${key}`).join('');
    if (shown !== made.s_options) k.trace.write(made, 's_options', shown);
  }
  return made;
}

function new_tree(k: Kernel, top: cgroup): super_block {
  return alloc_super(k, 'cgroup2', k.init_user_ns, top, (sb) => {
    sb.s_root = k.trace.alloc(new dentry(null, '/', k.trace.alloc(make(k, sb, top, '', S_IFDIR | 0o555))));
  });
}

/** A mount shows the tree from the root of the caller's cgroup namespace down. */
function root(k: Kernel, sb: super_block): dentry {
  const names: string[] = [];
  for (let at: cgroup | null = k.current.nsproxy?.cgroup_ns?.root_cset ?? null; at?.parent; at = at.parent) names.unshift(at.name);
  return names.reduce((at, name) => lookup(k, at, name) ?? at, sb.s_root);
}

register_filesystem({
  name: 'cgroup2', userns_mount: true, since: '4.19', magic: 0x63677270,
  parameters: ['nsdelegate', 'favordynmods', 'memory_localevents', 'memory_recursiveprot', 'memory_hugetlb_accounting', 'pids_localevents'],
  user_ns: (k) => k.current.nsproxy?.cgroup_ns?.user_ns ?? k.init_user_ns,
  get_tree, root, reconfigure: () => 0,
});

