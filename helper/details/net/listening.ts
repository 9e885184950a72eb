import type { Listener } from '../../protocol.ts';
import { addressText, wordsToBytes } from './address.ts';

/** A socket that waits for peers, before it is known who has it open. */
export type Listening = Pick<Listener, 'protocol' | 'address' | 'port' | 'inode' | 'uid'>;

/** The four files, each named as the protocol. */
export const LISTENER_FILES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

/** States as the kernel numbers them (net/tcp_states.h); UDP borrows CLOSE for "unconnected". */
const TCP_LISTEN = '0A';
const UDP_UNCONNECTED = '07';

/**
 * `/proc/net/{tcp,tcp6,udp,udp6}`: number, local address, peer, state, queues, timer, retransmits, uid, timeout, inode …
 * A line that is cut short or of another form is left out.
 */
export function parseListening(protocol: Listener['protocol'], text: string): Listening[] {
  const found: Listening[] = [];
  const wanted = protocol.startsWith('tcp') ? TCP_LISTEN : UDP_UNCONNECTED;
  for (const line of text.split('\n')) {
    const [number, local, peer, state, , , , uid, , inode, ...more] = line.trim().split(/\s+/);
    // the line is whole only if something follows the inode: it may have been cut in the middle of a number
    if (state !== wanted || !number?.endsWith(':') || !local || !peer || !uid || !inode || more.length === 0) continue;
    if (protocol.startsWith('udp') && !/^0+:0+$/.test(peer)) continue;
    const [hex, port] = local.split(':');
    const bytes = wordsToBytes(hex ?? '');
    if (bytes?.length !== (protocol.endsWith('6') ? 16 : 4) || !/^[0-9a-f]{4}$/i.test(port ?? '') || !/^\d+$/.test(uid) || !/^\d+$/.test(inode)) continue;
    found.push({ protocol, address: addressText(bytes), port: parseInt(port ?? '', 16), inode, uid: Number(uid) });
  }
  return found;
}
