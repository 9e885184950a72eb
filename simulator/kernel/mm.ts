import type { Kernel } from './kernel.ts';
import { path_get, path_put } from './mount.ts';
import { wake_up } from './sched.ts';
import { mm_struct } from './task.ts';
import type { task_struct } from './task.ts';
import { get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';

/** An empty address space; it holds the user namespace in which it was made. */
export function mm_alloc(k: Kernel, user_ns: user_namespace): mm_struct {
  const mm = k.trace.alloc(new mm_struct(user_ns));
  get_user_ns(k, user_ns);
  return mm;
}

/** fork: a copy of the address space (its bytes are copied by the machine). */
export function dup_mm(k: Kernel, old: mm_struct): mm_struct {
  const mm = new mm_struct(old.user_ns);
  mm.exe = old.exe && path_get(k, old.exe);
  mm.cmdline = old.cmdline;
  mm.environ = old.environ;
  mm.dumpable = old.dumpable;
  k.trace.alloc(mm);
  get_user_ns(k, mm.user_ns);
  return mm;
}

/** Drops one user of an address space. */
export function mmput(k: Kernel, mm: mm_struct): void {
  if (!k.trace.put(mm)) return;
  if (mm.exe) path_put(k, mm.exe);
  put_user_ns(k, mm.user_ns);
  k.trace.free(mm);
}

/** The task stops using its memory (exec, exit): a parent in vfork goes on. */
export function mm_release(k: Kernel, tsk: task_struct): void {
  if (!tsk.vfork_parent) return;
  k.trace.write(tsk, 'vfork_parent', null);
  wake_up(k, tsk);
}
