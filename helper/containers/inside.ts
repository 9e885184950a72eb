import { existsSync, readlinkSync } from 'node:fs';
import type { Engine, Hello } from '../protocol.ts';
import { sightingOfCgroup } from './cgroupPath.ts';
import { readBounded } from './stateFiles.ts';

type Clue = NonNullable<Hello['inside']>;

/**
 * Does this helper itself run inside a container, so that "host" is that container's view? All evidence is named, so that
 * a person can judge it; the first clue that names an engine, an ID or a name decides that.
 *
 * Files alone are no proof: an image of a machine made from a container's file system has a stale `/.dockerenv`.
 */
export function insideContainer(root = ''): Hello['inside'] {
  const clues = [...confinedApp(root), ...engineFiles(root), ...mountsOfEngines(root), ...ownCgroup(root), ...windowsSubsystem(root), ...pidNamespace(root)];
  const [first] = clues;
  if (!first) return null;
  return {
    engine: clues.find((clue) => clue.engine !== 'unknown')?.engine ?? 'unknown',
    id: clues.find((clue) => clue.id !== null)?.id ?? null,
    name: clues.find((clue) => clue.name !== null)?.name ?? null,
    evidence: clues.map((clue) => clue.evidence).join('; '),
  };
}

const clue = (engine: Engine, evidence: string, id: string | null = null, name: string | null = null): Clue => ({ engine, id, name, evidence });

function textOf(path: string): string | null {
  const read = readBounded(path);
  return 'value' in read ? read.value : null;
}

function variable(environ: string | null, name: string): string | null {
  return environ?.split('\0').find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1) || null;
}

/** A VS Code that was installed as a confined application. A snap with classic confinement sees the host, and is not one. */
function confinedApp(root: string): Clue[] {
  const clues: Clue[] = [];
  const info = textOf(`${root}/.flatpak-info`);
  if (info !== null) clues.push(clue('flatpak', '/.flatpak-info exists', /^instance-id=(.+)$/m.exec(info)?.[1] ?? null, /^name=(.+)$/m.exec(info)?.[1] ?? null));
  if (existsSync(`${root}/var/lib/snapd/hostfs/etc`)) clues.push(clue('snap', '/var/lib/snapd/hostfs holds the host', null, variable(textOf(`${root}/proc/self/environ`), 'SNAP_NAME')));
  return clues;
}

/** `container=` of the first process, and what systemd makes of it in /run/systemd/container. */
const MANAGERS: Readonly<Record<string, Engine>> = {
  'docker': 'docker', 'podman': 'podman', 'lxc': 'lxc', 'lxc-libvirt': 'unknown', 'systemd-nspawn': 'systemd-nspawn', 'flatpak': 'flatpak', 'bubblewrap': 'bubblewrap', 'firejail': 'firejail',
};
const engineCalled = (manager: string): Engine => (Object.hasOwn(MANAGERS, manager) ? MANAGERS[manager] ?? 'unknown' : 'unknown');

function engineFiles(root: string): Clue[] {
  const clues: Clue[] = [];
  if (!onlyInitialNamespaces(root)) {
    const environment = textOf(`${root}/run/.containerenv`);
    // filled in for privileged containers only
    const value = (key: string): string | null => new RegExp(`^${key}="(.*)"$`, 'm').exec(environment ?? '')?.[1] ?? null;
    if (environment !== null) clues.push(clue('podman', '/run/.containerenv exists', value('id'), value('name')));
    // docker also mounts its own /etc/hosts in each container: without that the file came with an image
    const mounts = textOf(`${root}/proc/self/mountinfo`);
    if (existsSync(`${root}/.dockerenv`) && (mounts === null || / \/etc\/hosts /.test(mounts))) clues.push(clue('docker', '/.dockerenv exists'));
    const told = textOf(`${root}/run/systemd/container`)?.trim();
    if (told) clues.push(clue(engineCalled(told), `/run/systemd/container says ${told}`));
  }
  const manager = variable(textOf(`${root}/proc/1/environ`), 'container');
  if (manager !== null) clues.push(clue(engineCalled(manager), `container=${manager} in the environment of process 1`));
  const init = textOf(`${root}/proc/1/comm`)?.trim();
  if (init === 'bwrap') clues.push(clue('bubblewrap', 'process 1 is bwrap'));
  if (init === 'firejail') clues.push(clue('firejail', 'process 1 is firejail'));
  return clues;
}

