import { boot } from './boot.ts';
import { err } from './errno.ts';
import { InvariantWatch } from './invariants.ts';
import type { Kernel } from './kernel.ts';
import { Blocked } from './sched.ts';
import { has_news } from './wait.ts';
import type { wait_opts } from './wait.ts';
import { __secure_computing } from './seccomp.ts';
import { notification_answered, notification_interrupted, waits_for_listener } from './seccomp_notify.ts';
import { fatal_signal_pending, get_signal, interrupted_result, signal_pending } from './signal.ts';
import type { Delivery } from './signal.ts';
import { PF_EXITING } from './signals.ts';
import { SIGTIMEDWAIT } from './sigwait.ts';
import { sys_call_table, syscall_name } from './syscalls.ts';
import type { Call, SyscallRow } from './syscalls/table.ts';
import type { RunningCall, task_struct } from './task.ts';
import type { Level } from './trace.ts';
import type { UserMemory } from './uaccess.ts';
import type { Version } from './version.ts';
import { DEFAULT_VERSION } from './version.ts';
import { run_work } from './worker.ts';

export interface SystemOptions {
  readonly version?: Version;
  /** What is traced; `full` for pictures and steps back. */
  readonly level?: Level;
  /** The memory that a task sees. Tasks with the same `mm` see the same. */
  readonly memory: (task: task_struct) => UserMemory;
  /** The machine's own system calls: those about memory, waiting for memory (futex) and loading programs. They come before the model's. */
  readonly calls?: readonly SyscallRow[];
  /** Hears of each system call that is made: not of those that a filter keeps from it. */
  readonly made?: (nr: number, args: readonly number[]) => void;
  /** The state to start from; absent: a new one. */
  readonly kernel?: Kernel;
  /** Check after each call that the state is sound, and throw when it is not. */
  readonly watch?: boolean;
}

/**
 * What the machine does next with the task that made the call:
 * `value`: it goes on with this result. `blocked`, `stopped`: somebody else must run; `resume` when it is its turn again. `dead`: it is over.
 * `handler`: the call has `value` as its result (null: it is to be made again when the handler has returned), but first the handler is
 * called; `oldset` is the mask that its return restores.
 */
export type Step =
  | { readonly what: 'value'; readonly value: number }
  | { readonly what: 'blocked' | 'stopped' | 'dead' }
  | Extract<Delivery, { what: 'handler' }> & { readonly value: number | null };

/** A modelled kernel as the machine uses it: system calls of the running task (`k.current`), their waits, and signals. */
export class System {
  readonly k: Kernel;
  readonly #table: ReadonlyMap<number, SyscallRow>;
  readonly #memory: (task: task_struct) => UserMemory;
  readonly #watch: InvariantWatch | null;
  readonly #made: (nr: number, args: readonly number[]) => void;

  constructor({ version = DEFAULT_VERSION, level = 'off', memory, calls = [], made = () => undefined, kernel, watch = false }: SystemOptions) {
    this.k = kernel ?? boot(version, level);
    this.#table = sys_call_table(this.k.version, calls);
    this.#memory = memory;
    this.#made = made;
    this.k.user_memory = memory;
    this.#watch = watch ? new InvariantWatch(this.k) : null;
  }

  /** The running task makes a system call. `args`: the registers rdi, rsi, rdx, r10, r8, r9 as integers; missing ones are 0. */
  syscall(nr: number, args: readonly number[] = []): Step {
    const { k } = this;
    const call: RunningCall = { name: syscall_name(nr), nr, args, waited: null };
    k.trace.insert(k.calls, k.current.id, call);
    return this.#execute(call);
  }

