import type { Kernel } from './kernel.ts';
import type { net } from './net.ts';
import type { AF_INET} from './socket.ts';
import { AF_INET6, AF_UNIX, SOCK_DGRAM, SOCK_RAW, SOCK_STREAM, socket } from './socket.ts';
import { sock_inq, truesize } from './socket_queue.ts';

/** States as /proc/net and sock_diag tell them; those of TCP, for all families. */
export const TCP_ESTABLISHED = 1;
export const TCP_CLOSE = 7;
export const TCP_LISTEN = 10;
const TCP_FIN_WAIT2 = 5;
const TCP_CLOSE_WAIT = 8;

/** A socket as the tables of its namespace show it. `rx`, `tx`: bytes in the queues; of a listening one the connections that wait, and how many may. */
export interface listed { readonly sock: socket; readonly state: number; readonly rx: number; readonly tx: number; /** Nobody accepted it yet: it has no file and no inode. */ readonly embryo: boolean }

const IPPROTO_TCP = 6;
const IPPROTO_UDP = 17;
export const IPPROTO_RAW = 255;
/** The type of socket that has a protocol. */
const type_of = (protocol: number): number => protocol === IPPROTO_TCP ? SOCK_STREAM : protocol === IPPROTO_UDP ? SOCK_DGRAM : SOCK_RAW;
/** The end of a stream takes a number of its own. */
const FIN = 1;
/** What a datagram's headers take of the memory that holds it. */
const HEADERS = 64;

function sockets_of(k: Kernel, of: net, family: number): { readonly sock: socket; readonly embryo: boolean }[] {
  const all = [...k.trace.live.get('socket') ?? []].filter((object) => object instanceof socket).filter((sock) => sock.net === of && sock.family === family);
  const embryos = new Set(all.flatMap(({ pending }) => pending));
  return all.map((sock) => ({ sock, embryo: embryos.has(sock) }));
}

function tcp_state({ state, eof, shutdown }: socket): number {
  if (state === 'listening') return TCP_LISTEN;
  if (state !== 'connected') return TCP_CLOSE;
  const shut = (shutdown & 2) !== 0;
  return eof ? shut ? TCP_CLOSE : TCP_CLOSE_WAIT : shut ? TCP_FIN_WAIT2 : TCP_ESTABLISHED;
}

const queues = (sock: socket): { rx: number; tx: number } => sock.state === 'listening' ? { rx: sock.pending.length, tx: sock.backlog } : { rx: sock_inq(sock) + (sock.eof && sock.family !== AF_UNIX ? FIN : 0), tx: 0 };

/** Sockets of AF_INET or AF_INET6 of a protocol that are in its tables: TCP's that listen, then those with a connection; others that have a port. */
export function inet_listed(k: Kernel, of: net, family: typeof AF_INET | typeof AF_INET6, protocol: number): listed[] {
  const mine = sockets_of(k, of, family).filter(({ sock }) => sock.type === type_of(protocol));
  if (protocol === IPPROTO_TCP) {
    const rows = mine.map(({ sock, embryo }) => ({ sock, embryo, state: tcp_state(sock), ...queues(sock) })).filter(({ state }) => state !== TCP_CLOSE);
    return [...rows.filter(({ state }) => state === TCP_LISTEN), ...rows.filter(({ state }) => state !== TCP_LISTEN)];
  }
  return mine.filter(({ sock }) => protocol === IPPROTO_RAW || sock.local).map(({ sock, embryo }) => ({
    sock, embryo, state: sock.remote ? TCP_ESTABLISHED : TCP_CLOSE, rx: sock.queue.reduce((sum, { data }) => sum + truesize(data.length, false) + HEADERS, 0), tx: 0,
  }));
}

/** Sockets of AF_UNIX that were made in this namespace. */
export function unix_listed(k: Kernel, of: net): listed[] {
  return sockets_of(k, of, AF_UNIX).map(({ sock, embryo }) => ({
    sock, embryo, state: sock.state === 'listening' ? TCP_LISTEN : sock.state === 'connected' ? TCP_ESTABLISHED : TCP_CLOSE, ...queues(sock),
  }));
}

/** An end of an internet socket: nothing known is all zeros. Of a raw one the port is its protocol. */
export function inet_end(sock: socket, which: 'local' | 'remote'): { readonly address: string; readonly port: number } {
  const end = sock[which];
  if (end && 'address' in end) return end;
  return { address: sock.family === AF_INET6 ? '::' : '0.0.0.0', port: sock.type === SOCK_RAW && which === 'local' ? sock.protocol : 0 };
}
