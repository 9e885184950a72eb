import type { HostModel } from '../../helper/model/model.ts';
import { visible } from '../../helper/model/text.ts';
import { NS_LINKS, NS_TYPES, typeOfLink } from '../../helper/protocol.ts';
import type { Errno, MountDetails, Namespace, NsType, Process } from '../../helper/protocol.ts';

/** So many mounts of a namespace are written down; a host with more has most of them from one program. */
const MOST_MOUNTS = 300;

/** What was read of the mounts of a mount namespace (by inode), or why not. */
export type MountsRead = ReadonlyMap<number, MountDetails | Errno>;

/** What a simulation cannot take over, or only nearly: as numbers, so that it can be said in the user's language. */
export interface Missing {
  /** Processes whose namespaces could not be read: taken to be their parents'. */
  readonly unreadable: number;
  /** Threads with namespaces of their own. */
  readonly threads: number;
  readonly zombies: number;
  /** Mount namespaces whose mounts could not be read: they get a copy of the initial ones. */
  readonly mountsUnread: number;
  /** Mounts beyond those that are written down. */
  readonly mountsMore: number;
  /** Namespaces that only a socket, or something that could not be seen, holds. */
  readonly unheld: number;
}

export interface HostStateFile { readonly text: string; readonly processes: number; readonly namespaces: number; readonly missing: Missing }

/** Mount namespaces of these processes, whose mounts are worth reading. */
export function mountNamespacesOf(model: HostModel, processes: readonly Process[]): Namespace[] {
  return [...new Set(processes.map((process) => inodeOf(process, 'mnt')))].flatMap((inode) => model.find('mnt', inode) ?? []);
}

/**
 * The state of those processes and of all that they are in, in the form that the simulator reads (simulator/run/state_file.ts). `own`: the helper's own ten inodes; its namespaces
 * stand for the initial ones where those cannot be told.
 */
export function hostState(model: HostModel, processes: readonly Process[], own: readonly (number | null)[], mounts: MountsRead): HostStateFile {
  const alive = processes.filter(({ state }) => state !== 'Z');
  const initial = new Map(NS_TYPES.map((type) => [type, initialOf(model, type, own)] as const));
  const namespaces = namespacesOf(model, alive, initial);
  let mountsMore = 0, mountsUnread = 0;
  const written = namespaces.map((ns) => {
    const isInitial = initial.get(ns.type) === ns.inode;
    const read = ns.type === 'mnt' ? mounts.get(ns.inode) : undefined;
    if (ns.type === 'mnt' && (read === undefined || typeof read === 'string')) mountsUnread++;
    const lines = typeof read === 'object' ? read.mounts.slice(0, MOST_MOUNTS).map(mountLine) : null;
    if (typeof read === 'object' && lines) mountsMore += Math.max(read.total, read.mounts.length) - lines.length;
    return namespaceEntry(ns, isInitial, lines);
  });
  const tasks = alive.map((process) => taskEntry(process, namespaces));
  const held = new Set(alive.flatMap(({ ns }) => NS_LINKS.map((link, n) => `${typeOfLink(link)}:${ns[n] ?? ''}`)));
  const pids = new Set(alive.map(({ pid }) => pid));
  const unheld = namespaces.filter((ns) => initial.get(ns.type) !== ns.inode && !held.has(`${ns.type}:${ns.inode}`) && !namespaces.some((other) => other.owner === ns.inode || other.parent === ns.inode)
    && !ns.heldBy.some((by) => (by.kind === 'descriptor' && pids.has(by.pid)) || (by.kind === 'bind mount' && typeof mounts.get(by.mountNamespace ?? -1) === 'object'))).length;
  return {
    text: `{ "nslab-state": 1,\n  "namespaces": [\n${written.join(',\n')}\n  ],\n  "tasks": [\n${tasks.join(',\n')}\n  ] }\n`, processes: alive.length, namespaces: namespaces.length,
    missing: {
      unreadable: alive.filter(({ ns }) => ns.every((inode) => inode === null)).length, threads: alive.reduce((sum, { threads }) => sum + threads.length, 0), zombies: processes.length - alive.length, mountsUnread, mountsMore, unheld,
    },
  };
}

function inodeOf({ ns }: Process, link: (typeof NS_LINKS)[number]): number | null { return ns[NS_LINKS.indexOf(link)] ?? null; }

/** What stands for the namespace that the machine booted with: that one, else that of process 1, else our own. */
function initialOf(model: HostModel, type: NsType, own: readonly (number | null)[]): number | null {
  for (const ns of model.namespaces.values()) if (ns.type === type && ns.initial === true) return ns.inode;
  const first = model.processes.get(1);
  return (first && inodeOf(first, type)) ?? own[NS_LINKS.indexOf(type)] ?? null;
}

