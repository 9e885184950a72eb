import type { Errno, Listener } from '../../protocol.ts';
import { latin1Text } from '../../kernel/hostText.ts';
import { readProcFile } from '../../kernel/procFile.ts';
import { openSockets } from '../../holders/openSockets.ts';

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
    const found = openSockets(pid);
    if (typeof found === 'string') {
      if (found !== 'ENOENT' && found !== 'ESRCH') unread ??= found;
      continue;
    }
    let comm: string | undefined;
    for (const { fd, inode } of found) {
      if (!sockets.has(inode)) continue;
      comm ??= commOf(pid);
      const list = owners.get(inode);
      if (list) list.push({ pid, comm, fd });
      else owners.set(inode, [{ pid, comm, fd }]);
    }
  }
  return { owners, unread };
}

function commOf(pid: number): string {
  const read = readProcFile(`/proc/${pid}/comm`);
  return typeof read === 'string' ? '' : latin1Text(read.text.replace(/\n$/, ''));
}
