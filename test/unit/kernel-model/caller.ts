import { strict as assert } from 'node:assert';
import { errnoName } from '../../../simulator/kernel/errno.ts';
import { System } from '../../../simulator/kernel/index.ts';
import type { Step, SystemOptions } from '../../../simulator/kernel/index.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import { SYSCALL_NUMBERS } from '../../../simulator/kernel/syscalls/numbers.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { encode } from '../../../simulator/kernel/text.ts';
import { FlatMemory } from '../../../simulator/kernel/uaccess.ts';
import { Tasks } from './tasks.ts';

/** Makes system calls by name, as programs make them: with registers and memory. All tasks share one memory. */
export class Caller {
  readonly system: System;
  readonly memory = new FlatMemory();
  #next = 0;

  constructor(kernel: Kernel, options: Partial<SystemOptions> = {}) {
    this.system = new System({ kernel, memory: () => this.memory, watch: true, ...options });
  }

  get k(): Kernel { return this.system.k; }

  /** Room in memory; what was there 32 KiB before is used again. */
  room(size: number): number {
    if (this.#next + size > this.memory.bytes.length) this.#next = 0;
    const address = this.memory.base + this.#next;
    this.#next += Math.ceil((size + 1) / 8) * 8;
    return address;
  }

  text(value: string): number {
    const bytes = encode(`${value}\0`);
    const address = this.room(bytes.length);
    this.memory.write(address, bytes);
    return address;
  }

  /** As that task. Texts are put into memory, and their addresses are given. */
  step(task: task_struct, name: string, ...args: readonly (number | string)[]): Step {
    const nr = SYSCALL_NUMBERS.get(name) ?? assert.fail(`no system call ${name}`);
    this.k.current = task;
    publish(this.k);
    return this.system.syscall(nr, args.map((arg) => (typeof arg === 'string' ? this.text(arg) : arg)));
  }

  /** The value, the name of the errno, or what became of the task. */
  call(task: task_struct, name: string, ...args: readonly (number | string)[]): number | string {
    const step = this.step(task, name, ...args);
    if (step.what !== 'value') return step.what;
    return step.value < 0 ? errnoName(step.value) ?? step.value : step.value;
  }
}

/** The tasks of `Tasks` have numbers that their pid namespaces do not know yet. */
function publish(k: Kernel): void {
  for (const { thread_pid } of k.tasks.values()) {
    for (const { nr, ns } of thread_pid?.numbers ?? []) {
      if (!thread_pid || nr === 0 || ns.idr.has(nr)) continue;
      ns.idr.map.set(nr, thread_pid);
      ns.pid_allocated++;
    }
  }
}

/** A caller whose kernel has one process, of root. */
export function caller(...args: ConstructorParameters<typeof Tasks>): { readonly tasks: Tasks; readonly init: task_struct; readonly k: Kernel; readonly by: Caller } {
  const tasks = new Tasks(...args);
  return { tasks, init: tasks.init, k: tasks.k, by: new Caller(tasks.k) };
}
