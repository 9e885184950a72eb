import { boot } from '../../../simulator/kernel/boot.ts';
import { errnoName } from '../../../simulator/kernel/errno.ts';
import { System } from '../../../simulator/kernel/index.ts';
import type { Step } from '../../../simulator/kernel/index.ts';
import type { Kernel } from '../../../simulator/kernel/kernel.ts';
import type { ListingLine } from '../../../simulator/kernel/listing.ts';
import { mm_alloc } from '../../../simulator/kernel/mm.ts';
import { init_mount_tree, prepare_namespace } from '../../../simulator/kernel/rootfs.ts';
import { task_active_pid_ns } from '../../../simulator/kernel/pid.ts';
import { pid_nr_ns } from '../../../simulator/kernel/procfs_status.ts';
import { schedule } from '../../../simulator/kernel/sched.ts';
import { SYSCALL_NUMBERS } from '../../../simulator/kernel/syscalls/numbers.ts';
import { files_struct } from '../../../simulator/kernel/task.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { encode } from '../../../simulator/kernel/text.ts';
import { FlatMemory, Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import type { path } from '../../../simulator/kernel/vfs.ts';
import { CLONE3, is_clone } from './operation.ts';
import type { Expected, Operation } from './operation.ts';
import { Picture, munged } from './picture.ts';

const SIGCHLD = 17;
const WALL = 0x40000000;
const PROC_FD = 100;
const CAP_SYS_RESOURCE = 24;
const AT_FDCWD = -100;
/** A number that no process has. */
const NOBODY = 32000;

/** What came of an operation: the text that sequences.c should print for it, what the call returned, and what sequences.c waits for. */
export interface Outcome { readonly text: string; readonly value: number | null; readonly expected: Expected; readonly reached: ReadonlySet<ListingLine> }

/** Does the operations of sequences.c in the modelled kernel. With `watch`, every invariant is checked after every call. */
export class SequencesModel {
  readonly #memory = new FlatMemory(1 << 16);
  #system: System;
  #picture: Picture;
  #seen = 0;
  readonly #watch: boolean;
  /** The root directory of the process that looks at the others. */
  readonly #root: path;
  readonly #tasks: (task_struct | undefined)[] = [];
  /** Numbers of every task so far, by level: also of those that are gone. */
  readonly #numbers: (readonly number[])[] = [];
  readonly #unfinished = new Map<task_struct, Operation>();
  #end = 0;

  constructor(watch = true) {
    this.#watch = watch;
    const k = boot();
    init_mount_tree(k);
    prepare_namespace(k);
    k.trace.write(k.init_task, 'files', k.trace.alloc(new files_struct()));
    k.trace.write(k.init_task, 'mm', mm_alloc(k, k.init_user_ns));
    this.#system = new System({ kernel: k, memory: () => this.#memory, watch });
    this.#child(k.init_task);
    const controller = this.#child(this.#last());
    this.#prepare(controller);
    if (!controller.fs) throw new Error('the beginning fails');
    this.#root = controller.fs.root;
    this.#picture = new Picture(k, this.#root);
    const first = this.#child(controller);
    this.#must(first, 'unshare', 0x04020000);
    this.#must(first, 'sethostname', this.#text('first'), 5);
    this.#must(first, 'prctl', 24, CAP_SYS_RESOURCE);
    this.#drop(first, CAP_SYS_RESOURCE, true);
    this.#name(0, first);
    k.trace.level = 'full';
  }

  /** Back to the beginning, by undoing all that was done since. */
  reset(): void {
    const { k } = this;
    const { events } = k.trace;
    for (let event = events.pop(); event; event = events.pop()) k.trace.undo(event);
    this.#seen = 0;
    this.#system = new System({ kernel: k, memory: () => this.#memory, watch: this.#watch });
    this.#picture = new Picture(k, this.#root);
    this.#unfinished.clear();
    this.#tasks.length = 1;
    this.#numbers.length = 1;
  }

  get k(): Kernel { return this.#system.k; }
  get tasks(): readonly (task_struct | undefined)[] { return this.#tasks; }

  /** Who can be told to do something. */
  idle(): number[] {
    const states = this.#picture.states(this.#tasks);
    return this.#tasks.flatMap((_, n) => (states[n] === 'i' ? [n] : []));
  }

  can(operation: Operation): boolean {
    const child = is_clone(operation) ? operation.n[1] : undefined;
    return this.#picture.states([this.#tasks[operation.task]]) === 'i' && (child === undefined || this.#tasks[child] === undefined);
  }

  begin(): string { return [...this.#picture.lines(this.#tasks), ''].join('\n'); }

  do(operation: Operation): Outcome {
    const { k } = this;
    const task = this.#task(operation.task);
    if (k.current !== task) schedule(k, task);
    if (k.current !== task) throw new Error(`task ${operation.task} can not run`);
    this.#end = 0;
    const result = this.#make(task, operation);
    if (result === null) this.#unfinished.set(task, operation);
    const lines = [result === null ? `result ${operation.task} none` : this.#told('result', task, operation, result)];
    const late = this.#settle();
    const states = this.#picture.states(this.#tasks);
    for (const [done, line] of late) {
      if (done === task) lines[0] = line.replace(/^late/, 'result');
      else if (states[this.#tasks.indexOf(done)] === 'i') lines.push(line);
    }
    // of one that ended by what it did nobody can say whether it had its result before
    if (states[operation.task] === 'i') lines.push(this.#self(task));
    else lines[0] = `result ${operation.task} none`;
    const reached = new Set<ListingLine>();
    const { events } = k.trace;
    for (; this.#seen < events.length; this.#seen++) {
      const event = events[this.#seen];
      if (event?.op === 'line') reached.add(event.subject as ListingLine);
    }
    const value = result === null ? 0 : typeof result === 'object' ? result.value : result;
    return {
      text: [...lines, ...this.#picture.lines(this.#tasks), ''].join('\n'), value: result === null ? null : value, expected: { errno: value < 0 ? -value : 0, states }, reached,
    };
  }

  /** The result of the call as a value, with what else there is to tell; null when it has none, or none yet. */
  #make(task: task_struct, { call, n: [first = 0, second = 0, third = 0, , size = 0], a = '', b = '', n }: Operation): Result | null {
    const path = (): number => this.#text(this.#named(a));
    switch (call) {
      case 'clone': return this.#cloned(this.#call(task, 'clone', [first, 0x7000, this.#scratch(), this.#scratch(), 0]), second);
      case 'clone3': return this.#cloned(this.#call(task, 'clone3', [this.#clone_args(n, b), size]), second);
      case 'open': return this.#call(task, 'openat', [PROC_FD, path(), first, 0]);
      case 'write': return this.#write(task, path(), this.#named(b), first, second !== 0);
      case 'pidfd_open': case 'kill': return this.#call(task, call, [first < 0 ? NOBODY : this.#number_for(task, first), second]);
      case 'setpgid': return this.#call(task, call, [this.#number_for(task, first), second < 0 ? 0 : this.#number_for(task, second)]);
      case 'wait4': {
        const status = this.#status_at(task);
        return this.#waited(this.#call(task, 'wait4', [this.#number_for(task, first), status, (second | WALL) >>> 0, 0]), status);
      }
      case 'setgroups': return this.#call(task, 'setgroups', [first, this.#put(Array.from({ length: 8 }, (_, i) => i).reduce((w, i) => w.u32(i), new Writer()).done())]);
      case 'drop': return this.#drop(task, first, second !== 0);
      case 'sethostname': return this.#call(task, 'sethostname', [path(), first]);
      case 'chroot': case 'chdir': return this.#call(task, call, [path()]);
      case 'mount': return this.#call(task, 'mount', [this.#text(this.#named(b)), path(), this.#text('tmpfs'), first, 0]);
      case 'umount2': return this.#call(task, 'umount2', [path(), first]);
      case 'pivot_root': return this.#call(task, 'pivot_root', [path(), this.#text(this.#named(b))]);
      case 'lo_up': return this.#lo_up(task);
      default: return this.#call(task, call, [first, second, third]);
    }
  }

  #cloned(result: Result | null, child: number): Result | null {
    const { k } = this;
    const made = result === null ? k.current.vfork_wait?.child : typeof result === 'number' && result > 0 ? this.#last() : undefined;
    if (made) this.#name(child, made);
    return result;
  }

  #waited(result: Result | null, status: number): Result | null {
    if (typeof result !== 'number' || result <= 0) return result;
    return { value: result, extra: new Reader(this.#memory.read(status, 4) ?? new Uint8Array(4)).i32() };
  }

  #write(task: task_struct, path: number, text: string, offset: number, pwrite: boolean): Result {
    const fd = this.#value(task, 'openat', [PROC_FD, path, 1, 0]);
    if (fd < 0) return { value: fd, extra: 1 };
    const bytes = encode(text);
    const at = this.#put(bytes);
    if (offset && !pwrite) this.#value(task, 'lseek', [fd, offset, 0]);
    const result = pwrite ? this.#value(task, 'pwrite64', [fd, at, bytes.length, offset]) : this.#value(task, 'write', [fd, at, bytes.length]);
    this.#value(task, 'close', [fd]);
    return result;
  }

  #drop(task: task_struct, cap: number, permitted: boolean): number {
    const head = this.#put(new Writer().u32(0x20080522).u32(0).done());
    const data = this.#put(new Uint8Array(24));
    const failed = this.#value(task, 'capget', [head, data]);
    if (failed) return failed;
    const words = new Uint32Array((this.#memory.read(data, 24) ?? new Uint8Array(24)).slice().buffer);
    const at = Math.floor(cap / 32) * 3;
    const bit = ~(1 << cap % 32);
    words[at] = ((words[at] ?? 0) & bit) >>> 0;
    if (permitted) words[at + 1] = ((words[at + 1] ?? 0) & bit) >>> 0;
    this.#memory.write(data, new Uint8Array(words.buffer));
    return this.#value(task, 'capset', [head, data]);
  }

  #lo_up(task: task_struct): number {
    const fd = this.#value(task, 'socket', [2, 2, 0]);
    if (fd < 0) return fd;
    const result = this.#value(task, 'ioctl', [fd, 0x8914, this.#put(new Writer().fixed(encode('lo'), 16).u16(1).zeros(22).done())]);
    this.#value(task, 'close', [fd]);
    return result;
  }

  #clone_args([flags = 0, , exit_signal = 0, stack = 0, , cgroup = 0]: readonly number[], b: string): number {
    const [bits = 0, ...set_tid] = b.split(',').map(Number);
    const tids = this.#put(set_tid.reduce((to, tid) => to.u32(tid >>> 0), new Writer()).zeros(160 - set_tid.length * 4).done());
    const pidfd = this.#scratch();
    const given = (bits & CLONE3.no_set_tid) === 0 && (set_tid.length > 0 || (bits & CLONE3.empty_set_tid) !== 0);
    const args = new Writer();
    const words = [flags, pidfd, this.#scratch(), (bits & CLONE3.one_pointer) !== 0 ? pidfd : this.#scratch(), exit_signal, stack === 2 ? 0 : 0x7000, stack === 1 ? 0 : 0x1000, 0,
      given ? tids : 0, set_tid.length, cgroup];
    for (const word of words) args.u64(word);
    return this.#put(args.u64((bits & CLONE3.tail) !== 0 ? 1 : 0).zeros(5000).done());
  }

  /** All who can go on by themselves do: killed ones die, waits end. */
  #settle(): [task_struct, string][] {
    const { k } = this;
    const late: [task_struct, string][] = [];
    for (let again = true; again;) {
      again = false;
      for (const task of [k.current, ...k.rq.queue]) {
        if (task.state !== 'running' || !this.#tasks.includes(task)) continue;
        if (k.current !== task) schedule(k, task);
        const before = k.trace.events.length;
        const step = this.#system.resume();
        const operation = this.#unfinished.get(task);
        if (step?.what === 'value' && operation) {
          this.#unfinished.delete(task);
          const result = operation.call === 'wait4' ? this.#waited(step.value, this.#status_at(task)) ?? 0 : step.value;
          late.push([task, this.#told('late', task, operation, result)]);
        }
        if (step !== null || k.trace.events.length !== before) again = true;
        if (again) break;
      }
    }
    return late.sort(([a], [b]) => this.#tasks.indexOf(a) - this.#tasks.indexOf(b));
  }

  /** Where a wait that may not be over yet writes its status. */
  #status_at(task: task_struct): number {
    return this.#memory.base + this.#memory.bytes.length - 1024 + 8 * this.#tasks.indexOf(task);
  }

  #told(word: string, task: task_struct, operation: Operation, result: Result): string {
    const { value, extra } = typeof result === 'object' ? result : { value: result, extra: 0 };
    const inside = (task.thread_pid?.numbers.length ?? 1) > 1;
    const task_number = is_clone(operation) || operation.call === 'wait4';
    const who = task_number && value > 0 && !inside ? `task${this.#numbers.findLastIndex(([nr]) => nr === value)}` : String(value);
    return `${word} ${this.#tasks.indexOf(task)} ${operation.call === 'setsid' && value > 0 && !inside ? 0 : who} ${extra}`;
  }

  /** What the task knows of itself. */
  #self(task: task_struct): string {
    const inside = (task.thread_pid?.numbers.length ?? 1) > 1;
    const ns = task_active_pid_ns(task);
    const numbers = inside ? [task.signal.tgid, task.thread_pid, task.real_parent?.signal.tgid ?? null].map((of) => pid_nr_ns(of, ns)) : ['.', '.', '.'];
    const { uid_map, gid_map } = task.cred.user_ns;
    return `self ${this.#tasks.indexOf(task)} ${[...numbers, munged(uid_map, task.cred.uid), munged(uid_map, task.cred.euid), munged(gid_map, task.cred.egid)].join(' ')}`;
  }

  /** The call's value; null when there is none, or none yet. */
  #call(task: task_struct, name: string, args: readonly number[]): number | null {
    const step: Step = this.#as(task, () => this.#system.syscall(SYSCALL_NUMBERS.get(name) ?? -1, args));
    return step.what === 'value' ? step.value : null;
  }

  /** Of a call that never waits. */
  #value(task: task_struct, name: string, args: readonly number[] = []): number {
    const value = this.#call(task, name, args);
    if (value === null) throw new Error(`${name} has no result`);
    return value;
  }

  #must(task: task_struct, name: string, ...args: readonly number[]): number {
    const value = this.#value(task, name, args);
    if (value < 0) throw new Error(`the beginning fails: ${name} gives ${errnoName(value) ?? value}`);
    return value;
  }

  #as<T>(task: task_struct, call: () => T): T {
    const { k } = this;
    if (k.current !== task) k.trace.run(k, task);
    return call();
  }

  /** As sequences.c: a tmpfs becomes the root. */
  #prepare(task: task_struct): void {
    const must = (name: string, ...args: readonly (number | string)[]): number => {
      this.#end = 0;
      return this.#must(task, name, ...args.map((arg) => (typeof arg === 'string' ? this.#text(arg) : arg)));
    };
    must('prctl', 36, 1);
    must('unshare', 0x20000);
    must('mount', 'none', '/', 'none', 0x4000 | (1 << 18), 0);
    must('mount', 'root', '/tmp', 'tmpfs', 0, 'mode=755');
    must('chdir', '/tmp');
    for (const name of ['old', 'proc', 'd', 'd/e', 'm']) must('mkdir', name, 0o755);
    for (const name of ['d', 'd/e', 'm']) must('chmod', name, 0o777);
    for (const name of ['b0', 'b1', 'b2', 'b3']) must('close', must('openat', AT_FDCWD, name, 0o101, 0o666));
    must('mount', '/proc', 'proc', 'none', 0x1000, 0);
    must('pivot_root', '.', 'old');
    must('umount2', '/old', 2);
    must('rmdir', '/old');
    must('chdir', '/');
    const proc = must('openat', AT_FDCWD, '/proc', 0o200000, 0);
    must('dup2', proc, PROC_FD);
    must('close', proc);
  }

  #child(of: task_struct): task_struct {
    this.#must(of, 'clone', SIGCHLD, 0, 0, 0, 0);
    return this.#last();
  }

  #last(): task_struct {
    const task = [...this.k.tasks.values()].at(-1);
    if (!task) throw new Error('there is no task');
    return task;
  }

  #name(n: number, task: task_struct): void {
    this.#tasks[n] = task;
    for (let i = 0; i <= n; i++) {
      this.#tasks[i] ??= undefined;
      this.#numbers[i] ??= [];
    }
    this.#numbers[n] = task.thread_pid?.numbers.map(({ nr }) => nr) ?? [];
  }

  #task(n: number): task_struct {
    const task = this.#tasks[n];
    if (!task) throw new Error(`there is no task ${n}`);
    return task;
  }

  #number_for(caller: task_struct, target: number): number {
    return target < 0 ? -1 : this.#numbers[target]?.[caller.thread_pid?.level ?? 0] ?? NOBODY;
  }

  #named(text: string): string {
    return text.replace(/\{(\w+)\}/g, (_, of: string) => (of === 'self' ? 'thread-self' : String(this.#numbers[Number(of)]?.[0] ?? 0)));
  }

  #text(of: string): number { return this.#put(encode(`${of}\0`)); }
  #scratch(): number { return this.#put(new Uint8Array(8)); }

  #put(bytes: Uint8Array): number {
    const at = this.#memory.base + this.#end;
    this.#memory.write(at, bytes);
    this.#end += Math.ceil(bytes.length / 8) * 8 + 8;
    return at;
  }
}

type Result = number | { readonly value: number; readonly extra: number };
