import { basename } from 'node:path';
import type { Sighting } from './sighting.ts';
import { NOTHING_SEEN } from './sighting.ts';
import type { ContainerSubject } from './subject.ts';
import { differ, mountNamespace, optionOf, pidNamespace } from './subject.ts';

/**
 * Programs that start containers and sandboxes and stay as the parent of what they started, by `comm` (15 characters at most).
 * Where no cgroup tells (no systemd, no rights to make one, or an engine that makes none), this is how a container is recognised.
 */
const STARTERS: Readonly<Record<string, (starter: ContainerSubject, first: ContainerSubject) => Sighting | null>> = {
  'containerd-shim': ofShim,
  'conmon': ofConmon,
  'bwrap': ofBubblewrap,
  'firejail': ofFirejail,
  'systemd-nspawn': ofNspawn,
  'lxc-execute': ofLxc,
  'lxc-start': ofLxc,
  'runc': ofRunc,
};

/** May this process be the parent of a container's first process? Then its command line must be known. */
export function isStarter(process: ContainerSubject): boolean {
  return starterFunction(process) !== undefined;
}

function starterFunction(process: ContainerSubject): ((starter: ContainerSubject, first: ContainerSubject) => Sighting | null) | undefined {
  if (Object.hasOwn(STARTERS, process.comm)) return STARTERS[process.comm];
  // liblxc's monitor in other programs (LXD, Incus): they rewrite their command line only
  return process.cmdline?.[0]?.startsWith('[lxc monitor] ') ? ofLxc : undefined;
}

/**
 * Is `first` the first process of a container that its parent started? All these engines give it a mount namespace of its own;
 * where that cannot be read, a deeper pid namespace (NSpid is readable by all) or, as the last resort, the parent alone decides,
 * unless that is itself the first in a sandbox (`parentIsFirst`): bubblewrap and firejail leave a process of their own name there.
 */
export function sightingOfStarter(first: ContainerSubject, parent: ContainerSubject, parentIsFirst: boolean): Sighting | null {
  const starter = starterFunction(parent);
  if (!starter) return null;
  const inside = mountNamespace(first.ns);
  const outside = mountNamespace(parent.ns);
  if (inside !== null && inside === outside) return null;
  if (inside === null || outside === null) {
    const deeper = (first.nsPids?.length ?? 1) > (parent.nsPids?.length ?? 1);
    // runc and nspawn have helpers of their own name before the container is there
    if (!deeper && (parentIsFirst || first.comm === parent.comm)) return null;
  }
  const sighting = starter(parent, first);
  return sighting && { ...sighting, starter: parent.pid, init: first.pid, rootless: parent.uid === null ? sighting.rootless : parent.uid !== 0 };
}

/** A sandbox whose starter is gone: what bubblewrap leaves as process 1 of a pid namespace is recognised by its own name. */
export function sightingOfInit(process: ContainerSubject, hostNs: readonly (number | null)[]): Sighting | null {
  if (process.comm !== 'bwrap' || process.nsPids?.at(-1) !== 1 || process.nsPids.length < 2) return null;
  if (!differ(mountNamespace(process.ns), mountNamespace(hostNs)) || !differ(pidNamespace(process.ns), pidNamespace(hostNs))) return null;
  return { ...NOTHING_SEEN, engine: 'bubblewrap', init: process.pid, rootless: process.uid === null ? null : process.uid !== 0, source: `process ${process.pid} (bwrap), init of its pid namespace` };
}

const bySource = (starter: ContainerSubject): string => `started by process ${starter.pid} (${starter.comm})`;

/** `containerd-shim-runc-v2 -namespace moby -id ID -address SOCKET`; its working directory is the bundle. */
function ofShim(shim: ContainerSubject): Sighting | null {
  const args = shim.cmdline ?? [];
  const namespace = optionOf(args, ['-namespace', '--namespace']);
  if (namespace === null) return null;
  return {
    ...NOTHING_SEEN,
    engine: namespace === 'moby' ? 'docker' : 'containerd',
    id: optionOf(args, ['-id', '--id']),
    scope: namespace,
    directory: `/proc/${shim.pid}/cwd`,
    source: bySource(shim),
  };
}

