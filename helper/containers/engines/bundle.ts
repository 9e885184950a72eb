import type { Container, Errno } from '../../protocol.ts';
import { objectIn, textIn } from '../json.ts';
import type { Reach } from '../reach.ts';
import { isPathSafe } from '../reach.ts';
import type { Description, Sighting } from '../sighting.ts';
import { NONE } from '../sighting.ts';
import { containerNameIn, imageIn, podIn } from './kubernetes.ts';

/** Where containerd and its relatives keep a running container's OCI bundle, by containerd namespace. */
const TASKS = [
  '/run/containerd/io.containerd.runtime.v2.task',
  '/run/containerd/io.containerd.runtime.v1.linux',
  '/run/k3s/containerd/io.containerd.runtime.v2.task',
];
const CRIO_BUNDLES = ['/run/containers/storage/overlay-containers', '/var/lib/containers/storage/overlay-containers', '/run/containers/storage/vfs-containers'];

interface Annotated {
  readonly name: string | null;
  readonly image: string | null;
  readonly pod: Container['pod'];
}

/** containerd: the `config.json` of the bundle, by way of the shim's working directory, so a private `--state` is found as well. */
export function describeContainerd(sighting: Sighting, reach: Reach): Description {
  const { id, scope } = sighting;
  if (id === null || !isPathSafe(id)) return { name: null, image: null, unread: { name: NONE, image: NONE } };
  const bundles: string[] = [];
  // one shim serves all containers of a pod: the sibling of its own bundle is the one
  if (sighting.directory !== null) bundles.push(`${sighting.directory}/../${id}`);
  for (const prefix of reach.prefixes(null)) {
    for (const tasks of TASKS) {
      const namespaces = scope !== null && isPathSafe(scope) ? { value: [scope] } : reach.files.list(prefix + tasks);
      if ('value' in namespaces) for (const namespace of namespaces.value) bundles.push(`${prefix}${tasks}/${namespace}/${id}`);
    }
  }
  const described = describeBundles(bundles, reach);
  // `ctr run IMAGE ID`: the ID is what a person chose
  return described.name === null && !/^[0-9a-f]{64}$/.test(id) ? { ...described, name: id, unread: withoutName(described.unread) } : described;
}

/** CRI-O: as podman, conmon is told the bundle; its `config.json` carries what kubelet asked for. */
export function describeCrio(sighting: Sighting, reach: Reach): Description {
  const { id, directory, name, starter } = sighting;
  if (id === null || !isPathSafe(id)) return { name, image: null, unread: { ...(name === null && { name: NONE }), image: NONE } };
  const bundles = directory?.startsWith('/') ? reach.prefixes(starter).map((prefix) => prefix + directory)
    : reach.prefixes(null).flatMap((prefix) => CRIO_BUNDLES.map((dir) => `${prefix}${dir}/${id}/userdata`));
  const described = describeBundles(bundles, reach);
  return described.name === null && name !== null ? { ...described, name, unread: withoutName(described.unread) } : described;
}

function withoutName({ image }: Description['unread']): Description['unread'] {
  return image === undefined ? {} : { image };
}

function describeBundles(bundles: readonly string[], reach: Reach): Description {
  let errno: Errno = 'ENOENT';
  for (const bundle of bundles) {
    const path = `${bundle}/config.json`;
    const read = reach.files.json(path, pick);
    if ('errno' in read) {
      if (read.errno !== 'ENOENT') errno = read.errno;
      continue;
    }
    const { name, image, pod } = read.value;
    return { name, image, pod, source: path, unread: { ...(name === null && { name: NONE }), ...(image === null && { image: NONE }) } };
  }
  return { name: null, image: null, unread: { name: errno, image: errno } };
}

function pick(json: unknown): Annotated | undefined {
  if (textIn(json, 'ociVersion') === null) return undefined;
  const annotations = objectIn(json)['annotations'];
  return { name: containerNameIn(annotations) ?? textIn(annotations, 'nerdctl/name'), image: imageIn(annotations), pod: podIn(annotations) };
}
