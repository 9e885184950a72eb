import { err, isErr, type Err } from './errno.ts';
import { register_filesystem } from './file_system.ts';
import type { MountRequest } from './file_system.ts';
import { i_op, register_inode_ops } from './inode_ops.ts';
import type { NewNode, dirent } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { S_IFCHR, S_IFDIR, S_IFMT, is_dir } from './mode.ts';
import { kern_path } from './namei.ts';
import { KObject } from './object.ts';
import { SB_RDONLY, alloc_super, deactivate_super, get_super, parse_options } from './super.ts';
import type { user_namespace } from './user.ts';
import { atLeast } from './version.ts';
import { copy_xattrs, is_opaque, set_opaque } from './xattr.ts';
import { dentry, inode } from './vfs.ts';
import type { path, super_block } from './vfs.ts';

/** What the instance is made of: it keeps its layers' file systems. */
class ovl_fs extends KObject {
  override readonly kind = 'overlay';
  readonly layers: readonly super_block[];
  constructor(layers: readonly super_block[]) {
    super();
    this.layers = layers;
  }
}

/**
 * A directory of an overlay: the directories of the layers that it merges. A file is not merged: its name leads to the inode of the highest layer that has it,
 * until it is changed and its copy in the upper layer takes its place.
 */
class ovl_inode extends KObject {
  override readonly kind = 'overlay directory';
  upper: dentry | null;
  readonly lowers: readonly dentry[];
  constructor(upper: dentry | null, lowers: readonly dentry[]) {
    super();
    this.upper = upper;
    this.lowers = lowers;
  }
}

function ovl_of(dir: dentry): ovl_inode {
  const { i_object } = dir.d_inode;
  if (!(i_object instanceof ovl_inode)) throw new Error(`${dir.d_name} is no directory of an overlay`);
  return i_object;
}

/** A device 0:0: the name is not there, whatever the layers below have. */
function is_whiteout({ d_inode }: dentry): boolean {
  return (d_inode.i_mode & S_IFMT) === S_IFCHR && d_inode.i_rdev === 0;
}

function real_lookup(k: Kernel, dir: dentry, name: string): dentry | null {
  const found = i_op(dir.d_inode).lookup?.(k, dir, name) ?? null;
  return isErr(found) ? null : found;
}

/** Does a lower layer show this name? */
function in_lower(k: Kernel, dir: dentry, name: string): boolean {
  for (const lower of ovl_of(dir).lowers) {
    const found = real_lookup(k, lower, name);
    if (found) return !is_whiteout(found);
  }
  return false;
}

function copy_attributes(k: Kernel, from: inode, to: inode): void {
  for (const field of ['i_uid', 'i_gid'] as const) k.trace.write(to, field, from[field]);
  k.trace.write(to, 'i_mode', from.i_mode);
  for (const field of ['i_atime', 'i_mtime'] as const) k.trace.write(to, field, from[field]);
  copy_xattrs(k, from, to);
}

function make_dir(k: Kernel, sb: super_block, upper: dentry | null, lowers: readonly dentry[]): inode {
  const [shown = upper] = upper ? [upper] : lowers;
  if (!shown) throw new Error('a directory of an overlay without layers');
  const from = shown.d_inode;
  const made = new inode(sb, from.i_ino, from.i_mode, 'overlay');
  made.i_uid = from.i_uid;
  made.i_gid = from.i_gid;
  made.i_atime = from.i_atime;
  made.i_mtime = from.i_mtime;
  made.i_ctime = from.i_ctime;
  made.i_xattrs = from.i_xattrs;
  // how many directories a merged one has is not known
  made.i_nlink = upper && lowers.length > 0 ? 1 : from.i_nlink;
  made.i_object = k.trace.alloc(new ovl_inode(upper, lowers));
  return k.trace.alloc(made);
}

/** Names are kept: who stands in a directory must see its copy in the upper layer once there is one. */
function keep(k: Kernel, dir: dentry, name: string, of: inode): dentry {
  const made = k.trace.alloc(new dentry(dir, name, of));
  k.trace.insert(dir.d_children, name, made);
  return made;
}

function forget(k: Kernel, of: dentry): void {
  if (of.d_parent) k.trace.remove(of.d_parent.d_children, of.d_name);
  k.trace.write(of, 'd_unlinked', true);
}

