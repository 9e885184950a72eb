import { err, isErr, type Err } from './errno.ts';
import { register_file_ops } from './file_ops.ts';
import { ops_of } from './file_system.ts';
import { alloc_file, fd_install, fget, get_unused_fd } from './files.ts';
import type { Kernel } from './kernel.ts';
import { O_RDWR } from './mode.ts';
import { MNT_READONLY } from './mount.ts';
import { atime_flags, attr_flags_to_mnt_flags } from './mount_setattr.ts';
import { get_tree, knows_parameter, may_mount, mount_super } from './namespace.ts';
import { KObject } from './object.ts';
import { open_detached } from './open_tree.ts';
import { SB_RDONLY, deactivate_super } from './super.ts';
import { atLeast } from './version.ts';
import type { file, super_block } from './vfs.ts';

/** A file system being set up: what fsopen opens. */
export class fs_context extends KObject {
  override readonly kind = 'fs_context';
  readonly type: string;
  source = '';
  options: readonly string[] = [];
  sb_flags = 0;
  /** The instance, once made and until it is mounted: held by this. */
  sb: super_block | null = null;
  phase: 'create params' | 'awaiting mount' | 'done' = 'create params';
  constructor(type: string) {
    super();
    this.type = type;
  }
}

const FSOPEN_CLOEXEC = 1;
const FSMOUNT_CLOEXEC = 1;

/** fsopen(2). Errors: EPERM, EINVAL, ENODEV, EMFILE. */
export function sys_fsopen(k: Kernel, type: string, flags: number): number {
  if (!may_mount(k)) return err('EPERM');
  if ((flags & ~FSOPEN_CLOEXEC) !== 0) return err('EINVAL');
  const known = ops_of(type);
  if (!known || (known.since && !atLeast(k.version, known.since))) return err('ENODEV');
  const fd = get_unused_fd(k);
  if (isErr(fd)) return fd;
  const of = alloc_file(k, null, O_RDWR, 'fscontext');
  k.trace.write(of, 'private_data', k.trace.alloc(new fs_context(type)));
  fd_install(k, fd, of, (flags & FSOPEN_CLOEXEC) !== 0);
  return fd;
}

register_file_ops('fscontext', {
  release(k, of) {
    const fc = of.private_data;
    if (!(fc instanceof fs_context)) return;
    if (fc.sb) deactivate_super(k, fc.sb);
    k.trace.free(fc);
  },
  name: () => 'anon_inode:[fscontext]',
  read: () => err('ENODATA'),
});

function context_of(k: Kernel, fd: number): fs_context | Err {
  const of: file | null = fget(k, fd);
  if (!of) return err('EBADF');
  return of.private_data instanceof fs_context ? of.private_data : err('EINVAL');
}

const SET_FLAG = 0;
const SET_STRING = 1;
const CMD_CREATE = 6;

/** fsconfig(2): flags, strings and the command to make the instance; other kinds are not modelled. Errors: EBADF, EINVAL, EBUSY, EOPNOTSUPP, EPERM … */
export function sys_fsconfig(k: Kernel, fd: number, cmd: number, key: string | null, value: string | null): number {
  const fc = context_of(k, fd);
  if (isErr(fc)) return fc;
  if (cmd === SET_FLAG || cmd === SET_STRING) {
    if (key === null || (cmd === SET_STRING) !== (value !== null)) return err('EINVAL');
    if (fc.phase !== 'create params') return err('EBUSY');
    if (cmd === SET_FLAG && (key === 'ro' || key === 'rw')) k.trace.write(fc, 'sb_flags', key === 'ro' ? SB_RDONLY : 0);
    else if (key === 'source') k.trace.write(fc, 'source', value ?? '');
    else if (!knows_parameter(k, ops_of(fc.type), key)) return err('EINVAL');
    else k.trace.write(fc, 'options', [...fc.options, value === null ? key : `${key}=${value}`]);
    return 0;
  }
  if (cmd !== CMD_CREATE) return err('EOPNOTSUPP');
  if (key !== null || value !== null) return err('EINVAL');
  if (fc.phase !== 'create params') return err('EBUSY');
  const sb = get_tree(k, fc.type, fc.source, fc.options.join(','), fc.sb_flags);
  if (isErr(sb)) return sb;
  k.trace.write(fc, 'sb', sb);
  k.trace.write(fc, 'phase', 'awaiting mount');
  return 0;
}

/** fsmount(2): a descriptor for a mount that is nowhere yet. Errors: EPERM, EINVAL, EBADF, EMFILE. */
export function sys_fsmount(k: Kernel, fd: number, flags: number, attr: number): number {
  if (!may_mount(k)) return err('EPERM');
  const set = attr_flags_to_mnt_flags(attr);
  const atime = atime_flags(attr);
  if ((flags & ~FSMOUNT_CLOEXEC) !== 0 || set === null || atime === null) return err('EINVAL');
  const fc = context_of(k, fd);
  if (isErr(fc)) return fc;
  const { sb } = fc;
  if (!sb || fc.phase !== 'awaiting mount') return err('EINVAL');
  k.trace.write(fc, 'sb', null);
  k.trace.write(fc, 'phase', 'done');
  const made = mount_super(k, sb, fc.source === '' ? 'none' : fc.source, set | atime | (fc.sb_flags & SB_RDONLY ? MNT_READONLY : 0));
  return isErr(made) ? made : open_detached(k, made, (flags & FSMOUNT_CLOEXEC) !== 0);
}
