import type { Kernel } from '../../kernel/kernel.ts';
import type { inode } from '../../kernel/vfs.ts';
import { PAGE_SIZE } from '../memory.ts';
import type { Machine } from './machine.ts';

/** Up to whole pages. */
export function pages(length: number): number {
  return Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
}

/**
 * The shared object of a file that is mapped MAP_SHARED. File and object are made the same before each system call (what programs wrote to memory) and after it
 * (what the call wrote to the file): nobody can see a difference, since the file is looked at in system calls only.
 */
export function objectOf(k: Kernel, machine: Machine, node: inode, length: number): number {
  const { user, books } = machine;
  const known = books.files.get(node);
  const kept = known && user.objects.get(known.object);
  if (known && kept) {
    const before = kept.length;
    if (before >= length) return known.object;
    user.do({ op: 'grow object', object: known.object, length: pages(length) });
    user.do({ op: 'write object', object: known.object, offset: before, bytes: node.i_data.subarray(before) });
    return known.object;
  }
  const object = user.createObject(pages(Math.max(length, node.i_data.length, PAGE_SIZE)));
  user.do({ op: 'write object', object, offset: 0, bytes: node.i_data });
  user.do({ op: 'limit object', object, end: node.i_data.length });
  k.trace.insert(books.files, node, { object, node, data: node.i_data });
  return object;
}

/** What programs wrote to mapped files becomes the files' contents; only as far as they reach. */
export function writeBack(k: Kernel, { user, books }: Machine): void {
  for (const mapped of books.files.values()) {
    const { object, node, data } = mapped;
    const bytes = user.objects.get(object)?.read(0, Math.min(node.i_data.length, user.objects.get(object)?.length ?? 0));
    if (!bytes || node.i_data !== data || same(bytes, data)) continue;
    const now = node.i_data.slice();
    now.set(bytes);
    k.trace.write(node, 'i_data', now);
    k.trace.insert(books.files, node, { object, node, data: now });
  }
}

/** What was written to mapped files is seen by those who map them. */
export function readAgain(k: Kernel, { user, books }: Machine): void {
  for (const { object, node, data } of books.files.values()) {
    if (node.i_data === data) continue;
    const { length } = user.objects.get(object) ?? { length: 0 };
    const bytes = new Uint8Array(Math.min(length, pages(Math.max(data.length, node.i_data.length))));
    bytes.set(node.i_data.subarray(0, length));
    user.do({ op: 'write object', object, offset: 0, bytes });
    user.do({ op: 'limit object', object, end: node.i_data.length });
    k.trace.insert(books.files, node, { object, node, data: node.i_data });
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length > b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
