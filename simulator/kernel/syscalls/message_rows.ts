import { err, isErr, type Err } from '../errno.ts';
import { MSG_CMSG_CLOEXEC, scm_recv, scm_send } from '../scm.ts';
import { Blocked } from '../sched.ts';
import { sockfd_lookup } from '../socket.ts';
import { MSG_TRUNC, sys_recvfrom, sys_sendto } from '../socket_calls.ts';
import { sock_getsockopt, sock_setsockopt } from '../sockopt.ts';
import { Reader, Writer } from '../uaccess.ts';
import { iovecs } from './file_calls.ts';
import { sockaddr_bytes, sockaddr_from } from './socket_rows.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, pointer, uint } from './table.ts';

const UIO_MAXIOV = 1024;
/** struct msghdr, and where in it its parts stand that recvmsg changes. */
const MSGHDR = 56;
const NAMELEN_AT = 8;
const CONTROLLEN_AT = 40;
const FLAGS_AT = 48;
/** struct mmsghdr is padded. */
const MMSGHDR = 64;

interface msghdr {
  readonly name: number;
  readonly namelen: number;
  readonly parts: readonly { readonly base: number; readonly length: number }[];
  readonly control: number;
  readonly controllen: number;
}

/** Errors: EFAULT, EINVAL, EMSGSIZE. */
function msghdr_from(call: Call, address: number): msghdr | Err {
  const bytes = given(call, address, MSGHDR);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const name = reader.u64();
  const namelen = reader.i32();
  const [iov, iovlen, control, controllen] = [reader.skip(4).u64(), reader.u64(), reader.u64(), reader.u64()];
  if (namelen < 0) return err('EINVAL');
  if (iovlen > UIO_MAXIOV) return err('EMSGSIZE');
  const parts = iovecs(call, iov, iovlen);
  return isErr(parts) ? parts : { name, namelen: name === 0 ? 0 : namelen, parts, control, controllen: control === 0 ? 0 : controllen };
}

function sendmsg(call: Call, fd: number, address: number, flags: number): Result {
  const { k } = call;
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const msg = msghdr_from(call, address);
  if (isErr(msg)) return msg;
  const to = msg.namelen === 0 ? null : sockaddr_from(call, msg.name, msg.namelen);
  if (isErr(to)) return to;
  const data = new Uint8Array(msg.parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { base, length } of msg.parts) {
    const bytes = given(call, base, length);
    if (isErr(bytes)) return bytes;
    data.set(bytes, at);
    at += length;
  }
  const control = given(call, msg.control, msg.controllen);
  if (isErr(control)) return control;
  const scm = scm_send(k, control);
  if (isErr(scm)) return scm;
  return sys_sendto(k, fd, data, flags, to, scm.files, scm.cred);
}

function recvmsg(call: Call, fd: number, address: number, flags: number): Result {
  const { k } = call;
  const found = sockfd_lookup(k, fd);
  if (isErr(found)) return found;
  const msg = msghdr_from(call, address);
  if (isErr(msg)) return msg;
  const size = msg.parts.reduce((sum, { length }) => sum + length, 0);
  const got = sys_recvfrom(k, fd, size, flags);
  if (typeof got !== 'object') return got;
  let at = 0;
  for (const { base, length } of msg.parts) {
    const failed = answer(call, base, got.data.subarray(at, at + length));
    if (failed !== 0) return failed;
    at += length;
  }
  const cloexec = (flags & MSG_CMSG_CLOEXEC) !== 0;
  const { control, flags: truncated } = scm_recv(k, got, msg.controllen, found.sock.options.get('SO_PASSCRED') === 1, cloexec);
  const from = got.from && got.from.family !== 'unix' ? sockaddr_bytes(got.from) : got.from?.name ? sockaddr_bytes(got.from) : new Uint8Array(0);
  const shown = (got.data.length > size ? MSG_TRUNC : 0) | truncated | (cloexec ? MSG_CMSG_CLOEXEC : 0);
  return answer(call, msg.control, control)
    || (msg.name === 0 ? 0 : answer(call, msg.name, from.subarray(0, msg.namelen)) || answer(call, address + NAMELEN_AT, new Writer().u32(from.length).done()))
    || answer(call, address + CONTROLLEN_AT, new Writer().u64(control.length).done())
    || answer(call, address + FLAGS_AT, new Writer().u32(shown).done())
    || ((flags & MSG_TRUNC) !== 0 ? got.data.length : Math.min(got.data.length, size));
}

/** sendmmsg and recvmmsg: one after another until one fails or would wait; the error only when it is the first. */
function several(one: (call: Call, fd: number, address: number, flags: number) => Result): (call: Call, fd: number, address: number, count: number, flags: number) => Result {
  return (call, fd, address, count, flags) => {
    let done = 0;
    for (; done < Math.min(count, UIO_MAXIOV); done++) {
      const at = address + done * MMSGHDR;
      const MSG_DONTWAIT = 0x40;
      const result = one(call, fd, at, done === 0 ? flags : flags | MSG_DONTWAIT);
      if (result === Blocked || isErr(result)) return done > 0 ? done : result;
      const failed = answer(call, at + MSGHDR, new Writer().u32(result).done());
      if (failed !== 0) return failed;
    }
    return done;
  };
}

function setsockopt(call: Call, fd: number, level: number, option: number, address: number, length: number): Result {
  const found = sockfd_lookup(call.k, fd);
  if (isErr(found)) return found;
  if (length < 0) return err('EINVAL');
  const bytes = given(call, address, Math.min(length, 64));
  return isErr(bytes) ? bytes : sock_setsockopt(call.k, found.sock, level, option, bytes);
}

function getsockopt(call: Call, fd: number, level: number, option: number, address: number, length_at: number): Result {
  const found = sockfd_lookup(call.k, fd);
  if (isErr(found)) return found;
  const room = given(call, length_at, 4);
  if (isErr(room)) return room;
  const size = new Reader(room).i32();
  if (size < 0) return err('EINVAL');
  const bytes = sock_getsockopt(call.k, found.sock, level, option);
  if (isErr(bytes)) return bytes;
  const part = bytes.subarray(0, size);
  return answer(call, address, part) || answer(call, length_at, new Writer().u32(part.length).done());
}

export const MESSAGE_CALLS: readonly SyscallRow[] = [
  filled('sendmsg', [int, pointer, int], sendmsg),
  filled('recvmsg', [int, pointer, int], recvmsg),
  filled('sendmmsg', [int, pointer, uint, int], several(sendmsg)),
  filled('recvmmsg', [int, pointer, uint, int], several(recvmsg)),
  filled('setsockopt', [int, int, int, pointer, int], setsockopt),
  filled('getsockopt', [int, int, int, pointer, pointer], getsockopt),
];
