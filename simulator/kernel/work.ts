import type { Kernel } from './kernel.ts';
import type { KObject } from './object.ts';

/**
 * Something that the kernel does not do in the call that caused it: a worker thread (freeing ipc, net and user namespaces) or RCU
 * (credentials) does it a little later. In the model: when the running system call is over, in order (`run_work` in worker.ts).
 */
export interface Work { readonly kind: 'free_ipc' | 'cleanup_net' | 'free_user_ns' | 'put_cred_rcu' | 'free_pid_ns' | 'delayed_put_pid' | 'put_task_struct'; readonly object: KObject }

/** Puts it at the end of the queue. */
export function queue_work(k: Kernel, kind: Work['kind'], object: KObject): void {
  let key = 0;
  for (const used of k.work.map.keys()) key = Math.max(key, used);
  k.trace.insert(k.work, key + 1, { kind, object });
}
