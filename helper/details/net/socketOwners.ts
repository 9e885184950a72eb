import fs from 'node:fs';
import type { Errno, Listener } from '../../protocol.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { latin1Text } from '../../kernel/hostText.ts';
import { readProcFile } from '../../kernel/procFile.ts';

export interface SocketOwners {
  /** By socket inode (decimal). */
  readonly owners: ReadonlyMap<string, Listener['processes']>;
  /** Why the descriptors of at least one process could not be read; undefined when all were. */
  readonly unread: Errno | undefined;
}

/** Which of these processes have which of these sockets open. */
export function findSocketOwners(sockets: ReadonlySet<string>, pids: readonly number[]): SocketOwners {
  const owners = new Map<string, { pid: number; comm: string; fd: number }[]>();
  let unread: Errno | undefined;
  if (sockets.size === 0) return { owners, unread };
  for (const pid of pids) {
    let names: string[];
    try {
      names = fs.readdirSync(`/proc/${pid}/fd`);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno !== 'ENOENT' && errno !== 'ESRCH') unread ??= errno;
      continue;
    }
    let comm: string | undefined;
    for (const name of names) {
      const inode = socketAt(`/proc/${pid}/fd/${name}`);
      if (inode === undefined || !sockets.has(inode)) continue;
      comm ??= commOf(pid);
      const list = owners.get(inode);
      const owner = { pid, comm, fd: Number(name) };
      if (list) list.push(owner);
      else owners.set(inode, [owner]);
    }
  }
  return { owners, unread };
}

function socketAt(path: string): string | undefined {
  try {
    const target = fs.readlinkSync(path);
    return target.startsWith('socket:[') ? target.slice(8, -1) : undefined;
  } catch {
    return undefined; // closed since the folder was read
  }
}

function commOf(pid: number): string {
  const read = readProcFile(`/proc/${pid}/comm`);
  return typeof read === 'string' ? '' : latin1Text(read.text.replace(/\n$/, ''));
}
