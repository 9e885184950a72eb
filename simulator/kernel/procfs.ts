import { err, isErr, type Err } from './errno.ts';
import { register_file_ops } from './file_ops.ts';
import { register_filesystem } from './file_system.ts';
import { register_inode_ops } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { S_IFDIR, S_IFLNK, S_IFMT } from './mode.ts';
import { get_pid_ns, pid, pid_namespace, put_pid_ns, task_active_pid_ns } from './pid.ts';
import { generic_permission } from './permission.ts';
import { proc_entry_of } from './proc_entry.ts';
import type { About, Child, proc_entry } from './proc_entry.ts';
import { realtime } from './ktime.ts';
import { alloc_super, parse_options, sget } from './super.ts';
import { decode, encode } from './text.ts';
import { make_kuid } from './uidgid.ts';
import { atLeast } from './version.ts';
import { dentry, inode } from './vfs.ts';
import type { Generated, file, super_block } from './vfs.ts';

/** What an inode of proc is about, as the running task or the file's opener sees it. */
function about_of(k: Kernel, node: inode, of: file | null): About {
  const what = generated(node);
  const struct = what.object instanceof pid ? what.object : null;
  const ns = node.i_sb.s_fs_info;
  return {
    pid: struct, task: struct?.pid_task ?? null, arg: what.arg, ns: ns instanceof pid_namespace ? ns : k.init_pid_ns,
    user_ns: (of?.f_cred ?? k.current.cred).user_ns, file: of,
  };
}

function generated(node: inode): Generated {
  if (!node.i_private) throw new Error('an inode of proc does not say what it is');
  return node.i_private;
}

function entry_of(node: inode): proc_entry {
  return proc_entry_of(generated(node).entry);
}

/** Inode numbers are made from what the entry is, so that looking twice gives the same. */
function ino_of({ entry, object, arg }: Generated): number {
  if (entry === '' && arg === '') return 1;
  let hash = 0x811c9dc5;
  for (const c of `${entry}\0${object?.id ?? 0}\0${arg}`) hash = Math.imul(hash ^ c.charCodeAt(0), 0x01000193);
  return 0xf0000000 + (hash >>> 8);
}

function make(k: Kernel, sb: super_block, what: Generated): inode {
  const kind = proc_entry_of(what.entry);
  const node = new inode(sb, ino_of(what), 0, 'proc');
  node.i_private = what;
  const about = about_of(k, node, null);
  node.i_mode = typeof kind.mode === 'number' ? kind.mode : kind.mode(k, about);
  if ((node.i_mode & S_IFMT) === S_IFDIR) node.i_nlink = 2;
  if (about.task && !kind.root) [node.i_uid, node.i_gid] = task_dump_owner(about, node.i_mode);
  const now = realtime(k);
  node.i_atime = now;
  node.i_mtime = now;
  node.i_ctime = now;
  return node;
}

/** A process's entries belong to whom it belongs; when it is not dumpable, to the root of its user namespace, and without memory (a zombie) to root. */
function task_dump_owner({ task }: About, mode: number): readonly [number, number] {
  if (!task) return [0, 0];
  if (mode === (S_IFDIR | 0o555) || task.mm?.dumpable === 1) return [task.cred.euid, task.cred.egid];
  if (!task.mm) return [0, 0];
  const uid = make_kuid(task.mm.user_ns, 0);
  return [uid < 0 ? 0 : uid, uid < 0 ? 0 : uid];
}

/** The entry, kept when something is mounted on it, and thrown away when its process is gone. */
function lookup(k: Kernel, dir: dentry, name: string): dentry | null | Err {
  const kept = dir.d_children.get(name);
  if (kept) {
    if (alive(kept)) return kept;
    k.trace.remove(dir.d_children, name);
  }
  const child = find(k, dir, name);
  if (child === null || isErr(child)) return child;
  const { object } = generated(dir.d_inode);
  return new dentry(dir, name, make(k, dir.d_inode.i_sb, { entry: child.entry, object: child.object ?? object, arg: child.arg ?? '' }));
}

function alive(of: dentry): boolean {
  const { object } = generated(of.d_inode);
  return !(object instanceof pid) || object.pid_task !== null;
}

function find(k: Kernel, dir: dentry, name: string): Child | null | Err {
  const kind = entry_of(dir.d_inode);
  const about = about_of(k, dir.d_inode, null);
  if (kind.find) return kind.find(k, about, name);
  const all = kind.list?.(k, about) ?? [];
  return isErr(all) ? all : all.find((child) => child.name === name) ?? null;
}

