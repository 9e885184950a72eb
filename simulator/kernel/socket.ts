import { CAP_NET_RAW, ns_capable } from './capability.ts';
import { dev_ioctl } from './dev_ioctl.ts';
import { err, isErr, type Err } from './errno.ts';
import { FIONREAD, POLLERR, TIOCOUTQ, register_file_ops } from './file_ops.ts';
import { alloc_file, fget, fput } from './files.ts';
import type { Kernel } from './kernel.ts';
import { O_NONBLOCK, O_RDWR, S_IFSOCK } from './mode.ts';
import { netlink_sendmsg } from './netlink.ts';
import { get_net, put_net } from './net.ts';
import type { net } from './net.ts';
import { nsproxy_of } from './nsproxy.ts';
import { KObject } from './object.ts';
import { next_ino } from './pipe.ts';
import type { pid } from './pid.ts';
import { Blocked, wake_up } from './sched.ts';
import { sock_inq, sock_poll, sock_recv, sock_send } from './socket_queue.ts';
import { Table } from './trace.ts';
import { Writer } from './uaccess.ts';
import type { file, inode } from './vfs.ts';

export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_SEQPACKET = 5;
/** `unix`: a path, '\0' and an abstract name, or '' for none. Addresses of the internet families in text. */
export type sockaddr = { readonly family: 'unix'; readonly name: string } | { readonly family: 'inet' | 'inet6'; readonly address: string; readonly port: number }
  | { readonly family: 'netlink'; readonly portid: number; readonly groups: number };

/** Who is at the other end: SO_PEERCRED, SCM_CREDENTIALS. Kernel-wide ids. */
export interface peer_cred { readonly pid: pid | null; readonly uid: number; readonly gid: number }

/** What travels: bytes, who sent them, and open files that come along (SCM_RIGHTS); each file counts one reference. */
export interface packet { readonly data: Uint8Array; readonly from: sockaddr | null; readonly files: readonly file[]; readonly cred: peer_cred | null }

/** The running task, as the other end is told. */
export function current_cred(k: Kernel): peer_cred {
  const { signal, cred } = k.current;
  return { pid: signal.tgid, uid: cred.euid, gid: cred.egid };
}

/** A socket. It stays in the net namespace in which it was made, and keeps that alive. [E5d R50] */
export class socket extends KObject {
  override readonly kind = 'socket';
  readonly net: net;
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  readonly ino: number;
  /** Who made it. */
  readonly cred: peer_cred;
  /** Who made the other end, as long as there is a connection. */
  peer_cred: peer_cred | null = null;
  state: 'unconnected' | 'listening' | 'connected' | 'closed' = 'unconnected';
  local: sockaddr | null = null;
  remote: sockaddr | null = null;
  peer: socket | null = null;
  /** Bound to a path: the inode there. */
  inode: inode | null = null;
  backlog = 0;
  /** Connections that nobody accepted yet. */
  pending: readonly socket[] = [];
  queue: readonly packet[] = [];
  /** Bit 0: nothing more is read here, bit 1: nothing more is written. */
  shutdown = 0;
  /** The other end of the stream closed or shut down writing: after what is queued comes the end. */
  eof = false;
  readonly options = new Table<string, number>(this, 'options');
  constructor(k: Kernel, of: net, family: number, type: number, protocol: number) {
    super();
    this.net = of;
    this.family = family;
    this.type = type;
    this.protocol = protocol;
    this.ino = next_ino(k);
    this.cred = current_cred(k);
  }
}

/** The net namespace of the running task. */
export function current_net(k: Kernel): net {
  const { net_ns } = nsproxy_of(k.current);
  if (!net_ns) throw new Error('the task has no net namespace');
  return net_ns;
}

/** Errors: EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT, EPERM (raw and packet sockets need CAP_NET_RAW in the owner of the namespace). */
export function sock_create(k: Kernel, family: number, type: number, protocol: number): socket | Err {
  const of = current_net(k);
  const failed = check(k, of, family, type, protocol);
  return failed || sk_alloc(k, of, family, type, protocol);
}

function check(k: Kernel, of: net, family: number, type: number, protocol: number): 0 | Err {
  const raw = (): 0 | Err => (ns_capable(k, of.user_ns, CAP_NET_RAW) ? 0 : err('EPERM'));
  switch (family) {
    case AF_UNIX:
      if (protocol !== 0 && protocol !== AF_UNIX) return err('EPROTONOSUPPORT');
      return [SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET].includes(type) ? 0 : err('ESOCKTNOSUPPORT');
    case AF_INET: case AF_INET6: {
      const known: Readonly<Record<number, readonly number[]>> = { [SOCK_STREAM]: [0, 6], [SOCK_DGRAM]: [0, 17, 1, 58] };
      if (type === SOCK_RAW) return protocol === 0 ? err('EPROTONOSUPPORT') : raw();
      const protocols = known[type];
      return !protocols ? err('ESOCKTNOSUPPORT') : protocols.includes(protocol) ? 0 : err('EPROTONOSUPPORT');
    }
    // All but NETLINK_ROUTE and NETLINK_SOCK_DIAG is not simulated: the kernel model looks like one that was built without it.
    case AF_NETLINK: return type !== SOCK_RAW && type !== SOCK_DGRAM ? err('ESOCKTNOSUPPORT') : protocol === 0 || protocol === 4 ? 0 : err('EPROTONOSUPPORT');
    case AF_PACKET: return raw() || err('EAFNOSUPPORT');
    default: return err('EAFNOSUPPORT');
  }
}

