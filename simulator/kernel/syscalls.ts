import { COPY_CALLS } from './syscalls/copy_rows.ts';
import { EVENT_CALLS } from './syscalls/event_rows.ts';
import { FILE_CALLS } from './syscalls/file_calls.ts';
import { ID_CALLS } from './syscalls/id_calls.ts';
import { IPC_CALLS } from './syscalls/ipc_calls.ts';
import { has_syscall, SYSCALL_NAMES, SYSCALL_NUMBERS } from './syscalls/numbers.ts';
import { MESSAGE_CALLS } from './syscalls/message_rows.ts';
import { MOUNT_CALLS } from './syscalls/mount_calls.ts';
import { PATH_CALLS } from './syscalls/path_calls.ts';
import { POLL_CALLS } from './syscalls/poll_rows.ts';
import { PROCESS_CALLS } from './syscalls/process_calls.ts';
import { MQUEUE_CALLS } from './syscalls/mqueue_rows.ts';
import { SCHED_CALLS } from './syscalls/sched_rows.ts';
import { SECCOMP_CALLS } from './syscalls/seccomp_rows.ts';
import { SOCKET_CALLS } from './syscalls/socket_rows.ts';
import { SIGNAL_CALLS } from './syscalls/signal_calls.ts';
import { TIME_CALLS } from './syscalls/time_calls.ts';
import { TIMER_CALLS } from './syscalls/timer_rows.ts';
import type { SyscallRow } from './syscalls/table.ts';
import { VM_CALLS } from './syscalls/vm_rows.ts';
import { XATTR_CALLS } from './syscalls/xattr_rows.ts';
import type { Version } from './version.ts';

/** Every system call that the kernel model has a function for. A further one is one row in the list of its subject. */
const MODELLED: ReadonlyMap<string, SyscallRow> = new Map(
  [
    ...ID_CALLS, ...PROCESS_CALLS, ...SIGNAL_CALLS, ...FILE_CALLS, ...PATH_CALLS, ...MOUNT_CALLS, ...IPC_CALLS, ...TIME_CALLS, ...SOCKET_CALLS, ...MQUEUE_CALLS,
    ...COPY_CALLS, ...SCHED_CALLS, ...MESSAGE_CALLS, ...POLL_CALLS, ...EVENT_CALLS, ...TIMER_CALLS, ...SECCOMP_CALLS, ...VM_CALLS, ...XATTR_CALLS,
  ].map((row) => [row.name, row]),
);

/** Names of the real system calls that the model has no function for. They fail with ENOSYS, unless the machine has its own (mmap, futex …). */
export const notModelled: readonly string[] = [...SYSCALL_NUMBERS.keys()].filter((name) => !MODELLED.has(name));

/** The system calls of one version, by number; `own` are the machine's, and come first. */
export function sys_call_table(version: Version, own: readonly SyscallRow[] = []): ReadonlyMap<number, SyscallRow> {
  const table = new Map<number, SyscallRow>();
  for (const row of [...MODELLED.values(), ...own]) {
    const nr = SYSCALL_NUMBERS.get(row.name);
    if (nr === undefined) throw new Error(`there is no system call ${row.name}`);
    if (has_syscall(version, row.name)) table.set(nr, row);
  }
  return table;
}

/** `clone()`, for sentences and traces; `system call 999` where there is no such number. */
export function syscall_name(nr: number): string {
  const name = SYSCALL_NAMES.get(nr);
  return name === undefined ? `system call ${nr}` : `${name}()`;
}
