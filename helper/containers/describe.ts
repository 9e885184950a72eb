import { describeContainerd, describeCrio } from './engines/bundle.ts';
import { describeDocker } from './engines/docker.ts';
import { describePodman } from './engines/podman.ts';
import { describeFirejail, describeFlatpak, describeLxc, describeNameless, describeNspawn, flatpakInfo } from './engines/sandboxes.ts';
import type { Reach } from './reach.ts';
import type { Description, Sighting } from './sighting.ts';
import { NONE } from './sighting.ts';
import type { ContainerSubject } from './subject.ts';

/** What else is known when a container is described. */
export interface Surroundings {
  readonly reach: Reach;
  readonly dockerDaemons: readonly ContainerSubject[];
  /** Pids of the container's processes. */
  readonly members: Iterable<number>;
}

/**
 * What the engine's own files say of a container. They are read, and its command or socket never used: those may change
 * things, wait for a daemon, or need a right that reading does not.
 */
export function describe(sighting: Sighting, { reach, dockerDaemons, members }: Surroundings): Description {
  switch (sighting.engine) {
    case 'docker': return describeDocker(sighting, dockerDaemons, reach);
    case 'podman': return describePodman(sighting, reach);
    case 'containerd': return describeContainerd(sighting, reach);
    case 'cri-o': return describeCrio(sighting, reach);
    case 'runc': return { name: sighting.name, image: null, source: sighting.directory ?? sighting.source, unread: { image: NONE, ...(sighting.name === null && { name: NONE }) } };
    case 'lxc': return describeLxc(sighting);
    case 'systemd-nspawn': return describeNspawn(sighting, members, reach);
    case 'flatpak': return describeFlatpak(sighting, reach);
    case 'bubblewrap':
      // flatpak's sandboxes are made by bubblewrap; without systemd no cgroup says whose they are
      return sighting.init !== null && flatpakInfo(sighting.init, reach) ? { ...describeFlatpak(sighting, reach), engine: 'flatpak' } : describeNameless(sighting);
    case 'firejail': return describeFirejail(sighting, reach);
    case 'snap': return describeNameless(sighting);
    case 'unknown': return describeUnknown(sighting, dockerDaemons, reach);
  }
}

/** An ID that several engines could have made: the one that has a file about it is the one. */
function describeUnknown(sighting: Sighting, dockerDaemons: readonly ContainerSubject[], reach: Reach): Description {
  if (sighting.id !== null) {
    for (const engine of ['docker', 'containerd', 'cri-o', 'podman'] as const) {
      const description = describe({ ...sighting, engine }, { reach, dockerDaemons, members: [] });
      if (description.source !== undefined) return { ...description, engine };
    }
  }
  return describeNameless(sighting);
}
