import { CAP_NET_ADMIN, ns_capable } from './capability.ts';
import { err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { pid_vnr } from './pid_lookup.ts';
import { rtnetlink_rcv } from './rtnetlink.ts';
import { AF_NETLINK, hash, socket } from './socket.ts';
import type { packet, sockaddr } from './socket.ts';
import { sock_queue_rcv } from './socket_queue.ts';
import type { net } from './net.ts';

export type sockaddr_nl = Extract<sockaddr, { family: 'netlink' }>;

/** The kernel's own end; to programs also an address that is none yet. */
export const KERNEL: sockaddr_nl = { family: 'netlink', portid: 0, groups: 0 };

const key_of = (sock: socket, portid: number): string => `netlink:${sock.protocol}:${portid}`;

function taken(sock: socket, portid: number): boolean { return sock.net.ports.has(key_of(sock, portid)); }

/** bind(2): a number of its own (0: one is found), and the groups whose messages it gets. Errors: EINVAL (bound to another number), EADDRINUSE. */
export function netlink_bind(k: Kernel, sock: socket, { portid, groups }: sockaddr_nl): number {
  const now = sock.local?.family === 'netlink' ? sock.local : null;
  if (now && portid !== 0 && portid !== now.portid) return err('EINVAL');
  if (!now && portid !== 0 && taken(sock, portid)) return err('EADDRINUSE');
  const chosen = now?.portid ?? (portid === 0 ? free_portid(k, sock) : portid);
  if (!now) hash(k, sock, key_of(sock, chosen));
  k.trace.write(sock, 'local', { family: 'netlink', portid: chosen, groups });
  return 0;
}

/** The process's pid, if nobody has it; else a number that looks negative. */
function free_portid(k: Kernel, sock: socket): number {
  let portid = pid_vnr(k, k.current.signal.tgid);
  for (let rover = -4096; taken(sock, portid); rover--) portid = rover >>> 0;
  return portid;
}

/** connect(2): whom messages without an address go to. Errors: EINVAL. */
export function netlink_connect(k: Kernel, sock: socket, to: sockaddr): number {
  if (to.family !== 'netlink') return err('EINVAL');
  if (!sock.local) netlink_bind(k, sock, KERNEL);
  k.trace.write(sock, 'remote', to);
  return 0;
}

/** sendmsg(2): to the kernel, which answers at once, or to another socket. Errors: EINVAL, ECONNREFUSED, EPERM. */
export function netlink_sendmsg(k: Kernel, sock: socket, sent: packet, to: sockaddr | null): number {
  const dest = to ?? sock.remote ?? KERNEL;
  if (dest.family !== 'netlink') return err('EINVAL');
  if (!sock.local) netlink_bind(k, sock, KERNEL);
  const from = sock.local?.family === 'netlink' ? { ...sock.local, groups: 0 } : KERNEL;
  if (dest.portid === 0) {
    if (dest.groups !== 0 && !ns_capable(k, sock.net.user_ns, CAP_NET_ADMIN)) return err('EPERM');
    rtnetlink_rcv(k, sock, from.portid, sent.data);
    return sent.data.length;
  }
  if (!ns_capable(k, sock.net.user_ns, CAP_NET_ADMIN)) return err('EPERM');
  const [other] = sock.net.ports.get(key_of(sock, dest.portid)) ?? [];
  return other ? sock_queue_rcv(k, other, { ...sent, from }, null) : err('ECONNREFUSED');
}

/** Puts a message of the kernel into a socket's queue. */
export function netlink_unicast(k: Kernel, to: socket, data: Uint8Array): void {
  sock_queue_rcv(k, to, { data, from: KERNEL, files: [], cred: null }, null);
}

/** Tells all sockets of a namespace that joined the group with that number (from 1). */
export function nlmsg_notify(k: Kernel, of: net, group: number, data: Uint8Array, but: socket | null): void {
  for (const other of k.trace.live.get('socket') ?? []) {
    if (!(other instanceof socket) || other === but || other.family !== AF_NETLINK || other.net !== of || other.local?.family !== 'netlink') continue;
    const joined = (other.local.groups & (1 << (group - 1))) !== 0 || other.options.has(`NETLINK group ${group}`);
    if (joined) sock_queue_rcv(k, other, { data, from: { ...KERNEL, groups: 1 << (group - 1) }, files: [], cred: null }, null);
  }
}
