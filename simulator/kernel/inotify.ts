import { err, isErr, type Err } from './errno.ts';
import { anon_inode_getfd } from './eventfd.ts';
import { FIONREAD, READABLE, register_file_ops } from './file_ops.ts';
import { fget } from './files.ts';
import { IN_DELETE_SELF, IN_EXCL_UNLINK, IN_IGNORED, IN_ISDIR, IN_MOVE_SELF, IN_UNMOUNT, fsnotify_mark, register_fsnotify } from './fsnotify.ts';
import type { Kernel } from './kernel.ts';
import { AT_FDCWD, MAY_READ, O_CLOEXEC, O_NONBLOCK } from './mode.ts';
import { LOOKUP_DIRECTORY, LOOKUP_FOLLOW, filename_lookup } from './namei.ts';
import { KObject } from './object.ts';
import { inode_permission } from './permission.ts';
import { wait_on, wake_up } from './sched.ts';
import { byte_length, encode } from './text.ts';
import { Table } from './trace.ts';
import { Writer } from './uaccess.ts';
import type { file, inode } from './vfs.ts';

const IN_ALL_EVENTS = 0xfff;
const IN_Q_OVERFLOW = 0x4000;
const IN_ONLYDIR = 0x01000000;
const IN_DONT_FOLLOW = 0x02000000;
const IN_MASK_CREATE = 0x10000000;
const IN_MASK_ADD = 0x20000000;
const IN_ONESHOT = 0x80000000;
/** Bits that a caller may pass: one of them at least. Those of the answer count, too. */
const ALL_INOTIFY_BITS = IN_ALL_EVENTS | IN_UNMOUNT | IN_Q_OVERFLOW | IN_IGNORED | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_ADD | IN_MASK_CREATE | IN_ISDIR | IN_ONESHOT;
/** Of the mark itself. */
const KEPT = IN_ALL_EVENTS | IN_UNMOUNT | IN_IGNORED | IN_EXCL_UNLINK | IN_ONESHOT;
/** struct inotify_event without its name. */
const HEADER = 16;
const MAX_QUEUED = 16384;

interface Event { readonly wd: number; readonly mask: number; readonly cookie: number; readonly name: string }

/** What an inotify descriptor stands for: its watches, and what happened to them and was not read yet. */
export class fsnotify_group extends KObject {
  override readonly kind = 'inotify';
  /** By watch descriptor. */
  readonly watches = new Table<number, inotify_mark>(this, 'watches');
  events: readonly Event[] = [];
  last_wd = 0;
}

/** One watch. */
export class inotify_mark extends fsnotify_mark {
  override readonly kind = 'inotify_mark';
  readonly group: fsnotify_group;
  readonly wd: number;
  constructor(group: fsnotify_group, wd: number, of: inode, mask: number) {
    super(of, mask);
    this.group = group;
    this.wd = wd;
  }
}

