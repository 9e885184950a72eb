import { err, isErr, type Err } from '../errno.ts';
import { sys_rt_sigqueueinfo, sys_rt_tgsigqueueinfo } from '../kill.ts';
import { sys_pidfd_send_signal } from '../pidfd.ts';
import { sys_kill, sys_pause, sys_rt_sigaction, sys_rt_sigpending, sys_rt_sigprocmask, sys_rt_sigsuspend, sys_tgkill, sys_tkill } from '../signal.ts';
import { SI_KERNEL } from '../signals.ts';
import { sys_rt_sigtimedwait } from '../sigwait.ts';
import type { k_sigaction, siginfo } from '../task.ts';
import { Reader, Writer } from '../uaccess.ts';
import { sigset_from, timeout_from } from './poll_rows.ts';
import type { Call, Result, SyscallRow } from './table.ts';
import { answer, filled, given, int, long, pointer, row, uint } from './table.ts';

/** Bytes of a sigset_t as the kernel has it; any other size is refused. */
const SIGSET = 8;
const SIG_DFL = 0;
const SIG_IGN = 1;

/** struct sigaction of the system call: handler, flags, restorer, mask. */
function sigaction_of(bytes: Uint8Array): k_sigaction {
  const reader = new Reader(bytes);
  const handler = reader.u64();
  const flags = reader.u64();
  return { handler: handler === SIG_DFL ? 'default' : handler === SIG_IGN ? 'ignore' : handler, flags, mask: reader.skip(8).big() };
}

function rt_sigaction(call: Call, sig: number, act: number, old: number, size: number): Result {
  if (size !== SIGSET) return err('EINVAL');
  const bytes = act === 0 ? null : given(call, act, 32);
  if (isErr(bytes)) return bytes;
  const before = sys_rt_sigaction(call.k, sig, bytes && sigaction_of(bytes));
  if (typeof before !== 'object') return before;
  if (old === 0) return 0;
  const { handler, flags, mask } = before;
  return answer(call, old, new Writer().u64(handler === 'default' ? SIG_DFL : handler === 'ignore' ? SIG_IGN : handler).u64(flags).u64(0).u64(mask).done());
}

function rt_sigprocmask(call: Call, how: number, set: number, old: number, size: number): Result {
  if (size !== SIGSET) return err('EINVAL');
  const bytes = set === 0 ? null : given(call, set, SIGSET);
  if (isErr(bytes)) return bytes;
  const before = sys_rt_sigprocmask(call.k, how, bytes && new Reader(bytes).big());
  if (typeof before !== 'bigint') return before;
  return old === 0 ? 0 : answer(call, old, new Writer().u64(before).done());
}

function pidfd_send_signal(call: Call, pidfd: number, sig: number, address: number, flags: number): Result {
  let info: siginfo | null = null;
  if (address !== 0) {
    const bytes = given(call, address, 128);
    if (isErr(bytes)) return bytes;
    const reader = new Reader(bytes);
    info = { signo: reader.i32(), code: reader.skip(4).i32(), sender: call.k.current, value: reader.skip(12).u64() };
  }
  return sys_pidfd_send_signal(call.k, pidfd, sig, info, flags);
}

const SIGINFO = 128;
const SIGCHLD = 17;

/** siginfo_t: three numbers, then who sent it, and its value or how a child ended. */
function siginfo_bytes({ signo, code, pid = 0, uid = 0, status = 0, value = 0 }: siginfo): Uint8Array {
  const to = new Writer().u32(signo).u32(0).u32(code >>> 0).u32(0);
  if (code > 0 && code < SI_KERNEL && signo !== SIGCHLD) return to.u64(BigInt.asUintN(64, BigInt(value))).zeros(SIGINFO - 24).done();
  to.u32(pid >>> 0).u32(uid >>> 0);
  if (signo === SIGCHLD && code > 0) to.u32(status >>> 0).u32(0);
  else to.u64(BigInt.asUintN(64, BigInt(value)));
  return to.zeros(SIGINFO - 32).done();
}

function rt_sigtimedwait(call: Call, set_at: number, info_at: number, timeout_at: number, size: number): Result {
  const set = sigset_from(call, set_at, size);
  if (typeof set === 'number') return set;
  if (set === null) return err('EFAULT');
  const timeout = timeout_from(call, timeout_at, 1n);
  if (typeof timeout === 'number') return timeout;
  const found = sys_rt_sigtimedwait(call.k, set, timeout, call.waited);
  if (typeof found !== 'object') return found;
  return info_at === 0 ? found.signo : answer(call, info_at, siginfo_bytes(found), found.signo);
}

/** What the sender of a queued signal says about it. Errors: EFAULT. */
function siginfo_from(call: Call, sig: number, address: number): siginfo | Err {
  const bytes = given(call, address, SIGINFO);
  if (isErr(bytes)) return bytes;
  const reader = new Reader(bytes).skip(8);
  return { signo: sig, code: reader.i32(), sender: call.k.current, pid: reader.skip(4).i32(), uid: reader.u32(), value: reader.i64() };
}

export const SIGNAL_CALLS: readonly SyscallRow[] = [
  row('kill', [int, int], sys_kill),
  row('tkill', [int, int], sys_tkill),
  row('tgkill', [int, int, int], sys_tgkill),
  filled('rt_sigaction', [int, pointer, pointer, long], rt_sigaction),
  filled('rt_sigprocmask', [int, pointer, pointer, long], rt_sigprocmask),
  filled('rt_sigpending', [pointer, long], (call, address, size) =>
    (size > SIGSET ? err('EINVAL') : answer(call, address, new Writer().u64(sys_rt_sigpending(call.k)).done().subarray(0, size)))),
  filled('rt_sigsuspend', [pointer, long], (call, address, size) => {
    if (size !== SIGSET) return err('EINVAL');
    const bytes = given(call, address, SIGSET);
    return isErr(bytes) ? bytes : sys_rt_sigsuspend(call.k, new Reader(bytes).big());
  }),
  filled('rt_sigtimedwait', [pointer, pointer, pointer, long], rt_sigtimedwait),
  filled('rt_sigqueueinfo', [int, int, pointer], (call, pid, sig, address) => {
    const info = siginfo_from(call, sig, address);
    return isErr(info) ? info : sys_rt_sigqueueinfo(call.k, pid, info);
  }),
  filled('rt_tgsigqueueinfo', [int, int, int, pointer], (call, tgid, tid, sig, address) => {
    const info = siginfo_from(call, sig, address);
    return isErr(info) ? info : sys_rt_tgsigqueueinfo(call.k, tgid, tid, info);
  }),
  row('pause', [], sys_pause),
  filled('pidfd_send_signal', [int, int, pointer, uint], pidfd_send_signal),
];
