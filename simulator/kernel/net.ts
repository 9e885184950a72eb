import { CAP_SYS_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import { CLONE_NEWNET, has } from './flags.ts';
import type { Kernel } from './kernel.ts';
import { listing } from './listing.ts';
import { loopback_net_init, net_devices_exit } from './netdevice.ts';
import type { net_device } from './netdevice.ts';
import type { route } from './route.ts';
import { ns_alloc_inum, ns_common, ns_free_inum } from './ns_common.ts';
import type { nsset } from './setns.ts';
import type { socket } from './socket.ts';
import { Table } from './trace.ts';
import { dec_namespaces, inc_namespaces } from './ucount.ts';
import { get_user_ns, put_user_ns } from './user.ts';
import type { user_namespace } from './user.ts';
import { queue_work } from './work.ts';

/** A net namespace; the kernel calls its type `struct net`. */
export class net extends ns_common {
  override readonly kind = 'net';
  readonly user_ns: user_namespace;
  /** Interfaces by index. */
  readonly devices = new Table<number, net_device>(this, 'devices');
  /** Routes that somebody added, by destination, length and metric; networks of addresses are routed without. */
  readonly routes = new Table<string, route>(this, 'routes');
  /** Numbers by which other net namespaces are told of here: those in which the other end of an interface is. */
  readonly nsids = new Table<net, number>(this, 'nsids');
  /** There is a table of local addresses: from the first address that any interface was given on. */
  fib_local = false;
  /** Sockets that can be reached by a name: `tcp:port`, `udp:port`, `unix:name` of the abstract kind. */
  readonly ports = new Table<string, readonly socket[]>(this, 'ports');
  /** sysctls of this namespace that were written: name below net/ → text. */
  readonly sysctl = new Table<string, string>(this, 'sysctl');
  constructor(user_ns: user_namespace) {
    super();
    this.user_ns = user_ns;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

const COPY = listing('copy_net_ns', 'net/core/net_namespace.c', [
  ['test', 0, 'if (!(flags & CLONE_NEWNET))', 'Is a new net namespace wanted?', '{call} was called {with} CLONE_NEWNET.'],
  ['share', 1, 'return get_net(old_net)', '{old_net} is shared: the new nsproxy points to the same one.', 'Without CLONE_NEWNET interfaces, addresses and ports stay common.'],
  ['charge', 0, 'ucounts = inc_net_namespaces(user_ns)', 'One net namespace is charged to the creator.', 'Each user may make only so many (user.max_net_namespaces).', { since: '4.19' }],
  ['full', 1, 'return -ENOSPC', 'The limit is reached: ENOSPC.', 'A limit in this user namespace or in one above it is used up.', { since: '4.19' }],
  ['alloc', 0, 'net = net_alloc()', '{net} is made, with a count of 1.', 'That one reference will be the slot of the new nsproxy.'],
  ['own', 0, 'net->user_ns = get_user_ns(user_ns)', '{net} is owned by {user_ns}.', 'CAP_NET_ADMIN over its interfaces counts in that user namespace.'],
  ['setup', 0, 'setup_net(net)', 'Every protocol prepares its part of {net}.', 'Each has tables of its own in each net namespace.'],
  ['done', 0, 'return net', '{net} is complete: it has a loopback interface, down, and nothing else.', 'It becomes the net_ns slot of the new nsproxy.'],
]);

/** The net namespace for a new nsproxy: the old one with a reference more, or a new one with `lo` only. Errors: ENOSPC. */
export function copy_net_ns(k: Kernel, flags: number, user_ns: user_namespace, old_net: net): net | Err {
  k.enter(COPY, { flags, user_ns, old_net });
  k.at(COPY.at.test, { flags });
  if (!has(flags, CLONE_NEWNET)) {
    k.at(COPY.at.share, { old_net });
    return k.leave(COPY, get_net(k, old_net));
  }
  if (k.features.ucounts) k.at(COPY.at.charge, { user_ns });
  const ucounts = inc_namespaces(k, user_ns, 'net');
  if (typeof ucounts === 'number') {
    k.at(COPY.at.full);
    return k.leave(COPY, ucounts);
  }
  const made = new net(user_ns);
  k.at(COPY.at.alloc, { net: made });
  k.trace.alloc(made);
  k.trace.write(made, 'ucounts', ucounts);
  k.at(COPY.at.own, { net: made, user_ns });
  get_user_ns(k, user_ns);
  k.at(COPY.at.setup, { net: made });
  setup_net(k, made);
  k.at(COPY.at.done, { net: made });
  return k.leave(COPY, made);
}

const SETUP = listing('setup_net', 'net/core/net_namespace.c', [
  ['each', 0, 'for each registered part of the network code: its init(net)', 'The parts of the network code make their tables for {net}, each empty.', 'The table of interfaces, of routes, of sockets by port … are separate.'],
  ['inum', 0, 'among them net_ns: ns_alloc_inum(net)', '{net} gets its inode number.', 'Numbers are given out by one part of the network code.', { since: '3.8' }],
  ['lo', 0, 'among them loopback: register the interface lo', '{net} gets its interface lo, down.', 'Each net namespace has its own loopback.'],
]);

/** Runs the per-namespace part of all network code: for the initial one at boot too. */
export function setup_net(k: Kernel, made: net): 0 {
  k.enter(SETUP, { net: made });
  k.at(SETUP.at.each, { net: made });
  if (made.inum === 0 && k.features.inums) {
    k.at(SETUP.at.inum, { net: made });
    ns_alloc_inum(k, made);
  }
  k.at(SETUP.at.lo, { net: made });
  loopback_net_init(k, made);
  return k.leave(SETUP, 0);
}

export function get_net(k: Kernel, ns: net): net {
  return k.trace.get(ns);
}

export function put_net(k: Kernel, ns: net): void {
  if (k.trace.put(ns)) __put_net(k, ns);
}

const PUT = listing('__put_net', 'net/core/net_namespace.c', [
  ['queue', 0, 'queue_work(netns_wq, &net_cleanup_work)', 'A kernel worker will take {net} down.', 'Nothing refers to it any more; waiting for the network code to be done with it takes a while.'],
]);

function __put_net(k: Kernel, ns: net): void {
  k.enter(PUT, { net: ns });
  k.at(PUT.at.queue, { net: ns });
  queue_work(k, 'cleanup_net', ns);
  k.leave(PUT, 0);
}

const CLEANUP = listing('cleanup_net', 'net/core/net_namespace.c', [
  ['exit', 0, 'for each registered part, last to first: its exit(net)', 'The parts of the network code take down what is left in {net}; real network cards go back to the initial net namespace, virtual ones are destroyed.', 'Nothing can reach it any more.'],
  ['inum', 0, 'among them net_ns: ns_free_inum(net)', '{net} gives its inode number back.', 'Nothing can name it any more.', { since: '3.8' }],
  ['uncharge', 0, 'dec_net_namespaces(net->ucounts)', 'The creator may make one more again.', '{net} no longer counts against the limit.', { since: '4.19' }],
  ['owner', 0, 'put_user_ns(net->user_ns)', '{net} lets go of its owner {user_ns}.', 'A namespace keeps its owning user namespace alive only while it lives itself.'],
  ['free', 0, 'free(net)', '{net} is gone.', 'Its last reference was dropped.'],
]);

export function cleanup_net(k: Kernel, ns: net): void {
  k.enter(CLEANUP, { net: ns });
  k.at(CLEANUP.at.exit, { net: ns });
  net_devices_exit(k, ns);
  if (ns.inum !== 0) k.at(CLEANUP.at.inum, { net: ns });
  ns_free_inum(k, ns);
  if (ns.ucounts) k.at(CLEANUP.at.uncharge, { net: ns });
  dec_namespaces(k, ns.ucounts, 'net');
  k.at(CLEANUP.at.owner, { net: ns, user_ns: ns.user_ns });
  put_user_ns(k, ns.user_ns);
  k.at(CLEANUP.at.free, { net: ns });
  k.trace.free(ns);
  k.leave(CLEANUP, 0);
}

const INSTALL = listing('netns_install', 'net/core/net_namespace.c', [
  ['capable', 0, 'if (!ns_capable(net->user_ns, CAP_SYS_ADMIN) || !ns_capable(cred->user_ns, CAP_SYS_ADMIN)) return -EPERM', 'CAP_SYS_ADMIN is missing: EPERM.', 'Joining {net} needs it in the owner of {net} and in the own user namespace.'],
  ['set', 0, 'put_net(nsproxy->net_ns); nsproxy->net_ns = get_net(net)', '{nsproxy} points to {net}.', 'Sockets made from now on belong to it; those there are stay where they were made.'],
]);

/** Puts the namespace into the nsproxy that setns prepares. Errors: EPERM. */
export function netns_install(k: Kernel, set: nsset, ns: net): 0 | Err {
  k.enter(INSTALL, { net: ns });
  if (!ns_capable(k, ns.user_ns, CAP_SYS_ADMIN) || !ns_capable(k, set.cred.user_ns, CAP_SYS_ADMIN)) {
    k.at(INSTALL.at.capable, { net: ns });
    return k.leave(INSTALL, err('EPERM'));
  }
  k.at(INSTALL.at.set, { nsproxy: set.nsproxy, net: ns });
  if (set.nsproxy.net_ns) put_net(k, set.nsproxy.net_ns);
  k.trace.write(set.nsproxy, 'net_ns', get_net(k, ns));
  return k.leave(INSTALL, 0);
}