/** inotify_init1(2). Errors: EINVAL, EMFILE. */
export function sys_inotify_init1(k: Kernel, flags: number): number {
  return (flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0 ? err('EINVAL') : anon_inode_getfd(k, 'inotify', new fsnotify_group(), flags);
}

function group_of(k: Kernel, fd: number): fsnotify_group | Err {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  return of.private_data instanceof fsnotify_group ? of.private_data : err('EINVAL');
}

/** inotify_add_watch(2): the watch descriptor. Errors: EINVAL, EBADF, EEXIST, EACCES, ENOTDIR and those of the walk. */
export function sys_inotify_add_watch(k: Kernel, fd: number, name: string, mask: number): number {
  if ((mask & ~ALL_INOTIFY_BITS) !== 0 || (mask & ALL_INOTIFY_BITS) === 0) return err('EINVAL');
  if (!fget(k, fd)) return err('EBADF');
  if ((mask & IN_MASK_ADD) !== 0 && (mask & IN_MASK_CREATE) !== 0) return err('EINVAL');
  const group = group_of(k, fd);
  if (isErr(group)) return group;
  const at = filename_lookup(k, AT_FDCWD, name, ((mask & IN_DONT_FOLLOW) === 0 ? LOOKUP_FOLLOW : 0) | ((mask & IN_ONLYDIR) === 0 ? 0 : LOOKUP_DIRECTORY));
  if (isErr(at)) return at;
  const node = at.dentry.d_inode;
  const denied = inode_permission(k, node, MAY_READ);
  if (denied) return denied;
  const wanted = (mask & KEPT) | IN_UNMOUNT | IN_IGNORED;
  for (const known of group.watches.values()) {
    if (known.inode !== node) continue;
    if ((mask & IN_MASK_CREATE) !== 0) return err('EEXIST');
    k.trace.write(known, 'mask', (mask & IN_MASK_ADD) === 0 ? wanted : known.mask | wanted);
    return known.wd;
  }
  const wd = group.last_wd + 1;
  k.trace.write(group, 'last_wd', wd);
  const mark = k.trace.alloc(new inotify_mark(group, wd, node, wanted));
  k.trace.insert(group.watches, wd, mark);
  k.trace.insert(k.fsnotify_marks, mark.id, mark);
  return wd;
}

/** inotify_rm_watch(2). Errors: EBADF, EINVAL. */
export function sys_inotify_rm_watch(k: Kernel, fd: number, wd: number): number {
  const group = group_of(k, fd);
  if (isErr(group)) return group;
  const mark = group.watches.get(wd);
  if (!mark) return err('EINVAL');
  destroy_mark(k, mark);
  return 0;
}

/** A watch ends: the last that is told of it. */
function destroy_mark(k: Kernel, mark: inotify_mark): void {
  const { group, wd } = mark;
  queue(k, group, { wd, mask: IN_IGNORED, cookie: 0, name: '' });
  drop_mark(k, mark);
}

function drop_mark(k: Kernel, mark: inotify_mark): void {
  k.trace.remove(mark.group.watches, mark.wd);
  k.trace.remove(k.fsnotify_marks, mark.id);
  k.trace.free(mark);
}

function same(a: Event | undefined, b: Event): boolean {
  return a !== undefined && (a.mask & IN_IGNORED) === 0 && a.mask === b.mask && a.wd === b.wd && a.name === b.name;
}

/** The same again right after itself is told once. */
function queue(k: Kernel, group: fsnotify_group, event: Event): void {
  const last = group.events.at(-1);
  if (same(last, event)) return;
  if (group.events.length > MAX_QUEUED) return;
  k.trace.write(group, 'events', [...group.events, group.events.length === MAX_QUEUED ? { wd: -1, mask: IN_Q_OVERFLOW, cookie: 0, name: '' } : event]);
  wake_up(k, group);
}

register_fsnotify({
  event(k, mark, mask, name, cookie) {
    if (!(mark instanceof inotify_mark)) return;
    // Of a directory itself that it moved or went is told as of any file.
    const told = (mask & (IN_MOVE_SELF | IN_DELETE_SELF)) === 0 ? mask : mask & ~IN_ISDIR;
    queue(k, mark.group, { wd: mark.wd, mask: told, cookie, name });
    if ((mark.mask & IN_ONESHOT) !== 0) destroy_mark(k, mark);
  },
  gone(k, mark) {
    if (mark instanceof inotify_mark) destroy_mark(k, mark);
  },
});

/** Names end with zeros, up to the next multiple of the header's size. */
function length_of({ name }: Event): number {
  return HEADER + (name === '' ? 0 : Math.ceil((byte_length(name) + 1) / HEADER) * HEADER);
}

function ctx_of(of: file): fsnotify_group {
  return of.private_data as fsnotify_group;
}

register_file_ops('inotify', {
  read(k, of, count) {
    const group = ctx_of(of);
    const [first] = group.events;
    if (!first) return of.f_flags & O_NONBLOCK ? err('EAGAIN') : wait_on(k, group, 'read');
    if (length_of(first) > count) return err('EINVAL');
    const to = new Writer();
    let taken = 0;
    let room = count;
    for (const event of group.events) {
      const length = length_of(event);
      if (length > room) break;
      to.u32(event.wd >>> 0).u32(event.mask >>> 0).u32(event.cookie).u32(length - HEADER).fixed(encode(event.name), length - HEADER);
      room -= length;
      taken++;
    }
    k.trace.write(group, 'events', group.events.slice(taken));
    return to.done();
  },
  stream: true,
  ioctl: (_, of, cmd) => (cmd === FIONREAD ? { value: 0, out: new Writer().u32(ctx_of(of).events.reduce((sum, event) => sum + length_of(event), 0)).done() } : err('ENOTTY')),
  poll: (_, of) => (ctx_of(of).events.length > 0 ? READABLE : 0),
  release(k, of) {
    const group = ctx_of(of);
    for (const mark of [...group.watches.values()]) drop_mark(k, mark);
    k.trace.free(group);
  },
  name: () => 'anon_inode:inotify',
});
