import { err, type Err } from './errno.ts';
import { POLLHUP, POLLOUT, POLLRDHUP, POLLWRBAND, POLLWRNORM, READABLE } from './file_ops.ts';
import type { Kernel } from './kernel.ts';
import type { Blocked } from './sched.ts';
import { wait_on, wake_up } from './sched.ts';
import { send_signal_noinfo } from './signal.ts';
import { AF_UNIX, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, SOCK_STREAM } from './socket.ts';
import type { packet, socket } from './socket.ts';
import type { Wait } from './task.ts';

/** What a socket's queue may cost before its sender waits (net.core.wmem_default), unless SO_SNDBUF says otherwise. */
export const SNDBUF = 212992;
/** A stream is cut into pieces of at most so many bytes: a page's worth beside the header, and eight pages. */
const CHUNK = 36544;
const PAGE = 4096;
/** Bytes of a packet beside its data: what describes it, and what its first part of memory ends with. */
const SKB = 256;
const SHARED_INFO = 320;
const MAX_HEAD = PAGE - SHARED_INFO;
const MAX_ALLOC = 4 * PAGE - SHARED_INFO;
/** Packets that wait in a datagram socket for a reader (net.unix.max_dgram_qlen) that is not connected to their sender. */
const MAX_DGRAM_QLEN = 10;

const page_align = (n: number): number => Math.ceil(n / PAGE) * PAGE;

/** What a packet of that length costs: memory comes in powers of two and in pages. So a queue holds 278 packets of one byte. */
export function truesize(length: number, stream: boolean): number {
  const linear = stream ? MAX_HEAD : MAX_ALLOC;
  const paged = length > linear ? Math.min(length, page_align(length - linear)) : 0;
  const head = 2 ** Math.ceil(Math.log2(Math.max(length - paged + SHARED_INFO, 512)));
  return SKB + head + page_align(paged);
}

const is_stream = (sock: socket): boolean => sock.type === SOCK_STREAM;
const has_end = (sock: socket): boolean => is_stream(sock) || sock.type === SOCK_SEQPACKET;

/** Is there room for one more packet from `sender`? What is beyond the limit already in the queue counts once only. */
function has_room(sender: socket | null, to: socket): boolean {
  if (sender?.family === AF_UNIX && !has_end(to) && to.peer !== sender && to.queue.length > MAX_DGRAM_QLEN) return false;
  const used = to.queue.reduce((sum, { data }) => sum + truesize(data.length, is_stream(to)), 0);
  return used < (sender?.options.get('SO_SNDBUF') ?? SNDBUF);
}

/** Puts a packet, or what fits of a stream's bytes, into the queue of `to`: how many bytes. Files go along with the first piece. */
export function sock_queue_rcv(k: Kernel, to: socket, sent: packet, sender: socket | null = to.peer): number {
  if (!is_stream(to)) {
    if (!has_room(sender, to)) return 0;
    push(k, to, { ...sent, data: sent.data.slice() });
    return sent.data.length;
  }
  let done = 0;
  while (done < sent.data.length && has_room(sender, to)) {
    const data = sent.data.slice(done, done + CHUNK);
    push(k, to, { ...sent, data, files: done === 0 ? sent.files : [] });
    done += data.length;
  }
  return done;
}

/** A packet that waits holds the files that come with it. */
function push(k: Kernel, to: socket, sent: packet): void {
  for (const of of sent.files) k.trace.get(of);
  k.trace.write(to, 'queue', [...to.queue, sent]);
  wake_up(k, to);
}

/** What the running task's call waited for before it was made again. */
function waited(k: Kernel): Wait | null {
  return k.calls.get(k.current.id)?.waited ?? null;
}

/** Sleeps, at most as long as the socket's timeout (SO_RCVTIMEO, SO_SNDTIMEO; nanoseconds) says; then EAGAIN. */
export function sock_wait(k: Kernel, sock: socket, kind: 'recv' | 'send', args: readonly unknown[] = []): Blocked | Err {
  const timeout = sock.options.get(kind === 'recv' ? 'SO_RCVTIMEO' : 'SO_SNDTIMEO') ?? 0;
  const deadline = waited(k)?.deadline ?? (timeout > 0 ? k.timekeeper.monotonic + BigInt(timeout) : null);
  if (deadline !== null && deadline <= k.timekeeper.monotonic) return err('EAGAIN');
  return wait_on(k, sock, kind, args, deadline);
}

const END: packet = { data: new Uint8Array(0), from: null, files: [], cred: null };

/**
 * Takes from the queue: a packet, or of a stream up to `count` bytes: several pieces, but none after one that came with files. Empty data at the end.
 * Errors: EAGAIN, EINVAL, ENOTCONN (not connected).
 */
