import { IFREQ_SIZE } from '../dev_ioctl.ts';
import { err, isErr } from '../errno.ts';
import { sys_ioctl } from '../read_write.ts';
import { copy_to_user, Reader, Writer } from '../uaccess.ts';
import { answer, given } from './table.ts';
import type { Call, Result } from './table.ts';

/** ioctl SIOCGIFCONF: `arg` is struct ifconf, a length and an address; as many whole struct ifreq as fit go there. With address 0 only the length is told. */
export function ifconf(call: Call, fd: number, cmd: number, arg: number): Result {
  const bytes = given(call, arg, 16);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const room = reader.u32() | 0;
  reader.u32();
  const address = reader.u64();
  const list = sys_ioctl(call.k, fd, cmd, null);
  if (typeof list !== 'object') return list;
  if (room < 0) return err('EINVAL');
  const some = address === 0 ? list.out : list.out.subarray(0, Math.floor(room / IFREQ_SIZE) * IFREQ_SIZE);
  const failed = address === 0 ? 0 : copy_to_user(call.user, address, some);
  return failed || answer(call, arg, new Writer().u32(some.length).done());
}