/** `conmon … -c ID -u ID -r RUNTIME -b BUNDLE -p PIDFILE -n NAME --exit-dir DIR …`, of podman and of CRI-O. */
function ofConmon(conmon: ContainerSubject): Sighting | null {
  const args = conmon.cmdline ?? [];
  const id = optionOf(args, ['-c', '--cid']);
  if (id === null) return null;
  const name = optionOf(args, ['-n', '--name']);
  const crio = (optionOf(args, ['--exit-dir']) ?? '').includes('/crio') || (name?.startsWith('k8s_') ?? false);
  return { ...NOTHING_SEEN, engine: crio ? 'cri-o' : 'podman', id, name, directory: optionOf(args, ['-b', '--bundle']), source: bySource(conmon) };
}

function ofBubblewrap(bwrap: ContainerSubject): Sighting {
  return { ...NOTHING_SEEN, engine: 'bubblewrap', source: bySource(bwrap) };
}

/** The sandbox is known (`firejail --join=PID`, `/run/firejail/name/PID`) by the outer process's pid. */
function ofFirejail(firejail: ContainerSubject): Sighting {
  return { ...NOTHING_SEEN, engine: 'firejail', id: String(firejail.pid), name: optionOf(firejail.cmdline ?? [], ['--name']), source: bySource(firejail) };
}

function ofNspawn(nspawn: ContainerSubject): Sighting {
  const args = nspawn.cmdline ?? [];
  const named = optionOf(args, ['-M', '--machine']);
  // without a name nspawn takes the last component of what it boots, and adds random digits when that is a throw-away copy
  const tree = optionOf(args, ['-D', '--directory', '-i', '--image']);
  const copied = args.some((arg) => arg === '-x' || arg === '--ephemeral');
  return { ...NOTHING_SEEN, engine: 'systemd-nspawn', name: named ?? (tree === null || copied ? null : basename(tree).replace(/\.raw$/, '') || null), source: bySource(nspawn) };
}

/** `[lxc monitor] LXCPATH NAME` (one string), or `lxc-execute -n NAME -P LXCPATH`. */
function ofLxc(monitor: ContainerSubject): Sighting | null {
  const args = monitor.cmdline ?? [];
  const title = /^\[lxc monitor\] (.*) ([^ ]+) *$/s.exec(args[0] ?? '');
  // lxc-execute and lxc-start take the name as a plain last argument, too
  const name = title?.[2] ?? optionOf(args, ['-n', '--name']) ?? (args.includes('--') ? null : args.at(-1) ?? null);
  if (name === null || name === '') return null;
  return { ...NOTHING_SEEN, engine: 'lxc', name, directory: `${title?.[1] ?? optionOf(args, ['-P', '--lxcpath']) ?? '/var/lib/lxc'}/${name}`, source: bySource(monitor) };
}

const RUNC_WITH_VALUE = new Set(['--root', '--log', '--log-format', '--criu', '--rootless', '-b', '--bundle', '--console-socket', '--pid-file', '--preserve-fds']);

/** `runc --root DIR run --bundle DIR ID`: the one that stays in the foreground. `create` and detached ones end at once. */
function ofRunc(runc: ContainerSubject): Sighting | null {
  const plain: string[] = [];
  const args = runc.cmdline ?? [];
  for (let i = 1; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (RUNC_WITH_VALUE.has(arg)) i++;
    else if (!arg.startsWith('-')) plain.push(arg);
  }
  const [command, id] = plain;
  if (command !== 'run' || id === undefined) return null;
  const root = optionOf(args, ['--root']) ?? '/run/runc';
  return { ...NOTHING_SEEN, engine: 'runc', id, name: id, scope: root, directory: `${root}/${id}`, source: bySource(runc) };
}
