/**
 * The wire between the helper and its client (the extension, or a test): JSON-RPC 2.0 with
 * `Content-Length` framing over the helper's standard input and output (vscode-jsonrpc).
 *
 * Directions: `Requests` go client → helper and are answered; `Notifications` go helper → client.
 * Everything here is data and may be sent as JSON as it stands. Numbers that can exceed 2^53 are
 * decimal strings. Text that comes from the host (names, paths, command lines) is *hostile*: it is
 * the raw text with bytes that are not UTF-8 written as `\xHH`; whoever shows it must make control
 * characters visible first (`helper/model/text.ts`).
 */

/** Raised with every change that an older peer would misread. */
export const PROTOCOL_VERSION = 1;

/** The eight kinds, in the kernel's own short names, in the order in which `lsns` sorts its columns. */
export const NS_TYPES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const;
export type NsType = (typeof NS_TYPES)[number];

/** The ten links in `/proc/PID/ns`; a tuple of inodes is always in this order. */
export const NS_LINKS = [...NS_TYPES, 'pid_for_children', 'time_for_children'] as const;
export type NsLink = (typeof NS_LINKS)[number];

/** What a link's target is a namespace of: `pid_for_children` is a link to a pid namespace. */
export function typeOfLink(link: NsLink): NsType {
  return link === 'pid_for_children' ? 'pid' : link === 'time_for_children' ? 'time' : link;
}

/**
 * Why something could not be read: an errno name (`EACCES`, `ESRCH`, `ENOENT`, `ENOTTY` …), or one of ours
 * where no system call could be made: `ENOKOFFI` (the native part is absent), `EFORMAT` (the text was not understood), `ENOPATH` (seen,
 * but no path from here leads to it: mounted where no process is).
 * `helper/model/explain.ts` turns it into a sentence.
 */
export type Errno = `E${string}`;

/** A field name, and why that field is missing. Fields that were read are not named. */
export type Unread<Field extends string> = Partial<Record<Field, Errno>>;

/** Fields of a process that may be unreadable; `ns` stands for all ten links at once. */
export type ProcessField = 'ns' | NsLink | 'stat' | 'status' | 'cmdline' | 'cgroup' | 'fd' | 'task' | 'mountinfo';

/** A thread whose namespaces differ from those of its thread group leader. */
export interface Thread {
  readonly tid: number;
  readonly comm: string;
  /** Ten inodes in the order of `NS_LINKS`; null where unread. */
  readonly ns: readonly (number | null)[];
}

/** A process (thread group). Identity: `pid` and `start` together, since pids are reused. */
export interface Process {
  readonly pid: number;
  /** Clock ticks between boot and its start: field 22 of `/proc/PID/stat`, a decimal string. '' if unread. */
  readonly start: string;
  readonly ppid: number;
  readonly comm: string;
  /** One letter, field 3 of stat: `Z` is a zombie. */
  readonly state: string;
  readonly kernelThread: boolean;
  /** Ten inodes in the order of `NS_LINKS`; null where unread, with the reason in `unread`. */
  readonly ns: readonly (number | null)[];
  /** Real uid as the helper's user namespace sees it; null until read. */
  readonly uid: number | null;
  /** Effective uid. */
  readonly euid: number | null;
  /** Null until read; empty for kernel threads and zombies. */
  readonly cmdline: readonly string[] | null;
  /** Its pid at each level, as the helper sees it, outermost (here) first, innermost last. */
  readonly nsPids: readonly number[] | null;
  /** Path in the unified (or named systemd) hierarchy. */
  readonly cgroup: string | null;
  /** Key of a `Container`, null when in none that we know. */
  readonly container: string | null;
  readonly threads: readonly Thread[];
  readonly unread: Unread<ProcessField>;
}

/** As `Process`, its tuple of inodes given as an index into the `tuples` of the same message. */
export interface WireProcess extends Omit<Process, 'ns'> {
  readonly ns: number;
}

