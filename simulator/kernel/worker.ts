import { cred, put_cred_rcu } from './cred.ts';
import { free_ipc, ipc_namespace } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { cleanup_net, net } from './net.ts';
import { free_pid_ns_work, pid, pid_namespace } from './pid.ts';
import { put_pid } from './pid_alloc.ts';
import { __put_task_struct } from './release.ts';
import { task_struct } from './task.ts';
import { free_user_ns, user_namespace } from './user.ts';
import type { Work } from './work.ts';

/**
 * Does what was queued, and what that queues, until nothing is left. To be called after each system call, before the next one
 * starts, by whoever runs system calls; the functions called stand in the trace as the idle task's, which stands for the worker.
 */
export function run_work(k: Kernel): void {
  if (k.work.size === 0) return;
  const { current } = k;
  k.trace.run(k, k.init_task);
  while (k.work.size > 0) run_first(k);
  k.trace.run(k, current);
}

/** Waits for the worker that frees ipc namespaces (`flush_work(&free_ipc_work)`); false when it had nothing to do. */
export function flush_free_ipc(k: Kernel): boolean {
  let any = false;
  for (const [key, work] of [...k.work.map]) {
    if (work.kind !== 'free_ipc') continue;
    k.trace.remove(k.work, key);
    do_work(k, work);
    any = true;
  }
  return any;
}

function run_first(k: Kernel): void {
  for (const [key, work] of k.work.map) {
    k.trace.remove(k.work, key);
    do_work(k, work);
    return;
  }
}

function do_work(k: Kernel, { kind, object }: Work): void {
  if (object instanceof cred) put_cred_rcu(k, object);
  else if (object instanceof ipc_namespace) free_ipc(k, object);
  else if (object instanceof net) cleanup_net(k, object);
  else if (object instanceof user_namespace) free_user_ns(k, object);
  else if (object instanceof pid_namespace) free_pid_ns_work(k, object);
  else if (object instanceof pid) put_pid(k, object);
  else if (object instanceof task_struct) __put_task_struct(k, object);
  else throw new Error(`nobody knows how to do ${kind}`);
}
