import { err, type Err } from './errno.ts';
import { generic_write_check_limits, inode_newsize_ok } from './file_size.ts';
import { register_filesystem } from './file_system.ts';
import type { MountRequest } from './file_system.ts';
import { CAPS } from './fscaps.ts';
import { register_file_ops } from './file_ops.ts';
import { register_inode_ops } from './inode_ops.ts';
import type { NewNode, dirent, inode_operations } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { realtime } from './ktime.ts';
import { O_APPEND, S_IFDIR, S_IFMT, S_ISGID, S_ISVTX, is_dir, is_link } from './mode.ts';
import { setattr_should_drop_suidgid } from './permission.ts';
import { seals_allow_size, seals_allow_write } from './seals.ts';
import { PAGE, shmem_get_pages, shmem_reserve_inode, shmem_truncate, shmem_usage } from './shmem.ts';
import { alloc_super, parse_options } from './super.ts';
import { byte_length } from './text.ts';
import { make_kgid, make_kuid } from './uidgid.ts';
import type { user_namespace } from './user.ts';
import { dentry, inode } from './vfs.ts';
import type { super_block } from './vfs.ts';
import { write_xattr } from './xattr.ts';

/** A new inode of a memory file system, owned by the caller (or by the group of a set-group-id directory). */
function new_inode(k: Kernel, sb: super_block, dir: inode | null, node: NewNode): inode {
  const made = make_inode(k, sb, node.mode);
  const { fsuid, fsgid } = k.current.cred;
  made.i_uid = fsuid;
  made.i_gid = fsgid;
  if (dir && (dir.i_mode & S_ISGID) !== 0) {
    made.i_gid = dir.i_gid;
    if (is_dir(node.mode)) made.i_mode |= S_ISGID;
  }
  made.i_rdev = node.rdev ?? 0;
  made.i_link = node.link ?? '';
  return k.trace.alloc(made);
}

/** An inode with the next number and the time of now; not allocated yet. */
export function make_inode(k: Kernel, sb: super_block, mode: number): inode {
  const ino = sb.s_last_ino + 1;
  k.trace.write(sb, 's_last_ino', ino);
  const made = new inode(sb, ino, mode, 'mem');
  if (is_dir(mode)) made.i_nlink = 2;
  const now = realtime(k);
  made.i_atime = now;
  made.i_mtime = now;
  made.i_ctime = now;
  return made;
}

/** Root directory of a memory file system. */
export function fill_super(k: Kernel, sb: super_block, mode: number): void {
  const root = new_inode(k, sb, null, { mode: S_IFDIR | mode });
  sb.s_root = k.trace.alloc(new dentry(null, '/', root));
}

/** Adds a name for something new. The caller has tested permission. */
export function mem_create(k: Kernel, dir: dentry, name: string, node: NewNode): dentry {
  const parent = dir.d_inode;
  const made = k.trace.alloc(new dentry(dir, name, new_inode(k, parent.i_sb, parent, node)));
  k.trace.insert(dir.d_children, name, made);
  if (is_dir(node.mode)) k.trace.write(parent, 'i_nlink', parent.i_nlink + 1);
  touch(k, parent);
  return made;
}

function touch(k: Kernel, of: inode): void {
  const now = realtime(k);
  k.trace.write(of, 'i_mtime', now);
  k.trace.write(of, 'i_ctime', now);
}

function file_remove_privs(k: Kernel, of: inode): void {
  k.trace.write(of, 'i_mode', of.i_mode & ~setattr_should_drop_suidgid(k, of));
  // whoever writes: what the program can do was meant for the one that was there
  write_xattr(k, of, CAPS, null);
}

function drop(k: Kernel, of: dentry): void {
  const { d_parent: dir } = of;
  if (!dir) return;
  k.trace.remove(dir.d_children, of.d_name);
  k.trace.write(of, 'd_unlinked', true);
  touch(k, dir.d_inode);
}

