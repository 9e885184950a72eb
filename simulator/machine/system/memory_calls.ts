import { CAP_IPC_LOCK, capable } from '../../kernel/capability.ts';
import { d_path } from '../../kernel/dcache.ts';
import { err, isErr, type Err } from '../../kernel/errno.ts';
import { fget } from '../../kernel/files.ts';
import { f_readable, f_writable, is_reg } from '../../kernel/mode.ts';
import { MNT_NOEXEC } from '../../kernel/mount.ts';
import { seals_allow_mapping } from '../../kernel/seals.ts';
import type { Call, SyscallRow } from '../../kernel/syscalls/table.ts';
import { filled, int, long, refuses, uint } from '../../kernel/syscalls/table.ts';
import { vfs_read } from '../../kernel/read_write.ts';
import type { file } from '../../kernel/vfs.ts';
import { PAGE_SIZE } from '../memory.ts';
import type { AddressSpace, Protection, Region } from '../memory.ts';
import { TASK_SIZE, within } from './machine.ts';
import type { Machine } from './machine.ts';
import { objectOf, pages, writeBack } from './mapped_files.ts';
import type { Mapping } from './operation.ts';
import { detachRange } from './shm_calls.ts';

const PROT_READ = 1;
const PROT_WRITE = 2;
const PROT_EXEC = 4;
const PROT_KNOWN = 0x0300000f;
const MAP_SHARED = 1;
const MAP_TYPE = 0xf;
const MAP_FIXED = 0x10;
const MAP_ANONYMOUS = 0x20;
const MAP_GROWSDOWN = 0x100;
const MAP_FIXED_NOREPLACE = 0x100000;
/** mmap_min_addr: nothing may be mapped below. */
const MIN_ADDRESS = 65536;
const STACK_LIMIT = 8 << 20;

/** What x86-64 can do: who may write or execute may also read. */
export function protection(prot: number): Protection {
  return { read: (prot & (PROT_READ | PROT_WRITE | PROT_EXEC)) !== 0, write: (prot & PROT_WRITE) !== 0, execute: (prot & PROT_EXEC) !== 0 };
}

function aligned(address: number): boolean {
  return address % PAGE_SIZE === 0;
}

export function mmOf({ k }: Call): number {
  return k.current.mm?.id ?? 0;
}

/** Is any of the range mapped? */
export function taken(space: AddressSpace, from: number, to: number): boolean {
  return space.regions.some((region) => region.from < to && region.to > from);
}

/** Is all of the range mapped? */
function covered(space: AddressSpace, from: number, to: number): boolean {
  let at = from;
  for (const region of space.regions) if (region.from <= at && region.to > at) at = region.to;
  return at >= to;
}

/** Where mmap puts it: where it must, where the program would like it, or anywhere; or ENOMEM, EINVAL, EPERM, EEXIST. */
export function placed(space: AddressSpace, address: number, length: number, flags: number): number | Err {
  if (length > TASK_SIZE) return err('ENOMEM');
  if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) !== 0) {
    if (!aligned(address)) return err('EINVAL');
    if (!within(address, length)) return err('ENOMEM');
    if (address < MIN_ADDRESS) return err('EPERM');
    return (flags & MAP_FIXED_NOREPLACE) !== 0 && taken(space, address, address + length) ? err('EEXIST') : address;
  }
  const wish = Math.floor(address / PAGE_SIZE) * PAGE_SIZE;
  if (wish >= MIN_ADDRESS && within(wish, length) && !taken(space, wish, wish + length)) return wish;
  return space.findFree(length) ?? err('ENOMEM');
}

/** The file of a mapping, or why it cannot be mapped. */
function mappable(call: Call, fd: number, prot: number, shared: boolean): file | Err {
  const of = fget(call.k, fd);
  if (!of) return err('EBADF');
  if (!f_readable(of.f_flags) || (shared && (prot & PROT_WRITE) !== 0 && !f_writable(of.f_flags))) return err('EACCES');
  const at = of.f_path;
  if (at && (prot & PROT_EXEC) !== 0 && (at.mnt.mnt_flags & MNT_NOEXEC) !== 0) return err('EPERM');
  return at && is_reg(at.dentry.d_inode.i_mode) && at.dentry.d_inode.i_private === null ? of : err('ENODEV');
}

