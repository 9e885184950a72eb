import { err } from './errno.ts';
import { alloc_file, fd_install, get_unused_fd } from './files.ts';
import { kern_mount } from './kern_mount.ts';
import type { Kernel } from './kernel.ts';
import { O_RDWR, S_IFREG } from './mode.ts';
import { F_SEAL_EXEC, F_SEAL_SEAL } from './seals.ts';
import { byte_length } from './text.ts';
import { make_inode } from './tmpfs.ts';
import { dentry } from './vfs.ts';

const MFD_CLOEXEC = 1;
const MFD_ALLOW_SEALING = 2;
const MFD_NOEXEC_SEAL = 8;
const MFD_EXEC = 0x10;
const NAME_MAX = 249;

/** memfd_create(2): a file of memory that has no name. Errors: EINVAL, EMFILE. Its seals: seals.ts. */
export function sys_memfd_create(k: Kernel, name: string, flags: number): number {
  if ((flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL | MFD_EXEC)) !== 0 || byte_length(name) > NAME_MAX) return err('EINVAL');
  const fd = get_unused_fd(k);
  if (fd < 0) return fd;
  const mnt = kern_mount(k, 'tmpfs');
  const node = make_inode(k, mnt.mnt_sb, S_IFREG | (flags & MFD_NOEXEC_SEAL ? 0o666 : 0o777));
  node.i_seals = flags & MFD_NOEXEC_SEAL ? F_SEAL_EXEC : flags & MFD_ALLOW_SEALING ? 0 : F_SEAL_SEAL;
  node.i_uid = k.current.cred.fsuid;
  node.i_gid = k.current.cred.fsgid;
  node.i_nlink = 0;
  const at = { mnt, dentry: k.trace.alloc(new dentry(null, `/memfd:${name} (deleted)`, k.trace.alloc(node))) };
  fd_install(k, fd, alloc_file(k, at, O_RDWR, 'mem'), (flags & MFD_CLOEXEC) !== 0);
  return fd;
}
