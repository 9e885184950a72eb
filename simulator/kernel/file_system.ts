import type { Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import type { user_namespace } from './user.ts';
import type { Version } from './version.ts';
import type { dentry, super_block } from './vfs.ts';

/** What a mount of a file system is made of: `data` is the text of `-o` without the flags that are the mount's own. */
export interface MountRequest { readonly source: string; readonly data: string; readonly sb_flags: number }

/** A kind of file system. The functions are constant; state is in the super block only. */
export interface file_system_type {
  readonly name: string;
  /** The root of a user namespace may mount it (FS_USERNS_MOUNT). */
  readonly userns_mount: boolean;
  /** Needs a block device as source. */
  readonly requires_dev?: boolean;
  /** Shows something of the machine: mounting one in a user namespace must not uncover what is hidden in those already there. */
  readonly visible?: boolean;
  readonly since?: Version;
  /** The options that it knows (from 5.7 on, when each is looked at by itself); absent: it looks at them when an instance is made. */
  readonly parameters?: readonly string[];
  /** Whose instance it will be, and whose capability is asked for; absent: the user namespace of the caller. */
  user_ns?(k: Kernel): user_namespace;
  /** Refuses before anything else: sysfs without an own net namespace. */
  may_mount?(k: Kernel): 0 | Err;
  /** An instance with a reference for the new mount. */
  get_tree(k: Kernel, request: MountRequest, user_ns: user_namespace): super_block | Err;
  /** The directory that a mount shows; absent: the root of the instance. */
  root?(k: Kernel, sb: super_block): dentry;
  /** Other options for an instance that exists (`-o remount`). */
  reconfigure?(k: Kernel, sb: super_block, request: MountRequest): 0 | Err;
  kill_sb?(k: Kernel, sb: super_block): void;
  /** What `df` and statfs tell as type. */
  readonly magic: number;
}

const TYPES = new Map<string, file_system_type>();

/** Makes a file system known; called once by its module. */
export function register_filesystem(type: file_system_type): void {
  TYPES.set(type.name, type);
}

export function ops_of(name: string): file_system_type | undefined {
  return TYPES.get(name);
}

/** All that are known, in order: /proc/filesystems. */
export function filesystems(): IterableIterator<file_system_type> {
  return TYPES.values();
}
