import fs from 'node:fs';
import type { Errno } from '../protocol.ts';
import { latin1Text } from '../kernel/hostText.ts';
import { openNamespace } from '../kernel/openNamespace.ts';
import { nsInode, readProcFile } from '../kernel/procFile.ts';
import type { Visitor } from '../kernel/visit.ts';

/** Path in the unified hierarchy, or in systemd's named one, or in the first there is; undefined when the text has none. */
export function cgroupPath(text: string): string | undefined {
  const lines = text.split('\n').map((line) => /^(\d+):([^:]*):(\/.*)$/.exec(line)).filter((match) => match !== null);
  const line = lines.find((match) => match[1] === '0') ?? lines.find((match) => match[2] === 'name=systemd') ?? lines[0];
  return line?.[3];
}

/**
 * Root of a cgroup namespace from one member: its path seen from here ends with its path seen from inside.
 * Undefined when the member is outside of the namespace's root (`/..`) or the paths do not fit.
 */
export function rootByMember(seenHere: string, seenInside: string): string | undefined {
  if (/(?:^|\/)\.\.(?:\/|$)/.test(seenInside)) return undefined;
  if (seenInside === '/') return seenHere;
  if (!seenHere.endsWith(seenInside)) return undefined;
  return seenHere.slice(0, -seenInside.length) || '/';
}

/** The longest path that all these lie in or below. */
export function commonRoot(paths: readonly string[]): string | undefined {
  const [first, ...rest] = paths.map((path) => path.split('/').filter((part) => part !== ''));
  if (!first) return undefined;
  let length = first.length;
  for (const parts of rest) {
    let same = 0;
    while (same < length && parts[same] === first[same]) same++;
    length = same;
  }
  return `/${first.slice(0, length).join('/')}`;
}

/**
 * Where a cgroup namespace begins, as a path seen from here. Exact when we may visit it: a member's path is read once
 * from outside and once from inside. Otherwise what its members have in common, which is at or below the root.
 */
export function readCgroupRoot(inode: number, pid: number | null, pids: readonly number[], visitor: Visitor): { readonly path: string } | Errno {
  const members = (pid === null ? pids : [pid, ...pids]).filter((each, i, all) => all.indexOf(each) === i && nsInode(each, 'cgroup') === inode);
  const [member] = members;
  if (member === undefined) return 'ESRCH';
  const here = pathOf(member);
  if (typeof here === 'string') return here;
  const inside = insidePath(member, inode, visitor);
  const exact = inside === undefined ? undefined : rootByMember(here.path, inside);
  const shared = exact ?? commonRoot(members.map(pathOf).flatMap((path) => typeof path === 'string' ? [] : path.path)) ?? here.path;
  return { path: latin1Text(shared) };
}

function insidePath(pid: number, inode: number, visitor: Visitor): string | undefined {
  const fd = openNamespace(`/proc/${pid}/ns/cgroup`);
  if (typeof fd === 'string') return undefined;
  try {
    if (fs.fstatSync(fd).ino !== inode) return undefined;
    const visited = visitor.visit('cgroup', fd, () => pathOf(pid));
    return typeof visited === 'string' || typeof visited.value === 'string' ? undefined : visited.value.path;
  } finally {
    fs.closeSync(fd);
  }
}

function pathOf(pid: number): { readonly path: string } | Errno {
  const read = readProcFile(`/proc/${pid}/cgroup`);
  if (typeof read === 'string') return read;
  const path = cgroupPath(read.text);
  return path === undefined ? 'EFORMAT' : { path };
}