function lookup(k: Kernel, dir: dentry, name: string): dentry | null {
  const known = dir.d_children.get(name);
  if (known) return known;
  const { upper: above, lowers } = ovl_of(dir);
  const upper = above ? real_lookup(k, above, name) : null;
  if (upper && is_whiteout(upper)) return null;
  if (upper && !is_dir(upper.d_inode.i_mode)) return keep(k, dir, name, upper.d_inode);
  const merged: dentry[] = [];
  for (const lower of upper && is_opaque(upper.d_inode) ? [] : lowers) {
    const found = real_lookup(k, lower, name);
    if (!found) continue;
    if (is_whiteout(found)) break;
    if (!is_dir(found.d_inode.i_mode)) {
      if (!upper && merged.length === 0) return keep(k, dir, name, found.d_inode);
      break;
    }
    merged.push(found);
    if (is_opaque(found.d_inode)) break;
  }
  return upper || merged.length > 0 ? keep(k, dir, name, make_dir(k, dir.d_inode.i_sb, upper, merged)) : null;
}

/** The lowest layer's names come first, then those of the others from above. */
function readdir(k: Kernel, dir: dentry): readonly dirent[] | Err {
  const { upper, lowers } = ovl_of(dir);
  const layers = [...upper ? [upper] : [], ...lowers];
  const names: string[] = [];
  for (const layer of [...layers.slice(-1), ...layers.slice(0, -1)]) {
    const entries = i_op(layer.d_inode).readdir?.(k, layer) ?? [];
    if (isErr(entries)) return entries;
    names.push(...entries.map(({ name }) => name));
  }
  return [...new Set(names)].flatMap((name) => {
    const found = lookup(k, dir, name);
    return found ? [{ name, ino: found.d_inode.i_ino, type: found.d_inode.i_mode & S_IFMT }] : [];
  });
}

/** The directory in the upper layer, made as the lower one is if need be, and those above it. Errors: EROFS when there is no upper layer. */
function upper_dir(k: Kernel, dir: dentry): dentry | Err {
  const ovl = ovl_of(dir);
  if (ovl.upper) return ovl.upper;
  if (!dir.d_parent) return err('EROFS');
  const above = upper_dir(k, dir.d_parent);
  if (isErr(above)) return above;
  const made = i_op(above.d_inode).create?.(k, above, dir.d_name, { mode: dir.d_inode.i_mode }) ?? err('EPERM');
  if (isErr(made)) return made;
  copy_attributes(k, dir.d_inode, made.d_inode);
  k.trace.write(ovl, 'upper', made);
  if (ovl.lowers.length > 0) k.trace.write(dir.d_inode, 'i_nlink', 1);
  return made;
}

/** The name whose inode is the upper layer's: before it is changed, a lower file is copied. Who has the lower one open keeps that. */
function copy_up(k: Kernel, of: dentry): dentry | Err {
  if (of.d_unlinked && (is_dir(of.d_inode.i_mode) || of.d_parent?.d_children.get(of.d_name) === undefined)) return of;
  if (is_dir(of.d_inode.i_mode)) {
    const upper = upper_dir(k, of);
    return isErr(upper) ? upper : of;
  }
  const dir = of.d_parent;
  if (!dir) return of;
  const above = upper_dir(k, dir);
  if (isErr(above)) return above;
  const there = real_lookup(k, above, of.d_name);
  if (there && !is_whiteout(there)) return there.d_inode === of.d_inode ? of : lookup(k, dir, of.d_name) ?? of;
  const from = of.d_inode;
  const made = i_op(above.d_inode).create?.(k, above, of.d_name, { mode: from.i_mode, rdev: from.i_rdev, link: from.i_link }) ?? err('EPERM');
  if (isErr(made)) return made;
  copy_attributes(k, from, made.d_inode);
  k.trace.write(made.d_inode, 'i_data', from.i_data);
  forget(k, of);
  return keep(k, dir, of.d_name, made.d_inode);
}

/** Takes away what the upper layer has of a name: a whiteout, a file, or a directory with nothing but whiteouts in it. */
function clear_upper(k: Kernel, above: dentry, name: string): 0 | Err {
  const there = real_lookup(k, above, name);
  if (!there) return 0;
  const ops = i_op(above.d_inode);
  if (!is_dir(there.d_inode.i_mode)) return ops.unlink?.(k, there) ?? err('EPERM');
  for (const inside of [...there.d_children.values()]) if (is_whiteout(inside)) i_op(there.d_inode).unlink?.(k, inside);
  return ops.rmdir?.(k, there) ?? err('EPERM');
}

