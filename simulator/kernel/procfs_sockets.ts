import { in6_bytes } from './in6.ts';
import { in_bytes } from './in_addr.ts';
import type { Kernel } from './kernel.ts';
import { S_IFREG } from './mode.ts';
import { register_proc } from './proc_entry.ts';
import type { About } from './proc_entry.ts';
import { IPPROTO_RAW, TCP_ESTABLISHED, TCP_LISTEN, inet_end, inet_listed, unix_listed } from './sock_table.ts';
import type { listed } from './sock_table.ts';
import { AF_INET, AF_INET6 } from './socket.ts';
import type { socket } from './socket.ts';
import { from_kuid_munged } from './uidgid.ts';

const ro = S_IFREG | 0o444;
const hex = (n: number, width: number): string => n.toString(16).toUpperCase().padStart(width, '0');
const pad = (n: number | string, width: number): string => String(n).padStart(width);
/** Lines of TCP's and UDP's tables over IPv4 are filled with blanks to this length. */
const TCP_LINE = 149;
const UDP_LINE = 127;
const UDP_BUCKETS = 1024;

/** Words of four bytes, each as a number of this machine's. */
function end_text(sock: socket, which: 'local' | 'remote'): string {
  const { address, port } = inet_end(sock, which);
  const bytes = sock.family === AF_INET6 ? in6_bytes(address) : in_bytes(address);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) text += hex(view.getUint32(at, true), 8);
  return `${text}:${hex(port, 4)}`;
}

/** Pointers are shown hashed: a number that says which of two are the same, and no more. */
const pointer = (sock: socket): string => (Math.imul(sock.id, 0x9e3779b1) >>> 0).toString(16).padStart(16, '0');

function inet_line({ user_ns }: About, { sock, state, rx, tx, embryo }: listed, slot: string): string {
  const uid = pad(from_kuid_munged(user_ns, sock.cred.uid), 5);
  return `${slot}: ${end_text(sock, 'local')} ${end_text(sock, 'remote')} ${hex(state, 2)} ${hex(state === TCP_LISTEN ? 0 : tx, 8)}:${hex(rx, 8)} 00:00000000 00000000 ${uid} ${pad(0, 8)} ${embryo ? 0 : sock.ino}`;
}

function tcp(k: Kernel, about: About, family: typeof AF_INET | typeof AF_INET6): string {
  const of = about.task?.nsproxy?.net_ns;
  if (!of) return '';
  const head = family === AF_INET6 ? '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
    : '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  const lines = inet_listed(k, of, family, 6).map((row, n) => `${inet_line(about, row, pad(n, 4))} 1 ${pointer(row.sock)} ${row.state === TCP_LISTEN ? '100 0 0 10 0' : '20 4 30 10 -1'}`);
  return [head, ...lines].map((line) => `${family === AF_INET ? line.padEnd(TCP_LINE) : line}\n`).join('');
}

function datagrams(k: Kernel, about: About, family: typeof AF_INET | typeof AF_INET6, protocol: number): string {
  const of = about.task?.nsproxy?.net_ns;
  if (!of) return '';
  const tail = 'st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops';
  const udp = protocol !== IPPROTO_RAW;
  const head = family === AF_INET6 ? `  sl  local_address                         remote_address                        ${tail}` : `${udp ? ' ' : ''}  sl  local_address rem_address   ${tail}`;
  const lines = inet_listed(k, of, family, protocol)
    .map((row) => `${inet_line(about, row, udp ? pad(inet_end(row.sock, 'local').port % UDP_BUCKETS, 5) : pad(row.sock.protocol, 4))} 2 ${pointer(row.sock)} 0`);
  return [head, ...lines].map((line) => `${udp && family === AF_INET ? line.padEnd(UDP_LINE) : line}\n`).join('');
}

const SS_UNCONNECTED = 1;
const SS_CONNECTING = 2;
const SS_CONNECTED = 3;
const ACCEPTCON = 0x10000;

function unix(k: Kernel, { task }: About): string {
  const of = task?.nsproxy?.net_ns;
  const lines = !of ? [] : unix_listed(k, of).map(({ sock, state, embryo }) => {
    const shown = embryo ? SS_CONNECTING : state === TCP_ESTABLISHED ? SS_CONNECTED : SS_UNCONNECTED;
    const name = sock.local?.family === 'unix' && sock.local.name !== '' ? ` ${sock.local.name.replaceAll('\0', '@')}` : '';
    return `${pointer(sock)}: ${hex(sock.peer ? 3 : 2, 8)} 00000000 ${hex(state === TCP_LISTEN ? ACCEPTCON : 0, 8)} ${hex(sock.type, 4)} ${hex(shown, 2)} ${pad(embryo ? 0 : sock.ino, 5)}${name}\n`;
  });
  return `Num       RefCount Protocol Flags    Type St Inode Path\n${lines.join('')}`;
}

register_proc({
  'pid/net/tcp': { mode: ro, root: true, show: (k, about) => tcp(k, about, AF_INET) },
  'pid/net/tcp6': { mode: ro, root: true, show: (k, about) => tcp(k, about, AF_INET6) },
  'pid/net/udp': { mode: ro, root: true, show: (k, about) => datagrams(k, about, AF_INET, 17) },
  'pid/net/udp6': { mode: ro, root: true, show: (k, about) => datagrams(k, about, AF_INET6, 17) },
  'pid/net/raw': { mode: ro, root: true, show: (k, about) => datagrams(k, about, AF_INET, IPPROTO_RAW) },
  'pid/net/unix': { mode: ro, root: true, show: unix },
});
