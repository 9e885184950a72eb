import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';

/** A descriptor of a socket. */
export interface OpenSocket {
  readonly fd: number;
  /** The socket's inode, in decimal as /proc/net has it: compared and looked up, never calculated with. */
  readonly inode: string;
}

/** Sockets by process, handed from the search for descriptors to the search for sockets, so that each table is read once. */
export type OpenSockets = Map<number, OpenSocket[]>;

/** The descriptor's socket, undefined when its target is none. */
export function socketOf(fd: number, target: string): OpenSocket | undefined {
  return target.startsWith('socket:[') ? { fd, inode: target.slice('socket:['.length, -1) } : undefined;
}

/** The sockets that a process has open, or why its descriptors cannot be read (ENOENT, ESRCH: it ended). */
export function openSockets(pid: number): OpenSocket[] | Errno {
  const folder = `/proc/${pid}/fd`;
  try {
    const sockets: OpenSocket[] = [];
    for (const name of fs.readdirSync(folder)) {
      const socket = socketOf(Number(name), targetOf(`${folder}/${name}`) ?? '');
      if (socket) sockets.push(socket);
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
