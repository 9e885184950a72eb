import { errnoName } from '../../../simulator/kernel/errno.ts';
import { begin_new_exec } from '../../../simulator/kernel/exec.ts';
import { System } from '../../../simulator/kernel/index.ts';
import type { Listing } from '../../../simulator/kernel/listing.ts';
import { task_active_pid_ns } from '../../../simulator/kernel/pid.ts';
import { schedule } from '../../../simulator/kernel/sched.ts';
import { SYSCALL_NUMBERS } from '../../../simulator/kernel/syscalls/numbers.ts';
import { row } from '../../../simulator/kernel/syscalls/table.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import type { UserMemory } from '../../../simulator/kernel/uaccess.ts';
import { Writer } from '../../../simulator/kernel/uaccess.ts';
import { encode } from '../../../simulator/kernel/text.ts';
import type { Version } from '../../../simulator/kernel/version.ts';
import type { Trees } from './recording.ts';
import { Builder } from './recording.ts';
import type { Call, Scenario, Step } from './scenario.ts';
import { flagsOf } from './scenario.ts';
import { start } from './start.ts';

const SIGCHLD = 17;
const SIGKILL = 9;
const WALL = 0x40000000;
const WNOHANG = 1;
/** Where the arguments of a call stand; what is written there is never looked at again. */
const BASE = 0x1000;

/** The part of execve that is the machine's: it finds the program, here always the same one. */
const execve = row('execve', [], (k) => {
  const { fs } = k.current;
  if (!fs) throw new Error('a task without a root directory calls exec');
  return begin_new_exec(k, { exe: fs.root, comm: 'program', cmdline: ['program'], environ: [], file: { suid: null, sgid: null, caps: null } });
});

/** All tasks see this memory: the scenarios never tell apart whose it is. */
class Memory implements UserMemory {
  readonly #bytes = new Uint8Array(1 << 16);
  #end = 0;

  read(address: number, length: number): Uint8Array | null {
    return this.#holds(address, length) ? this.#bytes.slice(address - BASE, address - BASE + length) : null;
  }

  write(address: number, bytes: Uint8Array): boolean {
    if (!this.#holds(address, bytes.length)) return false;
    this.#bytes.set(bytes, address - BASE);
    return true;
  }

  /** The arguments of the call before are forgotten. */
  clear(): void { this.#end = 0; }

  put(bytes: Uint8Array): number {
    const at = this.#end;
    this.#bytes.set(bytes, at);
    this.#end += bytes.length + (8 - bytes.length % 8);
    return BASE + at;
  }

  text(of: string): number { return this.put(encode(`${of}\0`)); }

  #holds(address: number, length: number): boolean {
    return address >= BASE && address - BASE + length <= this.#bytes.length;
  }
}

/** The call trees of the model for a scenario. */
export function run(scenario: Scenario, version: Version): Trees {
  return new Run(version).run(scenario);
}

/** A model that makes the steps of scenarios, one by one. */
export class Run {
  readonly #memory = new Memory();
  readonly #system: System;
  /** The same kernel, for reading only: nothing is checked after each call. */
  readonly #reader: System;
  readonly #builder = new Builder();
  readonly #results = new Map<number, number>();
  readonly #tasks = new Map<string, task_struct>();
  readonly #letters = new Map<task_struct, string>();
  /** What clone returned, and open. */
  readonly #pids = new Map<string, number>();
  readonly #fds = new Map<string, number>();
  /** The step that a task's unfinished call belongs to, and the child's letter when it is a clone. */
  readonly #unfinished = new Map<task_struct, { step: number; child: string | null }>();
  #seen = 0;

  constructor(version: Version) {
    this.#system = new System({ memory: () => this.#memory, calls: [execve], kernel: start(version, 'calls'), watch: true });
    this.#reader = new System({ memory: () => this.#memory, kernel: this.#system.k });
    this.#name('A', this.#k.current);
    this.#seen = this.#k.trace.events.length;
  }

