import type { Kernel } from './kernel.ts';
import type { mount } from './mount.ts';
import { alloc_vfsmnt } from './mount.ts';
import { SB_NOUSER, alloc_super } from './super.ts';
import { fill_super } from './tmpfs.ts';

/** The mount, seen by no program, of a file system whose files have no place in the tree. Made when it is first needed. */
export function kern_mount(k: Kernel, type: string): mount {
  const found = k.kern_mounts.get(type);
  if (found) return found;
  const sb = alloc_super(k, type, k.init_user_ns, null, (made) => {
    fill_super(k, made, 0o555);
    // Files of namespaces can be mounted elsewhere, pipes cannot.
    if (type !== 'nsfs') made.s_flags = SB_NOUSER;
  });
  const made = alloc_vfsmnt(k, sb, sb.s_root, type);
  k.trace.insert(k.kern_mounts, type, made);
  return made;
}