export const mem_ops: inode_operations = {
  f_op: 'mem',
  lookup: (_, dir, name) => dir.d_children.get(name) ?? null,
  // names that came last are first, but for those of lower layers, which are before them
  readdir: (_, dir) => {
    const entries = [...dir.d_children.values()].map(as_dirent);
    const { s_lower_ino } = dir.d_inode.i_sb;
    return [...entries.filter(({ ino }) => ino <= s_lower_ino), ...entries.filter(({ ino }) => ino > s_lower_ino).reverse()];
  },
  get_link: (_, of) => of.d_inode.i_link,
  create(k, dir, name, node) { return shmem_reserve_inode(k, dir.d_inode.i_sb) || mem_create(k, dir, name, node); },
  link(k, old, dir, name) {
    const full = old.d_inode.i_linkable ? 0 : shmem_reserve_inode(k, dir.d_inode.i_sb);
    if (full) return full;
    k.trace.write(old.d_inode, 'i_nlink', old.d_inode.i_nlink + 1);
    if (old.d_inode.i_linkable) k.trace.write(old.d_inode, 'i_linkable', false);
    k.trace.insert(dir.d_children, name, k.trace.alloc(new dentry(dir, name, old.d_inode)));
    touch(k, dir.d_inode);
    return 0;
  },
  unlink(k, of) {
    drop(k, of);
    k.trace.write(of.d_inode, 'i_nlink', of.d_inode.i_nlink - 1);
    return 0;
  },
  rmdir(k, of) {
    if (of.d_children.size > 0) return err('ENOTEMPTY');
    const parent = of.d_parent;
    drop(k, of);
    k.trace.write(of.d_inode, 'i_nlink', 0);
    if (parent) k.trace.write(parent.d_inode, 'i_nlink', parent.d_inode.i_nlink - 1);
    return 0;
  },
  rename(k, of, dir, name) {
    const from = of.d_parent;
    const replaced = dir.d_children.get(name);
    if (replaced) {
      if (is_dir(replaced.d_inode.i_mode) && replaced.d_children.size > 0) return err('ENOTEMPTY');
      const nlink = is_dir(replaced.d_inode.i_mode) ? 0 : replaced.d_inode.i_nlink - 1;
      drop(k, replaced);
      k.trace.write(replaced.d_inode, 'i_nlink', nlink);
      if (is_dir(replaced.d_inode.i_mode)) k.trace.write(dir.d_inode, 'i_nlink', dir.d_inode.i_nlink - 1);
    }
    if (from) {
      k.trace.remove(from.d_children, of.d_name);
      touch(k, from.d_inode);
    }
    if (from && from !== dir && is_dir(of.d_inode.i_mode)) {
      k.trace.write(from.d_inode, 'i_nlink', from.d_inode.i_nlink - 1);
      k.trace.write(dir.d_inode, 'i_nlink', dir.d_inode.i_nlink + 1);
    }
    k.trace.write(of, 'd_parent', dir);
    k.trace.write(of, 'd_name', name);
    k.trace.insert(dir.d_children, name, of);
    touch(k, dir.d_inode);
    return 0;
  },
  exchange(k, of, other) {
    const [from, to] = [of.d_parent, other.d_parent];
    if (!from || !to) return err('EINVAL');
    const [name, its] = [of.d_name, other.d_name];
    for (const [each, dir, called] of [[of, to, its], [other, from, name]] as const) {
      k.trace.write(each, 'd_parent', dir);
      k.trace.write(each, 'd_name', called);
      k.trace.insert(dir.d_children, called, each);
      touch(k, dir.d_inode);
    }
    // each keeps its place among the others, under its new name
    if (from === to) {
      const order = [...from.d_children.values()].map((each) => (each === of ? other : each === other ? of : each));
      for (const each of order) {
        k.trace.remove(from.d_children, each.d_name);
        k.trace.insert(from.d_children, each.d_name, each);
      }
    }
    const moved = Number(is_dir(of.d_inode.i_mode)) - Number(is_dir(other.d_inode.i_mode));
    if (from !== to && moved !== 0) {
      k.trace.write(from.d_inode, 'i_nlink', from.d_inode.i_nlink - moved);
      k.trace.write(to.d_inode, 'i_nlink', to.d_inode.i_nlink + moved);
    }
    return 0;
  },
  tmpfile(k, dir, mode) {
    const full = shmem_reserve_inode(k, dir.d_inode.i_sb);
    if (full) return full;
    const node = new_inode(k, dir.d_inode.i_sb, dir.d_inode, { mode });
    node.i_nlink = 0;
    const made = new dentry(dir, `#${node.i_ino}`, node);
    made.d_unlinked = true;
    return k.trace.alloc(made);
  },
  truncate(k, of, size) {
    const failed = inode_newsize_ok(k, of, size) || seals_allow_size(of, size);
    if (failed) return failed;
    shmem_truncate(k, of, size);
    const data = new Uint8Array(size);
    data.set(of.i_data.subarray(0, size));
    k.trace.write(of, 'i_data', data);
    file_remove_privs(k, of);
    touch(k, of);
    return 0;
  },
  size(_, of, at) {
    if (is_link(of.i_mode)) return byte_length(of.i_link);
    if (!is_dir(of.i_mode)) return of.i_data.length;
    return of.i_sb.s_type === 'overlay' ? 4096 : 40 + (at?.d_children.size ?? 0) * 20;
  },
};
register_inode_ops('mem', mem_ops);

