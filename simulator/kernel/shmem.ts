import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { is_reg } from './mode.ts';
import type { dentry, file, inode, super_block } from './vfs.ts';

/** A page, in which memory file systems count. */
export const PAGE = 4096;

export interface Usage { readonly blocks: number; readonly inodes: number }

const pages = (bytes: number): number => Math.ceil(bytes / PAGE);

/** Pages that a file takes: holes take none. */
function allocated({ i_pages, i_data }: inode): number { return i_pages?.size ?? pages(i_data.length); }

/** What a tmpfs holds: its names, and files that are open only. */
export function shmem_usage(k: Kernel, sb: super_block): Usage {
  const seen = new Set<inode>();
  let inodes = 0;
  const walk = (of: dentry): void => {
    inodes++;
    seen.add(of.d_inode);
    for (const child of of.d_children.values()) walk(child);
  };
  walk(sb.s_root);
  for (const object of k.trace.live.get('file') ?? []) {
    const node = (object as unknown as file).f_path?.dentry.d_inode;
    if (!node || node.i_sb !== sb || seen.has(node) || node.i_nlink > 0) continue;
    seen.add(node);
    inodes++;
  }
  let blocks = 0;
  for (const node of seen) if (is_reg(node.i_mode)) blocks += allocated(node);
  return { blocks, inodes };
}

/** Is there room for so many more? What is kept is never less than the truth; it is counted anew when it seems too much. */
function room(k: Kernel, sb: super_block, what: 'blocks' | 'inodes', more: number): number {
  const most = what === 'blocks' ? sb.s_max_blocks : sb.s_max_inodes;
  if (most === 0) return more;
  const field = what === 'blocks' ? 's_used_blocks' : 's_used_inodes';
  if (sb[field] + more > most) k.trace.write(sb, field, shmem_usage(k, sb)[what]);
  const fits = Math.min(more, Math.max(0, most - sb[field]));
  if (fits > 0) k.trace.write(sb, field, sb[field] + fits);
  return fits;
}

/** A name more, which counts as an inode. Errors: ENOSPC. */
export function shmem_reserve_inode(k: Kernel, sb: super_block): 0 | Err { return room(k, sb, 'inodes', 1) === 1 ? 0 : err('ENOSPC'); }

/** How many of the bytes at `pos` there is room for; their pages are the file's from now on. Errors: ENOSPC (none). */
export function shmem_get_pages(k: Kernel, of: inode, pos: number, count: number): number | Err {
  if (of.i_sb.s_max_blocks === 0 || count === 0) return count;
  if (!of.i_pages && pos > pages(of.i_data.length) * PAGE) shmem_make_sparse(k, of);
  const [first, last] = [Math.floor(pos / PAGE), Math.floor((pos + count - 1) / PAGE)];
  const dense = pages(of.i_data.length);
  const missing: number[] = [];
  for (let page = first; page <= last; page++) if (of.i_pages ? !of.i_pages.has(page) : page >= dense) missing.push(page);
  const got = missing.length === 0 ? 0 : room(k, of.i_sb, 'blocks', missing.length);
  if (of.i_pages && got > 0) k.trace.write(of, 'i_pages', new Set([...of.i_pages, ...missing.slice(0, got)]));
  const stop = missing[got];
  if (stop === undefined) return count;
  return stop * PAGE > pos ? stop * PAGE - pos : err('ENOSPC');
}

/** From now on its pages are known one by one. */
export function shmem_make_sparse(k: Kernel, of: inode): void {
  if (!of.i_pages) k.trace.write(of, 'i_pages', new Set(Array.from({ length: pages(of.i_data.length) }, (_, n) => n)));
}

/** A file gets another size: a longer one has a hole at its end, of a shorter one the pages behind its end go. */
export function shmem_truncate(k: Kernel, of: inode, size: number): void {
  if (of.i_sb.s_max_blocks === 0) return;
  if (size > of.i_data.length) shmem_make_sparse(k, of);
  else if (of.i_pages) k.trace.write(of, 'i_pages', new Set([...of.i_pages].filter((page) => page < pages(size))));
}