function mmap(machine: Machine, call: Call, address: number, length: number, prot: number, flags: number, fd: number, offset: number): number {
  const { k } = call;
  const type = flags & MAP_TYPE;
  if (!aligned(offset) || offset < 0) return err('EINVAL');
  const anonymous = (flags & MAP_ANONYMOUS) !== 0;
  const shared = (type & MAP_SHARED) !== 0;
  const of = anonymous ? null : mappable(call, fd, prot, shared);
  if (of === err('EBADF')) return of;
  if (length === 0 || type < 1 || type > 3) return err('EINVAL');
  if (length < 0) return err('ENOMEM');
  if (isErr(of)) return of;
  const sealed = of?.f_path && shared && (prot & PROT_WRITE) !== 0 ? seals_allow_mapping(of.f_path.dentry.d_inode) : 0;
  if (sealed) return sealed;
  const mm = mmOf(call);
  const size = pages(length);
  const space = machine.user.space(mm);
  const from = placed(space, address, size, flags);
  if (isErr(from)) return from;
  const mapping = of ? fileMapping(machine, call, of, size, offset, shared) : anonymousMapping(machine, size, shared, from, flags);
  detachRange(k, machine, mm, from, size);
  machine.user.do({ op: 'map', mm, from, length: size, mapping: { ...protection(prot), ...mapping } });
  return from;
}

type Contents = Omit<Mapping, keyof Protection>;

function anonymousMapping(machine: Machine, size: number, shared: boolean, from: number, flags: number): Contents {
  if (shared) return { name: '/dev/zero (deleted)', object: machine.user.createObject(size) };
  return (flags & MAP_GROWSDOWN) !== 0 ? { name: '', growsDownTo: Math.max(MIN_ADDRESS, from - STACK_LIMIT) } : { name: '' };
}

/** A private mapping has the bytes that the file has now. */
function fileMapping(machine: Machine, { k }: Call, of: file, size: number, offset: number, shared: boolean): Contents {
  const { f_path } = of;
  if (!f_path || !k.current.fs) throw new Error('what is mapped has no name');
  const name = d_path(f_path, k.current.fs.root);
  if (shared) return { name, object: objectOf(k, machine, f_path.dentry.d_inode, offset + size), offset };
  writeBack(k, machine);
  const bytes = vfs_read(k, of, size, offset);
  return bytes instanceof Uint8Array ? { name, bytes, ends: true } : { name };
}

function munmap(machine: Machine, call: Call, address: number, length: number): number {
  if (!aligned(address) || length <= 0 || !within(address, length)) return err('EINVAL');
  const mm = mmOf(call);
  writeBack(call.k, machine);
  detachRange(call.k, machine, mm, address, pages(length));
  machine.user.do({ op: 'unmap', mm, from: address, length: pages(length) });
  return 0;
}

function mprotect(machine: Machine, call: Call, address: number, length: number, prot: number): number {
  if (!aligned(address) || (prot & ~PROT_KNOWN) !== 0) return err('EINVAL');
  if (length === 0) return 0;
  const mm = mmOf(call);
  const size = pages(length);
  if (!within(address, size) || !covered(machine.user.space(mm), address, address + size)) return err('ENOMEM');
  machine.user.do({ op: 'protect', mm, from: address, length: size, protection: protection(prot) });
  return 0;
}

const MREMAP_MAYMOVE = 1;
const MREMAP_FIXED = 2;

/** How a part of a region, from `from` on, is mapped elsewhere. Its bytes, if they are its own, are copied by whoever moves it. */
function mappingOf(machine: Machine, region: Region, from: number): Mapping {
  const { read, write, execute, name, object } = region;
  const plain = { read, write, execute, name };
  if (!object) return plain;
  for (const [id, is] of machine.user.objects) if (is === object) return { ...plain, object: id, offset: region.offset + from - region.from };
  return plain;
}

function mremap(machine: Machine, call: Call, old: number, oldLength: number, newLength: number, flags: number, wish: number): number {
  const moves = (flags & MREMAP_MAYMOVE) !== 0;
  const fixed = (flags & MREMAP_FIXED) !== 0;
  if (!aligned(old) || newLength <= 0 || (flags & ~3) !== 0 || (fixed && (!moves || !aligned(wish)))) return err('EINVAL');
  const mm = mmOf(call);
  const { user } = machine;
  const [from, to] = [pages(oldLength), pages(newLength)];
  const space = user.space(mm);
  const region = space.regions.find((one) => one.from <= old && one.to > old);
  if (!region || old + from > region.to) return err('EFAULT');
  if (!fixed && to <= from) {
    if (to < from) user.do({ op: 'unmap', mm, from: old + to, length: from - to });
    return old;
  }
  if (!fixed && old + from === region.to && within(old, to) && !taken(space, old + from, old + to)) {
    user.do({ op: 'map', mm, from: old + from, length: to - from, mapping: mappingOf(machine, region, old + from) });
    return old;
  }
  if (!moves) return err('ENOMEM');
  const at = fixed ? placed(space, wish, to, MAP_FIXED) : space.findFree(to);
  if (at === null) return err('ENOMEM');
  if (isErr(at)) return at;
  if (fixed && wish < old + from && wish + to > old) return err('EINVAL');
  const mapping = mappingOf(machine, region, old);
  const bytes = mapping.object === undefined ? space.read(old, Math.min(from, to)) : null;
  user.do({ op: 'map', mm, from: at, length: to, mapping: bytes ? { ...mapping, bytes } : mapping });
  user.do({ op: 'unmap', mm, from: old, length: from });
  return at;
}

