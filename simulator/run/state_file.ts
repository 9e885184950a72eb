import type { HostState, StateLink, StateMount, StateNamespace, StateTask } from '../kernel/host_state.ts';
import { NS_TYPES } from '../kernel/ns_common.ts';
import type { NsType } from '../kernel/ns_common.ts';
import type { uid_gid_extent } from '../kernel/user.ts';

/**
 * The file form of a host's state: JSON with `"nslab-state": 1`, `namespaces` and `tasks`, as "Start a Program from This State" writes it and people may change it. Fields as in
 * README.md; what is absent is not known. Mounts are lines of /proc/PID/mountinfo.
 */
export const STATE_FORMAT = 1;

/** Bounds: a file from elsewhere must not be able to stop the page. */
const MOST_TASKS = 400, MOST_NAMESPACES = 2000, MOST_MOUNTS = 2000, LONGEST = 4096;
const MAX_ID = 0xffffffff, MAX_PID = 4194304, MAX_INODE = 2 ** 53 - 1;

/** Something in the file is not as it must be: `at` is where (`tasks[3].pid`), `why` what must be there. */
export class BadState extends Error {
  readonly at: string;
  readonly why: string;
  constructor(at: string, why: string) {
    super(at === '' ? why : `${at}: ${why}`);
    this.at = at;
    this.why = why;
  }
}

/** Reads a state. Throws BadState. */
export function parseState(text: string): HostState {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new BadState('', error instanceof Error ? error.message : String(error));
  }
  const top = new Fields(read, '');
  if (top.get('nslab-state') !== STATE_FORMAT) throw new BadState('nslab-state', `must be ${STATE_FORMAT}`);
  const namespaces = top.list('namespaces', MOST_NAMESPACES).map(namespace);
  const tasks = top.list('tasks', MOST_TASKS).map(task);
  const seen = new Set<string>();
  for (const [n, { type, inode, initial }] of namespaces.entries()) {
    for (const key of [`${type} ${inode}`, ...initial ? [`initial ${type}`] : []]) {
      if (seen.has(key)) throw new BadState(`namespaces[${n}]`, `there are two: ${key}`);
      seen.add(key);
    }
  }
  return { namespaces, tasks };
}

function namespace(of: Fields): StateNamespace {
  const mounts = of.get('mounts');
  return {
    type: of.type('type'), inode: of.number('inode', MAX_INODE), initial: of.flag('initial'), owner: of.maybe('owner', MAX_INODE), parent: of.maybe('parent', MAX_INODE), creator: of.maybe('creator', MAX_ID) ?? 0,
    nodename: of.text('hostname'), domainname: of.text('domainname'), uid_map: of.extents('uid_map'), gid_map: of.extents('gid_map'), setgroups: of.text('setgroups') !== 'deny',
    monotonic: of.big('monotonic'), boottime: of.big('boottime'), mounts: mounts === undefined ? null : of.texts('mounts', MOST_MOUNTS).map((line, n) => mountLine(line, of.place(`mounts[${n}]`))),
  };
}

function task(of: Fields): StateTask {
  const pid = of.number('pid', MAX_PID);
  const pids = of.get('pids') === undefined ? [pid] : of.numbers('pids', MAX_PID);
  if (pids[0] !== pid) throw new BadState(of.place('pids'), 'the first must be the pid');
  const uid = of.maybe('uid', MAX_ID) ?? 0;
  const links = of.object('ns');
  const ns: Partial<Record<StateLink, number>> = {};
  for (const link of [...NS_TYPES, 'pid_for_children', 'time_for_children'] as const) {
    const inode = links.maybe(link, MAX_INODE);
    if (inode !== null) ns[link] = inode;
  }
  return {
    pid, ppid: of.maybe('ppid', MAX_PID) ?? 0, pids, comm: (of.text('comm') ?? '').slice(0, 15), cmdline: of.get('cmdline') === undefined ? [] : of.texts('cmdline', LONGEST), uid, euid: of.maybe('euid', MAX_ID) ?? uid,
    cgroup: of.text('cgroup') ?? '/', ns, holds: of.get('holds') === undefined ? [] : of.list('holds', LONGEST).map((held) => ({ fd: held.number('fd', 65535), type: held.type('type'), inode: held.number('inode', MAX_INODE) })),
  };
}

