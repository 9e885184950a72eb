import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';

/** A descriptor of a socket. */
export interface OpenSocket {
  readonly fd: number;
  /** The socket's inode, in decimal as /proc/net has it: compared and looked up, never calculated with. */
  readonly inode: string;
}

/** The sockets that a process has open, or why its descriptors cannot be read (ENOENT, ESRCH: it ended). */
export function openSockets(pid: number): OpenSocket[] | Errno {
  const folder = `/proc/${pid}/fd`;
  try {
    const sockets: OpenSocket[] = [];
    for (const name of fs.readdirSync(folder)) {
      const target = targetOf(`${folder}/${name}`);
      if (target?.startsWith('socket:[')) sockets.push({ fd: Number(name), inode: target.slice('socket:['.length, -1) });
    }
    return sockets;
  } catch (error) {
    return errnoOf(error);
  }
}

/** Where a descriptor leads; undefined when it was closed since the folder was read. Throws for every other reason. */
function targetOf(path: string): string | undefined {
  try {
    return fs.readlinkSync(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
