import { err, isErr, type Err } from '../errno.ts';
import { fput, sys_close } from '../files.ts';
import { in6_bytes, in6_text } from '../in6.ts';
import { AF_INET, AF_INET6, AF_NETLINK, AF_UNIX } from '../socket.ts';
import type { sockaddr } from '../socket.ts';
import {
  MSG_TRUNC, sys_accept4, sys_bind, sys_connect, sys_getpeername, sys_getsockname, sys_listen, sys_recvfrom, sys_sendto, sys_shutdown, sys_socket, sys_socketpair,
} from '../socket_calls.ts';
import { decode, encode } from '../text.ts';
import { Reader, Writer } from '../uaccess.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, pointer, row } from './table.ts';

/** Longest struct sockaddr_storage; bytes of a path in struct sockaddr_un. */
const SOCKADDR_MAX = 128;
const UNIX_PATH_MAX = 108;

/** An address in the caller's memory. Errors: EINVAL (length), EFAULT, EAFNOSUPPORT. */
export function sockaddr_from(call: Call, address: number, length: number): sockaddr | Err {
  if (length < 2 || length > SOCKADDR_MAX) return err('EINVAL');
  const bytes = given(call, address, length);
  if (isErr(bytes)) return bytes;
  const family = new Reader(bytes).u16();
  if (family === AF_UNIX) return length > 2 + UNIX_PATH_MAX ? err('EINVAL') : { family: 'unix', name: unix_name(bytes.subarray(2)) };
  if (family === AF_NETLINK) {
    if (length < 12) return err('EINVAL');
    const reader = new Reader(bytes).skip(4);
    return { family: 'netlink', portid: reader.u32(), groups: reader.u32() };
  }
  if (family !== AF_INET && family !== AF_INET6) return err('EAFNOSUPPORT');
  if (length < (family === AF_INET ? 16 : 24)) return err('EINVAL');
  const port = (bytes[2] ?? 0) << 8 | (bytes[3] ?? 0);
  return family === AF_INET ? { family: 'inet', address: bytes.subarray(4, 8).join('.'), port } : { family: 'inet6', address: in6_text(bytes.subarray(8, 24)), port };
}

/** An abstract name is all bytes; a path ends at its first zero. */
function unix_name(bytes: Uint8Array): string {
  const end = bytes[0] === 0 ? -1 : bytes.indexOf(0);
  return decode(end < 0 ? bytes : bytes.subarray(0, end));
}

export function sockaddr_bytes(of: sockaddr): Uint8Array {
  if (of.family === 'unix') {
    const to = new Writer().u16(AF_UNIX).fixed(encode(of.name));
    return of.name === '' || of.name.startsWith('\0') ? to.done() : to.u8(0).done();
  }
  if (of.family === 'netlink') return new Writer().u16(AF_NETLINK).u16(0).u32(of.portid).u32(of.groups >>> 0).done();
  const port = new Uint8Array([of.port >> 8, of.port & 0xff]);
  if (of.family === 'inet') return new Writer().u16(AF_INET).fixed(port).fixed(Uint8Array.from(of.address.split('.'), Number)).zeros(8).done();
  return new Writer().u16(AF_INET6).fixed(port).u32(0).fixed(in6_bytes(of.address)).u32(0).done();
}

/** Writes an address into the room that the caller gave, and its whole length. The address 0: not wanted. */
export function put_sockaddr(call: Call, of: sockaddr | null, address: number, length_at: number): number {
  if (address === 0) return 0;
  const room = given(call, length_at, 4);
  if (isErr(room)) return room;
  const size = new Reader(room).i32();
  if (size < 0) return err('EINVAL');
  const bytes = of ? sockaddr_bytes(of) : new Uint8Array(0);
  return answer(call, address, bytes.subarray(0, size)) || answer(call, length_at, new Writer().u32(bytes.length).done());
}

function accept4(call: Call, fd: number, address: number, length_at: number, flags: number): Result {
  const got = sys_accept4(call.k, fd, flags);
  if (typeof got !== 'object') return got;
  const failed = put_sockaddr(call, got.from ?? { family: 'unix', name: '' }, address, length_at);
  if (failed !== 0) sys_close(call.k, got.fd);
  return failed || got.fd;
}

function socketpair(call: Call, family: number, type: number, protocol: number, address: number): Result {
  const fds = sys_socketpair(call.k, family, type, protocol);
  if (isErr(fds)) return fds;
  return answer(call, address, new Writer().u32(fds[0]).u32(fds[1]).done());
}

function sendto(call: Call, fd: number, address: number, size: number, flags: number, to: number, length: number): Result {
  const bytes = given(call, address, size);
  if (isErr(bytes)) return bytes;
  const dest = to === 0 ? null : sockaddr_from(call, to, length);
  return isErr(dest) ? dest : sys_sendto(call.k, fd, bytes, flags, dest);
}

function recvfrom(call: Call, fd: number, address: number, size: number, flags: number, from: number, length_at: number): Result {
  const got = sys_recvfrom(call.k, fd, size, flags);
  if (typeof got !== 'object') return got;
  // files that came along have nowhere to go
  for (const of of got.files) fput(call.k, of);
  const bytes = got.data.subarray(0, size);
  return answer(call, address, bytes) || put_sockaddr(call, got.from, from, length_at) || ((flags & MSG_TRUNC) !== 0 ? got.data.length : bytes.length);
}

/** Something with an address of the caller's. */
function addressed<T extends Result>(call: Call, address: number, length: number, then: (to: sockaddr) => T): T | Err {
  const to = sockaddr_from(call, address, length);
  return isErr(to) ? to : then(to);
}

function name_of(name: (k: Call['k'], fd: number) => sockaddr | Err): (call: Call, fd: number, address: number, length_at: number) => Result {
  return (call, fd, address, length_at) => {
    const of = name(call.k, fd);
    return isErr(of) ? of : put_sockaddr(call, of, address, length_at);
  };
}

export const SOCKET_CALLS: readonly SyscallRow[] = [
  row('socket', [int, int, int], sys_socket),
  filled('socketpair', [int, int, int, pointer], socketpair),
  filled('bind', [int, pointer, int], (call, fd, address, length) => addressed(call, address, length, (to) => sys_bind(call.k, fd, to))),
  filled('connect', [int, pointer, int], (call, fd, address, length) => addressed(call, address, length, (to) => sys_connect(call.k, fd, to))),
  row('listen', [int, int], sys_listen),
  filled('accept', [int, pointer, pointer], (call, fd, address, length_at) => accept4(call, fd, address, length_at, 0)),
  filled('accept4', [int, pointer, pointer, int], accept4),
  filled('sendto', [int, pointer, long, int, pointer, int], sendto),
  filled('recvfrom', [int, pointer, long, int, pointer, pointer], recvfrom),
  row('shutdown', [int, int], sys_shutdown),
  filled('getsockname', [int, pointer, pointer], name_of(sys_getsockname)),
  filled('getpeername', [int, pointer, pointer], name_of(sys_getpeername)),
];