  /** The running task's turn came again: goes on with its call, if it was in one, and takes signals. Null: nothing to do, it just goes on. */
  resume(): Step | null {
    const { k } = this;
    const call = k.calls.get(k.current.id);
    if (!call) return this.signals();
    if (call.done !== undefined) return this.#finish(k.current, call, call.done);
    if (!k.current.interrupted) return this.#execute(call);
    const { kind } = k.current.interrupted;
    const unmade = waits_for_listener(call.waited);
    if (unmade) notification_interrupted(k, call.waited);
    if ((kind === SIGTIMEDWAIT && !fatal_signal_pending(k.current)) || (kind === 'wait4' && call.waited && has_news(k, call.waited.args[1] as wait_opts))) {
      // the call itself takes the signal, or looks once more before it minds it
      k.trace.write(k.current, 'interrupted', null);
      return this.#execute(call);
    }
    const step = get_signal(k);
    if (step.what === 'dead') return this.#gone(k.current);
    if (step.what === 'stopped') return { what: 'stopped' };
    const result = interrupted_result(k, step.what === 'handler' ? step.action : null);
    if (step.what === 'none' && result === 'again') return this.#execute(call);
    if (result === err('EINTR') && !unmade) this.#table.get(call.nr)?.interrupted?.(this.#call(call));
    this.#end(k.current);
    const value = result === 'again' ? null : result;
    return step.what === 'handler' ? { ...step, value } : { what: 'value', value: value ?? err('EINTR') };
  }

  /** Before the running task goes on in user mode, as after an interrupt: takes its signals. */
  signals(): Step | null {
    const { current } = this.k;
    // an init that was killed and waits for the others goes on with ending
    if (!signal_pending(current) && (current.flags & PF_EXITING) === 0) return null;
    const step = this.#deliver(null, 0);
    // there is no call that could have a result
    return step.what === 'value' ? null : step;
  }

  #execute(call: RunningCall): Step {
    const { k } = this;
    const caller = k.current;
    const instead = this.#filtered(call);
    if (instead === null && (call.waited === null || waits_for_listener(call.waited))) this.#made(call.nr, call.args);
    this.#watch?.before();
    const row = this.#table.get(call.nr);
    const result = instead ?? (row
      ? row.call(this.#call(waits_for_listener(call.waited) ? { ...call, waited: null } : call))
      : err('ENOSYS'));
    if (result === Blocked) k.trace.insert(k.calls, caller.id, { ...call, waited: caller.wait });
    else this.#end(caller);
    run_work(k);
    this.#watch?.after(row?.name ?? call.name, caller, result);
    if (caller.state === 'zombie' || caller.state === 'dead') return this.#gone(caller);
    return result === Blocked ? { what: 'blocked' } : this.#finish(caller, call, result);
  }

  /** What filters of system calls have against it, when it is begun and when whoever was asked has answered. Null: it is made. */
  #filtered({ nr, name, args, waited }: RunningCall): number | null | Blocked {
    const { k } = this;
    if (waited && !waits_for_listener(waited)) return null;
    const answer = waited ? notification_answered(k, waited, name) : 'again';
    return answer === 'again' ? __secure_computing(k, nr, name, args) : answer;
  }

  /** The running task's call, as rows take it. */
  #call({ args, waited }: RunningCall): Call {
    const { k } = this;
    return { k, user: this.#memory(k.current), memory: this.#memory, args, waited };
  }

  #finish(caller: task_struct, call: RunningCall, value: number): Step {
    this.#end(caller);
    return signal_pending(caller) ? this.#deliver(call, value) : { what: 'value', value };
  }

  /** Takes signals until one needs a handler or ends or stops the task; then the call, if there was one, has `value` as its result. */
  #deliver(call: RunningCall | null, value: number): Step {
    const { k } = this;
    const caller = k.current;
    const step = get_signal(k);
    run_work(k);
    if (step.what === 'dead') return this.#gone(caller);
    if (step.what === 'stopped') {
      if (call) k.trace.insert(k.calls, caller.id, { ...call, done: value });
      return { what: 'stopped' };
    }
    return step.what === 'handler' ? { ...step, value } : { what: 'value', value };
  }

  /** An init that waits for the others of its pid namespace is not gone yet: it is called again. */
  #gone(task: task_struct): Step {
    run_work(this.k);
    if (task.wait) return { what: 'blocked' };
    this.#end(task);
    return { what: 'dead' };
  }

  #end(task: task_struct): void {
    this.k.trace.remove(this.k.calls, task.id);
  }
}
