import { err, isErr, type Err } from '../errno.ts';
import type { Kernel } from '../kernel.ts';
import { cap_capget, cap_capset } from '../securebits.ts';
import {
  may_setgroups, sys_getegid, sys_geteuid, sys_getgid, sys_getgroups, sys_getresgid, sys_getresuid, sys_getuid, sys_setfsgid, sys_setfsuid, sys_setgid,
  sys_setgroups, sys_setregid, sys_setresgid, sys_setresuid, sys_setreuid, sys_setuid,
} from '../setid.ts';
import { sys_setns } from '../setns.ts';
import { decode, encode } from '../text.ts';
import { Reader, Writer } from '../uaccess.ts';
import { ksys_unshare } from '../unshare.ts';
import { CAP_SYS_ADMIN, ns_capable } from '../capability.ts';
import { nsproxy_of } from '../nsproxy.ts';
import type { new_utsname } from '../uts.ts';
import { __NEW_UTS_LEN, sys_newuname, sys_setdomainname, sys_sethostname } from '../utsname.ts';
import { task_active_pid_ns } from '../pid.ts';
import type { task_struct } from '../task.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, pointer, row, uint } from './table.ts';

/** Three ids at three addresses. */
function three(call: Call, ids: readonly number[], addresses: readonly number[]): Result {
  for (const [n, address] of addresses.entries()) {
    const failed = answer(call, address, new Writer().u32(ids[n] ?? 0).done());
    if (failed !== 0) return failed;
  }
  return 0;
}

/** Each field of struct new_utsname has 64 bytes and an end. */
function uname(call: Call, address: number): Result {
  const to = new Writer();
  const names = sys_newuname(call.k);
  const order: readonly (keyof new_utsname)[] = ['sysname', 'nodename', 'release', 'version', 'machine', 'domainname'];
  for (const field of order) to.fixed(encode(names[field]), __NEW_UTS_LEN + 1);
  return answer(call, address, to.done());
}

/** sethostname and setdomainname look at the name last: first who calls, then how long it is. */
function set_name(set: (k: Kernel, name: string, length: number) => number): (call: Call, address: number, length: number) => Result {
  return (call, address, length) => {
    const { k } = call;
    const owner = nsproxy_of(k.current).uts_ns?.user_ns;
    const refused = length < 0 || length > __NEW_UTS_LEN || (owner && !ns_capable(k, owner, CAP_SYS_ADMIN));
    if (refused) return set(k, '', length);
    const bytes = given(call, address, length);
    return isErr(bytes) ? bytes : set(k, decode(bytes), length);
  };
}

const NGROUPS_MAX = 65536;

function getgroups(call: Call, size: number, address: number): Result {
  if (size < 0) return err('EINVAL');
  const ids = sys_getgroups(call.k);
  if (size === 0) return ids.length;
  if (ids.length > size) return err('EINVAL');
  const to = new Writer();
  for (const id of ids) to.u32(id);
  return answer(call, address, to.done(), ids.length);
}

function setgroups(call: Call, size: number, address: number): Result {
  if (!may_setgroups(call.k)) return err('EPERM');
  if (size >>> 0 > NGROUPS_MAX) return err('EINVAL');
  const bytes = given(call, address, size * 4);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  return sys_setgroups(call.k, Array.from({ length: size }, () => reader.u32()));
}

/** How many 32-bit words each set has, by version of the interface. */
const CAPABILITY_WORDS: ReadonlyMap<number, number> = new Map([[0x19980330, 1], [0x20071026, 2], [0x20080522, 2]]);
const PREFERRED = 0x20080522;

/** version and pid of struct __user_cap_header_struct; writes the version that is preferred where it is unknown. */
function cap_header(call: Call, address: number): { readonly words: number; readonly pid: number } | Err {
  const bytes = given(call, address, 8);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const words = CAPABILITY_WORDS.get(reader.u32());
  if (words === undefined) return answer(call, address, new Writer().u32(PREFERRED).done()) || err('EINVAL');
  return { words, pid: reader.i32() };
}

/** The task with that number in the caller's pid namespace. */
function task_by_nr(k: Kernel, nr: number): task_struct | null {
  return nr === 0 ? k.current : task_active_pid_ns(k.current).idr.get(nr)?.pid_task ?? null;
}

function capget(call: Call, header: number, data: number): Result {
  const asked = cap_header(call, header);
  if (isErr(asked)) return data === 0 && asked === err('EINVAL') ? 0 : asked;
  const { words, pid } = asked as { words: number; pid: number };
  if (pid < 0) return err('EINVAL');
  const task = task_by_nr(call.k, pid);
  if (!task) return err('ESRCH');
  if (data === 0) return 0;
  const sets = cap_capget(task.cred);
  const to = new Writer();
  for (let word = 0; word < words; word++) {
    for (const set of [sets.effective, sets.permitted, sets.inheritable]) to.u32(Number((set >> BigInt(word * 32)) & 0xffffffffn));
  }
  return answer(call, data, to.done());
}

function capset(call: Call, header: number, data: number): Result {
  const asked = cap_header(call, header);
  if (isErr(asked)) return asked;
  const { words, pid } = asked as { words: number; pid: number };
  const task = task_by_nr(call.k, pid);
  if (task !== call.k.current) return err('EPERM');
  const bytes = given(call, data, words * 12);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes);
  const sets = [0n, 0n, 0n];
  for (let word = 0; word < words; word++) {
    for (const n of [0, 1, 2]) sets[n] = (sets[n] ?? 0n) | BigInt(reader.u32()) << BigInt(word * 32);
  }
  return cap_capset(call.k, { effective: sets[0] ?? 0n, permitted: sets[1] ?? 0n, inheritable: sets[2] ?? 0n });
}

export const ID_CALLS: readonly SyscallRow[] = [
  row('unshare', [long], ksys_unshare),
  row('setns', [int, uint], sys_setns),
  filled('uname', [pointer], uname),
  filled('sethostname', [pointer, int], set_name(sys_sethostname)),
  filled('setdomainname', [pointer, int], set_name(sys_setdomainname)),
  row('getuid', [], sys_getuid),
  row('geteuid', [], sys_geteuid),
  row('getgid', [], sys_getgid),
  row('getegid', [], sys_getegid),
  row('setuid', [int], sys_setuid),
  row('setgid', [int], sys_setgid),
  row('setreuid', [int, int], sys_setreuid),
  row('setregid', [int, int], sys_setregid),
  row('setresuid', [int, int, int], sys_setresuid),
  row('setresgid', [int, int, int], sys_setresgid),
  row('setfsuid', [int], sys_setfsuid),
  row('setfsgid', [int], sys_setfsgid),
  filled('getresuid', [pointer, pointer, pointer], (call, ...to) => three(call, sys_getresuid(call.k), to)),
  filled('getresgid', [pointer, pointer, pointer], (call, ...to) => three(call, sys_getresgid(call.k), to)),
  filled('getgroups', [int, pointer], getgroups),
  filled('setgroups', [int, pointer], setgroups),
  filled('capget', [pointer, pointer], capget),
  filled('capset', [pointer, pointer], capset),
];
