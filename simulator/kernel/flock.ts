import { err } from './errno.ts';
import { fget } from './files.ts';
import type { Kernel } from './kernel.ts';
import type { KObject } from './object.ts';
import type { Blocked } from './sched.ts';
import { wait_on, wake_up } from './sched.ts';
import type { file } from './vfs.ts';

const LOCK_SH = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;
const LOCK_UN = 8;

/** What a lock is on: the inode, or what stands for one. */
function locked_object(of: file): KObject | null {
  return of.f_path?.dentry.d_inode ?? of.private_data;
}

/** flock(2): a lock of the open file, which all its descriptors share. Errors: EBADF, EINVAL, EAGAIN. */
export function sys_flock(k: Kernel, fd: number, operation: number): number | Blocked {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  const kind = operation & ~LOCK_NB;
  if (kind !== LOCK_SH && kind !== LOCK_EX && kind !== LOCK_UN) return err('EINVAL');
  const on = locked_object(of);
  if (!on) return 0;
  const others = (k.flocks.get(on) ?? []).filter((held) => held.file !== of && !held.file.freed);
  const fits = kind === LOCK_UN || others.length === 0 || (kind === LOCK_SH && others.every(({ exclusive }) => !exclusive));
  if (!fits) return (operation & LOCK_NB) !== 0 ? err('EAGAIN') : wait_on(k, on, 'flock');
  const held = kind === LOCK_UN ? others : [...others, { file: of, exclusive: kind === LOCK_EX }];
  set(k, on, held);
  wake_up(k, on);
  return 0;
}

function set(k: Kernel, on: KObject, held: readonly flock[]): void {
  if (held.length > 0) k.trace.insert(k.flocks, on, held);
  else k.trace.remove(k.flocks, on);
}

/** One lock: who holds it, and whether alone. */
export interface flock { readonly file: file; readonly exclusive: boolean }

/** The last descriptor of a file was closed: its lock goes. */
export function locks_remove_file(k: Kernel, of: file): void {
  const on = k.flocks.size > 0 ? locked_object(of) : null;
  if (!on) return;
  const held = k.flocks.get(on) ?? [];
  if (!held.some((one) => one.file === of)) return;
  set(k, on, held.filter((one) => one.file !== of));
  wake_up(k, on);
}
