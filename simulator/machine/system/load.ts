import { d_path } from '../../kernel/dcache.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { from_kgid_munged, from_kuid_munged } from '../../kernel/uidgid.ts';
import { PAGE_SIZE } from '../memory.ts';
import type { Prepared } from './binprm.ts';
import type { Machine } from './machine.ts';
import { pages } from './mapped_files.ts';
import { STACK_FIRST, STACK_TOP, initialStack } from './stack.ts';

const RLIMIT_STACK = 3;
/** Most of the address space that a stack may take when it has no limit. */
const STACK_MOST = 1 << 30;

/** Fills the running task's new and empty address space with the program, and lets the task begin it: as load_elf_binary does. */
export function loadProgram(k: Kernel, machine: Machine, prepared: Prepared): void {
  const { image, exe, argv, envp, filename } = prepared;
  const { current } = k;
  const { mm, cred } = current;
  if (!mm) throw new Error('a task without memory cannot run a program');
  const { user, books } = machine;
  user.do({ op: 'space', mm: mm.id, copy: null });
  const name = current.fs ? d_path(exe, current.fs.root) : image.name;
  let mapped = 0;
  for (const { address, bytes, size, write, name: segment } of image.segments) {
    const start = Math.floor(address / PAGE_SIZE) * PAGE_SIZE;
    const end = pages(address + size);
    // segments with the same protection may share a page
    const from = Math.max(start, mapped);
    if (end > from) {
      const mapping = { read: true, write, execute: segment === 'text', name: segment === 'bss' ? '' : name };
      const room = new Uint8Array(address + bytes.length > from ? address + bytes.length - from : 0);
      if (address >= from) room.set(bytes, address - from);
      else room.set(bytes.subarray(from - address));
      user.do({ op: 'map', mm: mm.id, from, length: end - from, mapping: room.length > 0 ? { ...mapping, bytes: room } : mapping });
    }
    if (address < from && bytes.length > 0) user.write(mm.id, address, bytes.subarray(0, from - address));
    mapped = Math.max(mapped, end);
  }
  const heap = Math.max(image.brk, mapped);
  k.trace.insert(books.heaps, mm.id, { start: heap, end: heap });
  const limit = Math.min(current.signal.rlimit.get(RLIMIT_STACK)?.cur ?? STACK_MOST, STACK_MOST);
  const { user_ns } = cred;
  const ids = [from_kuid_munged(user_ns, cred.uid), from_kuid_munged(user_ns, cred.euid), from_kgid_munged(user_ns, cred.gid), from_kgid_munged(user_ns, cred.egid)] as const;
  const secure = mm.dumpable === 0 && !prepared.unreadable;
  const { pointer, bytes } = initialStack({ argv, envp, filename, entry: image.entry, ids, secure, seed: current.id });
  const first = Math.max(STACK_FIRST, pages(bytes.length) + PAGE_SIZE);
  const growsDownTo = STACK_TOP - Math.max(pages(limit), first);
  user.do({ op: 'map', mm: mm.id, from: STACK_TOP - first, length: first, mapping: { read: true, write: true, execute: false, name: '[stack]', growsDownTo } });
  user.write(mm.id, pointer, bytes);
  user.do({ op: 'start', task: current.id, image, stack: pointer });
  books.forgetProgram(k, current.id);
}
