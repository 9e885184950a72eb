import type { NsType } from '../../helper/protocol.ts';
import { place } from './columns.ts';

/** Which of the eight a set of tasks shares. */
export interface Sharing {
  readonly same: readonly NsType[];
  readonly different: readonly NsType[];
  /** Some link could not be read, and those that could do not differ. */
  readonly unknown: readonly NsType[];
}

/** Types in the order of the table's columns. */
export const COLUMN_TYPES: readonly NsType[] = ['uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'time', 'user'];

/** Compares tuples of inodes, in the order of `NS_LINKS`. */
export function sharing(tuples: readonly (readonly (number | null)[])[]): Sharing {
  const same: NsType[] = [];
  const different: NsType[] = [];
  const unknown: NsType[] = [];
  for (const type of COLUMN_TYPES) {
    const inodes = tuples.map((tuple) => tuple[place(type)] ?? null);
    const read = new Set(inodes.filter((inode) => inode !== null));
    if (read.size > 1) different.push(type);
    else if (inodes.includes(null)) unknown.push(type);
    else same.push(type);
  }
  return { same, different, unknown };
}
