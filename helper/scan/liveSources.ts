import { ContainerFinder } from '../containers/finder.ts';
import { findDescriptors } from '../holders/descriptors.ts';
import { findMounts } from '../holders/mounts.ts';
import type { SocketNets } from '../holders/sockets.ts';
import { findSockets } from '../holders/sockets.ts';
import type { OpenSockets } from '../holders/openSockets.ts';
import { probeFeatures } from '../kernel/features.ts';
import type { Native } from '../kernel/native.ts';
import { Resolver } from '../namespaces/resolver.ts';
import type { Errno } from '../protocol.ts';
import type { Sources } from './sources.ts';

/** The sources that read this very host. @param native see `loadNative`; without it relations stay unknown */
export function liveSources(native: Native | Errno): Sources {
  const features = probeFeatures(native);
  const resolver = new Resolver(native);
  const finder = new ContainerFinder();
  const socketNets: SocketNets = new Map();
  const openSockets: OpenSockets = new Map();
  return {
    relations: features.nsGetUserns === 'EPERM' ? true : features.nsGetUserns, // not allowed for this one, but there
    ids: features.nsGetId === true,
    resolve: (path, type, memberPid, known) => resolver.resolve(path, type, memberPid, known),
    descriptors: (pids) => findDescriptors(pids, native, openSockets),
    mounts: (namespaces, known) => findMounts(namespaces, native, known),
    sockets: (pids, known) => findSockets(pids, native, known, socketNets, openSockets),
    containers: (changed, endedPids, hostNs, all) => finder.update(changed, endedPids, hostNs, all),
  };
}
