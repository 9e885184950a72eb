import { err, isErr, type Err } from './errno.ts';
import { f_op } from './file_ops.ts';
import { fget } from './files.ts';
import { i_op } from './inode_ops.ts';
import type { Kernel } from './kernel.ts';
import { O_APPEND, f_readable, f_writable, is_dir, is_reg } from './mode.ts';
import { vfs_read, vfs_write } from './read_write.ts';
import { Blocked } from './sched.ts';
import type { file } from './vfs.ts';

/** Both ends of a copy inside the kernel. `at`: where to, and from; null is the file's own position. */
export interface Copy { readonly from: number; readonly to: number; readonly from_at: number | null; readonly to_at: number | null; readonly count: number }

function both(k: Kernel, { from, to }: Copy): { readonly source: file; readonly target: file } | Err {
  const source = fget(k, from);
  const target = fget(k, to);
  return source && target && f_readable(source.f_flags) && f_writable(target.f_flags) ? { source, target } : err('EBADF');
}

/** Reads and writes; what could not be written has not been read. */
function transfer(k: Kernel, source: file, target: file, { from_at, to_at, count }: Copy): number | Err | Blocked {
  const pos = from_at ?? source.f_pos;
  const data = vfs_read(k, source, count, pos);
  if (data === Blocked || isErr(data) || data.length === 0) return data instanceof Uint8Array ? 0 : data;
  const done = vfs_write(k, target, data, to_at);
  if (typeof done === 'number' && done > 0 && from_at === null) k.trace.write(source, 'f_pos', pos + done);
  return done;
}

/** sendfile(2): from something that has positions to anything. Errors: EBADF, EINVAL, those of reading and writing. */
export function sys_sendfile(k: Kernel, copy: Copy): number | Err | Blocked {
  const source = fget(k, copy.from);
  if (!source || !f_readable(source.f_flags)) return err('EBADF');
  if (f_op(source).stream || (copy.from_at ?? 0) < 0) return err('EINVAL');
  const ends = both(k, copy);
  if (isErr(ends)) return ends;
  if (source.f_path && is_dir(source.f_path.dentry.d_inode.i_mode)) return err('EINVAL');
  if ((ends.target.f_flags & O_APPEND) !== 0 || copy.count < 0) return err('EINVAL');
  return transfer(k, source, ends.target, copy);
}

/** copy_file_range(2): between regular files. Errors: EINVAL, EBADF, EISDIR. */
export function sys_copy_file_range(k: Kernel, copy: Copy, flags: number): number | Err | Blocked {
  if (flags !== 0) return err('EINVAL');
  const [source, target] = [fget(k, copy.from), fget(k, copy.to)];
  if (!source || !target) return err('EBADF');
  const nodes = [source, target].map((of) => of.f_path?.dentry.d_inode ?? null);
  if (nodes.some((node) => node !== null && is_dir(node.i_mode))) return err('EISDIR');
  if (nodes.some((node) => node === null || !is_reg(node.i_mode))) return err('EINVAL');
  if (!f_readable(source.f_flags) || !f_writable(target.f_flags) || (target.f_flags & O_APPEND) !== 0) return err('EBADF');
  const [at, to] = [copy.from_at ?? source.f_pos, copy.to_at ?? target.f_pos];
  if (nodes[0] === nodes[1] && at < to + copy.count && to < at + copy.count) return err('EINVAL');
  return transfer(k, source, target, copy);
}

const KEEP_SIZE = 1;
const PUNCH_HOLE = 2;

/** fallocate(2): a longer file, or zeros in the middle of one. Errors: EINVAL, EOPNOTSUPP, EBADF, ESPIPE, EPERM. */
export function sys_fallocate(k: Kernel, fd: number, mode: number, offset: number, length: number): number {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  if (offset < 0 || length <= 0) return err('EINVAL');
  if ((mode & ~(KEEP_SIZE | PUNCH_HOLE)) !== 0 || mode === PUNCH_HOLE) return err('EOPNOTSUPP');
  if (!f_writable(of.f_flags)) return err('EBADF');
  const node = of.f_path?.dentry.d_inode;
  if (f_op(of).stream) return err('ESPIPE');
  if (!node || !is_reg(node.i_mode)) return err('ENODEV');
  const size = i_op(node).size?.(k, node) ?? 0;
  if ((mode & PUNCH_HOLE) !== 0) {
    const zeros = Math.min(length, size - offset);
    const done = zeros > 0 ? vfs_write(k, of, new Uint8Array(zeros), offset) : 0;
    return isErr(done) ? done : 0;
  }
  if ((mode & KEEP_SIZE) !== 0 || offset + length <= size) return 0;
  return i_op(node).truncate?.(k, node, offset + length) ?? err('EOPNOTSUPP');
}