/** A socket in a namespace, which it holds. */
export function sk_alloc(k: Kernel, of: net, family: number, type: number, protocol: number): socket {
  get_net(k, of);
  return k.trace.alloc(new socket(k, of, family, type, protocol));
}

/** An open file for a socket. */
export function sock_alloc_file(k: Kernel, sock: socket, nonblock: boolean): file {
  const made = alloc_file(k, null, O_RDWR | (nonblock ? O_NONBLOCK : 0), 'socket');
  k.trace.write(made, 'private_data', sock);
  return made;
}

/** The socket behind a descriptor. Errors: EBADF, ENOTSOCK. */
export function sockfd_lookup(k: Kernel, fd: number): { readonly sock: socket; readonly file: file } | Err {
  const of = fget(k, fd);
  if (!of) return err('EBADF');
  return of.private_data instanceof socket ? { sock: of.private_data, file: of } : err('ENOTSOCK');
}

/** Makes a socket findable in its namespace under `key`, or no longer. */
export function hash(k: Kernel, sock: socket, key: string): void {
  k.trace.insert(sock.net.ports, key, [...sock.net.ports.get(key) ?? [], sock]);
}

function unhash(k: Kernel, sock: socket): void {
  for (const [key, sockets] of [...sock.net.ports.map]) {
    if (!sockets.includes(sock)) continue;
    const left = sockets.filter((other) => other !== sock);
    if (left.length > 0) k.trace.insert(sock.net.ports, key, left);
    else k.trace.remove(sock.net.ports, key);
  }
}

/** The last file of a socket was closed: its peer reads to the end, its name is free, its namespace let go. */
export function sock_release(k: Kernel, sock: socket): void {
  if (sock.state === 'closed') return;
  k.trace.write(sock, 'state', 'closed');
  unhash(k, sock);
  if (sock.inode) k.trace.write(sock.inode, 'i_object', null);
  for (const waiting of sock.pending) sock_release(k, waiting);
  for (const object of k.trace.live.get('socket') ?? []) {
    if (!(object instanceof socket) || object.peer !== sock) continue;
    k.trace.write(object, 'peer', null);
    // Datagrams have no end: later ones are refused.
    if (sock.type !== SOCK_DGRAM) k.trace.write(object, 'eof', true);
    wake_up(k, object);
  }
  for (const { files } of sock.queue) for (const of of files) fput(k, of);
  k.trace.write(sock, 'queue', []);
  wake_up(k, sock);
  k.trace.free(sock);
  put_net(k, sock.net);
}

function of_file(of: file): socket | null {
  return of.private_data instanceof socket ? of.private_data : null;
}

register_file_ops('socket', {
  stream: true,
  read: (k, of, count) => {
    const sock = of_file(of);
    const got = sock ? sock_recv(k, sock, count, (of.f_flags & O_NONBLOCK) !== 0) : err('EINVAL');
    if (got === Blocked || isErr(got)) return got;
    // read(2) takes no files: they are closed
    for (const gone of got.files) fput(k, gone);
    return got.data.subarray(0, count);
  },
  write: (k, of, data) => {
    const sock = of_file(of);
    if (sock?.family === AF_NETLINK) return netlink_sendmsg(k, sock, { data, from: sock.local, files: [], cred: current_cred(k) }, null);
    return sock ? sock_send(k, sock, { data, from: sock.local, files: [], cred: current_cred(k) }, (of.f_flags & O_NONBLOCK) !== 0) : err('EINVAL');
  },
  ioctl: (k, of, cmd, arg) => {
    const sock = of_file(of);
    if (!sock) return err('ENOTTY');
    if (cmd !== FIONREAD && cmd !== TIOCOUTQ) return dev_ioctl(k, sock.net, cmd, arg);
    if (sock.state === 'listening') return err('EINVAL');
    return { value: 0, out: new Writer().u32(cmd === FIONREAD ? sock_inq(sock) : 0).done() };
  },
  release: (k, of) => {
    const sock = of_file(of);
    if (sock) sock_release(k, sock);
  },
  poll: (_k, of) => {
    const sock = of_file(of);
    return sock ? sock_poll(sock) : POLLERR;
  },
  name: (_k, of) => `socket:[${of_file(of)?.ino ?? 0}]`,
  inode: (_k, of) => ({ ino: of_file(of)?.ino ?? 0, mode: S_IFSOCK | 0o777 }),
});
