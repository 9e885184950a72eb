import type { Kernel } from './kernel.ts';
import { send_sig_priv } from './signal.ts';
import { PF_EXITING, SIGKILL, SIGXCPU } from './signals.ts';
import { task_struct } from './task.ts';
import type { signal_struct } from './task.ts';
import { hrtimer_run, timer_now } from './timer.ts';

/** How often the machine looks at the clock (CONFIG_HZ=250): what is counted by ticks is a multiple of this. */
export const TICK_NSEC = 4_000_000n;
const NSEC_PER_SEC = 1_000_000_000n;
export const RLIMIT_CPU = 0;

/** Nanoseconds that a thread has run. All of it counts as time in user mode. */
export function thread_cputime(k: Kernel, task: task_struct): bigint {
  return (k.cpu_time?.(task) ?? 0n) - task.cputime_base;
}

/** The same of a process, with its threads that ended. */
export function thread_group_cputime(k: Kernel, { threads, sum_exec_runtime }: signal_struct): bigint {
  let sum = sum_exec_runtime;
  for (const task of threads.values()) if ((task.flags & PF_EXITING) === 0) sum += thread_cputime(k, task);
  return sum;
}

/** What a clock of processor time shows. */
export function cpu_clock(k: Kernel, of: task_struct | signal_struct): bigint {
  return of instanceof task_struct ? thread_cputime(k, of) : thread_group_cputime(k, of);
}

/** What the process had run at the last tick: interval timers and limits count in these. */
export function cputime_ticks(k: Kernel, signal: signal_struct): bigint {
  const time = thread_group_cputime(k, signal);
  return time - time % TICK_NSEC;
}

/** A thread ends, or becomes another program: its process keeps what it has run. */
export function keep_cputime(k: Kernel, task: task_struct, base: bigint): void {
  k.trace.write(task.signal, 'sum_exec_runtime', task.signal.sum_exec_runtime + thread_cputime(k, task));
  k.trace.write(task, 'cputime_base', base);
}

/** The running task has used its time: timers of its clocks expire, and its process may have run for too long. To be called when somebody else is about to run. */
export function run_posix_cpu_timers(k: Kernel): void {
  const { current } = k;
  const { signal } = current;
  for (const timer of k.cpu_timers.values()) {
    const { whose } = timer;
    if ((whose === current || whose === signal) && timer.expires <= timer_now(k, timer)) hrtimer_run(k, timer);
  }
  check_rlimit(k, current);
}

/** At the soft limit SIGXCPU, once for each second; at the hard one the end. */
function check_rlimit(k: Kernel, task: task_struct): void {
  const { signal } = task;
  const limit = signal.rlimit.get(RLIMIT_CPU);
  if (!limit || limit.cur === Infinity || (task.flags & PF_EXITING) !== 0) return;
  const time = thread_group_cputime(k, signal);
  if (limit.max !== Infinity && time >= BigInt(limit.max) * NSEC_PER_SEC) send_sig_priv(k, SIGKILL, task, true);
  else if (time >= BigInt(limit.cur) * NSEC_PER_SEC) {
    send_sig_priv(k, SIGXCPU, task, true);
    k.trace.insert(signal.rlimit, RLIMIT_CPU, { cur: limit.cur + 1, max: limit.max });
  }
}
