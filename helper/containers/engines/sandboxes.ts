import type { Reach } from '../reach.ts';
import type { Description, Sighting } from '../sighting.ts';
import { NONE } from '../sighting.ts';

/** LXC knows a container by its name only. */
export function describeLxc({ name, directory }: Sighting): Description {
  return { name, image: null, unread: { ...(name === null && { name: NONE }), image: NONE, id: NONE }, ...(directory !== null && { source: directory }) };
}

/** What has neither ID nor name nor image: bubblewrap, and whatever else only the process tree shows. */
export function describeNameless({ id, name }: Sighting): Description {
  return { name, image: null, unread: { ...(name === null && { name: NONE }), image: NONE, ...(id === null && { id: NONE }) } };
}

/** firejail writes a sandbox's name into a file called by the outer process's pid. */
export function describeFirejail({ id, name, starter }: Sighting, reach: Reach): Description {
  for (const prefix of id === null ? [] : reach.prefixes(starter)) {
    const path = `${prefix}/run/firejail/name/${id}`;
    const read = reach.files.text(path, (text) => text.replace(/\n$/, '') || undefined);
    if ('value' in read) return { name: read.value, image: null, source: path, unread: { image: NONE } };
  }
  return { name, image: null, unread: { ...(name === null && { name: NONE }), image: NONE } };
}

/**
 * nspawn mounts `/run/systemd/nspawn/propagate/NAME` of the host into each container: its own word for the name, also where
 * it was made up. The container's UUID is in the environment of what it started.
 */
export function describeNspawn(sighting: Sighting, members: Iterable<number>, reach: Reach): Description {
  let name: string | null = null;
  let id: string | null = null;
  let source: string | undefined;
  let looked = 0;
  for (const pid of sighting.init === null ? members : [sighting.init, ...members]) {
    // all see the same mounts; process 1 may be nspawn's own stub, which has no environment
    if (++looked > 4) break;
    if (name === null) {
      const path = `/proc/${pid}/mountinfo`;
      const read = reach.files.text(path, (text) => /^\S+ \S+ \S+ \S*\/nspawn\/propagate\/(\S+) /m.exec(text)?.[1]);
      if ('value' in read) {
        name = unescapeMount(read.value);
        source = path;
      }
    }
    id ??= reach.environment(pid, ['container_uuid'])['container_uuid'] ?? null;
    if (name !== null && id !== null) break;
  }
  name ??= sighting.name;
  return {
    name, image: null, ...(source !== undefined && { source }),
    id: id !== null && /^[0-9a-f-]{32,36}$/.test(id) ? id : null,
    unread: { ...(name === null && { name: NONE }), image: NONE, ...(id === null && { id: NONE }) },
  };
}

/** mountinfo writes blanks, tabs, newlines and backslashes as octal. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

interface FlatpakInfo {
  readonly app: string | null;
  readonly runtime: string | null;
  readonly instance: string | null;
}

/** flatpak puts `/.flatpak-info` into each sandbox; undefined when this process's root has none. */
export function flatpakInfo(pid: number, reach: Reach): FlatpakInfo | undefined {
  const read = reach.files.text(`/proc/${pid}/root/.flatpak-info`, (text) => {
    const value = (group: string, key: string): string | null => new RegExp(`^\\[${group}\\]\\n(?:(?!\\[).*\\n)*?${key}=(.*)$`, 'm').exec(text)?.[1] ?? null;
    return { app: value('Application', 'name') ?? value('Runtime', 'name'), runtime: value('Application', 'runtime') ?? value('Runtime', 'runtime'), instance: value('Instance', 'instance-id') };
  });
  return 'value' in read ? read.value : undefined;
}

/** flatpak: the application, and its runtime as the image. */
export function describeFlatpak(sighting: Sighting, reach: Reach): Description {
  const info = sighting.init === null ? undefined : flatpakInfo(sighting.init, reach);
  const name = info?.app ?? sighting.name;
  const image = info?.runtime ?? null;
  const id = info?.instance ?? sighting.id;
  return {
    id, name, image, ...(info && { source: `/proc/${sighting.init}/root/.flatpak-info` }),
    unread: { ...(name === null && { name: NONE }), ...(image === null && { image: NONE }), ...(id === null && { id: NONE }) },
  };
}
