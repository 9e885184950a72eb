import { CAP_NET_ADMIN, ns_capable } from './capability.ts';
import { err, isErr, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { netlink_unicast } from './netlink.ts';
import { MessageWriter } from './nlattr.ts';
import { rtm_deladdr, rtm_dumpaddr, rtm_newaddr } from './rtnl_addr.ts';
import { rtm_dellink, rtm_dumplink, rtm_getlink, rtm_getnsid, rtm_newlink, rtm_setlink } from './rtnl_link.ts';
import { rtm_delroute, rtm_dumproute, rtm_getroute, rtm_newroute } from './rtnl_route.ts';
import { NETLINK_SOCK_DIAG, sock_diag } from './sock_diag.ts';
import type { socket } from './socket.ts';
import { Reader, Writer } from './uaccess.ts';
import { atLeast } from './version.ts';

export const NLM_F_REQUEST = 1;
const NLM_F_MULTI = 2;
const NLM_F_ACK = 4;
const NLM_F_DUMP = 0x300;
export const NLM_F_REPLACE = 0x100;
export const NLM_F_EXCL = 0x200;
const NLM_F_BULK = 0x200;
export const NLM_F_CREATE = 0x400;
const NLM_F_CAPPED = 0x100;
const NLM_F_ACK_TLVS = 0x200;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLMSG_MIN_TYPE = 16;
const HDR = 16;
/** Bytes of messages that come in one piece. */
const DUMP_PIECE = 8192;

/** A request to the kernel. `body`: behind the header. */
export interface Request { readonly sock: socket; readonly portid: number; readonly type: number; readonly flags: number; readonly seq: number; readonly body: Uint8Array }
/** Why a request was refused, with the sentence that goes along for those who asked for it (NETLINK_EXT_ACK). */
export interface Refused { readonly errno: Err; readonly msg: string }
export type Outcome = 0 | Err | Refused;
/** A message of an answer, without its header. */
export interface Answer { readonly type: number; readonly body: Uint8Array }

export function refused(errno: Err, msg: string): Refused { return { errno, msg }; }

type Do = (k: Kernel, request: Request) => Outcome | Answer;
type Dump = (k: Kernel, request: Request) => readonly Answer[];

export const RTM_NEWLINK = 16;
export const RTM_DELLINK = 17;
export const RTM_NEWADDR = 20;
export const RTM_DELADDR = 21;
export const RTM_NEWROUTE = 24;
export const RTM_DELROUTE = 25;
const RTM_GETNSID = 90;
const RTM_MAX = 127;

const HANDLERS: ReadonlyMap<number, { readonly doit?: Do; readonly dump?: Dump }> = new Map([
  [RTM_NEWLINK, { doit: rtm_newlink }], [RTM_DELLINK, { doit: rtm_dellink }], [18, { doit: rtm_getlink, dump: rtm_dumplink }], [19, { doit: rtm_setlink }],
  [RTM_NEWADDR, { doit: rtm_newaddr }], [RTM_DELADDR, { doit: rtm_deladdr }], [22, { dump: rtm_dumpaddr }],
  [RTM_NEWROUTE, { doit: rtm_newroute }], [RTM_DELROUTE, { doit: rtm_delroute }], [26, { doit: rtm_getroute, dump: rtm_dumproute }],
  [RTM_GETNSID, { doit: rtm_getnsid }],
  // nobody was ever talked to, and no queueing was chosen: the tables are empty
  [30, { dump: () => [] }], [38, { dump: () => [] }],
]);

/** All messages of what a program sent. */
export function rtnetlink_rcv(k: Kernel, sock: socket, portid: number, data: Uint8Array): void {
  for (let at = 0; at + HDR <= data.length;) {
    const reader = new Reader(data.subarray(at, at + HDR));
    const [length, type, flags, seq] = [reader.u32(), reader.u16(), reader.u16(), reader.u32()];
    if (length < HDR || at + length > data.length) return;
    const whole = data.subarray(at, at + length);
    at += (length + 3) & ~3;
    if ((flags & NLM_F_REQUEST) === 0) continue;
    const request: Request = { sock, portid, type, flags, seq, body: whole.subarray(HDR) };
    const outcome = type < NLMSG_MIN_TYPE ? 0 : serve(k, request);
    if (outcome === 'dumped') continue;
    if (typeof outcome === 'object' && 'type' in outcome) {
      netlink_unicast(k, sock, message(outcome, request, 0));
      if ((flags & NLM_F_ACK) !== 0) acknowledge(k, request, whole, 0);
    } else if (outcome !== 0 || (flags & NLM_F_ACK) !== 0) acknowledge(k, request, whole, outcome);
  }
}

function serve(k: Kernel, request: Request): Outcome | Answer | 'dumped' {
  const { type, flags, body, sock } = request;
  if (sock.protocol === NETLINK_SOCK_DIAG) {
    const found = sock_diag(k, request);
    if (isErr(found)) return found;
    dump(k, request, found);
    return 'dumped';
  }
  if (type > RTM_MAX) return err('EOPNOTSUPP');
  if (body.length === 0) return 0;
  const asks = (type & 3) === 2;
  if (!asks && !ns_capable(k, sock.net.user_ns, CAP_NET_ADMIN)) return err('EPERM');
  // what deletes many at once is marked by the bit that means NLM_F_EXCL elsewhere; nothing here can do it
  if ((type & 3) === 1 && (flags & NLM_F_BULK) !== 0 && atLeast(k.version, '6.1')) return err('EOPNOTSUPP');
  const handler = HANDLERS.get(type);
  if (asks && (flags & NLM_F_DUMP) !== 0 && (handler?.dump || !handler?.doit)) {
    if (!handler?.dump) return err('EOPNOTSUPP');
    dump(k, request, handler.dump(k, request));
    return 'dumped';
  }
  return handler?.doit?.(k, request) ?? err('EOPNOTSUPP');
}

/** A list comes in pieces, at its end a message that says so. */
function dump(k: Kernel, request: Request, answers: readonly Answer[]): void {
  const done: Answer = { type: NLMSG_DONE, body: new Uint8Array(4) };
  let piece = new MessageWriter();
  let length = 0;
  for (const answer of [...answers, done]) {
    const bytes = message(answer, request, NLM_F_MULTI);
    if (length > 0 && length + bytes.length > DUMP_PIECE) {
      netlink_unicast(k, request.sock, piece.done());
      piece = new MessageWriter();
      length = 0;
    }
    piece.raw(bytes);
    length += bytes.length;
  }
  netlink_unicast(k, request.sock, piece.done());
}

/** A whole message: header, body, and zeros up to the next number that 4 divides. */
export function message({ type, body }: Answer, { seq, portid }: { readonly seq: number; readonly portid: number }, flags: number): Uint8Array {
  return new Writer().u32(HDR + body.length).u16(type).u16(flags).u32(seq).u32(portid).fixed(body).zeros(-body.length & 3).done();
}

function acknowledge(k: Kernel, request: Request, whole: Uint8Array, outcome: Outcome): void {
  const { sock } = request;
  const errno = typeof outcome === 'object' ? outcome.errno : outcome;
  const told = typeof outcome === 'object' && sock.options.get('NETLINK_EXT_ACK') === 1 ? outcome.msg : null;
  const capped = errno === 0 || sock.options.get('NETLINK_CAP_ACK') === 1;
  const body = new MessageWriter().raw(new Writer().u32(errno >>> 0).done()).raw(capped ? whole.subarray(0, HDR) : whole);
  if (!capped) body.raw(new Uint8Array(-whole.length & 3));
  const NLMSGERR_ATTR_MSG = 1;
  if (told !== null) body.text(NLMSGERR_ATTR_MSG, told);
  netlink_unicast(k, sock, message({ type: NLMSG_ERROR, body: body.done() }, request, (capped ? NLM_F_CAPPED : 0) | (told === null ? 0 : NLM_F_ACK_TLVS)));
}