/** `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw` (proc_pid_mountinfo(5)). */
function mountLine(line: string, at: string): StateMount {
  const [before = '', after = ''] = line.split(' - ', 2);
  const [id = '', parent = '', dev = '', root = '', point = '', options = '', ...tags] = before.split(' ');
  const [fstype = '', source = ''] = after.split(' ');
  if (!/^\d{1,9}$/.test(id) || !/^\d{1,9}$/.test(parent) || !point.startsWith('/') || fstype === '') throw new BadState(at, 'must be a line of mountinfo');
  return { id: Number(id), parent: Number(parent), dev: /^\d+:\d+$/.test(dev) ? dev : null, root: unescaped(root), point: unescaped(point), fstype: unescaped(fstype), source: unescaped(source), options, propagation: tags.join(' ') || 'private' };
}

/** mountinfo's octal escapes. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
}

/** The fields of one object, with where it stands in the file. */
class Fields {
  readonly #of: Readonly<Record<string, unknown>>;
  readonly #at: string;
  constructor(value: unknown, at: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadState(at, 'must be an object');
    this.#of = value as Readonly<Record<string, unknown>>;
    this.#at = at;
  }

  place(name: string): string { return this.#at === '' ? name : `${this.#at}.${name}`; }
  #fail(name: string, why: string): never { throw new BadState(this.place(name), why); }
  get(name: string): unknown { return Object.hasOwn(this.#of, name) ? this.#of[name] ?? undefined : undefined; }

  #number(value: unknown, name: string, most: number): number {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most ? value : this.#fail(name, `must be a number from 0 to ${most}`);
  }
  number(name: string, most: number): number { return this.#number(this.get(name), name, most); }
  maybe(name: string, most: number): number | null { return this.get(name) === undefined ? null : this.number(name, most); }
  numbers(name: string, most: number): number[] { return this.#array(name, 33).map((value, n) => this.#number(value, `${name}[${n}]`, most)); }
  flag(name: string): boolean {
    const value = this.get(name) ?? false;
    return typeof value === 'boolean' ? value : this.#fail(name, 'must be true or false');
  }
  #text(value: unknown, name: string): string {
    return typeof value === 'string' && value.length <= LONGEST && !value.includes('\0') ? value : this.#fail(name, `must be a text of at most ${LONGEST} characters`);
  }
  text(name: string): string | null { return this.get(name) === undefined ? null : this.#text(this.get(name), name); }
  texts(name: string, most: number): string[] { return this.#array(name, most).map((value, n) => this.#text(value, `${name}[${n}]`)); }
  big(name: string): bigint {
    const value = this.text(name) ?? '0';
    return /^-?\d{1,19}$/.test(value) ? BigInt(value) : this.#fail(name, 'must be a number of nanoseconds in quotes');
  }
  type(name: string): NsType {
    const value = this.get(name);
    return NS_TYPES.find((type) => type === value) ?? this.#fail(name, `must be one of ${NS_TYPES.join(', ')}`);
  }
  extents(name: string): uid_gid_extent[] {
    if (this.get(name) === undefined) return [];
    return this.#array(name, 340).map((value, n) => {
      if (!Array.isArray(value) || value.length !== 3) return this.#fail(`${name}[${n}]`, 'must be [inside, outside, count]');
      const [first, lower_first, count] = value.map((id) => this.#number(id, `${name}[${n}]`, MAX_ID));
      return { first: first ?? 0, lower_first: lower_first ?? 0, count: count ?? 0 };
    });
  }
  object(name: string): Fields { return new Fields(this.get(name) ?? {}, this.place(name)); }
  list(name: string, most: number): Fields[] { return this.#array(name, most).map((value, n) => new Fields(value, this.place(`${name}[${n}]`))); }
  #array(name: string, most: number): readonly unknown[] {
    const value = this.get(name);
    if (!Array.isArray(value)) return this.#fail(name, 'must be a list');
    return value.length <= most ? value as readonly unknown[] : this.#fail(name, `has more than ${most} entries`);
  }
}