  get system(): System { return this.#system; }
  get tasks(): ReadonlyMap<string, task_struct> { return this.#tasks; }
  /** By step: 0 or a negative errno; missing for a call that did not return. */
  get results(): ReadonlyMap<number, number> { return this.#results; }

  get #k(): System['k'] { return this.#system.k; }

  run({ steps }: Scenario): Trees {
    for (const [n, step] of steps.entries()) this.step(n, step);
    return { tasks: this.#builder.tasks, results: this.#results };
  }

  step(n: number, [letter, ...call]: Step): void {
    const task = this.#task(letter);
    if (this.#k.current !== task && !schedule(this.#k, task)) throw new Error(`step ${n}: nobody can run`);
    if (this.#k.current !== task) throw new Error(`step ${n}: ${letter} can not run`);
    this.#builder.step(letter, n);
    this.#memory.clear();
    this.#make(n, call);
    this.#collect();
    this.#settle();
  }

  /** What the running task reads there; `-` when it can not. */
  readlink(path: string): string {
    this.#memory.clear();
    const at = this.#memory.text(path);
    const to = this.#memory.put(new Uint8Array(64));
    const nr = SYSCALL_NUMBERS.get('readlink') ?? 0;
    const step = this.#reader.syscall(nr, [at, to, 64]);
    if (step.what !== 'value' || step.value < 0) return '-';
    return new TextDecoder().decode(this.#memory.read(to, step.value) ?? undefined);
  }

  #name(letter: string, task: task_struct): void {
    this.#tasks.set(letter, task);
    this.#letters.set(task, letter);
  }

  #task(letter: string): task_struct {
    const task = this.#tasks.get(letter);
    if (!task) throw new Error(`there is no task ${letter}`);
    return task;
  }

  #make(n: number, call: Call): void {
    const memory = this.#memory;
    switch (call[0]) {
      case 'unshare': this.#call(n, 'unshare', [flagsOf(call[1])]); return;
      case 'clone': {
        const flags = flagsOf(call[1]);
        this.#call(n, 'clone', [flags + (call[1].includes('THREAD') ? 0 : SIGCHLD), 0x7000, 0, 0, 0], call[2]);
        return;
      }
      case 'clone3': {
        const set_tid = call[3] ?? [];
        const tids = new Writer();
        for (const tid of set_tid) tids.u32(tid);
        const ids = set_tid.length > 0 ? memory.put(tids.done()) : 0;
        const pidfd = memory.put(new Uint8Array(8));
        const args = new Writer();
        const exit_signal = /THREAD|PARENT/.test(call[1]) ? 0 : SIGCHLD;
        for (const word of [flagsOf(call[1]), pidfd, 0, 0, exit_signal, 0x7000, 0x1000, 0, ids, set_tid.length, 0]) args.u64(word);
        this.#call(n, 'clone3', [memory.put(args.done()), 88], call[2]);
        return;
      }
      case 'open': this.#fds.set(call[1], this.#call(n, 'open', [memory.text(this.#path(call[2])), 0, 0]) ?? -1); return;
      case 'pidfd_open': this.#fds.set(call[1], this.#call(n, 'pidfd_open', [this.#pid(call[2]), 0]) ?? -1); return;
      case 'close': this.#call(n, 'close', [this.#fd(call[1])]); return;
      case 'setns': this.#call(n, 'setns', [this.#fd(call[1]), flagsOf(call[2])]); return;
      case 'wait': this.#call(n, 'wait4', [this.#pid(call[1]), 0, WALL, 0]); return;
      case 'reap': this.#call(n, 'wait4', [this.#pid(call[1]), 0, WALL | WNOHANG, 0]); return;
      case 'kill': this.#call(n, 'kill', [this.#pid(call[1]), SIGKILL]); return;
      case 'exit': this.#call(n, 'exit', [0]); return;
      case 'exit_group': this.#call(n, 'exit_group', [0]); return;
      case 'exec': {
        this.#call(n, 'execve', []);
        // the program that called it is not there any more to tell
        if (this.#results.get(n) === 0) this.#results.delete(n);
        return;
      }
      case 'setresuid': case 'setresgid': this.#call(n, call[0], [call[1], call[1], call[1]]); return;
      case 'write': this.#write(n, call[1], call[2]); return;
      case 'chroot': this.#call(n, 'chroot', [memory.text(call[1])]); return;
      case 'sethostname': this.#call(n, 'sethostname', [memory.text(call[1]), call[1].length]);
    }
  }

  #write(n: number, path: string, text: string): void {
    const fd = this.#call(n, 'open', [this.#memory.text(this.#path(path)), 1, 0]);
    if (fd === null || fd < 0) return;
    this.#call(n, 'write', [fd, this.#memory.text(text), text.length]);
    const result = this.#results.get(n);
    this.#call(n, 'close', [fd]);
    if (result !== undefined) this.#results.set(n, result);
  }

  /** The running task calls; null when it has no result yet, or never. */
  #call(n: number, name: string, args: readonly number[], child: string | null = null): number | null {
    const nr = SYSCALL_NUMBERS.get(name);
    if (nr === undefined) throw new Error(`no system call ${name}`);
    const caller = this.#k.current;
    const step = this.#system.syscall(nr, args);
    if (step.what === 'value') {
      this.#done(caller, n, step.value, child);
      return step.value;
    }
    this.#unfinished.set(caller, { step: n, child });
    if (child && caller.vfork_wait) this.#born(child, caller.vfork_wait.child, caller.vfork_wait.nr);
    return null;
  }

  #done(caller: task_struct, n: number, value: number, child: string | null): void {
    this.#results.set(n, Math.min(value, 0));
    const made = child && value > 0 && !this.#tasks.has(child) ? task_active_pid_ns(caller).idr.get(value)?.pid_task : null;
    if (child && made) this.#born(child, made, value);
  }

  #born(letter: string, task: task_struct, pid: number): void {
    this.#name(letter, task);
    this.#pids.set(letter, pid);
  }

  /** All who can go on by themselves do: killed ones die, waits end. Those between two steps stay where they are. */
  #settle(): void {
    for (let again = true; again;) {
      again = false;
      for (const task of [this.#k.current, ...this.#k.rq.queue]) {
        if (task.state !== 'running' || !this.#letters.has(task)) continue;
        if (this.#k.current !== task) schedule(this.#k, task);
        const before = this.#k.trace.events.length;
        const step = this.#system.resume();
        const unfinished = this.#unfinished.get(task);
        if (step?.what === 'value' && unfinished) {
          this.#unfinished.delete(task);
          this.#done(task, unfinished.step, step.value, unfinished.child);
        }
        if (step !== null || this.#k.trace.events.length !== before) again = true;
        this.#collect();
        if (again) break;
      }
    }
  }

  /** What the kernel called since the last look, for the running task and for workers. A call that blocked returns in a later look. */
  #collect(): void {
    const { events } = this.#k.trace;
    const open: (string | null)[] = [];
    const letters = new Map([...this.#letters].map(([task, letter]) => [task.id, letter]));
    for (const { op, subject, before } of events.slice(this.#seen)) {
      if (op === 'enter') {
        const letter = letters.get(before as number) ?? null;
        open.push(letter);
        if (letter) this.#builder.enter(letter, (subject as Listing).fn, (subject as Listing).file);
      } else if (op === 'return') {
        const letter = open.length > 0 ? open.pop() : this.#letters.get(this.#k.current);
        if (letter) this.#builder.leave(letter);
      }
    }
    this.#seen = events.length;
  }

  #fd(name: string): number { return this.#fds.get(name) ?? -1; }

  #pid(letter: string): number {
    // the program's shared memory has nothing for A, whom nobody cloned
    return this.#pids.get(letter) ?? 0;
  }

  #path(path: string): string {
    return path.replace(/^\{(\w+)\}/, (_, of: string) => `/proc/${of === 'self' ? 'thread-self' : this.#pid(of)}`);
  }
}

/** `EPERM` for -1; `ok` for 0. */
export function resultName(value: number | undefined): string {
  if (value === undefined) return 'no result';
  return value === 0 ? 'ok' : errnoName(value) ?? String(value);
}