/** brk(2) as the kernel has it: the end of the heap as it is then, whether it could be moved or not. */
function brk(machine: Machine, call: Call, address: number): number {
  const mm = mmOf(call);
  const { books, user } = machine;
  const heap = books.heaps.get(mm);
  if (!heap) return err('ENOMEM');
  if (address < heap.start || !within(address, 0)) return heap.end;
  const [now, then] = [pages(heap.end), pages(address)];
  if (then > now) {
    if (taken(user.space(mm), now, then)) return heap.end;
    user.do({ op: 'map', mm, from: now, length: then - now, mapping: { ...protection(PROT_READ | PROT_WRITE), name: '[heap]' } });
  } else if (then < now) user.do({ op: 'unmap', mm, from: then, length: now - then });
  call.k.trace.insert(books.heaps, mm, { start: heap.start, end: address });
  return address;
}

const MADV_DONTNEED = 4;
const MADV_KNOWN = new Set([0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);

/** Only MADV_DONTNEED changes what a program sees: its own pages read as zeros. */
function madvise(machine: Machine, call: Call, address: number, length: number, advice: number): number {
  if (!aligned(address) || !MADV_KNOWN.has(advice) || length < 0) return err('EINVAL');
  const size = pages(length);
  const mm = mmOf(call);
  const space = machine.user.space(mm);
  if (!within(address, size) || !covered(space, address, address + size)) return err('ENOMEM');
  if (advice !== MADV_DONTNEED) return 0;
  for (const region of space.regions) {
    const from = Math.max(region.from, address);
    const to = Math.min(region.to, address + size);
    if (from >= to || region.object || region.name.startsWith('/')) continue;
    const { growsDownTo } = region;
    machine.user.do({ op: 'map', mm, from, length: to - from, mapping: { ...mappingOf(machine, region, from), ...(growsDownTo === undefined ? {} : { growsDownTo }) } });
  }
  return 0;
}

const MS_ASYNC = 1;
const MS_SYNC = 4;

function msync(machine: Machine, call: Call, address: number, length: number, flags: number): number {
  if (!aligned(address) || (flags & ~7) !== 0 || (flags & (MS_ASYNC | MS_SYNC)) === (MS_ASYNC | MS_SYNC) || length < 0) return err('EINVAL');
  writeBack(call.k, machine);
  return !within(address, length) || !covered(machine.user.space(mmOf(call)), address, address + pages(length)) ? err('ENOMEM') : 0;
}

const RLIMIT_MEMLOCK = 8;

/** Locking changes nothing that a program sees but these errors. */
function mlock(machine: Machine, call: Call, address: number, length: number): number {
  const { k } = call;
  const limit = k.current.signal.rlimit.get(RLIMIT_MEMLOCK)?.cur ?? 0;
  const free = capable(k, CAP_IPC_LOCK);
  if (!free && limit === 0) return err('EPERM');
  if (!free && length > limit) return err('ENOMEM');
  const start = Math.floor(address / PAGE_SIZE) * PAGE_SIZE;
  return within(start, length) && covered(machine.user.space(mmOf(call)), start, address + length) ? 0 : err('ENOMEM');
}

/** System calls about the caller's own memory. */
export function memoryCalls(machine: Machine): readonly SyscallRow[] {
  return [
    filled('mmap', [long, long, int, int, int, long], (call, address, length, prot, flags, fd, offset) => mmap(machine, call, address, length, prot, flags, fd, offset)),
    filled('munmap', [long, long], (call, address, length) => munmap(machine, call, address, length)),
    filled('mprotect', [long, long, int], (call, address, length, prot) => mprotect(machine, call, address, length, prot)),
    filled('mremap', [long, long, long, int, long], (call, old, oldLength, newLength, flags, wish) => mremap(machine, call, old, oldLength, newLength, flags, wish)),
    filled('brk', [long], (call, address) => brk(machine, call, address)),
    filled('madvise', [long, long, int], (call, address, length, advice) => madvise(machine, call, address, length, advice)),
    filled('msync', [long, long, int], (call, address, length, flags) => msync(machine, call, address, length, flags)),
    filled('mlock', [long, long], (call, address, length) => mlock(machine, call, address, length)),
    filled('mlock2', [long, long, uint], (call, address, length, flags) => ((flags & ~1) !== 0 ? err('EINVAL') : mlock(machine, call, address, length))),
    filled('munlock', [long, long], (_, address, length) => (within(address, length) ? 0 : err('ENOMEM'))),
    filled('mlockall', [int], (_, flags) => (flags === 0 || (flags & ~7) !== 0 || flags === 4 ? err('EINVAL') : 0)),
    filled('munlockall', [], () => 0),
    refuses('remap_file_pages', 'EINVAL'),
  ];
}