export function as_dirent(of: dentry): dirent {
  return { name: of.d_name, ino: of.d_inode.i_ino, type: of.d_inode.i_mode & S_IFMT };
}

/** Contents of regular files of memory file systems. */
register_file_ops('mem', {
  read(_, of, count, pos) {
    const data = of.f_path?.dentry.d_inode.i_data;
    return data ? data.slice(pos, pos + count) : err('EINVAL');
  },
  write(k, of, data, at) {
    const node = of.f_path?.dentry.d_inode;
    if (!node) return err('EINVAL');
    if (data.length === 0) return 0;
    const pos = of.f_flags & O_APPEND ? node.i_data.length : at;
    const allowed = generic_write_check_limits(k, pos, data.length);
    if (allowed < 0) return allowed;
    const sealed = seals_allow_write(node, pos + allowed);
    if (sealed) return sealed;
    const count = shmem_get_pages(k, node, pos, allowed);
    if (count < 0) return count;
    const grown = new Uint8Array(Math.max(node.i_data.length, pos + count));
    grown.set(node.i_data);
    grown.set(data.subarray(0, count), pos);
    k.trace.write(node, 'i_data', grown);
    file_remove_privs(k, node);
    touch(k, node);
    return count;
  },
});

/** The size, mode and owner that `-o` gives; the rest is only kept to be shown. Errors: EINVAL. */
function tmpfs_get_tree(name: string, mode: number): (k: Kernel, request: MountRequest, user_ns: user_namespace) => super_block | Err {
  return (k, request, user_ns) => {
    const options = apply(k, request, mode);
    if (typeof options === 'number') return options;
    return alloc_super(k, name, user_ns, null, (sb) => {
      fill_super(k, sb, options.mode);
      const root = sb.s_root.d_inode;
      if (options.uid !== null) root.i_uid = options.uid;
      if (options.gid !== null) root.i_gid = options.gid;
      sb.s_options = options.shown;
      if (name === 'tmpfs') [sb.s_max_blocks, sb.s_max_inodes] = [options.blocks, options.inodes];
    });
  };
}

interface TmpfsOptions { readonly mode: number; readonly uid: number | null; readonly gid: number | null; readonly shown: string;
  /** Limits in pages and inodes; 0: none. */
  readonly blocks: number; readonly inodes: number }