export function sock_recv(k: Kernel, sock: socket, count: number, nonblock: boolean, peek = false): packet | Err | Blocked {
  if (has_end(sock) && sock.state !== 'connected' && !sock.eof) return err(sock.family === AF_UNIX && is_stream(sock) ? 'EINVAL' : 'ENOTCONN');
  const [first, ...rest] = sock.queue;
  if (!first) {
    if (sock.eof || (sock.shutdown & 1) !== 0) return END;
    return nonblock ? err('EAGAIN') : sock_wait(k, sock, 'recv');
  }
  if (!is_stream(sock)) {
    if (!peek) take(k, sock, rest);
    return first;
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  let files: packet['files'] = [];
  const left = [...sock.queue];
  for (let next = left[0]; next && length < count && files.length === 0; next = left[0]) {
    const part = next.data.subarray(0, count - length);
    parts.push(part);
    length += part.length;
    ({ files } = next);
    left.shift();
    if (part.length < next.data.length) {
      left.unshift({ ...next, data: next.data.subarray(part.length), files: [] });
      break;
    }
  }
  if (!peek) take(k, sock, left);
  const data = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return { ...first, data, files };
}

function take(k: Kernel, sock: socket, left: readonly packet[]): void {
  k.trace.write(sock, 'queue', left);
  if (sock.peer) wake_up(k, sock.peer);
  // datagrams may have come from others, who wait for the reader
  wake_up(k, sock);
}

/**
 * Sends on a connected socket, if need be in pieces; waits for room, unless not to. Errors: ENOTCONN, EDESTADDRREQ, ECONNREFUSED, EPIPE (with SIGPIPE unless
 * told not to), EMSGSIZE, EAGAIN.
 */
export function sock_send(k: Kernel, sock: socket, sent: packet, nonblock: boolean, quiet = false): number | Err | Blocked {
  const { peer } = sock;
  const { data } = sent;
  const wait = waited(k);
  const done = wait?.kind === 'send' ? Number(wait.args[1] ?? 0) : 0;
  if (!peer && sock.type === SOCK_DGRAM && sock.state === 'connected') return err('ECONNREFUSED');
  const unconnected = !peer && sock.state !== 'connected';
  if ((sock.shutdown & 2) !== 0 || (!peer && !unconnected) || (unconnected && is_stream(sock) && sock.family !== AF_UNIX) || (peer && (peer.shutdown & 1) !== 0)) {
    if (!quiet) send_signal_noinfo(k, SIGPIPE, k.current, false);
    return done > 0 ? done : err('EPIPE');
  }
  if (!peer) return err(sock.family === AF_UNIX || is_stream(sock) || sock.remote ? 'ENOTCONN' : 'EDESTADDRREQ');
  if (!is_stream(sock) && data.length > (sock.options.get('SO_SNDBUF') ?? SNDBUF) - 32) return err('EMSGSIZE');
  const now = done + sock_queue_rcv(k, peer, { ...sent, data: data.subarray(done), files: done > 0 ? [] : sent.files }, sock);
  if (now === data.length && (now > done || data.length === 0)) return now;
  if (nonblock) return now > 0 ? now : err('EAGAIN');
  return sock_wait(k, sock, 'send', [now]);
}

const SIGPIPE = 13;

/** What poll(2) sees. */
export function sock_poll(sock: socket): number {
  const { family, type, state, peer, queue, pending, eof, shutdown } = sock;
  if (state === 'listening') return pending.length > 0 ? READABLE : 0;
  const unix = family === AF_UNIX;
  const gone = unix && peer === null && eof;
  let events = queue.length > 0 ? READABLE : 0;
  if (has_end(sock) && (eof || (shutdown & 1) !== 0)) events |= READABLE | POLLRDHUP;
  if (has_end(sock) && (gone || state !== 'connected' || (eof && (shutdown & 2) !== 0))) events |= POLLHUP;
  const room = !peer || has_room(sock, peer);
  if (room) events |= POLLOUT | POLLWRNORM | (unix || type === SOCK_DGRAM || type === SOCK_RAW ? POLLWRBAND : 0);
  return events;
}

/** MSG_WAITALL: so many bytes are not there yet, and more may come. */
export function sock_fills(sock: socket, count: number): boolean {
  return is_stream(sock) && sock.state === 'connected' && !sock.eof && (sock.shutdown & 1) === 0 && sock_inq(sock) < count && has_room(sock.peer, sock);
}

/** Bytes that FIONREAD tells: all of a stream, of others those of the first packet. */
export function sock_inq(sock: socket): number {
  if (!is_stream(sock)) return sock.queue[0]?.data.length ?? 0;
  return sock.queue.reduce((sum, { data }) => sum + data.length, 0);
}