/** Of those processes, with their owners and parents; and what is held by one of them. */
function namespacesOf(model: HostModel, processes: readonly Process[], initial: ReadonlyMap<NsType, number | null>): Namespace[] {
  const found = new Map<string, Namespace>();
  const add = (type: NsType, inode: number | null): void => {
    const ns = model.find(type, inode);
    if (!ns || found.has(ns.key)) return;
    found.set(ns.key, ns);
    add('user', ns.owner);
    if (ns.parent !== null) add(ns.type, ns.parent);
  };
  for (const type of NS_TYPES) add(type, initial.get(type) ?? null);
  for (const { ns } of processes) for (const [n, link] of NS_LINKS.entries()) add(typeOfLink(link), ns[n] ?? null);
  const pids = new Set(processes.map(({ pid }) => pid));
  const spaces = new Set(processes.map((process) => inodeOf(process, 'mnt')));
  for (const ns of model.namespaces.values()) {
    if (ns.heldBy.some((by) => (by.kind === 'bind mount' ? by.mountNamespace !== null && spaces.has(by.mountNamespace) : by.kind === 'descriptor' && pids.has(by.pid)))) add(ns.type, ns.inode);
  }
  return [...found.values()];
}

function namespaceEntry({ type, inode, owner, parent, ownerUid, contents }: Namespace, initial: boolean, mounts: readonly string[] | null): string {
  const { hostname, domainname, uidMap, gidMap, setgroups, monotonicOffset, boottimeOffset } = contents;
  const extents = (map: typeof uidMap): (readonly number[])[] | undefined => (initial ? undefined : map?.map(({ inside, outside, count }) => [inside, outside, count]));
  const fields = {
    type, inode, ...initial ? { initial } : {}, ...owner === null || type === 'user' ? {} : { owner }, ...parent === null || initial ? {} : { parent }, ...type === 'user' && ownerUid !== null && ownerUid !== 0 ? { creator: ownerUid } : {},
    hostname: hostname === undefined ? undefined : visible(hostname), domainname: domainname === undefined || domainname === '(none)' ? undefined : visible(domainname), uid_map: extents(uidMap), gid_map: extents(gidMap),
    setgroups: setgroups === 'deny' && !initial ? setgroups : undefined, monotonic: initial ? undefined : monotonicOffset, boottime: initial ? undefined : boottimeOffset,
  };
  const entry = JSON.stringify(fields);
  return `    ${mounts ? `${entry.slice(0, -1)},"mounts":[\n${mounts.map((line) => `      ${JSON.stringify(line)}`).join(',\n')}]}` : entry}`;
}

function taskEntry(process: Process, namespaces: readonly Namespace[]): string {
  const { pid, ppid, comm, cmdline, uid, euid, nsPids, cgroup, ns } = process;
  const links = Object.fromEntries(NS_LINKS.flatMap((link, n) => {
    const inode = ns[n] ?? null;
    // for its children is told where it differs
    const own = link === 'pid_for_children' ? inodeOf(process, 'pid') : link === 'time_for_children' ? inodeOf(process, 'time') : null;
    // the kernel has no number for it as long as no process was in it
    if (link === 'pid_for_children' && inode === null && process.unread.pid_for_children === 'ENOENT') return [[link, 0]];
    return inode === null || inode === own ? [] : [[link, inode]];
  }));
  const holds = namespaces.flatMap(({ type, inode, heldBy }) => heldBy.flatMap((by) => (by.kind === 'descriptor' && by.pid === pid && by.tid === undefined ? [{ fd: by.fd, type, inode }] : [])));
  return `    ${JSON.stringify({
    pid, ppid, pids: nsPids && nsPids.length > 1 && nsPids[0] === pid ? nsPids : undefined, comm: visible(comm), cmdline: cmdline && cmdline.length > 0 ? cmdline.slice(0, 20).map((word) => visible(word).slice(0, 200)) : undefined,
    uid: uid ?? undefined, euid: euid !== null && euid !== uid ? euid : undefined, cgroup: cgroup === null || cgroup === '/' ? undefined : visible(cgroup), ns: links, holds: holds.length > 0 ? holds : undefined,
  })}`;
}

/** A line as /proc/PID/mountinfo has it. */
function mountLine({ id, parent, point, root, fstype, source, propagation, dev, options }: MountDetails['mounts'][number]): string {
  const tags = propagation === 'private' || propagation === '' ? '' : `${propagation} `;
  return `${id} ${parent} ${dev ?? '?'} ${escaped(root)} ${escaped(point)} ${options ?? 'rw'} ${tags}- ${escaped(fstype)} ${escaped(source === '' ? 'none' : source)} rw`;
}

function escaped(text: string): string {
  return visible(text).replace(/[ \t\n\\#]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
