import type { Errno } from '../protocol.ts';
import { LSMT_ROOT, MOUNT_ATTR, MOUNT_ATTR_ATIME, MOUNT_ATTR_RDONLY, MS, STATMOUNT, STATMOUNT_AT, STATMOUNT_STRINGS } from './abi.ts';
import type { Native } from './native.ts';

/** One mount as statmount(2) tells it. Texts have one character per byte. */
export interface MountStat {
  /** The ids that mountinfo shows. */
  readonly id: string;
  readonly parent: string;
  readonly dev: string;
  readonly options: string;
  readonly root: string;
  /** Relative to the root of its mount namespace. */
  readonly point: string;
  readonly fstype: string;
  readonly source: string;
  /** As in mountinfo: `shared:1`, `master:2`, `unbindable`. */
  readonly tags: readonly string[];
}

const ALL = STATMOUNT.SB_BASIC | STATMOUNT.MNT_BASIC | STATMOUNT.MNT_ROOT | STATMOUNT.MNT_POINT | STATMOUNT.FS_TYPE | STATMOUNT.SB_SOURCE;
const PAGE = 512;
/** Fixed part, and room for the strings: two paths of at most 4,096 bytes and two names. */
const LARGEST = STATMOUNT_STRINGS + 4 * 4096;

const page = new BigUint64Array(PAGE);
const buffer = Buffer.alloc(LARGEST);

/**
 * Every mount of a mount namespace, whether a process is in it or not, in the order of their ids (they are yielded in pieces
 * of at most 512, so that the caller can do other work in between). 0 is our own namespace.
 */
export function* listMounts(native: Native, mountNamespaceId: bigint): Generator<readonly bigint[], Errno | undefined> {
  for (let last = 0n; ;) {
    const got = native.listmount(mountNamespaceId, LSMT_ROOT, last, page);
    if (typeof got === 'string') return got;
    if (got === 0) return undefined;
    const ids = [...page.subarray(0, got)];
    last = ids[got - 1] ?? last;
    yield ids;
    if (got < PAGE) return undefined;
  }
}

/** Is it a mount of this file system type? Asks for the type alone: the cheapest question, for skipping all that is not sought. */
export function mountIsOf(native: Native, mountNamespaceId: bigint, id: bigint, fstype: string): boolean {
  const result = native.statmount(mountNamespaceId, id, STATMOUNT.FS_TYPE, buffer);
  return result === 0 && textAt(STATMOUNT_AT.fsType) === fstype;
}

/** All fields of one mount. ENOENT: it is gone. */
export function statMount(native: Native, mountNamespaceId: bigint, id: bigint): MountStat | Errno {
  const result = native.statmount(mountNamespaceId, id, ALL, buffer);
  if (result !== 0) return result;
  const got = buffer.readUInt32LE(STATMOUNT_AT.mask);
  const propagation = buffer.readUInt32LE(STATMOUNT_AT.propagation);
  const tags: string[] = [];
  if (propagation & MS.SHARED) tags.push(`shared:${buffer.readBigUInt64LE(STATMOUNT_AT.peerGroup)}`);
  if (propagation & MS.SLAVE) tags.push(`master:${buffer.readBigUInt64LE(STATMOUNT_AT.master)}`);
  if (propagation & MS.UNBINDABLE) tags.push('unbindable');
  return {
    id: String(buffer.readUInt32LE(STATMOUNT_AT.mntIdOld)),
    parent: String(buffer.readUInt32LE(STATMOUNT_AT.mntParentIdOld)),
    dev: `${buffer.readUInt32LE(STATMOUNT_AT.sbDevMajor)}:${buffer.readUInt32LE(STATMOUNT_AT.sbDevMinor)}`,
    options: optionsOf(buffer.readBigUInt64LE(STATMOUNT_AT.attributes)),
    root: got & STATMOUNT.MNT_ROOT ? textAt(STATMOUNT_AT.mntRoot) : '',
    point: got & STATMOUNT.MNT_POINT ? textAt(STATMOUNT_AT.mntPoint) : '',
    fstype: textAt(STATMOUNT_AT.fsType),
    source: got & STATMOUNT.SB_SOURCE ? textAt(STATMOUNT_AT.sbSource) : '',
    tags,
  };
}

function optionsOf(attributes: bigint): string {
  const has = (bit: number): boolean => (attributes & BigInt(bit)) !== 0n;
  const named = Object.entries(MOUNT_ATTR).filter(([, bit]) => has(bit)).map(([name]) => name);
  return [has(MOUNT_ATTR_RDONLY) ? 'ro' : 'rw', ...named, ...has(MOUNT_ATTR_ATIME) ? [] : ['relatime']].join(',');
}

function textAt(field: number): string {
  const from = STATMOUNT_STRINGS + buffer.readUInt32LE(field);
  const end = buffer.indexOf(0, from);
  return buffer.toString('latin1', from, end === -1 ? buffer.length : end);
}
