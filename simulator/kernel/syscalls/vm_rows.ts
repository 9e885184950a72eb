import { access_process_vm, process_vm_task, write_process_vm } from '../access_vm.ts';
import { err, isErr, type Err } from '../errno.ts';
import { iovecs, scatter } from './file_calls.ts';
import { filled, given, int, long, pointer, type Call, type Result, type SyscallRow } from './table.ts';

interface Part { readonly base: number; readonly length: number }

/** Both lists of parts: the caller's own and those of the other process. */
function parts(call: Call, local: number, locals: number, remote: number, remotes: number, flags: number): { readonly own: readonly Part[]; readonly theirs: readonly Part[] } | Err {
  if (flags !== 0) return err('EINVAL');
  const own = iovecs(call, local, locals);
  if (isErr(own)) return own;
  const theirs = iovecs(call, remote, remotes);
  return isErr(theirs) ? theirs : { own, theirs };
}

const total = (all: readonly Part[]): number => all.reduce((sum, { length }) => sum + length, 0);

/** What the parts hold together, or what could be had of them. */
function gather(all: readonly Part[], most: number, take: (base: number, length: number) => Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (const { base, length } of all) {
    const wanted = Math.min(length, most - bytes.length);
    const got = take(base, wanted);
    for (const byte of got) bytes.push(byte);
    if (got.length < wanted) break;
  }
  return Uint8Array.from(bytes);
}

function process_vm_readv(call: Call, pid: number, local: number, locals: number, remote: number, remotes: number, flags: number): Result {
  const all = parts(call, local, locals, remote, remotes, flags);
  if (isErr(all)) return all;
  const wanted = Math.min(total(all.own), total(all.theirs));
  if (wanted === 0) return 0;
  const task = process_vm_task(call.k, pid);
  if (isErr(task)) return task;
  const got = gather(all.theirs, wanted, (base, length) => access_process_vm(call.k, task, base, length));
  return got.length === 0 ? err('EFAULT') : scatter(call, all.own, got);
}

function process_vm_writev(call: Call, pid: number, local: number, locals: number, remote: number, remotes: number, flags: number): Result {
  const all = parts(call, local, locals, remote, remotes, flags);
  if (isErr(all)) return all;
  const wanted = Math.min(total(all.own), total(all.theirs));
  if (wanted === 0) return 0;
  const task = process_vm_task(call.k, pid);
  if (isErr(task)) return task;
  const bytes = gather(all.own, wanted, (base, length) => {
    const got = given(call, base, length);
    return isErr(got) ? new Uint8Array(0) : got;
  });
  let done = 0;
  for (const { base, length } of all.theirs) {
    const some = bytes.subarray(done, done + length);
    const taken = write_process_vm(call.k, task, base, some);
    done += taken;
    if (taken < some.length) break;
  }
  return done === 0 ? err('EFAULT') : done;
}

export const VM_CALLS: readonly SyscallRow[] = [
  filled('process_vm_readv', [int, pointer, int, pointer, int, long], process_vm_readv),
  filled('process_vm_writev', [int, pointer, int, pointer, int, long], process_vm_writev),
];
