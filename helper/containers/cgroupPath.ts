import type { Engine } from '../protocol.ts';
import type { Sighting } from './sighting.ts';
import { NOTHING_SEEN } from './sighting.ts';

const ID = '[0-9a-f]{64}';
/** `PREFIX-ID.scope` (systemd driver), `PREFIX-ID` (cgroupfs), and `SLICE:PREFIX:ID` (a systemd path given to the cgroupfs driver). */
const PREFIXED = new RegExp(`^(?:(docker|libpod|libpod-payload|cri-containerd|nerdctl|crio)-(${ID})(?:\\.scope)?|[^:]*:(docker|libpod|cri-containerd|nerdctl|crio):(${ID}))$`);
const BARE = new RegExp(`^${ID}$`);
const PREFIX_ENGINE: Readonly<Record<string, Engine>> = {
  'docker': 'docker', 'libpod': 'podman', 'libpod-payload': 'podman', 'cri-containerd': 'containerd', 'nerdctl': 'containerd', 'crio': 'cri-o',
};
/** A parent directory that only one engine makes. */
const PARENT_ENGINE: Readonly<Record<string, Engine>> = { docker: 'docker', actions_job: 'docker' };
const FLATPAK = /^(?:app-)?flatpak-(.+)-(\d+)\.scope$/;
const SNAP = /^snap\.([a-z0-9_-]+)\.[^/]*\.(?:scope|service)$/;
const MACHINE = /^(?:machine-(.+)\.scope|systemd-nspawn@(.+)\.service)$/;
const ROOTLESS = /\/user@(\d+)\.service(?:\/|$)/;
const POD_UID = /(?:^|[/-])pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})(?:\.slice)?(?:[/:]|$)/;
/** A podman pod: its ID is in the path, its name is not. */
const PODMAN_POD = new RegExp(`(?:libpod_pod_(${ID})\\.slice|libpod_parent/(${ID}))(?:/|$)`);

/**
 * Which container a cgroup belongs to, by its path alone: the innermost that any engine's naming rule gives, so that
 * docker inside docker is the inner one, and a view whose cgroup namespace shows `/../docker-ID.scope` is understood.
 * Null: the path does not tell (no container, or a hidden one).
 */
export function sightingOfCgroup(path: string): Sighting | null {
  const segments = path.split('/');
  for (let i = segments.length - 1; i > 0; i--) {
    const found = ofSegment(segments[i] ?? '', segments[i - 1] ?? '', segments[i + 1]);
    if (found === 'outside') continue;
    if (!found) continue;
    const engine = found.engine === 'unknown' && segments[1] === 'ecs' ? 'docker' : found.engine;
    const user = ROOTLESS.exec(path)?.[1];
    return {
      ...NOTHING_SEEN, ...found, engine,
      podUid: POD_UID.exec(path)?.[1]?.replaceAll('_', '-') ?? podmanPod(path),
      rootless: user === undefined ? null : user !== '0',
      source: `cgroup path ${path}`,
    };
  }
  return null;
}

function podmanPod(path: string): string | null {
  const match = PODMAN_POD.exec(path);
  return match?.[1] ?? match?.[2] ?? null;
}

type Found = Pick<Sighting, 'engine'> & Partial<Sighting>;

function ofSegment(segment: string, parent: string, below: string | undefined): Found | 'outside' | null {
  if (segment === '') return null;
  const prefixed = PREFIXED.exec(segment);
  if (prefixed) {
    // podman with --cgroups=split, and crun's helper: the monitor's own leaf
    if (below === 'supervisor' || below === 'runtime') return 'outside';
    return { engine: PREFIX_ENGINE[prefixed[1] ?? prefixed[3] ?? ''] ?? 'unknown', id: prefixed[2] ?? prefixed[4] ?? null };
  }
  if (BARE.test(segment)) {
    // a podman pod's own cgroup holds its containers and no process of theirs
    if (parent === 'libpod_parent') return 'outside';
    return { engine: PARENT_ENGINE[parent] ?? 'unknown', id: segment };
  }
  const lxc = segment.startsWith('lxc.payload.') ? segment.slice('lxc.payload.'.length)
    : parent === 'lxc.payload' || (parent === 'lxc' && !segment.startsWith('lxc.')) ? segment : '';
  if (lxc !== '') return { engine: 'lxc', name: lxc };
  const machine = MACHINE.exec(segment);
  if (machine) {
    const name = unescapeUnit(machine[1] ?? machine[2] ?? '');
    // the scope of a virtual machine, and nspawn itself beside its payload
    if (name.startsWith('qemu-') || below === 'supervisor') return 'outside';
    return name.startsWith('lxc-') ? { engine: 'unknown', name } : { engine: 'systemd-nspawn', name };
  }
  const flatpak = FLATPAK.exec(segment);
  if (flatpak) return { engine: 'flatpak', name: unescapeUnit(flatpak[1] ?? ''), scope: `${flatpak[1]}-${flatpak[2]}` };
  const snap = SNAP.exec(segment);
  if (snap?.[1] !== undefined) return { engine: 'snap', name: snap[1] };
  return null;
}

/** The text of a part of a systemd unit's name: `\x2d` stands for `-`. */
export function unescapeUnit(part: string): string {
  const bytes = Buffer.from(part.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
  // escaped bytes are those of UTF-8; text that held other characters already stays as it is
  return /[^\0-\xff]/.test(part) ? part : bytes.toString('utf8');
}
