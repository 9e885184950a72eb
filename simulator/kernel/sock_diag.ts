import { err, type Err } from './errno.ts';
import { in6_bytes } from './in6.ts';
import { in_bytes } from './in_addr.ts';
import type { Kernel } from './kernel.ts';
import { MessageWriter } from './nlattr.ts';
import type { Answer, Request } from './rtnetlink.ts';
import { inet_end, inet_listed, unix_listed } from './sock_table.ts';
import type { listed } from './sock_table.ts';
import { AF_INET, AF_INET6, AF_UNIX } from './socket.ts';
import { encode } from './text.ts';
import { Reader, Writer } from './uaccess.ts';
import { from_kuid_munged } from './uidgid.ts';

export const NETLINK_SOCK_DIAG = 4;
const SOCK_DIAG_BY_FAMILY = 20;
const NLM_F_DUMP = 0x300;
const UDIAG_SHOW_NAME = 1;
const UDIAG_SHOW_PEER = 4;
const UDIAG_SHOW_RQLEN = 0x10;
const UNIX_DIAG_NAME = 0;
const UNIX_DIAG_PEER = 2;
const UNIX_DIAG_RQLEN = 4;

/** The sockets of the asker's namespace (what ss(8) shows). Errors: EINVAL, ENOENT (no such family), EOPNOTSUPP (all but lists). */
export function sock_diag(k: Kernel, { sock, type, flags, body }: Request): readonly Answer[] | Err {
  if (type !== SOCK_DIAG_BY_FAMILY || (flags & NLM_F_DUMP) !== NLM_F_DUMP) return err('EOPNOTSUPP');
  if (body.length < 2) return err('EINVAL');
  const reader = new Reader(body);
  const both = reader.u16();
  const [family, protocol] = [both & 0xff, both >> 8];
  if (body.length >= 4) reader.u16();
  const states = body.length < 8 ? 0 : reader.u32();
  const wanted = (rows: readonly listed[]): listed[] => rows.filter(({ state }) => (states & (1 << state)) !== 0);
  if (family === AF_INET || family === AF_INET6) return wanted(inet_listed(k, sock.net, family, protocol)).map((row) => answer(inet_msg(k, row)));
  if (family !== AF_UNIX) return err('ENOENT');
  reader.u32();
  const show = body.length < 16 ? 0 : reader.u32();
  return wanted(unix_listed(k, sock.net)).filter(({ embryo }) => !embryo).map((row) => answer(unix_msg(row, show, new Set(row.sock.peer ? embryos(k, row) : []))));
}

const answer = (body: Uint8Array): Answer => ({ type: SOCK_DIAG_BY_FAMILY, body });

/** Sockets at the other end that nobody accepted yet: they have no inode to be told by. */
function embryos(k: Kernel, { sock }: listed): readonly unknown[] {
  return unix_listed(k, sock.net).filter(({ embryo }) => embryo).map((row) => row.sock);
}

function inet_msg(k: Kernel, { sock, state, rx, tx, embryo }: listed): Uint8Array {
  const [here, there] = [inet_end(sock, 'local'), inet_end(sock, 'remote')];
  const bytes = (text: string): Uint8Array => sock.family === AF_INET6 ? in6_bytes(text) : in_bytes(text);
  const port = (n: number): Uint8Array => Uint8Array.of(n >> 8, n & 0xff);
  return new Writer().u8(sock.family).u8(state).u8(0).u8(0).fixed(port(here.port)).fixed(port(there.port)).fixed(bytes(here.address), 16).fixed(bytes(there.address), 16)
    .u32(0).u32(sock.id).u32(0).u32(0).u32(rx).u32(tx).u32(from_kuid_munged(k.current.cred.user_ns, sock.cred.uid)).u32(embryo ? 0 : sock.ino).done();
}

function unix_msg({ sock, state, rx, tx }: listed, show: number, unaccepted: ReadonlySet<unknown>): Uint8Array {
  const message = new MessageWriter().raw(new Writer().u8(AF_UNIX).u8(sock.type).u8(state).u8(0).u32(sock.ino).u32(sock.id).u32(0).done());
  const name = sock.local?.family === 'unix' ? sock.local.name : '';
  if ((show & UDIAG_SHOW_NAME) !== 0 && name !== '') message.attribute(UNIX_DIAG_NAME, encode(name));
  if ((show & UDIAG_SHOW_PEER) !== 0 && sock.peer) message.u32(UNIX_DIAG_PEER, unaccepted.has(sock.peer) ? 0 : sock.peer.ino);
  if ((show & UDIAG_SHOW_RQLEN) !== 0) message.attribute(UNIX_DIAG_RQLEN, new Writer().u32(rx).u32(tx).done());
  return message.done();
}
