import { CAP_NET_ADMIN, ns_capable } from './capability.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { pid_vnr } from './pid_lookup.ts';
import { AF_INET, AF_INET6, AF_NETLINK, AF_UNIX, SOCK_STREAM } from './socket.ts';
import type { socket } from './socket.ts';
import { SNDBUF } from './socket_queue.ts';
import { Reader, Writer } from './uaccess.ts';
import { from_kgid_munged, from_kuid_munged } from './uidgid.ts';
import { atLeast } from './version.ts';

export const SOL_SOCKET = 1;
const SOL_NETLINK = 270;
const IPPROTO_IP = 0;
const IPPROTO_TCP = 6;
const IPPROTO_IPV6 = 41;

const SO_TYPE = 3;
const SO_ERROR = 4;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_LINGER = 13;
const SO_PEERCRED = 17;
const SO_RCVTIMEO = 20;
const SO_SNDTIMEO = 21;
const SO_BINDTODEVICE = 25;
const SO_ACCEPTCONN = 30;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const SO_MARK = 36;
const SO_PROTOCOL = 38;
const SO_DOMAIN = 39;

/** Options of any socket that are on or off, and such that are numbers with what they usually are: by number, the name under which they are kept. */
const FLAGS: ReadonlyMap<number, string> = new Map([
  [1, 'SO_DEBUG'], [2, 'SO_REUSEADDR'], [5, 'SO_DONTROUTE'], [6, 'SO_BROADCAST'], [9, 'SO_KEEPALIVE'], [10, 'SO_OOBINLINE'], [15, 'SO_REUSEPORT'], [16, 'SO_PASSCRED'],
  [29, 'SO_TIMESTAMP'], [34, 'SO_PASSSEC'],
]);
const NUMBERS: ReadonlyMap<number, readonly [name: string, usual: number]> = new Map([[12, ['SO_PRIORITY', 0]], [18, ['SO_RCVLOWAT', 1]], [SO_MARK, ['SO_MARK', 0]]] as const);
/** The same of TCP, IPv4 and IPv6, as `level:option`. */
const PROTOCOLS: ReadonlyMap<string, readonly [name: string, usual: number]> = new Map([
  ['6:1', ['TCP_NODELAY', 0]], ['6:3', ['TCP_CORK', 0]], ['6:4', ['TCP_KEEPIDLE', 7200]], ['6:5', ['TCP_KEEPINTVL', 75]], ['6:6', ['TCP_KEEPCNT', 9]], ['6:12', ['TCP_QUICKACK', 1]],
  ['6:18', ['TCP_USER_TIMEOUT', 0]], ['0:1', ['IP_TOS', 0]], ['0:2', ['IP_TTL', 64]], ['0:8', ['IP_PKTINFO', 0]], ['0:11', ['IP_RECVERR', 0]], ['0:12', ['IP_RECVTTL', 0]],
  ['0:33', ['IP_MULTICAST_TTL', 1]], ['0:34', ['IP_MULTICAST_LOOP', 1]], ['41:16', ['IPV6_UNICAST_HOPS', 64]], ['41:26', ['IPV6_V6ONLY', 0]], ['41:49', ['IPV6_RECVPKTINFO', 0]],
] as const);

const set = (k: Kernel, sock: socket, name: string, value: number): 0 => {
  k.trace.insert(sock.options, name, value);
  return 0;
};

function protocol_option(sock: socket, level: number, option: number): readonly [name: string, usual: number] | 'level' | 'option' {
  const inet = sock.family === AF_INET || sock.family === AF_INET6;
  const tcp = inet && sock.type === SOCK_STREAM;
  const fits = (level === IPPROTO_IP && inet) || (level === IPPROTO_TCP && tcp) || (level === IPPROTO_IPV6 && sock.family === AF_INET6);
  return fits ? PROTOCOLS.get(`${level}:${option}`) ?? 'option' : 'level';
}

/** Most that a program may ask for without privilege (net.core.wmem_max, rmem_max). */
const buffer_max = (k: Kernel): number => (atLeast(k.version, '6.18') ? 4194304 : SNDBUF);

function timeval(bytes: Uint8Array): number | Err {
  if (bytes.length < 16) return err('EINVAL');
  const reader = new Reader(bytes);
  const seconds = reader.i64();
  const micro = reader.i64();
  return micro < 0 || micro >= 1_000_000 ? err('EDOM') : Math.max(0, seconds * 1e9 + micro * 1000);
}

const NETLINK_ADD_MEMBERSHIP = 1;
const NETLINK_DROP_MEMBERSHIP = 2;
const NETLINK_FLAGS: ReadonlyMap<number, string> = new Map([
  [3, 'NETLINK_PKTINFO'], [4, 'NETLINK_BROADCAST_ERROR'], [5, 'NETLINK_NO_ENOBUFS'], [8, 'NETLINK_LISTEN_ALL_NSID'], [10, 'NETLINK_CAP_ACK'], [11, 'NETLINK_EXT_ACK'], [12, 'NETLINK_GET_STRICT_CHK'],
]);

/** Groups to hear, and what answers are like. Errors: EINVAL, ENOPROTOOPT. */
function netlink_setsockopt(k: Kernel, sock: socket, option: number, bytes: Uint8Array): 0 | Err {
  if (bytes.length < 4) return err('EINVAL');
  const value = new Reader(bytes).i32();
  if (option === NETLINK_ADD_MEMBERSHIP || option === NETLINK_DROP_MEMBERSHIP) {
    if (value < 1 || value > 37) return err('EINVAL');
    if (option === NETLINK_ADD_MEMBERSHIP) return set(k, sock, `NETLINK group ${value}`, 1);
    k.trace.remove(sock.options, `NETLINK group ${value}`);
    return 0;
  }
  const name = NETLINK_FLAGS.get(option);
  return name === undefined ? err('ENOPROTOOPT') : set(k, sock, name, value === 0 ? 0 : 1);
}