/** What keeps a namespace alive besides processes, threads, children and owned namespaces (those follow from the tables). */
export type HeldBy =
  /** An open descriptor on the namespace's nsfs file; `tid` is set when only that thread's own table has it. */
  | { readonly kind: 'descriptor'; readonly pid: number; readonly fd: number; readonly tid?: number }
  /** A bind mount of the nsfs file: where, in which mount namespace (inode), and a process that sees it (null: none does). */
  | { readonly kind: 'bind mount'; readonly path: string; readonly mountNamespace: number | null; readonly pid: number | null }
  /** A socket made in this net namespace, held by a process that lives in another. */
  | { readonly kind: 'socket'; readonly pid: number; readonly fd: number };

/** One line of `/proc/PID/uid_map`: ids `inside` … `inside+count-1` are `outside` … in the helper's user namespace. */
export interface IdRange {
  readonly inside: number;
  readonly outside: number;
  readonly count: number;
}

/** What is in a namespace, as far as it is cheap to read; the rest is `Details`. */
export interface Contents {
  /** uts. */
  readonly hostname?: string;
  readonly domainname?: string;
  /** user. */
  readonly uidMap?: readonly IdRange[];
  readonly gidMap?: readonly IdRange[];
  /** user: `allow` or `deny`. */
  readonly setgroups?: string;
  /** time: offsets to the initial clocks, in nanoseconds, decimal strings. */
  readonly monotonicOffset?: string;
  readonly boottimeOffset?: string;
}
export type NamespaceField = 'owner' | 'parent' | 'ownerUid' | 'id' | 'heldBy' | keyof Contents;

/**
 * One namespace. Identity: `key` = `type:inode:id`, where id is NS_GET_ID (Linux 6.18+) or, on older kernels,
 * `g1`, `g2` … counted by the helper each time it sees the same inode again after it had gone: inodes are reused.
 */
export interface Namespace {
  readonly key: string;
  readonly type: NsType;
  readonly inode: number;
  /** NS_GET_ID as a decimal string, null where the kernel has none. */
  readonly id: string | null;
  /** Is it the one the machine booted with? Null: cannot be told from here. */
  readonly initial: boolean | null;
  /** Inode of the owning user namespace; null with a reason in `unread`. */
  readonly owner: number | null;
  /** Inode of the parent (pid and user only); null with a reason in `unread` (`EINVAL`: this type has none). */
  readonly parent: number | null;
  /** user only: uid of its creator as the helper sees it (65534: not mapped here). */
  readonly ownerUid: number | null;
  /** pid and user: how far below the initial one, 0 = initial; null when not known. */
  readonly level: number | null;
  readonly heldBy: readonly HeldBy[];
  readonly contents: Contents;
  readonly unread: Unread<NamespaceField>;
}

export type Engine =
  | 'docker' | 'podman' | 'containerd' | 'cri-o' | 'lxc' | 'systemd-nspawn' | 'runc'
  | 'flatpak' | 'snap' | 'bubblewrap' | 'firejail' | 'unknown';

/** A container, pod member or sandbox that some processes belong to. */
export interface Container {
  /** Unique and stable: engine and ID, or for engines without IDs the init process's pid and start. */
  readonly key: string;
  readonly engine: Engine;
  /** The engine's own full ID; null where the engine has none. */
  readonly id: string | null;
  /** The name people gave it (or the engine made up); null with a reason in `unread`. */
  readonly name: string | null;
  readonly image: string | null;
  readonly pod: { readonly name: string | null; readonly namespace: string | null; readonly uid: string | null } | null;
  /** Runs without root on the host; null: not known. */
  readonly rootless: boolean | null;
  /** pid (as seen here) of its first process; null when not known. */
  readonly init: number | null;
  /** How it was recognised, for the log and the hover: `cgroup path`, `/run/docker/…/config.json`. */
  readonly source: string;
  readonly unread: Unread<'name' | 'image' | 'id'>;
}

