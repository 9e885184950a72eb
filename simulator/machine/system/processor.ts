import { CLONE_SETTLS, CLONE_VFORK, CLONE_VM, has } from '../../kernel/flags.ts';
import type { Step, System } from '../../kernel/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { sys_pause } from '../../kernel/sigaction.ts';
import { force_sig_fault, sys_rt_sigreturn } from '../../kernel/signal.ts';
import { SIGSEGV } from '../../kernel/signals.ts';
import { SYSCALL_NAMES } from '../../kernel/syscalls/numbers.ts';
import type { RunningCall, task_struct } from '../../kernel/task.ts';
import { Reader } from '../../kernel/uaccess.ts';
import type { Budget, Stop } from '../cpu.ts';
import type { Console } from './console.ts';
import { wakeOne } from './futex.ts';
import type { Machine } from './machine.ts';
import { readAgain, writeBack } from './mapped_files.ts';
import { callHandler, savedMask, savedResult } from './signal_frame.ts';

const CLONES: ReadonlySet<string> = new Set(['fork', 'vfork', 'clone', 'clone3']);
const SI_KERNEL = 0x80;

/** What came of running a task: it can go on; somebody else must run (`waits`; it ended; it stopped); it called what is not there. */
export type Ran = 'on' | 'statement' | 'fuel' | 'waits' | { readonly missing: string };

/**
 * Runs the kernel's current task: its instructions, and whatever comes between them, that is system calls, faults and signals. It knows nothing of
 * turns; it is the part of the machine that a processor and the entry code of a kernel are.
 */
export class Processor {
  readonly system: System;
  readonly machine: Machine;
  readonly #console: Console;
  /** May one more task be made? */
  readonly #room: () => boolean;

  constructor(system: System, machine: Machine, console: Console, room: () => boolean) {
    this.system = system;
    this.machine = machine;
    this.#console = console;
    this.#room = room;
  }

  get k(): Kernel { return this.system.k; }

  /** The current task's turn begins: it goes on with its call, takes its signals. */
  resume(): Ran {
    const task = this.k.current;
    const call = this.k.calls.get(task.id) ?? null;
    return this.#enter(task, call, () => this.system.resume());
  }

  /** A task that was restored has no program to go on with: it takes its signals, as somebody without handlers would, and sleeps on. */
  sleepOn(): Ran {
    const step = this.system.signals();
    if (step === null || step.what === 'value' || step.what === 'handler') sys_pause(this.k);
    return 'waits';
  }

  /** Runs user code until something happens, and does that. */
  run(budget: Budget): Ran {
    const task = this.k.current;
    const { mm } = task;
    if (!mm) throw new Error(`task ${task.id} has no memory`);
    return this.#stopped(task, mm.id, this.machine.user.run(task.id, mm.id, budget));
  }

