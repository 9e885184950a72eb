import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { send_signal_noinfo } from './signal.ts';
import type { inode } from './vfs.ts';

const RLIMIT_FSIZE = 1;
const SIGXFSZ = 25;

/** How many of `count` bytes may be written to a regular file at `pos`: fewer where the limit on its size comes in between. Errors: EFBIG, with SIGXFSZ, beyond it. */
export function generic_write_check_limits(k: Kernel, pos: number, count: number): number | Err {
  const limit = k.current.signal.rlimit.get(RLIMIT_FSIZE)?.cur ?? Infinity;
  if (pos < limit) return Math.min(count, limit - pos);
  send_signal_noinfo(k, SIGXFSZ, k.current, false);
  return err('EFBIG');
}

/** Whether a file may become so long. Making it shorter is always allowed. Errors: EFBIG, with SIGXFSZ. */
export function inode_newsize_ok(k: Kernel, of: inode, size: number): 0 | Err {
  const limit = k.current.signal.rlimit.get(RLIMIT_FSIZE)?.cur ?? Infinity;
  if (size <= of.i_data.length || size <= limit) return 0;
  send_signal_noinfo(k, SIGXFSZ, k.current, false);
  return err('EFBIG');
}
