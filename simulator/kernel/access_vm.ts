import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { find_task_by_vpid } from './pid_lookup.ts';
import { ptrace_may_access, PTRACE_MODE_READ_REALCREDS } from './ptrace.ts';
import type { task_struct } from './task.ts';

const PAGE = 4096;

/** What of another task's memory can be read from `address` on, up to the first page that is not there; at most `length` bytes. */
export function access_process_vm(k: Kernel, task: task_struct, address: number, length: number): Uint8Array {
  const memory = k.user_memory?.(task);
  const all = new Uint8Array(length);
  let done = 0;
  while (memory && done < length) {
    const some = memory.read(address + done, in_page(address + done, length - done));
    if (!some) break;
    all.set(some, done);
    done += some.length;
  }
  return all.subarray(0, done);
}

/** Writes into another task's memory, up to the first page that can not be written: how many bytes. */
export function write_process_vm(k: Kernel, task: task_struct, address: number, bytes: Uint8Array): number {
  const memory = k.user_memory?.(task);
  let done = 0;
  while (memory && done < bytes.length) {
    const count = in_page(address + done, bytes.length - done);
    if (!memory.write(address + done, bytes.subarray(done, done + count))) break;
    done += count;
  }
  return done;
}

/** So many bytes are left before the end of the page. */
function in_page(address: number, wanted: number): number {
  return Math.min(wanted, PAGE - address % PAGE);
}

/** Whose memory process_vm_readv(2) is about. Errors: ESRCH, EPERM. */
export function process_vm_task(k: Kernel, nr: number): task_struct | Err {
  const task = find_task_by_vpid(k, nr);
  if (!task) return err('ESRCH');
  if (!ptrace_may_access(k, task, PTRACE_MODE_READ_REALCREDS)) return err('EPERM');
  return task.mm ? task : err('ESRCH');
}