register_inode_ops('proc', {
  f_op: 'proc',
  lookup,
  readdir(k, dir) {
    const all = entry_of(dir.d_inode).list?.(k, about_of(k, dir.d_inode, null)) ?? [];
    if (isErr(all)) return all;
    const { object } = generated(dir.d_inode);
    return all.map((child) => {
      const node = make(k, dir.d_inode.i_sb, { entry: child.entry, object: child.object ?? object, arg: child.arg ?? '' });
      return { name: child.name, ino: node.i_ino, type: node.i_mode & S_IFMT };
    });
  },
  get_link: (k, of) => entry_of(of.d_inode).link?.(k, about_of(k, of.d_inode, null)) ?? err('EINVAL'),
  readlink(k, of) {
    const kind = entry_of(of.d_inode);
    const about = about_of(k, of.d_inode, null);
    if (kind.readlink) return kind.readlink(k, about);
    const to = kind.link?.(k, about) ?? err('EINVAL');
    return typeof to === 'object' ? err('EINVAL') : to;
  },
  permission(k, node, mask) {
    return entry_of(node).permission?.(k, about_of(k, node, null), mask) ?? generic_permission(k, node, mask);
  },
  setattr: () => err('EPERM'),
  size: (_, node) => (node.i_mode & S_IFMT) === S_IFLNK && generated(node).entry.endsWith('fd/link') ? 64 : 0,
});

function about_file(k: Kernel, of: file): About & { readonly file: file } {
  const node = of.f_path?.dentry.d_inode;
  if (!node) throw new Error('a file of proc without a place');
  return { ...about_of(k, node, of), file: of };
}

function kind_of(of: file): proc_entry {
  const node = of.f_path?.dentry.d_inode;
  return node ? entry_of(node) : { mode: 0 };
}

register_file_ops('proc', {
  in_order: (of) => kind_of(of).seq_file === true,
  stays: (of) => kind_of(of).stays === true,
  open: (k, of) => kind_of(of).open?.(k, about_file(k, of)) ?? 0,
  read(k, of, count, pos) {
    const kind = kind_of(of);
    if (kind.read) return kind.read(k, about_file(k, of), count, pos);
    // As the kernel's seq_file: made when reading begins (again), and gone on with later.
    if (pos === 0 || !of.f_text) {
      const text = kind.show?.(k, about_file(k, of)) ?? err('EINVAL');
      if (isErr(text)) return text;
      k.trace.write(of, 'f_text', encode(text));
    }
    return (of.f_text ?? new Uint8Array(0)).slice(pos, pos + count);
  },
  write(k, of, data, pos) {
    return kind_of(of).write?.(k, about_file(k, of), decode(data), pos) ?? err(kind_of(of).show ? 'EIO' : 'EINVAL');
  },
});

/** Is the namespace's init still there to mount for? */
function proc_get_tree(k: Kernel): super_block | Err {
  const ns = task_active_pid_ns(k.current);
  // Until 5.7 all mounts of proc for one pid namespace were one instance.
  const shared = atLeast(k.version, '6.1') ? null : sget(k, 'proc', ns);
  if (shared) return k.trace.get(shared);
  return proc_super(k, ns);
}

/** An instance of proc that shows a pid namespace, which it holds. */
export function proc_super(k: Kernel, ns: pid_namespace): super_block {
  return alloc_super(k, 'proc', ns.user_ns, get_pid_ns(k, ns), (sb) => {
    const root = make(k, sb, { entry: '', object: null, arg: '' });
    sb.s_root = k.trace.alloc(new dentry(null, '/', k.trace.alloc(root)));
  });
}

register_filesystem({
  name: 'proc', userns_mount: true, visible: true, magic: 0x9fa0, parameters: ['hidepid', 'gid', 'subset'],
  user_ns: (k) => task_active_pid_ns(k.current).user_ns,
  get_tree(k, { data }) {
    for (const [key] of parse_options(data)) if (!['hidepid', 'gid', 'subset'].includes(key)) return err('EINVAL');
    return proc_get_tree(k);
  },
  reconfigure: () => 0,
  kill_sb(k, sb) {
    if (sb.s_fs_info instanceof pid_namespace) put_pid_ns(k, sb.s_fs_info);
  },
});