/** What changed, or a piece of the first snapshot. Apply in this order: ended, containers, namespaces, processes. */
export interface Part {
  /** Tuples of ten inodes that `processes[].ns` index; only valid within this message. */
  readonly tuples: readonly (readonly (number | null)[])[];
  /** `[pid, start]` of processes that are gone. */
  readonly endedProcesses: readonly (readonly [number, string])[];
  /** Keys of namespaces that are gone. */
  readonly endedNamespaces: readonly string[];
  readonly endedContainers: readonly string[];
  readonly containers: readonly Container[];
  /** New or changed, whole. */
  readonly namespaces: readonly Namespace[];
  /** New or changed, whole. */
  readonly processes: readonly WireProcess[];
}

/** How far a kind of reading has come: not yet, done, or impossible and why. */
export type Phase = 'pending' | 'complete' | Errno;

export interface ScanStatus {
  /** `identity`: links and stat. `details`: status, cgroup, cmdline. `relations`: owner, parent. `descriptors`, `mounts`, `sockets`: what else holds. */
  readonly phases: Readonly<Record<'identity' | 'details' | 'relations' | 'descriptors' | 'mounts' | 'sockets' | 'containers', Phase>>;
  readonly processes: number;
  /** Processes none of whose namespaces could be read. */
  readonly unreadable: number;
  /** CPU milliseconds of the last scan or tick. */
  readonly cpuMs: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The helper's own surroundings: where "this host" is. */
export interface Hello {
  readonly protocol: number;
  /** The extension version it was built with. */
  readonly version: string;
  readonly pid: number;
  readonly platform: string;
  /** `uname -r`. */
  readonly kernel: string;
  readonly hostname: string;
  readonly bootId: string;
  /** Clock ticks per second, for `Process.start`. */
  readonly clockTicks: number;
  readonly uid: number;
  readonly gid: number;
  /** Effective capabilities by name, without `CAP_` … kept: `CAP_SYS_PTRACE`. */
  readonly capabilities: readonly string[];
  /** It has more rights than who started it. */
  readonly elevated?: true;
  readonly noNewPrivs: boolean;
  /** hidepid= of the /proc it reads: '0', '1', '2', '4', or names; null when not told. */
  readonly hidepid: string | null;
  /** Its own ten inodes. */
  readonly ns: readonly (number | null)[];
  /** Capabilities of kernel and library, probed by calling: true, or why not. */
  readonly features: Readonly<Record<Feature, true | Errno>>;
  /** Set when the helper itself runs inside a container, so that "host" is that container's view. */
  readonly inside: { readonly engine: Engine; readonly id: string | null; readonly name: string | null; readonly evidence: string } | null;
}
export type Feature = 'koffi' | 'nsGetUserns' | 'nsGetId' | 'nsMntGetNext' | 'listmount' | 'pidfdGetfd' | 'procConnector';

/** Answer to `details`: what is dear to read, read now. Only the fields of the namespace's type are set. */
export interface Details {
  readonly key: string;
  readonly net?: NetDetails;
  readonly mounts?: MountDetails;
  /** cgroup: the paths of its members as seen here; the common prefix is its root. */
  readonly cgroupRoot?: string;
  readonly unread: Partial<Record<string, Errno>>;
}
export interface NetDetails {
  readonly interfaces: readonly { readonly name: string; readonly addresses: readonly string[]; readonly rxBytes: string; readonly txBytes: string }[];
  readonly routes: readonly { readonly destination: string; readonly gateway: string | null; readonly interface: string; readonly metric: number }[];
  readonly listeners: readonly Listener[];
}
/** A socket that waits for peers: TCP in LISTEN, UDP unconnected. */
export interface Listener {
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  /** Address in text form, `0.0.0.0`, `::1`. */
  readonly address: string;
  readonly port: number;
  /** Socket inode, a decimal string. */
  readonly inode: string;
  /** Net namespace (inode) it is in. */
  readonly netNamespace: number;
  readonly uid: number;
  /** Who has it open; empty with `unread` when nobody readable has. */
  readonly processes: readonly { readonly pid: number; readonly comm: string; readonly fd: number }[];
}
export interface MountDetails {
  /** At most 5,000 of them. */
  readonly mounts: readonly { readonly id: string; readonly parent: string; readonly point: string; readonly root: string; readonly fstype: string; readonly source: string; readonly propagation: string; /** `major:minor` of the file system. */ readonly dev?: string; /** `rw,nosuid`. */ readonly options?: string }[];
  readonly total: number;
}

/** What is to be entered: one process's namespaces, or one namespace. */
export type EnterTarget =
  | { readonly kind: 'process'; readonly pid: number; readonly start: string }
  | { readonly kind: 'namespace'; readonly key: string };

/** Who would enter: a terminal that the extension host starts has the helper's own credentials. */
export interface EnterCaller {
  readonly euid: number;
  readonly egid: number;
  /** Effective capabilities, as in `Hello`; and those that a setuid program like sudo could have. */
  readonly capabilities: readonly string[];
  readonly bounding: readonly string[];
  readonly noNewPrivs: boolean;
  readonly userNamespace: number | null;
  readonly pidNamespace: number | null;
  /** Does its user namespace allow setgroups(2) at all (to who has CAP_SETGID)? */
  readonly setgroups: boolean | null;
}

/** One namespace that could be entered. `descriptor`: it is held open under that number in the helper until `unpin`. */
export interface EnterNamespace {
  readonly type: NsType;
  readonly inode: number | null;
  /** The caller is in it already. */
  readonly same: boolean;
  readonly descriptor: number | null;
  /** Why it could not be opened; null when it could. */
  readonly unread: Errno | null;
  readonly owner: number | null;
  readonly ownerUnread: Errno | null;
  /** pid only: inodes of its ancestors, nearest first, as far as the kernel tells; `ancestorsEnd` is why no further. */
  readonly ancestors: readonly number[];
  readonly ancestorsEnd: Errno | null;
  /** pid only: no process is in it, so that its init may have ended, after which nothing can be started in it. */
  readonly empty: boolean;
}

/** A user namespace on the way up from what is to be entered. `parentUnread` EPERM: its parent is not the caller's or below. */
export interface EnterUserNamespace {
  readonly inode: number;
  readonly parent: number | null;
  readonly parentUnread: Errno | null;
  /** Who made it, as the caller sees it. */
  readonly ownerUid: number | null;
  readonly ownerUidUnread: Errno | null;
}

/** What ids a process has that enters the user namespace: are uid 0 and gid 0 there? Null: could not be read. */
export interface EnterIds {
  readonly zeroUid: boolean | null;
  readonly zeroGid: boolean | null;
  /** May setgroups(2) be called there, once inside? */
  readonly setgroups: boolean | null;
  readonly unread: Errno | null;
}

/** The process that is to be joined. */
export interface EnterProcess {
  readonly pid: number;
  readonly uid: number | null;
  readonly gid: number | null;
  readonly comm: string;
  /** Working directory as it names it itself; null with `cwdUnread`. */
  readonly cwd: string | null;
  readonly cwdUnread: Errno | null;
  /** It called chroot(2): its root is not that of its mount namespace. Null: cannot be told. */
  readonly chrooted: boolean | null;
  /** Programs for a terminal that were found below its root, best first. Null with `shellsUnread`. */
  readonly shells: readonly string[] | null;
  readonly shellsUnread: Errno | null;
  /** Its environment when it was started; null with `environmentUnread`. */
  readonly environment: readonly (readonly [name: string, value: string])[] | null;
  readonly environmentUnread: Errno | null;
}

/** The nsenter of this host. */
export interface EnterTool {
  readonly path: string | null;
  /** `2.38.1`. */
  readonly version: string | null;
  /** Its long options, without dashes. */
  readonly options: readonly string[];
}

/** All that decides whether entering works; `model/enter/` draws the conclusions. Pinned until `unpin`, or until the helper ends. */
export interface EnterPlan {
  readonly pin: string;
  readonly helperPid: number;
  readonly target: EnterTarget;
  readonly caller: EnterCaller;
  readonly namespaces: readonly EnterNamespace[];
  readonly userNamespaces: readonly EnterUserNamespace[];
  readonly ids: EnterIds | null;
  readonly process: EnterProcess | null;
  readonly tool: EnterTool;
  /** Shells of this host. */
  readonly hostShells: readonly string[];
}

/** Client → helper. The name is the JSON-RPC method. */
/** A path as a process sees it, below its own root directory: absolute, bytes that are not UTF-8 as `\xHH`. */
export interface FileTarget { readonly pid: number; readonly start: string; readonly path: string }
/** `special`: FIFO, socket, device. */
export type FileKind = 'file' | 'folder' | 'link' | 'special';
/** Links were followed, but for one that leads nowhere. Times: milliseconds since the epoch. */
export interface FileStat { readonly kind: FileKind; readonly size: number; readonly mtimeMs: number; readonly ctimeMs: number; readonly mode: number }
/** `more`: so many further entries were left out. */
export interface FileListing { readonly entries: readonly { readonly name: string; readonly kind: FileKind }[]; readonly more: number }
/** `data`: base64. `end`: there is nothing behind it (now). */
export interface FilePart { readonly data: string; readonly end: boolean }
/** Why not. ENOTSUP: it is special, and was not opened. */
export interface FileFailure { readonly errno: Errno }

export interface Requests {
  /** First call. The helper answers even when versions differ, so that the client can say so. */
  initialize: { params: { readonly protocol: number; readonly version: string }; result: Hello };
  /**
   * What to follow. Not visible: no scans at all. `focusPids` and `focusNamespaces` (keys) are read again on every tick.
   * The first call with `visible` starts the first snapshot. `slowScan` false: descriptors, bind mounts and sockets are not looked for
   * (absent: they are). It is sent again, unchanged, now and then to see whether the helper still answers.
   */
  watch: { params: { readonly visible: boolean; readonly focusPids: readonly number[]; readonly focusNamespaces: readonly string[]; readonly intervalMs: number; readonly slowScan?: boolean }; result: null };
  /** Scan everything now, descriptors and mounts too; answered when the deltas of that scan were sent. `reason` is for the log. */
  refresh: { params: { readonly reason: string }; result: ScanStatus };
  /** Send the whole snapshot again (the client saw a gap in `seq`). */
  resync: { params: Record<string, never>; result: null };
  details: { params: { readonly key: string }; result: Details };
  /**
   * Opens what the target's namespaces are and keeps it open, so that what is shown is what is entered; and reads what decides whether entering works.
   * Fails when the target has ended or its pid is somebody else's by now.
   */
  enterPlan: { params: { readonly target: EnterTarget }; result: EnterPlan };
  /** Closes what a plan holds open. An unknown pin is no error: it may have been closed with the one before. */
  unpin: { params: { readonly pin: string }; result: null };
  /** What a file is, as a process sees it. Fails when the process has ended. */
  fileStat: { params: FileTarget; result: FileStat | FileFailure };
  /** What is in a folder. */
  fileList: { params: FileTarget; result: FileListing | FileFailure };
  /** A piece of a plain file. */
  fileRead: { params: FileTarget & { readonly offset: number; readonly length: number }; result: FilePart | FileFailure };
  /** Listening sockets of every net namespace that can be read, for "who owns :8080?". */
  listeners: { params: Record<string, never>; result: { readonly listeners: readonly Listener[]; readonly unread: readonly { readonly netNamespace: number; readonly errno: Errno }[] } };
}

/** Helper → client. `seq` counts every message of this kind from 1 without a gap. */
export interface Notifications {
  /** Forget everything; `parts` chunks follow (an estimate, for progress). */
  'snapshot/begin': { readonly seq: number; readonly parts: number };
  'snapshot/chunk': { readonly seq: number; readonly part: Part };
  'snapshot/end': { readonly seq: number; readonly status: ScanStatus };
  delta: { readonly seq: number; readonly part: Part; readonly status: ScanStatus };
  log: { readonly level: 'error' | 'warn' | 'info' | 'debug' | 'trace'; readonly text: string };
}
