import { err, type Err } from './errno.ts';
import { fget } from './files.ts';
import type { Kernel } from './kernel.ts';
import { f_writable, is_reg } from './mode.ts';
import type { inode } from './vfs.ts';

export const F_ADD_SEALS = 1033;
export const F_GET_SEALS = 1034;

export const F_SEAL_SEAL = 1;
const F_SEAL_SHRINK = 2;
const F_SEAL_GROW = 4;
const F_SEAL_WRITE = 8;
const F_SEAL_FUTURE_WRITE = 0x10;
export const F_SEAL_EXEC = 0x20;
const ALL = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_FUTURE_WRITE | F_SEAL_EXEC;

/** Only files of tmpfs, memfd_create's among them, can be sealed. */
function sealable(of: inode): boolean { return is_reg(of.i_mode) && of.i_sb.s_type === 'tmpfs'; }

/** fcntl(F_GET_SEALS, F_ADD_SEALS). Errors: EBADF, EINVAL, EPERM (not open for writing, or sealed against more seals). */
export function memfd_fcntl(k: Kernel, fd: number, cmd: number, arg: number): number {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  const node = of.f_path?.dentry.d_inode;
  if (!node || !sealable(node)) return err('EINVAL');
  if (cmd === F_GET_SEALS) return node.i_seals;
  if (!f_writable(of.f_flags)) return err('EPERM');
  if ((arg & ~ALL) !== 0) return err('EINVAL');
  if (node.i_seals & F_SEAL_SEAL) return err('EPERM');
  k.trace.write(node, 'i_seals', node.i_seals | arg);
  return 0;
}

/** May it be written up to there? Errors: EPERM. */
export function seals_allow_write(of: inode, end: number): 0 | Err {
  if (of.i_seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) return err('EPERM');
  return of.i_seals & F_SEAL_GROW && end > of.i_data.length ? err('EPERM') : 0;
}

/** May it have that size? Errors: EPERM. */
export function seals_allow_size(of: inode, size: number): 0 | Err {
  return (of.i_seals & F_SEAL_SHRINK && size < of.i_data.length) || (of.i_seals & F_SEAL_GROW && size > of.i_data.length) ? err('EPERM') : 0;
}

/** May it be mapped shared and writable? Errors: EPERM. */
export function seals_allow_mapping(of: inode): 0 | Err { return of.i_seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE) ? err('EPERM') : 0; }
