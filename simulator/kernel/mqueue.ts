import { get_ipc_ns, put_ipc_ns } from './ipc.ts';
import type { ipc_namespace } from './ipc.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { Counted } from './object.ts';
import type { socket } from './socket.ts';
import type { signal_struct } from './task.ts';
import { dec_rlimit_ucounts, put_ucounts } from './ucount.ts';
import type { ucounts } from './ucount.ts';
import type { user_namespace } from './user.ts';
import { atLeast } from './version.ts';

/** `sock`, `cookie`: a thread of the C library waits at that socket for those bytes. `exec_id`: another program is not told. */
export interface notification {
  readonly owner: signal_struct; readonly user_ns: user_namespace; readonly exec_id: number;
  readonly notify: number; readonly signo: number; readonly value: number;
  readonly sock?: socket; readonly cookie?: Uint8Array;
}

/** One POSIX message queue. `count`: its name, and each open file. */
export class mqueue_inode extends Counted {
  override readonly kind = 'mqueue';
  readonly name: string;
  readonly maxmsg: number;
  readonly msgsize: number;
  uid: number;
  gid: number;
  mode: number;
  /** Whose limit of bytes it counts against, and with how many. */
  charged: { readonly ucounts: ucounts; readonly bytes: number } | null = null;
  /** By priority, and the oldest first within one. */
  messages: readonly { readonly priority: number; readonly data: Uint8Array }[] = [];
  /** Who is told when a message comes into the empty queue, and how. */
  notify: notification | null = null;
  constructor(name: string, maxmsg: number, msgsize: number, uid: number, gid: number, mode: number) {
    super();
    this.name = name;
    this.maxmsg = maxmsg;
    this.msgsize = msgsize;
    this.uid = uid;
    this.gid = gid;
    this.mode = mode;
  }
}

const INIT = listing('mq_init_ns', 'ipc/mqueue.c', [
  ['context', 0, 'fc = fs_context_for_mount(mqueue): holds the ipc namespace of current; put_ipc_ns(ctx->ipc_ns); ctx->ipc_ns = get_ipc_ns(ns)', 'What describes the mount to be made lets go of {old_ns}, the one of the caller, and holds {ns} instead.', 'Whoever mounts such a file system by mount() means the own ipc namespace; here it is meant for the new one.', { since: '5.7' }],
  ['mount', 0, 'ns->mq_mnt = mq_create_mount(ns)', '{ns} gets a file system of its own for POSIX message queues, empty.', 'A queue name means another queue in each ipc namespace.'],
  ['done', 0, 'put_fs_context(fc): put_ipc_ns(ctx->ipc_ns)', 'The description lets go of {ns}.', 'The mount is there and the description is thrown away.', { since: '5.7' }],
]);

export function mq_init_ns(k: Kernel, ns: ipc_namespace): 0 {
  k.enter(INIT, { ns });
  const described = atLeast(k.version, '5.7');
  const old_ns = k.current.nsproxy?.ipc_ns;
  if (described && old_ns) {
    k.at(INIT.at.context, { ns, old_ns });
    k.trace.get(old_ns);
    put_ipc_ns(k, old_ns);
    get_ipc_ns(k, ns);
  }
  k.at(INIT.at.mount, { ns });
  if (described && old_ns) {
    k.at(INIT.at.done, { ns });
    put_ipc_ns(k, ns);
  }
  return k.leave(INIT, 0);
}

/** The namespace ends: names go; queues that are still open live on until they are closed. */
export function mq_clear(k: Kernel, ns: ipc_namespace): void {
  for (const [name, queue] of [...ns.mqueues.map]) {
    k.trace.remove(ns.mqueues, name);
    put_mqueue(k, queue);
  }
}

export function put_mqueue(k: Kernel, queue: mqueue_inode): void {
  if (!k.trace.put(queue)) return;
  if (queue.charged) {
    dec_rlimit_ucounts(k, queue.charged.ucounts, 'msgqueue', queue.charged.bytes);
    put_ucounts(k, queue.charged.ucounts);
  }
  k.trace.free(queue);
}
