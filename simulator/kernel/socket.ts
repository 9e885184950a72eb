import { CAP_NET_RAW, ns_capable } from './capability.ts';
import { dev_ioctl } from './dev_ioctl.ts';
import { err, isErr, type Err } from './errno.ts';
import { POLLERR, POLLHUP, POLLIN, POLLOUT, register_file_ops } from './file_ops.ts';
import { alloc_file, fget, fput } from './files.ts';
import type { Kernel } from './kernel.ts';
import { O_NONBLOCK, O_RDWR, S_IFSOCK } from './mode.ts';
import { get_net, put_net } from './net.ts';
import type { net } from './net.ts';
import { nsproxy_of } from './nsproxy.ts';
import { KObject } from './object.ts';
import { next_ino } from './pipe.ts';
import { Blocked, wait_on, wake_up } from './sched.ts';
import { Table } from './trace.ts';
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
/** Most bytes that wait in a socket. */
const RCVBUF = 212992;

/** `unix`: a path, '\0' and an abstract name, or '' for none. Addresses of the internet families in text. */
export type sockaddr = { readonly family: 'unix'; readonly name: string } | { readonly family: 'inet' | 'inet6'; readonly address: string; readonly port: number };

/** What travels: bytes, who sent them, and open files that come along (SCM_RIGHTS); each file counts one reference. */
export interface packet { readonly data: Uint8Array; readonly from: sockaddr | null; readonly files: readonly file[] }

/** A socket. It stays in the net namespace in which it was made, and keeps that alive. [E5d R50] */
export class socket extends KObject {
  override readonly kind = 'socket';
  readonly net: net;
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  readonly ino: number;
  /** Who made it, for SO_PEERCRED: kernel-wide ids, and the task id of the kernel. */
  readonly peer_cred: { readonly task: number; readonly uid: number; readonly gid: number };
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
    const { euid, egid } = k.current.cred;
    this.peer_cred = { task: k.current.id, uid: euid, gid: egid };
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
    case AF_NETLINK: return type !== SOCK_RAW && type !== SOCK_DGRAM ? err('ESOCKTNOSUPPORT') : protocol > 22 ? err('EPROTONOSUPPORT') : 0;
    case AF_PACKET: return raw();
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

/** Puts bytes (a whole packet, or a part of a stream) into the queue of `to`; how many fitted. */
export function sock_queue_rcv(k: Kernel, to: socket, sent: packet): number {
  const used = to.queue.reduce((sum, { data }) => sum + data.length, 0);
  const stream = to.type === SOCK_STREAM;
  const room = Math.max(RCVBUF - used, 0);
  const n = stream ? Math.min(room, sent.data.length) : used > 0 && sent.data.length > room ? 0 : sent.data.length;
  if (n === 0 && sent.data.length > 0) return 0;
  k.trace.write(to, 'queue', [...to.queue, { ...sent, data: sent.data.slice(0, n) }]);
  wake_up(k, to);
  return n;
}

/** Takes from the queue: a packet, or of a stream up to `count` bytes (never across files). Empty data at the end. Errors: EAGAIN, ENOTCONN. */
export function sock_recv(k: Kernel, sock: socket, count: number, nonblock: boolean, peek = false): packet | Err | Blocked {
  if ((sock.type === SOCK_STREAM || sock.type === SOCK_SEQPACKET) && sock.state !== 'connected' && !sock.eof) return err(sock.family === AF_UNIX ? 'EINVAL' : 'ENOTCONN');
  const [first, ...rest] = sock.queue;
  if (!first) {
    if (sock.eof || (sock.shutdown & 1) !== 0) return { data: new Uint8Array(0), from: null, files: [] };
    return nonblock ? err('EAGAIN') : wait_on(k, sock, 'recv');
  }
  const data = first.data.slice(0, count);
  const left = sock.type === SOCK_STREAM ? first.data.slice(count) : new Uint8Array(0);
  if (!peek) {
    k.trace.write(sock, 'queue', left.length > 0 ? [{ data: left, from: first.from, files: [] }, ...rest] : rest);
    if (sock.peer) wake_up(k, sock.peer);
  }
  return { data, from: first.from, files: peek ? [] : first.files };
}

/** Sends on a connected socket. Waits for room, unless not to. Errors: ENOTCONN, EPIPE (with SIGPIPE unless told not to), EAGAIN. */
export function sock_send(k: Kernel, sock: socket, data: Uint8Array, nonblock: boolean, files: readonly file[] = [], quiet = false): number | Err | Blocked {
  const { peer } = sock;
  if (!peer && sock.type === SOCK_DGRAM && sock.state === 'connected') return err('ECONNREFUSED');
  if ((sock.shutdown & 2) !== 0 || (!peer && sock.state === 'connected')) {
    if (!quiet) k.trace.insert(k.current.pending, SIGPIPE, { signo: SIGPIPE, code: 0x80, sender: null });
    return err('EPIPE');
  }
  if (!peer) return err(sock.type === SOCK_STREAM || sock.remote ? 'ENOTCONN' : 'EDESTADDRREQ');
  const n = sock_queue_rcv(k, peer, { data, from: sock.local, files });
  if (n > 0 || data.length === 0) return n;
  return nonblock ? err('EAGAIN') : wait_on(k, sock, 'send');
}

const SIGPIPE = 13;

function of_file(of: file): socket | null {
  return of.private_data instanceof socket ? of.private_data : null;
}

register_file_ops('socket', {
  stream: true,
  read: (k, of, count) => {
    const sock = of_file(of);
    const got = sock ? sock_recv(k, sock, count, (of.f_flags & O_NONBLOCK) !== 0) : err('EINVAL');
    return got === Blocked || isErr(got) ? got : got.data;
  },
  write: (k, of, data) => {
    const sock = of_file(of);
    return sock ? sock_send(k, sock, data, (of.f_flags & O_NONBLOCK) !== 0) : err('EINVAL');
  },
  ioctl: (k, of, cmd, arg) => {
    const sock = of_file(of);
    return sock ? dev_ioctl(k, sock.net, cmd, arg) : err('ENOTTY');
  },
  release: (k, of) => {
    const sock = of_file(of);
    if (sock) sock_release(k, sock);
  },
  poll: (_k, of) => {
    const sock = of_file(of);
    if (!sock) return POLLERR;
    const readable = sock.queue.length > 0 || sock.pending.length > 0 || sock.eof;
    return (readable ? POLLIN : 0) | (sock.eof ? POLLHUP : 0) | (sock.state === 'listening' ? 0 : POLLOUT);
  },
  name: (_k, of) => `socket:[${of_file(of)?.ino ?? 0}]`,
  inode: (_k, of) => ({ ino: of_file(of)?.ino ?? 0, mode: S_IFSOCK | 0o777 }),
});