function whiteout(k: Kernel, dir: dentry, above: dentry, name: string): void {
  if (in_lower(k, dir, name)) i_op(above.d_inode).create?.(k, above, name, { mode: S_IFCHR, rdev: 0 });
}

function create(k: Kernel, dir: dentry, name: string, node: NewNode): dentry | Err {
  const above = upper_dir(k, dir);
  if (isErr(above)) return above;
  const hidden = in_lower(k, dir, name);
  const failed = clear_upper(k, above, name);
  if (failed) return failed;
  const made = i_op(above.d_inode).create?.(k, above, name, node) ?? err('EPERM');
  if (isErr(made)) return made;
  if (!is_dir(node.mode)) return keep(k, dir, name, made.d_inode);
  // what the layers below have by this name was removed, and stays so
  if (hidden) set_opaque(k, made.d_inode);
  return keep(k, dir, name, make_dir(k, dir.d_inode.i_sb, made, []));
}

function remove(k: Kernel, of: dentry): 0 | Err {
  const dir = of.d_parent;
  if (!dir) return err('EBUSY');
  const above = upper_dir(k, dir);
  if (isErr(above)) return above;
  const failed = clear_upper(k, above, of.d_name);
  if (failed) return failed;
  whiteout(k, dir, above, of.d_name);
  forget(k, of);
  return 0;
}

function is_empty(k: Kernel, dir: dentry): boolean {
  const entries = readdir(k, dir);
  return !isErr(entries) && entries.length === 0;
}

function rename(k: Kernel, of: dentry, dir: dentry, name: string): 0 | Err {
  const from = of.d_parent;
  if (!from) return err('EBUSY');
  const isdir = is_dir(of.d_inode.i_mode);
  // what is below cannot be moved, and nothing says where it was
  if (isdir && ovl_of(of).lowers.length > 0) return err('EXDEV');
  const target = lookup(k, dir, name);
  if (target && is_dir(target.d_inode.i_mode) && !is_empty(k, target)) return err('ENOTEMPTY');
  const now = copy_up(k, of);
  if (isErr(now)) return now;
  const [source, above] = [upper_dir(k, from), upper_dir(k, dir)];
  if (isErr(source)) return source;
  if (isErr(above)) return above;
  const real = real_lookup(k, source, of.d_name);
  const failed = clear_upper(k, above, name) || (real ? i_op(source.d_inode).rename?.(k, real, above, name) ?? err('EPERM') : err('ENOENT'));
  if (failed) return failed;
  if (isdir && real && in_lower(k, dir, name)) set_opaque(k, real.d_inode);
  whiteout(k, from, source, of.d_name);
  if (target) forget(k, target);
  k.trace.remove(from.d_children, of.d_name);
  for (const each of new Set([of, now])) {
    k.trace.write(each, 'd_parent', dir);
    k.trace.write(each, 'd_name', name);
  }
  k.trace.insert(dir.d_children, name, now);
  return 0;
}

function link(k: Kernel, old: dentry, dir: dentry, name: string): 0 | Err {
  const now = copy_up(k, old);
  if (isErr(now)) return now;
  const source = now.d_parent ? upper_dir(k, now.d_parent) : err('ENOENT');
  if (isErr(source)) return source;
  const above = upper_dir(k, dir);
  if (isErr(above)) return above;
  const real = real_lookup(k, source, now.d_name);
  const failed = clear_upper(k, above, name) || (real ? i_op(above.d_inode).link?.(k, real, above, name) ?? err('EPERM') : err('ENOENT'));
  if (failed) return failed;
  keep(k, dir, name, now.d_inode);
  return 0;
}

register_inode_ops('overlay', {
  f_op: 'mem', lookup, readdir, create, unlink: remove, rename, link, copy_up,
  rmdir: (k, of) => (is_empty(k, of) ? remove(k, of) : err('ENOTEMPTY')),
  attributes_changed(k, of) {
    const upper = of.i_object instanceof ovl_inode ? of.i_object.upper : null;
    if (upper) copy_attributes(k, of, upper.d_inode);
  },
  size(k, of) {
    const shown = of.i_object instanceof ovl_inode ? of.i_object.upper ?? of.i_object.lowers[0] : undefined;
    return shown ? i_op(shown.d_inode).size?.(k, shown.d_inode, shown) ?? 0 : 0;
  },
});

interface Layers { readonly lowers: readonly path[]; readonly upper: path | null; readonly work: path | null; readonly shown: string }

