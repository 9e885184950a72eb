import { ktime_get, sys_clock_gettime } from '../../kernel/clock.ts';
import { cpu_clock } from '../../kernel/cputime.ts';
import { err, isErr } from '../../kernel/errno.ts';
import type { Call, SyscallRow } from '../../kernel/syscalls/table.ts';
import { answer, filled, given, int, long, pointer } from '../../kernel/syscalls/table.ts';
import type { task_struct } from '../../kernel/task.ts';
import { Reader, Writer } from '../../kernel/uaccess.ts';
import { PAGE_SIZE } from '../memory.ts';
import type { Machine } from './machine.ts';
import { MINSIGSTKSZ, SS_DISABLE, SS_ONSTACK, onAltStack } from './signal_frame.ts';

const ARCH_SET_GS = 0x1001;
const ARCH_SET_FS = 0x1002;
const ARCH_GET_FS = 0x1003;
const ARCH_GET_GS = 0x1004;

function arch_prctl({ user }: Machine, call: Call, code: number, address: number): number {
  const { id } = call.k.current;
  switch (code) {
    case ARCH_SET_FS: user.do({ op: 'tls', task: id, value: address }); return 0;
    case ARCH_GET_FS: return answer(call, address, new Writer().u64(user.thread(id).threadPointer >>> 0).done());
    case ARCH_SET_GS: return 0;
    case ARCH_GET_GS: return answer(call, address, new Uint8Array(8));
    default: return err('EINVAL');
  }
}

const ROBUST_LIST_HEAD = 24;

function sigaltstack({ user, books }: Machine, call: Call, to: number, from: number): number {
  const { k } = call;
  const { id } = k.current;
  const alt = books.altstacks.get(id);
  const on = alt !== undefined && onAltStack(alt, user.thread(id).stackPointer >>> 0);
  let wanted: { base: number; flags: number; size: number } | null = null;
  if (to !== 0) {
    const bytes = given(call, to, 24);
    if (isErr(bytes)) return bytes;
    const reader = new Reader(bytes);
    wanted = { base: reader.u64(), flags: reader.i32(), size: reader.skip(4).u64() };
    if (on) return err('EPERM');
    if ((wanted.flags & ~(SS_DISABLE | SS_ONSTACK)) !== 0) return err('EINVAL');
    if ((wanted.flags & SS_DISABLE) === 0 && wanted.size < MINSIGSTKSZ) return err('ENOMEM');
  }
  if (wanted && (wanted.flags & SS_DISABLE) !== 0) k.trace.remove(books.altstacks, id);
  else if (wanted) k.trace.insert(books.altstacks, id, { base: wanted.base, size: wanted.size });
  if (from === 0) return 0;
  const flags = alt ? (on ? SS_ONSTACK : 0) : SS_DISABLE;
  return answer(call, from, new Writer().u64(alt?.base ?? 0).u32(flags).u32(0).u64(alt?.size ?? 0).done());
}

const NSEC = 1_000_000_000n;
const CLOCK_PROCESS_CPUTIME_ID = 2;
const CLOCK_THREAD_CPUTIME_ID = 3;
const INSTRUCTION = 5;

/** Nanoseconds that a thread has run, with what it was copied from. */
export function cpuTime({ user }: Machine, task: task_struct): bigint {
  return BigInt((user.threads.get(task.id)?.instructions ?? 0) * INSTRUCTION);
}

function clock_gettime(call: Call, clock: number, address: number): number {
  const { k } = call;
  const { current } = k;
  const own = clock === CLOCK_PROCESS_CPUTIME_ID ? current.signal : clock === CLOCK_THREAD_CPUTIME_ID ? current : null;
  const host = own ? cpu_clock(k, own) : sys_clock_gettime(k, clock);
  if (typeof host !== 'bigint') return host;
  return answer(call, address, new Writer().u64(host / NSEC).u64(host % NSEC).done());
}

const RUSAGE_CHILDREN = -1;
const RUSAGE_SELF = 0;
const RUSAGE_THREAD = 1;

/** struct rusage: the time in user mode, and the pages that are resident now, which of children are not known. */
function getrusage(machine: Machine, call: Call, who: number, address: number): number {
  if (who !== RUSAGE_SELF && who !== RUSAGE_CHILDREN && who !== RUSAGE_THREAD) return err('EINVAL');
  const { current } = call.k;
  const { mm, signal } = current;
  const time = who === RUSAGE_CHILDREN ? signal.children_runtime : cpu_clock(call.k, who === RUSAGE_SELF ? signal : current);
  const resident = who === RUSAGE_CHILDREN || !mm ? 0 : machine.user.spaces.get(mm.id)?.resident ?? 0;
  return answer(call, address, new Writer().u64(time / NSEC).u64(time % NSEC / 1000n).zeros(16).u64(resident * PAGE_SIZE / 1024).zeros(24).u64(resident).zeros(72).done());
}

/** times(2): 100 ticks a second. */
function times(call: Call, address: number): number {
  const tick = NSEC / 100n;
  const { k } = call;
  const { signal } = k.current;
  const failed = address === 0 ? 0 : answer(call, address, new Writer().u64(cpu_clock(k, signal) / tick).u64(0).u64(signal.children_runtime / tick).u64(0).done());
  return failed || Number((ktime_get(k, 1) ?? 0n) / tick);
}

/** What belongs to a thread of the machine alone. */
export function threadCalls(machine: Machine): readonly SyscallRow[] {
  const { books } = machine;
  return [
    filled('arch_prctl', [int, pointer], (call, code, address) => arch_prctl(machine, call, code, address)),
    filled('set_robust_list', [pointer, long], ({ k }, head, length) => {
      if (length !== ROBUST_LIST_HEAD) return err('EINVAL');
      k.trace.insert(books.robust, k.current.id, head);
      return 0;
    }),
    filled('sigaltstack', [pointer, pointer], (call, to, from) => sigaltstack(machine, call, to, from)),
    filled('sched_yield', [], () => {
      machine.yields = true;
      return 0;
    }),
    filled('clock_gettime', [int, pointer], (call, clock, address) => clock_gettime(call, clock, address)),
    filled('getrusage', [int, pointer], (call, who, address) => getrusage(machine, call, who, address)),
    filled('times', [pointer], (call, address) => times(call, address)),
    filled('getcpu', [pointer, pointer], (call, cpu, node) => {
      const zero = new Uint8Array(4);
      return (cpu === 0 ? 0 : answer(call, cpu, zero)) || (node === 0 ? 0 : answer(call, node, zero));
    }),
  ];
}