  #stopped(task: task_struct, mm: number, stop: Stop): Ran {
    const { k, machine } = this;
    switch (stop.why) {
      case 'statement': case 'fuel': return stop.why;
      case 'syscall': return this.#syscall(task, stop.nr, stop.args);
      case 'clone':
        k.trace.insert(machine.books.clones, task.id, { fn: stop.fn, arg: stop.arg, stack: stop.stack });
        return this.#syscall(task, stop.nr, stop.args);
      case 'fault': return this.#enter(task, null, () => {
        force_sig_fault(k, stop.signo, stop.address, stop.code);
        return this.system.signals();
      });
      case 'sigreturn': return this.#enter(task, null, () => {
        machine.user.do({ op: 'return', task: task.id, result: savedResult(machine, mm, stop.context) });
        const mask = savedMask(machine, mm, stop.context);
        if (mask === null) force_sig_fault(k, SIGSEGV, 0, SI_KERNEL);
        else sys_rt_sigreturn(k, mask);
        return this.system.signals();
      });
      case 'missing': return { missing: stop.name };
    }
  }

  #syscall(task: task_struct, nr: number, args: readonly number[]): Ran {
    const name = SYSCALL_NAMES.get(nr);
    if (name !== undefined && CLONES.has(name) && !this.#room()) return 'waits';
    const call: RunningCall = { name: `${name ?? ''}()`, nr, args, waited: null };
    return this.#enter(task, call, () => this.system.syscall(nr, args));
  }

  /** Into the kernel and out again. `call`: the one that the task is in; null: none. */
  #enter(task: task_struct, call: RunningCall | null, kernel: () => Step | null): Ran {
    const { k, machine } = this;
    const { user, books } = machine;
    const { mm } = task;
    const thread = user.threads.get(task.id);
    if (books.files.size > 0) writeBack(k, machine);
    const step = kernel();
    if (books.files.size > 0) readAgain(k, machine);
    if (call && CLONES.has(SYSCALL_NAMES.get(call.nr) ?? '')) this.#adopt(task, call);
    this.#console.collect(k, task, call);
    if (step?.what === 'dead') this.#ended(task, mm?.freed === false ? mm.id : null);
    if (mm?.freed) machine.dropSpace(k, mm.id);
    return this.#settle(task, step, call !== null && user.threads.get(task.id) === thread);
  }

  #settle(task: task_struct, step: Step | null, inCall: boolean): Ran {
    if (!step) return 'on';
    const { user } = this.machine;
    switch (step.what) {
      case 'value':
        if (inCall) user.do({ op: 'finish', task: task.id, value: step.value });
        return 'on';
      case 'handler':
        if (inCall && step.value !== null) user.do({ op: 'finish', task: task.id, value: step.value });
        return this.#handler(task, step);
      case 'blocked': case 'stopped': case 'dead': return 'waits';
    }
  }

  /** Without room for the handler's frame the signal becomes a SIGSEGV that nothing keeps off. */
  #handler(task: task_struct, step: Extract<Step, { what: 'handler' }>): Ran {
    const { k } = this;
    if (task.mm && callHandler(this.machine, task.id, task.mm.id, step)) return 'on';
    if (task.sighand) k.trace.insert(task.sighand.action, SIGSEGV, { handler: 'default', flags: 0, mask: 0n });
    return this.#enter(task, null, () => {
      force_sig_fault(k, SIGSEGV, 0, SI_KERNEL);
      return this.system.signals();
    });
  }

  /** The children that were made just now get registers, and memory of their own if they do not share their parent's. */
  #adopt(parent: task_struct, call: RunningCall): void {
    const { k, machine } = this;
    const { user, books } = machine;
    const clone = books.clones.get(parent.id);
    if (!k.calls.has(parent.id)) k.trace.remove(books.clones, parent.id);
    for (const child of k.tasks.values()) {
      if (child.real_parent === null || child.state !== 'running' || child === parent || user.threads.has(child.id) || !child.mm || machine.outsiders.has(child)) continue;
      const asked = this.#asked(parent, call);
      machine.memory(k, child);
      const stack = clone ? null : asked.stack;
      user.do({ op: 'copy', task: child.id, of: parent.id, stack, tls: has(asked.flags, CLONE_SETTLS) ? asked.tls : null });
      if (clone) user.do({ op: 'start at', task: child.id, fn: clone.fn, arg: clone.arg, stack: clone.stack });
      else user.do({ op: 'finish', task: child.id, value: 0 });
      const alt = books.altstacks.get(parent.id);
      if (alt && (!has(asked.flags, CLONE_VM) || has(asked.flags, CLONE_VFORK))) k.trace.insert(books.altstacks, child.id, alt);
      if (books.companions.has(parent.id)) k.trace.insert(books.companions, child.id, true);
    }
  }

  /** What the registers, or the structure that they point to, ask for. */
  #asked(parent: task_struct, { nr, args }: RunningCall): { readonly flags: number; readonly stack: number | null; readonly tls: number } {
    const [first = 0, second = 0, , , fifth = 0] = args;
    switch (SYSCALL_NAMES.get(nr)) {
      case 'clone': return { flags: (first % 2 ** 32) >>> 0, stack: second === 0 ? null : second, tls: fifth };
      case 'clone3': {
        const bytes = this.machine.memory(this.k, parent).read(first, 64);
        if (!bytes) return { flags: 0, stack: null, tls: 0 };
        const reader = new Reader(bytes);
        const flags = reader.u64();
        const stack = reader.skip(32).u64();
        const size = reader.u64();
        return { flags: (flags % 2 ** 32) >>> 0, stack: stack === 0 ? null : stack + size, tls: reader.u64() };
      }
      case 'vfork': return { flags: (CLONE_VM | CLONE_VFORK) >>> 0, stack: null, tls: 0 };
      default: return { flags: 0, stack: null, tls: 0 };
    }
  }

  /** `mm`: its memory, if others still use that. Whoever waits for the thread's number to become 0 is told. */
  #ended(task: task_struct, mm: number | null): void {
    const { k, machine } = this;
    if (mm !== null && task.clear_child_tid !== 0 && machine.user.spaces.has(mm)) {
      machine.user.write(mm, task.clear_child_tid, new Uint8Array(4));
      wakeOne(k, machine, mm, task.clear_child_tid);
    }
    machine.books.forgetTask(k, task.id);
    machine.user.do({ op: 'drop thread', task: task.id });
  }
}

