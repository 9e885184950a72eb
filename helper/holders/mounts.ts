import fs from 'node:fs';
import type { Errno, Phase } from '../protocol.ts';
import { latin1Text } from '../kernel/hostText.ts';
import { listMounts, mountIsOf, statMount } from '../kernel/mountTable.ts';
import type { Native } from '../kernel/native.ts';
import { nsInode, readProcFile } from '../kernel/procFile.ts';
import type { Facts, Known } from '../namespaces/resolver.ts';
import { allMountNamespaces } from './mountNamespaces.ts';
import type { HeldRef } from './heldRef.ts';
import { parseNsLink } from './heldRef.ts';
import { parseMountLine } from './mountinfo.ts';

/** A mount namespace to look into: its inode, and a process that lives in it (null: none does). */
export interface MountNamespaceToRead { readonly inode: number; readonly pid: number | null }

export interface FoundMounts {
  refs: HeldRef[];
  /** Mount namespaces that no process is in, and (after them) owners that `known` does not have. */
  processless: Facts[];
  unread: [number, Errno][];
  /** `complete`, or why mount namespaces without a process could not be listed; the others were read all the same. */
  phase: Phase;
}

/** How many statmount calls are made between two yields: about a quarter of a millisecond. */
const SLICE = 128;

/**
 * Bind mounts of namespace files in every mount namespace that can be seen: through mountinfo of a process inside, and
 * where the kernel can list mounts of a namespace by its id also those outside of that process's root, and those in
 * namespaces without a process. Yields often, so that the caller can do other work in between.
 *
 * A namespace whose first process started after the caller read its processes shows as process-less: the caller who has
 * a later reading of the processes should believe that one.
 */
export function* findMounts(mountNamespaces: readonly MountNamespaceToRead[], native: Native | Errno, known: Known = () => true): Generator<undefined, FoundMounts> {
  const own = nsInode('self', 'mnt');
  const withProcess = new Set(mountNamespaces.flatMap(({ inode, pid }) => pid === null ? [] : inode));
  const { ids, processless, phase } = yield* allMountNamespaces(native, withProcess, known);
  const refs: HeldRef[] = [];
  const unread: [number, Errno][] = [];
  const done = new Set<number>();
  for (const { inode, pid } of mountNamespaces) {
    done.add(inode);
    const listed = ids.get(inode);
    const seen = new Set<string>();
    let lines = 0;
    if (pid !== null) {
      const read = readProcFile(`/proc/${pid}/mountinfo`);
      if (typeof read !== 'string') lines = fromMountinfo(read.text, inode, pid, inode === own, refs, seen);
      // ESRCH, EINVAL: it ended, and has left its namespaces already
      else if (!listed && read !== 'ENOENT' && read !== 'ESRCH' && read !== 'EINVAL') unread.push([pid, read]);
    }
    // more mounts than the process sees: some are outside of its root
    if (listed && listed.mounts > lines && typeof native !== 'string') yield* fromListmount(native, listed.id, inode, refs, seen);
    yield;
  }
  for (const [inode, { id }] of ids) {
    if (!done.has(inode) && typeof native !== 'string') yield* fromListmount(native, id, inode, refs, new Set());
  }
  return { refs, processless, unread, phase };
}

function fromMountinfo(text: string, inode: number, pid: number, own: boolean, refs: HeldRef[], seen: Set<string>): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  if (!text.includes(' - nsfs ')) return lines;
  for (const line of text.split('\n')) {
    if (!line.includes(' - nsfs ')) continue;
    const mount = parseMountLine(line);
    const ns = mount && mount.fstype === 'nsfs' ? parseNsLink(mount.root) : undefined;
    if (!mount || !ns) continue;
    seen.add(mount.id);
    refs.push({
      ...ns, open: own ? mount.point : `/proc/${pid}/root${mount.point}`,
      held: { kind: 'bind mount', path: latin1Text(mount.point), mountNamespace: inode, pid },
    });
  }
  return lines;
}

function* fromListmount(native: Native, id: bigint, inode: number, refs: HeldRef[], seen: Set<string>): Generator<undefined, void> {
  let calls = 0;
  for (const page of listMounts(native, id)) {
    for (const mountId of page) {
      if (++calls % SLICE === 0) yield;
      if (!mountIsOf(native, id, mountId, 'nsfs')) continue;
      const mount = statMount(native, id, mountId);
      const ns = typeof mount === 'string' ? undefined : parseNsLink(mount.root);
      if (typeof mount === 'string' || !ns || seen.has(mount.id)) continue;
      refs.push({ ...ns, open: null, held: { kind: 'bind mount', path: latin1Text(mount.point), mountNamespace: inode, pid: null } });
    }
  }
}

/** Does this path still lead to that namespace? For a bind mount that another mount may hide by now. */
export function leadsTo(path: string, inode: number): boolean {
  try {
    return fs.statSync(Buffer.from(path, 'latin1')).ino === inode;
  } catch {
    return false;
  }
}
