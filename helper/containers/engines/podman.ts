import { dirname } from 'node:path';
import type { Errno } from '../../protocol.ts';
import { objectIn, textIn } from '../json.ts';
import type { Reach } from '../reach.ts';
import { isPathSafe } from '../reach.ts';
import type { Description, Sighting } from '../sighting.ts';
import { NONE } from '../sighting.ts';

/** Storage drivers of containers/storage; each has its own directory of containers. */
const DRIVERS = ['overlay', 'vfs', 'btrfs', 'zfs'];

interface Stored {
  readonly name: string | null;
  readonly image: string | null;
}

/** Podman keeps a list of all containers in its storage (`DRIVER-containers/containers.json`); `podman rename` changes it there. */
export function describePodman(sighting: Sighting, reach: Reach): Description {
  const { id, name: given, starter, podUid } = sighting;
  const pod = podUid === null ? null : { name: null, namespace: null, uid: podUid };
  let errno: Errno = 'ENOENT';
  if (id !== null && isPathSafe(id)) {
    for (const dir of containerDirectories(sighting, reach)) {
      const path = `${dir}/containers.json`;
      const read = reach.files.json(path, pick);
      if ('errno' in read) {
        if (read.errno !== 'ENOENT') errno = read.errno;
        continue;
      }
      const stored = read.value.get(id);
      if (!stored) continue;
      const name = stored.name ?? given;
      return {
        name, image: stored.image, pod, source: path, ...(starter === null && dir.includes('/.local/share/') && { rootless: true }),
        unread: { ...(name === null && { name: NONE }), ...(stored.image === null && { image: NONE }) },
      };
    }
  }
  // conmon was told the name when the container started: better than none, though a later rename is missed
  return { name: given, image: null, pod, unread: { ...(given === null && { name: errno }), image: errno } };
}

function pick(json: unknown): Map<string, Stored> | undefined {
  if (!Array.isArray(json)) return undefined;
  const stored = new Map<string, Stored>();
  for (const entry of json as unknown[]) {
    const id = textIn(entry, 'id');
    if (id === null) continue;
    const names = objectIn(entry)['names'];
    const name: unknown = Array.isArray(names) ? names[0] : null;
    stored.set(id, { name: typeof name === 'string' && name !== '' ? name : null, image: imageIn(textIn(entry, 'metadata')) ?? textIn(entry, 'image') });
  }
  return stored;
}

/** `metadata` is JSON within JSON. */
function imageIn(metadata: string | null): string | null {
  if (metadata === null) return null;
  try {
    return textIn(JSON.parse(metadata), 'image-name');
  } catch {
    return null;
  }
}

function containerDirectories({ directory, starter, init }: Sighting, reach: Reach): string[] {
  // the bundle is STORAGE/DRIVER-containers/ID/userdata
  if (directory?.startsWith('/')) return reach.prefixes(starter).map((prefix) => prefix + dirname(dirname(directory)));
  const storages: string[] = [];
  const uid = reach.process(init)?.uid ?? null;
  const home = uid === null || uid === 0 ? null : reach.home(uid, null);
  for (const prefix of reach.prefixes(null)) {
    if (home !== null) storages.push(`${prefix}${home}/.local/share/containers/storage`);
    const configured = reach.files.text(`${prefix}/etc/containers/storage.conf`, (text) => /^\s*graphroot\s*=\s*"([^"]+)"/m.exec(text)?.[1]);
    storages.push(prefix + ('value' in configured ? configured.value : '/var/lib/containers/storage'));
  }
  return storages.flatMap((storage) => DRIVERS.map((driver) => `${storage}/${driver}-containers`));
}
