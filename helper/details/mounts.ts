import fs from 'node:fs';
import type { Errno, MountDetails } from '../protocol.ts';
import { latin1Text } from '../kernel/hostText.ts';
import { listMounts, statMount } from '../kernel/mountTable.ts';
import type { Native } from '../kernel/native.ts';
import { openNamespace } from '../kernel/openNamespace.ts';
import { nsInode, readProcFile } from '../kernel/procFile.ts';
import { allMountNamespaces } from '../holders/mountNamespaces.ts';
import type { MountLine } from '../holders/mountinfo.ts';
import { parseMountLine } from '../holders/mountinfo.ts';

/** More are counted, not sent. */
export const MOST_MOUNTS = 5000;

/** Mounts as a process inside sees them; without one, all that the kernel lists for the namespace (paths from its own root). */
export function readMounts(inode: number, pid: number | null, open: string | null, native: Native | Errno): MountDetails | Errno {
  let why: Errno = 'ESRCH';
  if (pid !== null) {
    const there = nsInode(pid, 'mnt');
    const read = there === inode || there === 'EACCES' ? readProcFile(`/proc/${pid}/mountinfo`) : 'ESRCH';
    if (typeof read !== 'string') return mountsOfText(read.text);
    why = read;
  }
  if (typeof native === 'string') return pid === null ? native : why;
  const id = mountNamespaceId(inode, open, native);
  return typeof id === 'string' ? id : mountsOfNamespace(id, native);
}

/** As much of a mountinfo file as is sent, and how many mounts it has. */
export function mountsOfText(text: string): MountDetails {
  const mounts: MountDetails['mounts'][number][] = [];
  let total = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    total++;
    const mount = mounts.length < MOST_MOUNTS ? parseMountLine(line) : undefined;
    if (mount) mounts.push(shown(mount));
  }
  return { mounts, total };
}

function mountsOfNamespace(id: bigint, native: Native): MountDetails | Errno {
  const mounts: MountDetails['mounts'][number][] = [];
  let total = 0;
  const pages = listMounts(native, id);
  let page = pages.next();
  for (; !page.done; page = pages.next()) {
    for (const mountId of page.value) {
      total++;
      const mount = mounts.length < MOST_MOUNTS ? statMount(native, id, mountId) : 'ENOENT';
      if (typeof mount !== 'string') mounts.push(shown(mount));
    }
  }
  return page.value ?? { mounts, total };
}

function shown({ id, parent, dev, options, point, root, fstype, source, tags }: MountLine): MountDetails['mounts'][number] {
  return {
    id, parent, dev, options, point: latin1Text(point), root: latin1Text(root), fstype: latin1Text(fstype), source: latin1Text(source),
    // a mount without any tag is private
    propagation: tags.length > 0 ? tags.join(' ') : 'private',
  };
}

/** The number that listmount wants; without a path to the namespace it is sought among all of them. */
function mountNamespaceId(inode: number, open: string | null, native: Native): bigint | Errno {
  if (open !== null) {
    const fd = openNamespace(open);
    if (typeof fd === 'string') return fd;
    try {
      if (fs.fstatSync(fd).ino !== inode) return 'ESRCH';
      const info = native.mountNamespace(fd);
      return typeof info === 'string' ? info : info.id;
    } finally {
      fs.closeSync(fd);
    }
  }
  const walk = allMountNamespaces(native);
  let step = walk.next();
  while (!step.done) step = walk.next();
  const found = step.value.ids.get(inode);
  if (found) return found.id;
  return step.value.phase === 'complete' || step.value.phase === 'pending' ? 'ESRCH' : step.value.phase;
}
