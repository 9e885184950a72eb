import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { errnoOf } from '../kernel/errno.ts';
import type { Native } from '../kernel/native.ts';
import type { HeldRef } from './heldRef.ts';
import { parseNsLink } from './heldRef.ts';
import type { OpenSocket, OpenSockets } from './openSockets.ts';
import { socketOf } from './openSockets.ts';

export type { HeldRef } from './heldRef.ts';

/**
 * Open descriptors of namespaces, in all these processes. Yields after each process, so that the caller can do other
 * work in between; returns what was found, and which processes' descriptors could not be read and why
 * (a process that ended meanwhile is no failure).
 *
 * Threads may have a table of descriptors of their own (unshare(CLONE_FILES)): where kcmp(2) tells so, theirs are read too.
 * @param sockets emptied, then filled with the sockets met on the way, by process: `findSockets` takes them
 */
export function* findDescriptors(pids: readonly number[], native: Native | Errno = 'ENOKOFFI', sockets?: OpenSockets): Generator<undefined, { refs: HeldRef[]; unread: [number, Errno][] }> {
  const refs: HeldRef[] = [];
  sockets?.clear();
  const unread: [number, Errno][] = [];
  for (const pid of pids) {
    const met: OpenSocket[] = [];
    const failed = readTable(`/proc/${pid}/fd`, pid, undefined, refs, met);
    if (!failed) sockets?.set(pid, met);
    if (failed && failed !== 'ENOENT' && failed !== 'ESRCH') unread.push([pid, failed]);
    if (!failed && typeof native !== 'string') {
      for (const tid of separateTables(pid, native)) readTable(`/proc/${pid}/task/${tid}/fd`, pid, tid, refs, []);
    }
    yield;
  }
  return { refs, unread };
}

function readTable(folder: string, pid: number, tid: number | undefined, refs: HeldRef[], sockets: OpenSocket[]): Errno | undefined {
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch (error) {
    return errnoOf(error);
  }
  for (const name of names) {
    const path = `${folder}/${name}`;
    let target: string;
    try {
      target = fs.readlinkSync(path);
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === 'ENOENT' || errno === 'ESRCH') continue; // closed, or ended, since the folder was read
      return errno;
    }
    // cheap test first: most descriptors are files
    if (!target.endsWith(']')) continue;
    const socket = socketOf(Number(name), target);
    if (socket) {
      sockets.push(socket);
      continue;
    }
    const ns = parseNsLink(target);
    if (ns) refs.push({ ...ns, open: path, held: { kind: 'descriptor', pid, fd: Number(name), ...(tid === undefined ? {} : { tid }) } });
  }
  return undefined;
}

/** Threads whose table of descriptors is not the leader's. One link count tells the processes without threads apart. */
function separateTables(pid: number, native: Native): number[] {
  try {
    // task/ has two links of its own and one for each thread
    if (fs.statSync(`/proc/${pid}/task`).nlink <= 3) return [];
    const separate: number[] = [];
    for (const name of fs.readdirSync(`/proc/${pid}/task`)) {
      const tid = Number(name);
      if (tid !== pid && native.sharesFiles(pid, tid) === false) separate.push(tid);
    }
    return separate;
  } catch {
    return []; // it ended; its descriptors went with it
  }
}
