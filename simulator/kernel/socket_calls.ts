import { CAP_NET_BIND_SERVICE, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import { fd_install, fput, get_unused_fd } from './files.ts';
import { sys_mknodat } from './fs_dir.ts';
import type { Kernel } from './kernel.ts';
import { AT_FDCWD, MAY_WRITE, O_CLOEXEC, O_NONBLOCK, S_IFMT, S_IFSOCK } from './mode.ts';
import { kern_path } from './namei.ts';
import type { net } from './net.ts';
import { KERNEL, netlink_bind, netlink_connect, netlink_sendmsg } from './netlink.ts';
import { inode_permission } from './permission.ts';
import { ip_route_output, local_device } from './route.ts';
import { Blocked, wait_on, wake_up } from './sched.ts';
import {
  AF_INET6, AF_NETLINK, AF_UNIX, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM, current_cred, hash, sk_alloc, sock_alloc_file, sock_create, sock_release, sockfd_lookup, socket,
} from './socket.ts';
import type { packet, peer_cred, sockaddr } from './socket.ts';
import { sock_fills, sock_queue_rcv, sock_recv, sock_send, sock_wait } from './socket_queue.ts';
import type { file } from './vfs.ts';

export const SOCK_TYPE_MASK = 0xf;
export const SOCK_NONBLOCK = O_NONBLOCK;
export const SOCK_CLOEXEC = O_CLOEXEC;
export const MSG_OOB = 1;
export const MSG_PEEK = 2;
export const MSG_TRUNC = 0x20;
export const MSG_WAITALL = 0x100;
export const MSG_DONTWAIT = 0x40;
export const MSG_NOSIGNAL = 0x4000;

function install(k: Kernel, sock: socket, type: number): number {
  const fd = get_unused_fd(k);
  if (isErr(fd)) {
    sock_release(k, sock);
    return fd;
  }
  fd_install(k, fd, sock_alloc_file(k, sock, (type & SOCK_NONBLOCK) !== 0), (type & SOCK_CLOEXEC) !== 0);
  return fd;
}

/** socket(2). Errors: EINVAL, those of sock_create, EMFILE. */
export function sys_socket(k: Kernel, family: number, type: number, protocol: number): number {
  if ((type & ~(SOCK_TYPE_MASK | SOCK_NONBLOCK | SOCK_CLOEXEC)) !== 0) return err('EINVAL');
  const sock = sock_create(k, family, type & SOCK_TYPE_MASK, protocol);
  return isErr(sock) ? sock : install(k, sock, type);
}

/** socketpair(2): two descriptors. Errors: EOPNOTSUPP for all but AF_UNIX. */
export function sys_socketpair(k: Kernel, family: number, type: number, protocol: number): readonly [number, number] | Err {
  if ((type & ~(SOCK_TYPE_MASK | SOCK_NONBLOCK | SOCK_CLOEXEC)) !== 0) return err('EINVAL');
  if (family !== AF_UNIX) return err('EOPNOTSUPP');
  const a = sock_create(k, family, type & SOCK_TYPE_MASK, protocol);
  if (isErr(a)) return a;
  const b = sk_alloc(k, a.net, family, type & SOCK_TYPE_MASK, protocol);
  join(k, a, b);
  const first = install(k, a, type);
  if (isErr(first)) {
    sock_release(k, b);
    return first;
  }
  const second = install(k, b, type);
  if (isErr(second)) {
    const of = k.current.files?.fd.get(first);
    if (k.current.files && of) {
      k.trace.remove(k.current.files.fd, first);
      fput(k, of);
    }
    return second;
  }
  return [first, second];
}

function join(k: Kernel, a: socket, b: socket): void {
  for (const [one, other] of [[a, b], [b, a]] as const) {
    k.trace.write(one, 'peer', other);
    k.trace.write(one, 'state', 'connected');
    k.trace.write(one, 'peer_cred', other.cred);
  }
}

const transport = (sock: socket): string => (sock.type === SOCK_STREAM ? 'tcp' : 'udp');
const ANY = new Set(['0.0.0.0', '::']);

/** bind(2). Errors: EBADF, ENOTSOCK, EINVAL (bound already), EAFNOSUPPORT, EADDRINUSE, EADDRNOTAVAIL, EACCES, those of mknod. */
export function sys_bind(k: Kernel, fd: number, to: sockaddr): number {
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const { sock } = found;
  if (sock.family === AF_UNIX) return to.family === 'unix' ? unix_bind(k, sock, to.name) : err('EINVAL');
  if (sock.family === AF_NETLINK) return to.family === 'netlink' ? netlink_bind(k, sock, to) : err('EINVAL');
  return to.family === 'unix' || to.family === 'netlink' ? err('EAFNOSUPPORT') : inet_bind(k, sock, to.address, to.port, to.family);
}

function unix_bind(k: Kernel, sock: socket, name: string): number {
  if (sock.local) return err('EINVAL');
  let bound = name;
  if (name === '') {
    const n = (k.counters.get('unix autobind') ?? 0) + 1;
    k.trace.insert(k.counters, 'unix autobind', n);
    bound = `\0${n.toString(16).padStart(5, '0')}`;
  }
  if (bound.startsWith('\0')) {
    if (sock.net.ports.has(`unix:${bound}`)) return err('EADDRINUSE');
    hash(k, sock, `unix:${bound}`);
  } else {
    const made = sys_mknodat(k, AT_FDCWD, bound, S_IFSOCK | 0o777, 0);
    if (made !== 0) return made === err('EEXIST') ? err('EADDRINUSE') : made;
    const at = kern_path(k, bound);
    if (isErr(at)) return at;
    k.trace.write(at.dentry.d_inode, 'i_object', sock);
    k.trace.write(sock, 'inode', at.dentry.d_inode);
  }
  k.trace.write(sock, 'local', { family: 'unix', name: bound });
  return 0;
}

function inet_bind(k: Kernel, sock: socket, address: string, port: number, family: 'inet' | 'inet6'): number {
  // without a table every IPv4 address counts as a broadcast one, which may be bound
  if (!ANY.has(address) && !local_device(sock.net, address) && (family === 'inet6' || sock.net.fib_local)) return err('EADDRNOTAVAIL');
  if (port !== 0 && port < 1024 && !ns_capable(k, sock.net.user_ns, CAP_NET_BIND_SERVICE)) return err('EACCES');
  if (sock.local) return err('EINVAL');
  const chosen = port === 0 ? ephemeral(k, sock) : port;
  const others = sock.net.ports.get(`${transport(sock)}:${chosen}`) ?? [];
  const clash = others.some((other) => other.local && 'address' in other.local && (other.local.address === address || ANY.has(address) || ANY.has(other.local.address))
    && !(sock.options.get('SO_REUSEADDR') === 1 && other.options.get('SO_REUSEADDR') === 1 && other.state !== 'listening'));
  if (clash) return err('EADDRINUSE');
  hash(k, sock, `${transport(sock)}:${chosen}`);
  k.trace.write(sock, 'local', { family, address, port: chosen });
  return 0;
}

/** The next free port of those that are given out without being asked for. */
function ephemeral(k: Kernel, sock: socket): number {
  const key = `port of net ${sock.net.id}`;
  let port = k.counters.get(key) ?? 32768;
  while (sock.net.ports.has(`${transport(sock)}:${port}`)) port = port >= 60999 ? 32768 : port + 1;
  k.trace.insert(k.counters, key, port >= 60999 ? 32768 : port + 1);
  return port;
}

/** listen(2). Errors: EOPNOTSUPP, EINVAL. */
export function sys_listen(k: Kernel, fd: number, backlog: number): number {
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const { sock } = found;
  if (sock.type !== SOCK_STREAM && sock.type !== SOCK_SEQPACKET) return err('EOPNOTSUPP');
  if (sock.state === 'connected' || (sock.family === AF_UNIX && !sock.local)) return err('EINVAL');
  if (!sock.local) {
    const failed = inet_bind(k, sock, any(sock), 0, sock.family === AF_INET6 ? 'inet6' : 'inet');
    if (failed) return failed;
  }
  k.trace.write(sock, 'backlog', Math.min(Math.max(backlog, 0), 4096));
  k.trace.write(sock, 'state', 'listening');
  return 0;
}

const any = (sock: socket): string => (sock.family === AF_INET6 ? '::' : '0.0.0.0');

/** connect(2). Errors: EISCONN, EAFNOSUPPORT, ECONNREFUSED, EACCES, EPROTOTYPE, ENETUNREACH, EHOSTUNREACH, EAGAIN. */
export function sys_connect(k: Kernel, fd: number, to: sockaddr): number | Blocked {
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const { sock, file: of } = found;
  if (sock.family === AF_NETLINK) return netlink_connect(k, sock, to);
  const stream = sock.type === SOCK_STREAM || sock.type === SOCK_SEQPACKET;
  if (stream && sock.state === 'connected') return err('EISCONN');
  if (sock.state === 'listening') return err('EINVAL');
  const reached = reach(k, sock, to);
  if (!reached || isErr(reached)) {
    if (reached === null && !stream && sock.family !== AF_UNIX) {
      k.trace.write(sock, 'remote', to);
      return 0;
    }
    return reached ?? err('ECONNREFUSED');
  }
  const { other, source } = reached;
  // whoever has no port yet is given one, and the address that leads there
  if (!stream && !sock.local && source) inet_bind(k, sock, source, 0, sock.family === AF_INET6 ? 'inet6' : 'inet');
  k.trace.write(sock, 'remote', to);
  if (!stream) {
    k.trace.write(sock, 'peer', other);
    k.trace.write(sock, 'state', 'connected');
    return 0;
  }
  if (other.state !== 'listening') return err('ECONNREFUSED');
  if (other.pending.length > other.backlog) return (of.f_flags & O_NONBLOCK) !== 0 ? err('EAGAIN') : wait_on(k, other, 'connect');
  if (!sock.local && source) inet_bind(k, sock, source, 0, sock.family === AF_INET6 ? 'inet6' : 'inet');
  const accepted = sk_alloc(k, other.net, other.family, other.type, other.protocol);
  k.trace.write(accepted, 'local', to);
  k.trace.write(accepted, 'remote', sock.local);
  join(k, sock, accepted);
  k.trace.write(other, 'pending', [...other.pending, accepted]);
  wake_up(k, other);
  return 0;
}

/** The socket that has this name, and the address the caller gets; null when there is none. */
function reach(k: Kernel, sock: socket, to: sockaddr): { readonly other: socket; readonly source: string | null } | null | Err {
  if (sock.family === AF_UNIX) {
    if (to.family !== 'unix') return err('EINVAL');
    const other = unix_find(k, sock.net, to.name);
    if (!other || isErr(other)) return other;
    return other.type === sock.type ? { other, source: null } : err('EPROTOTYPE');
  }
  if (to.family === 'unix' || to.family === 'netlink') return err('EAFNOSUPPORT');
  const address = ANY.has(to.address) ? '127.0.0.1' : to.address;
  const route = ip_route_output(sock.net, address);
  if (isErr(route)) return route;
  const there = route.to.ports.get(`${transport(sock)}:${to.port}`) ?? [];
  const fits = there.filter(({ local, type, state }) => local && 'address' in local && (ANY.has(local.address) || local.address === address) && type === sock.type && (type !== SOCK_STREAM || state === 'listening'));
  const other = fits[0];
  return other ? { other, source: route.source } : null;
}

function unix_find(k: Kernel, of: net, name: string): socket | null | Err {
  if (name.startsWith('\0')) return of.ports.get(`unix:${name}`)?.[0] ?? null;
  const at = kern_path(k, name);
  if (isErr(at)) return at;
  const { d_inode } = at.dentry;
  const denied = inode_permission(k, d_inode, MAY_WRITE);
  if (denied) return denied;
  return (d_inode.i_mode & S_IFMT) === S_IFSOCK && d_inode.i_object instanceof socket ? d_inode.i_object : null;
}

/** accept4(2): a descriptor, and who connected. Errors: EINVAL, EOPNOTSUPP, EAGAIN, EMFILE. */
export function sys_accept4(k: Kernel, fd: number, flags: number): { readonly fd: number; readonly from: sockaddr | null } | Err | Blocked {
  if ((flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) !== 0) return err('EINVAL');
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const { sock, file: of } = found;
  if (sock.type !== SOCK_STREAM && sock.type !== SOCK_SEQPACKET) return err('EOPNOTSUPP');
  if (sock.state !== 'listening') return err('EINVAL');
  const [first, ...rest] = sock.pending;
  if (!first) return (of.f_flags & O_NONBLOCK) !== 0 ? err('EAGAIN') : wait_on(k, sock, 'accept');
  const made = get_unused_fd(k);
  if (isErr(made)) return made;
  k.trace.write(sock, 'pending', rest);
  wake_up(k, sock);
  return { fd: install(k, first, flags), from: first.remote };
}

/** sendto, sendmsg. `files`: open files to send along; `cred`: who the sender says it is, if not itself. Errors: those of sock_send and connect; EISCONN. */
export function sys_sendto(k: Kernel, fd: number, data: Uint8Array, flags: number, to: sockaddr | null, files: readonly file[] = [], cred: peer_cred | null = null): number | Blocked {
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const { sock, file: of } = found;
  if ((flags & MSG_OOB) !== 0) return err('EOPNOTSUPP');
  const nonblock = (flags & MSG_DONTWAIT) !== 0 || (of.f_flags & O_NONBLOCK) !== 0;
  const sent: packet = { data, from: sock.local, files, cred: cred ?? current_cred(k) };
  if (sock.family === AF_NETLINK) return netlink_sendmsg(k, sock, sent, to);
  if (to && sock.family === AF_UNIX && sock.type === SOCK_STREAM) return err(sock.state === 'connected' ? 'EISCONN' : 'EOPNOTSUPP');
  if (sock.type === SOCK_STREAM || sock.type === SOCK_SEQPACKET || !to) {
    if (!to && sock.type === SOCK_DGRAM && sock.remote && !sock.peer && sock.family !== AF_UNIX) return data.length;
    return sock_send(k, sock, sent, nonblock, (flags & MSG_NOSIGNAL) !== 0);
  }
  const reached = reach(k, sock, to);
  if (isErr(reached)) return reached;
  if (!reached) return sock.family === AF_UNIX ? err('ECONNREFUSED') : data.length;
  if (!sock.local && sock.family !== AF_UNIX) inet_bind(k, sock, any(sock), 0, sock.family === AF_INET6 ? 'inet6' : 'inet');
  const from = !sock.local || !('address' in sock.local) ? sock.local : { ...sock.local, address: reached.source ?? sock.local.address };
  const before = reached.other.queue.length;
  const n = sock_queue_rcv(k, reached.other, { ...sent, from }, sock);
  if (reached.other.queue.length > before) return n;
  return nonblock ? err('EAGAIN') : wait_on(k, reached.other, 'sendto');
}

/** recvfrom, recvmsg. Errors: EAGAIN, ENOTCONN. */
export function sys_recvfrom(k: Kernel, fd: number, count: number, flags: number): packet | Err | Blocked {
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const { sock, file: of } = found;
  if ((flags & MSG_OOB) !== 0) return err('EOPNOTSUPP');
  const nonblock = (flags & MSG_DONTWAIT) !== 0 || (of.f_flags & O_NONBLOCK) !== 0;
  if ((flags & MSG_WAITALL) !== 0 && !nonblock && sock_fills(sock, count)) {
    const wait = sock_wait(k, sock, 'recv');
    if (wait === Blocked || sock.queue.length === 0) return wait;
  }
  const got = sock_recv(k, sock, count, nonblock, (flags & MSG_PEEK) !== 0);
  // whoever only looks gets files of its own
  if ((flags & MSG_PEEK) !== 0 && typeof got === 'object') for (const each of got.files) k.trace.get(each);
  return got;
}

/** shutdown(2): 0 reading, 1 writing, 2 both. Errors: EINVAL, ENOTCONN. */
export function sys_shutdown(k: Kernel, fd: number, how: number): number {
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  if (how < 0 || how > 2) return err('EINVAL');
  const { sock } = found;
  if (sock.state !== 'connected') return err('ENOTCONN');
  k.trace.write(sock, 'shutdown', sock.shutdown | (how + 1));
  if (how !== 0 && sock.peer) {
    k.trace.write(sock.peer, 'eof', true);
    wake_up(k, sock.peer);
  }
  wake_up(k, sock);
  return 0;
}

/** getsockname(2) and getpeername(2). Errors: ENOTCONN. */
export function sys_getsockname(k: Kernel, fd: number): sockaddr | Err {
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const { sock } = found;
  if (sock.family === AF_NETLINK) return sock.local ?? KERNEL;
  return sock.local ?? (sock.family === AF_UNIX ? { family: 'unix', name: '' } : { family: sock.family === AF_INET6 ? 'inet6' : 'inet', address: any(sock), port: 0 });
}

export function sys_getpeername(k: Kernel, fd: number): sockaddr | Err {
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const { sock } = found;
  if (sock.family === AF_NETLINK) return sock.remote ?? KERNEL;
  if (sock.state !== 'connected' && !sock.remote) return err('ENOTCONN');
  return sock.remote ?? { family: 'unix', name: '' };
}
