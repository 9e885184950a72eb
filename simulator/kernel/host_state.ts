import type { NsType } from './ns_common.ts';
import type { uid_gid_extent } from './user.ts';

/** What a machine looked like at one moment, as far as somebody could read it: what a simulation can begin with. Plain data; numbers of namespaces are their inodes. */
export interface HostState {
  readonly namespaces: readonly StateNamespace[];
  readonly tasks: readonly StateTask[];
}

export interface StateNamespace {
  readonly type: NsType;
  readonly inode: number;
  /** The one that the machine booted with, or that stands for it: one of each type at most. */
  readonly initial: boolean;
  /** Inode of the user namespace that owns it; null: not known, then the initial one. */
  readonly owner: number | null;
  /** pid and user: inode of the one above; null: not known (then the initial one), or it is the initial one. */
  readonly parent: number | null;
  /** user: kuid of who made it. */
  readonly creator: number;
  /** uts. */
  readonly nodename: string | null;
  readonly domainname: string | null;
  /** user. */
  readonly uid_map: readonly uid_gid_extent[];
  readonly gid_map: readonly uid_gid_extent[];
  readonly setgroups: boolean;
  /** time: what is added to the machine's clocks, in nanoseconds. */
  readonly monotonic: bigint;
  readonly boottime: bigint;
  /** mnt: its mounts as /proc/PID/mountinfo lists them, each after the one it stands on; null: could not be read. */
  readonly mounts: readonly StateMount[] | null;
}

export interface StateMount {
  readonly id: number;
  readonly parent: number;
  /** `8:1`: mounts of one file system have the same; null: not known, then it is one of its own. */
  readonly dev: string | null;
  /** Path of what it shows within its file system. */
  readonly root: string;
  /** Path at which it is mounted, from the root of the namespace. */
  readonly point: string;
  readonly fstype: string;
  readonly source: string;
  /** `ro,nosuid`. */
  readonly options: string;
  /** `shared:1 master:2`, `private`, `unbindable`. */
  readonly propagation: string;
}

/** Links of /proc/PID/ns. */
export type StateLink = NsType | 'pid_for_children' | 'time_for_children';

export interface StateTask {
  readonly pid: number;
  readonly ppid: number;
  /** Its number at each level, outermost first; the first is `pid`. */
  readonly pids: readonly number[];
  readonly comm: string;
  readonly cmdline: readonly string[];
  /** kuids: real and effective. */
  readonly uid: number;
  readonly euid: number;
  /** Path in the cgroup tree. */
  readonly cgroup: string;
  /** Inodes; absent: could not be read, then that of its parent. `pid_for_children` 0: one in which no process has been yet, so that nobody can read its number. */
  readonly ns: Readonly<Partial<Record<StateLink, number>>>;
  /** Namespaces whose files it has open, by descriptor. */
  readonly holds: readonly { readonly fd: number; readonly type: NsType; readonly inode: number }[];
}

/** What a state has and the simulated computer has not. */
export type LeftOut =
  /** The kernel refuses to make it: with which errno. */
  | { readonly what: 'namespace'; readonly type: NsType; readonly inode: number; readonly why: string }
  /** Nothing that could be taken over holds it. */
  | { readonly what: 'unheld'; readonly type: NsType; readonly inode: number }
  /** Its pid namespace has no init (`init`), its number is used (`used`), or it cannot be made: with which errno. */
  | { readonly what: 'task'; readonly pid: number; readonly why: string }
  /** `place`: its file system shows no such path, or what it stands on was left out. `covers`: it would hide files of the simulated computer. */
  | { readonly what: 'mount'; readonly inode: number; readonly point: string; readonly fstype: string; readonly why: 'place' | 'covers' };
