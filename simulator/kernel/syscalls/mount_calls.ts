import { err, isErr } from '../errno.ts';
import { sys_fsconfig, sys_fsmount, sys_fsopen } from '../fsopen.ts';
import { sys_mount_setattr } from '../mount_setattr.ts';
import { sys_move_mount, sys_open_tree } from '../open_tree.ts';
import { Reader } from '../uaccess.ts';
import type { Call, SyscallRow } from './table.ts';
import { filled, given, int, long, path, path_or_null, pointer, row, uint } from './table.ts';

/** struct mount_attr: four words of 64 bits. */
const MOUNT_ATTR_SIZE_VER0 = 32;
const PAGE_SIZE = 4096;

function mount_setattr(call: Call, dfd: number, name: string, flags: number, address: number, size: number): number {
  if (size > PAGE_SIZE) return err('E2BIG');
  if (size < MOUNT_ATTR_SIZE_VER0) return err('EINVAL');
  const bytes = given(call, address, size);
  if (isErr(bytes)) return bytes;
  if (bytes.subarray(MOUNT_ATTR_SIZE_VER0).some((byte) => byte !== 0)) return err('E2BIG');
  const from = new Reader(bytes);
  const [attr_set, attr_clr, propagation] = [from.u64(), from.u64(), from.u64()];
  return sys_mount_setattr(call.k, dfd, name, flags, { attr_set, attr_clr, propagation });
}

export const MOUNT_CALLS: readonly SyscallRow[] = [
  row('open_tree', [int, path, uint], sys_open_tree),
  row('move_mount', [int, path, int, path, uint], sys_move_mount),
  row('fsopen', [path, uint], sys_fsopen),
  row('fsconfig', [int, uint, path_or_null, path_or_null], sys_fsconfig),
  row('fsmount', [int, uint, uint], sys_fsmount),
  filled('mount_setattr', [int, path, uint, pointer, long], mount_setattr),
];