/** Options that change nothing that the model shows. */
const ACCEPTED: ReadonlySet<string> = new Set(['redirect_dir', 'index', 'nfs_export', 'xino', 'metacopy', 'userxattr', 'volatile', 'uuid', 'verity', 'default_permissions']);

function directory(k: Kernel, name: string): path | Err {
  const at = kern_path(k, name);
  if (isErr(at)) return at;
  return is_dir(at.dentry.d_inode.i_mode) ? at : err('ENOTDIR');
}

/** Errors: EINVAL (a layer is missing; the upper one and the work directory are not of one mount, or on an overlay themselves), ENOENT, ENOTDIR. */
function parse(k: Kernel, { data }: MountRequest): Layers | Err {
  const options = new Map<string, string>();
  const below: string[] = [];
  for (const [key, value] of parse_options(data)) {
    if (key === 'lowerdir') below.splice(0, Infinity, ...(value ?? '').split(':'));
    else if (key === 'lowerdir+') below.push(value ?? '');
    else if (key === 'upperdir' || key === 'workdir') options.set(key, value ?? '');
    else if (!ACCEPTED.has(key)) return err('EINVAL');
  }
  const places: path[] = [];
  const [upperdir, workdir] = [options.get('upperdir'), options.get('workdir')];
  for (const name of [...below, ...upperdir === undefined ? [] : [upperdir], ...workdir === undefined ? [] : [workdir]]) {
    const at = directory(k, name);
    if (isErr(at)) return at;
    places.push(at);
  }
  if (below.length === 0 || (upperdir !== undefined && workdir === undefined) || (upperdir === undefined && below.length < 2)) return err('EINVAL');
  const lowers = places.slice(0, below.length);
  const [upper = null, work = null] = upperdir === undefined ? [] : places.slice(below.length);
  if (upper && work && (upper.mnt !== work.mnt || upper.dentry === work.dentry || [upper, work].some(({ mnt }) => mnt.mnt_sb.s_type === 'overlay'))) return err('EINVAL');
  // what is kept in attributes that only the machine's root may write is not there for others
  const trusted = k.current.cred.user_ns === k.init_user_ns;
  const uuid = upper && atLeast(k.version, '6.12') ? `,uuid=${trusted ? 'on' : 'null'}` : '';
  const shown = `,lowerdir=${below.join(':')}${upper ? `,upperdir=${upperdir ?? ''},workdir=${workdir ?? ''}` : ''}${trusted ? '' : ',redirect_dir=nofollow'}${uuid}`;
  return { lowers, upper, work, shown };
}

function get_tree(k: Kernel, request: MountRequest, user_ns: user_namespace): super_block | Err {
  const layers = parse(k, request);
  if (isErr(layers)) return layers;
  const { lowers, upper, work } = layers;
  // where copies are made before they get their names
  if (work && !real_lookup(k, work.dentry, 'work')) i_op(work.dentry.d_inode).create?.(k, work.dentry, 'work', { mode: S_IFDIR });
  const kept = k.trace.alloc(new ovl_fs([...lowers, ...upper ? [upper] : []].map(({ mnt }) => get_super(k, mnt.mnt_sb))));
  return alloc_super(k, 'overlay', user_ns, kept, (sb) => {
    sb.s_root = k.trace.alloc(new dentry(null, '/', make_dir(k, sb, upper?.dentry ?? null, lowers.map((at) => at.dentry))));
    sb.s_options = layers.shown;
    if (!upper) sb.s_flags |= SB_RDONLY;
  });
}

/** The names of the instance go; the files are the layers'. */
function free_names(k: Kernel, sb: super_block, dir: dentry): void {
  for (const child of [...dir.d_children.values()]) {
    free_names(k, sb, child);
    if (child.d_inode.i_sb === sb) {
      if (child.d_inode.i_object) k.trace.free(child.d_inode.i_object);
      k.trace.free(child.d_inode);
    }
    k.trace.remove(dir.d_children, child.d_name);
    k.trace.free(child);
  }
}

function kill_sb(k: Kernel, sb: super_block): void {
  const { s_fs_info } = sb;
  if (!(s_fs_info instanceof ovl_fs)) return;
  free_names(k, sb, sb.s_root);
  if (sb.s_root.d_inode.i_object) k.trace.free(sb.s_root.d_inode.i_object);
  for (const layer of s_fs_info.layers) deactivate_super(k, layer);
  k.trace.free(s_fs_info);
}

register_filesystem({ name: 'overlay', userns_mount: true, magic: 0x794c7630, get_tree, kill_sb });