function apply(k: Kernel, { data }: MountRequest, default_mode: number, now: super_block | null = null): TmpfsOptions | Err {
  let mode = default_mode;
  let uid: number | null = null;
  let gid: number | null = null;
  let blocks = now?.s_max_blocks ?? TOTAL_MEMORY / PAGE / 2;
  let inodes = now?.s_max_inodes ?? TOTAL_MEMORY / PAGE / 2;
  // what a remounting does not name stays
  const shown = new Map((now?.s_options ?? '').split(',').filter(Boolean).map((one): [string, string] => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
  const { user_ns } = k.current.cred;
  for (const [key, value] of parse_options(data)) {
    if (value === null) return err('EINVAL');
    switch (key) {
      case 'mode':
        if (!/^[0-7]{1,5}$/.test(value)) return err('EINVAL');
        mode = parseInt(value, 8) & (0o777 | S_ISVTX);
        shown.set('mode', mode.toString(8));
        break;
      case 'uid': case 'gid': {
        const id = /^[0-9]+$/.test(value) ? Number(value) : -1;
        const kid = key === 'uid' ? make_kuid(user_ns, id) : make_kgid(user_ns, id);
        if (id < 0 || kid < 0) return err('EINVAL');
        if (key === 'uid') uid = kid;
        else gid = kid;
        break;
      }
      case 'size': case 'nr_blocks': case 'nr_inodes': {
        const [, digits, unit = ''] = /^([0-9]+)([kKmMgG%]?)$/.exec(value) ?? [];
        if (digits === undefined) return err('EINVAL');
        const amount = Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
        if (key === 'nr_inodes') inodes = amount;
        else if (key === 'nr_blocks') blocks = amount;
        else blocks = Math.ceil((unit === '%' ? Math.floor((TOTAL_MEMORY * amount) / 100) : amount) / PAGE);
        shown.set(key, key === 'size' ? `${(blocks * PAGE) / UNITS.k}k` : value);
        break;
      }
      case 'huge': case 'mpol': break;
      default: return err('EINVAL');
    }
  }
  // owners are shown as the machine's first user namespace knows them, unless they are root
  if (!now) for (const [key, kid] of [['uid', uid ?? k.current.cred.fsuid], ['gid', gid ?? k.current.cred.fsgid]] as const) if (kid !== 0) shown.set(key, String(kid));
  const order = ['size', 'nr_blocks', 'nr_inodes', 'mode', 'uid', 'gid'];
  return { mode, uid, gid, blocks, inodes, shown: order.filter((key) => shown.has(key)).map((key) => `,${key}=${shown.get(key) ?? ''}`).join('') };
}

const UNITS: { readonly k: number; readonly [unit: string]: number } = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
/** Of the modelled computer, in bytes. */
export const TOTAL_MEMORY = 2 ** 31;

const TMPFS_MAGIC = 0x01021994;
register_filesystem({
  name: 'tmpfs', userns_mount: true, magic: TMPFS_MAGIC, parameters: ['size', 'nr_blocks', 'nr_inodes', 'mode', 'uid', 'gid', 'huge', 'mpol'], get_tree: tmpfs_get_tree('tmpfs', 0o777 | S_ISVTX),
  reconfigure(k, sb, request) {
    const options = apply(k, request, 0, sb);
    if (typeof options === 'number') return options;
    const used = shmem_usage(k, sb);
    if ((options.blocks > 0 && options.blocks < used.blocks) || (options.inodes > 0 && options.inodes < used.inodes)) return err('EINVAL');
    k.trace.write(sb, 's_max_blocks', options.blocks);
    k.trace.write(sb, 's_max_inodes', options.inodes);
    if (options.shown !== '') k.trace.write(sb, 's_options', options.shown);
    return 0;
  },
});
register_filesystem({ name: 'ramfs', userns_mount: true, magic: 0x858458f6, get_tree: tmpfs_get_tree('ramfs', 0o755) });