/** setsockopt(2). Errors: ENOPROTOOPT, EOPNOTSUPP, EINVAL (too short), EPERM, ENODEV, EDOM. */
export function sock_setsockopt(k: Kernel, sock: socket, level: number, option: number, bytes: Uint8Array): 0 | Err {
  if (level === SOL_NETLINK && sock.family === AF_NETLINK) return netlink_setsockopt(k, sock, option, bytes);
  if (level !== SOL_SOCKET) {
    const of = protocol_option(sock, level, option);
    if (typeof of === 'string') return err(of === 'option' || sock.family !== AF_UNIX ? 'ENOPROTOOPT' : 'EOPNOTSUPP');
    return bytes.length < 4 ? err('EINVAL') : set(k, sock, of[0], new Reader(bytes).i32());
  }
  const admin = (): boolean => ns_capable(k, sock.net.user_ns, CAP_NET_ADMIN);
  if (option === SO_BINDTODEVICE) return 0;
  if (bytes.length < 4) return err('EINVAL');
  const value = new Reader(bytes).i32();
  const flag = FLAGS.get(option);
  if (flag !== undefined) return set(k, sock, flag, value === 0 ? 0 : 1);
  const number = NUMBERS.get(option);
  if (number) return option === SO_MARK && !admin() ? err('EPERM') : set(k, sock, number[0], value);
  switch (option) {
    case SO_SNDBUFFORCE: case SO_SNDBUF: {
      if (option === SO_SNDBUFFORCE && !admin()) return err('EPERM');
      const most = option === SO_SNDBUF ? buffer_max(k) : 0x3fffffff;
      return set(k, sock, 'SO_SNDBUF', Math.max(Math.min(value, most) * 2, 4608));
    }
    case SO_RCVBUFFORCE: case SO_RCVBUF: {
      if (option === SO_RCVBUFFORCE && !admin()) return err('EPERM');
      return set(k, sock, 'SO_RCVBUF', Math.max(Math.min(value, option === SO_RCVBUF ? buffer_max(k) : 0x3fffffff) * 2, 2304));
    }
    case SO_LINGER:
      if (bytes.length < 8) return err('EINVAL');
      set(k, sock, 'SO_LINGER', value === 0 ? 0 : 1);
      return set(k, sock, 'SO_LINGER time', new Reader(bytes).skip(4).i32());
    case SO_RCVTIMEO: case SO_SNDTIMEO: {
      const time = timeval(bytes);
      return time < 0 ? time : set(k, sock, option === SO_RCVTIMEO ? 'SO_RCVTIMEO' : 'SO_SNDTIMEO', time);
    }
    default: return err('ENOPROTOOPT');
  }
}

/** getsockopt(2): the bytes of the value. Errors: ENOPROTOOPT, EOPNOTSUPP. */
export function sock_getsockopt(k: Kernel, sock: socket, level: number, option: number): Uint8Array | Err {
  const int = (value: number): Uint8Array => new Writer().u32(value >>> 0).done();
  const kept = (name: string, usual: number): Uint8Array => int(sock.options.get(name) ?? usual);
  if (level !== SOL_SOCKET) {
    const of = protocol_option(sock, level, option);
    return typeof of === 'string' ? err(of === 'option' ? 'ENOPROTOOPT' : 'EOPNOTSUPP') : kept(...of);
  }
  const flag = FLAGS.get(option);
  const number = NUMBERS.get(option);
  if (flag !== undefined) return kept(flag, 0);
  if (number) return kept(...number);
  const tcp = sock.family !== AF_UNIX && sock.type === SOCK_STREAM;
  switch (option) {
    case SO_TYPE: return int(sock.type);
    case SO_ERROR: return int(0);
    case SO_SNDBUF: return kept('SO_SNDBUF', tcp ? 16384 : SNDBUF);
    case SO_RCVBUF: return kept('SO_RCVBUF', tcp ? 131072 : SNDBUF);
    case SO_LINGER: return new Writer().u32(sock.options.get('SO_LINGER') ?? 0).u32(sock.options.get('SO_LINGER time') ?? 0).done();
    case SO_PEERCRED: return ucred(k, sock.peer_cred);
    case SO_RCVTIMEO: case SO_SNDTIMEO: {
      const time = sock.options.get(option === SO_RCVTIMEO ? 'SO_RCVTIMEO' : 'SO_SNDTIMEO') ?? 0;
      return new Writer().u64(Math.floor(time / 1e9)).u64(Math.floor(time % 1e9 / 1000)).done();
    }
    case SO_BINDTODEVICE: return new Uint8Array(0);
    case SO_ACCEPTCONN: return int(sock.state === 'listening' ? 1 : 0);
    case SO_PROTOCOL: return int(sock.protocol !== 0 || sock.family === AF_UNIX ? sock.protocol : tcp ? IPPROTO_TCP : 17);
    case SO_DOMAIN: return int(sock.family);
    default: return err('ENOPROTOOPT');
  }
}

/** struct ucred: process, uid and gid as the running task's namespaces number them. */
export function ucred(k: Kernel, of: socket['peer_cred']): Uint8Array {
  const { user_ns } = k.current.cred;
  if (!of) return new Writer().u32(0).u32(0xffffffff).u32(0xffffffff).done();
  return new Writer().u32(of.pid && !of.pid.freed ? pid_vnr(k, of.pid) : 0).u32(from_kuid_munged(user_ns, of.uid)).u32(from_kgid_munged(user_ns, of.gid)).done();
}
