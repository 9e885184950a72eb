import fs from 'node:fs';
import type { Errno, Feature } from '../protocol.ts';
import { LSMT_ROOT } from './abi.ts';
import type { Native } from './native.ts';
import { openNamespace } from './openNamespace.ts';

/** The features that koffi gives; `procConnector` is no matter of this part. */
export type NativeFeature = Exclude<Feature, 'procConnector'>;

/**
 * Which of the newer kernel interfaces work for us, found by calling each on our own namespaces (nothing is changed).
 * EPERM means that the kernel has it but not for us; ENOENT of NS_MNT_GET_NEXT that there is just no other namespace.
 */
export function probeFeatures(native: Native | Errno): Readonly<Record<NativeFeature, true | Errno>> {
  if (typeof native === 'string') return { koffi: native, nsGetUserns: native, nsGetId: native, nsMntGetNext: native, listmount: native, pidfdGetfd: native };
  return {
    koffi: true,
    nsGetUserns: probe('/proc/self/ns/net', (fd) => closed(native.userns(fd))),
    nsGetId: probe('/proc/self/ns/net', (fd) => native.id(fd)),
    nsMntGetNext: probe('/proc/self/ns/mnt', (fd) => {
      const next = native.nextMountNamespace(fd);
      if (typeof next !== 'string') return closed(next.fd);
      return next === 'ENOENT' ? 0 : next;
    }),
    listmount: worked(native.listmount(0n, LSMT_ROOT, 0n, new BigUint64Array(1))),
    pidfdGetfd: probe('/proc/self/ns/net', (fd) => {
      const pidfd = native.pidfdOpen(process.pid);
      if (typeof pidfd === 'string') return pidfd;
      const copy = closed(native.pidfdGetfd(pidfd, fd));
      fs.closeSync(pidfd);
      return copy;
    }),
  };
}

function probe(path: string, call: (fd: number) => unknown): true | Errno {
  const fd = openNamespace(path);
  if (typeof fd === 'string') return fd;
  try {
    return worked(call(fd));
  } finally {
    fs.closeSync(fd);
  }
}

function worked(result: unknown): true | Errno {
  return typeof result === 'string' && /^E[A-Z]/.test(result) ? result as Errno : true;
}

function closed(fd: number | Errno): number | Errno {
  if (typeof fd === 'number') fs.closeSync(fd);
  return fd;
}