/** What engines bind-mount into their containers has their ID in its path on the host. */
const MOUNTED: readonly (readonly [RegExp, Engine])[] = [
  [/\/docker\/containers\/([0-9a-f]{64})\//, 'docker'],
  [/\/containers\/([0-9a-f]{64})\/(?:hostname|hosts|resolv\.conf) \/etc\//, 'docker'],
  [/\/[a-z]+-containers\/([0-9a-f]{64})\/userdata\//, 'podman'],
  [/\/io\.containerd\.grpc\.v1\.cri\/sandboxes\/([0-9a-f]{64})\//, 'containerd'],
];

function mountsOfEngines(root: string): Clue[] {
  const mounts = textOf(`${root}/proc/self/mountinfo`);
  if (mounts === null) return [];
  const clues: Clue[] = [];
  for (const line of mounts.split('\n')) {
    const [, , , source = '', point = ''] = line.split(' ');
    // only files: on the host whole directories of an engine are mounted
    if (!/^\/(?:etc\/(?:hostname|hosts|resolv\.conf)|run\/(?:secrets|\.containerenv|host\/incoming)|dev\/termination-log)$/.test(point)) continue;
    const machine = /\/nspawn\/propagate\/(\S+)$/.exec(source)?.[1];
    if (machine !== undefined) clues.push(clue('systemd-nspawn', `${source} is mounted on ${point}`, null, machine));
    for (const [pattern, engine] of MOUNTED) {
      const id = pattern.exec(`${source} ${point}`)?.[1];
      if (id === undefined) continue;
      // the ID on a pod's files is that of its sandbox, not of the container that we are in
      clues.push(clue(engine, `${source} is mounted on ${point}`, engine === 'containerd' ? null : id));
      break;
    }
    if (/\/kubelet\/pods\/[0-9a-f-]+\//.test(source)) clues.push(clue('unknown', `${source} (a Kubernetes pod) is mounted on ${point}`));
  }
  return clues.slice(0, 2);
}

function ownCgroup(root: string): Clue[] {
  for (const line of textOf(`${root}/proc/self/cgroup`)?.split('\n') ?? []) {
    const path = /^\d+:[^:]*:(\/.*)$/.exec(line)?.[1];
    const sighting = path === undefined ? null : sightingOfCgroup(path);
    // the scope of a snap or flatpak says only who started us: classic snaps see the host
    if (sighting && sighting.engine !== 'snap' && sighting.engine !== 'flatpak') return [clue(sighting.engine, `own cgroup is ${path}`, sighting.id, sighting.name)];
  }
  return [];
}

function windowsSubsystem(root: string): Clue[] {
  const release = textOf(`${root}/proc/sys/kernel/osrelease`)?.trim() ?? '';
  return /microsoft/i.test(release) ? [clue('unknown', `the kernel ${release} is that of the Windows Subsystem for Linux`, null, 'WSL')] : [];
}

/** Inodes of the namespaces that the machine booted with: fixed in the kernel since 3.8 (include/linux/proc_ns.h). */
const INITIAL = { ipc: 0xEFFFFFFF, uts: 0xEFFFFFFE, user: 0xEFFFFFFD, pid: 0xEFFFFFFC, cgroup: 0xEFFFFFFB } as const;

function inode(root: string, pid: string, link: string): number | null {
  try {
    return Number(/\[(\d+)\]$/.exec(readlinkSync(`${root}/proc/${pid}/ns/${link}`))?.[1] ?? NaN) || null;
  } catch {
    return null;
  }
}

/** Nothing here is set apart from the machine. Mount namespaces can only be compared, and only by root. */
function onlyInitialNamespaces(root: string): boolean {
  const own = inode(root, 'self', 'mnt');
  const first = inode(root, '1', 'mnt');
  if (own !== null && first !== null && own !== first) return false;
  return Object.entries(INITIAL).every(([link, initial]) => {
    const here = inode(root, 'self', link);
    return here === null ? link === 'cgroup' : here === initial; // cgroup namespaces are younger: Linux 4.6
  });
}

function pidNamespace(root: string): Clue[] {
  const own = inode(root, 'self', 'pid');
  return own === null || own === INITIAL.pid ? [] : [clue('unknown', `pid namespace ${own} is not the initial one`)];
}
