import { strict as assert } from 'node:assert';
import { start_computer } from '../../../simulator/kernel/computer.ts';
import type { ComputerOptions } from '../../../simulator/kernel/computer.ts';
import { begin_new_exec } from '../../../simulator/kernel/exec.ts';
import { CLONE_FILES, CLONE_FS, CLONE_SIGHAND, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VM } from '../../../simulator/kernel/flags.ts';
import type { Step, SystemOptions } from '../../../simulator/kernel/index.ts';
import { AT_FDCWD } from '../../../simulator/kernel/mode.ts';
import { row } from '../../../simulator/kernel/syscalls/table.ts';
import { files_struct } from '../../../simulator/kernel/task.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { decode } from '../../../simulator/kernel/text.ts';
import { Reader, Writer } from '../../../simulator/kernel/uaccess.ts';
import { Caller } from './caller.ts';

const SIGCHLD = 17;
const THREAD = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM;
const TWO32 = 2 ** 32;

/** The part of execve that is the machine's: it finds the program, here always the same one. */
const execve = row('execve', [], (k) => {
  const { fs } = k.current;
  return fs ? begin_new_exec(k, { exe: fs.root, comm: 'program', cmdline: ['program'], environ: [], file: { suid: null, sgid: null, caps: null } }) : assert.fail();
});

/** Fields of struct clone_args; what is not named is 0. */
export interface CloneArgs {
  readonly flags?: number | bigint; readonly pidfd?: number; readonly child_tid?: number; readonly parent_tid?: number; readonly exit_signal?: number;
  readonly stack?: number; readonly stack_size?: number; readonly tls?: number; readonly set_tid?: number; readonly set_tid_size?: number; readonly cgroup?: number;
}

/** A program on the simulated computer, with descriptors, that does everything by system calls; and the tasks that it makes. */
export class Program extends Caller {
  readonly me: task_struct;
  constructor(options: ComputerOptions = {}, system: Partial<SystemOptions> = {}) {
    const { k, program } = start_computer({ uid: 0, level: 'full', ...options });
    k.trace.write(program, 'files', k.trace.alloc(new files_struct()));
    super(k, { calls: [execve], ...system });
    this.me = program;
  }

  /** As `call`, of the program itself. */
  do(name: string, ...args: readonly (number | string)[]): number | string { return this.call(this.me, name, ...args); }

  /** `OK` for every number that is no error. */
  ok(of: task_struct, name: string, ...args: readonly (number | string)[]): string {
    const result = this.call(of, name, ...args);
    return typeof result === 'number' ? 'OK' : result;
  }

  /** clone(2): the flags as they are, with their exit signal. The number or the errno. */
  clone(of: task_struct, flags: number, parent_tid = 0): number | string {
    return this.call(of, 'clone', flags < 0 ? flags + TWO32 : flags, this.room(64) + 64, parent_tid, 0, 0);
  }

  /** clone3(2) with a structure of `size` bytes; `tail`: a byte at 100. */
  clone3(of: task_struct, args: CloneArgs, size = 88, tail = 0): number | string {
    const to = new Writer();
    const order = ['flags', 'pidfd', 'child_tid', 'parent_tid', 'exit_signal', 'stack', 'stack_size', 'tls', 'set_tid', 'set_tid_size', 'cgroup'] as const;
    for (const field of order) to.u64(args[field] ?? (field === 'exit_signal' ? SIGCHLD : 0));
    to.zeros(12).u8(tail).zeros(64);
    const at = this.put(to.done());
    return this.call(of, 'clone3', at, size);
  }

  /** The child that a clone with these flags makes; the exit signal is SIGCHLD. */
  fork(of: task_struct = this.me, flags = 0): task_struct {
    const nr = this.call(of, 'clone', (flags < 0 ? flags + TWO32 : flags) + SIGCHLD, 0, 0, 0, 0);
    assert.ok(typeof nr === 'number' && nr > 0, String(nr));
    return this.last();
  }

  thread(of: task_struct = this.me): task_struct { return this.fork(of, THREAD); }

  /** A child with uid and gid `id`, without groups and capabilities; it can be looked into as one that called exec. */
  user(of: task_struct = this.me, id = 1000): task_struct {
    const made = this.fork(of);
    this.drop(made, id);
    return made;
  }

  drop(of: task_struct, id = 1000): void {
    assert.equal(this.call(of, 'setgroups', 0, 0), 0);
    assert.equal(this.call(of, 'setresgid', id, id, id), 0);
    assert.equal(this.call(of, 'setresuid', id, id, id), 0);
    assert.equal(this.call(of, 'prctl', 4, 1, 0, 0, 0), 0);
  }

  /** The task that was made last. */
  last(): task_struct { return [...this.k.tasks.values()].at(-1) ?? assert.fail(); }

  /** Its number as the first pid namespace has it. */
  nr(of: task_struct): number { return of.thread_pid?.numbers[0]?.nr ?? assert.fail('it is gone'); }

  put(bytes: Uint8Array): number {
    const at = this.room(bytes.length);
    this.memory.write(at, bytes);
    return at;
  }

  bytes(address: number, length: number): Uint8Array { return this.memory.read(address, length) ?? assert.fail(); }
  int(address: number): number { return new Reader(this.bytes(address, 4)).i32(); }
  long(address: number): number { return new Reader(this.bytes(address, 8)).i64(); }

  /** A descriptor of that task. */
  open(of: task_struct, name: string, flags = 0, mode = 0o644): number {
    const fd = this.call(of, 'openat', AT_FDCWD, name, flags, mode);
    return typeof fd === 'number' ? fd : assert.fail(`${name}: ${fd}`);
  }

  /** The whole of a file, by open, read and close. */
  read(name: string, of: task_struct = this.me): string {
    const fd = this.open(of, name);
    const room = this.room(4096);
    let text = '';
    for (let n = this.call(of, 'read', fd, room, 4096); n !== 0; n = this.call(of, 'read', fd, room, 4096)) text += decode(this.bytes(room, Number(n)));
    assert.equal(this.call(of, 'close', fd), 0);
    return text;
  }

  /** open(O_WRONLY), write, close: OK, or the first errno. */
  write(of: task_struct, name: string, text: string): string {
    const fd = this.call(of, 'openat', AT_FDCWD, name, 1, 0);
    if (typeof fd !== 'number') return fd;
    const data = this.text(text);
    const result = this.ok(of, 'write', fd, data, new TextEncoder().encode(text).length);
    assert.equal(this.call(of, 'close', fd), 0);
    return result;
  }

  /** A link of /proc/thread-self/ns, or the errno. */
  link(of: task_struct, name: string, dir = '/proc/thread-self'): string {
    const room = this.room(64);
    const n = this.call(of, 'readlink', `${dir}/ns/${name}`, room, 64);
    return typeof n === 'number' ? decode(this.bytes(room, n)) : n;
  }

  /** setns to a namespace of another task, by its file below /proc. */
  setns(of: task_struct, to: task_struct, name: string, nstype = 0): string {
    return this.ok(of, 'setns', this.open(of, to === of ? `/proc/thread-self/ns/${name}` : `/proc/${this.nr(to)}/ns/${name}`), nstype);
  }

  /** What the program does about a signal: 0 the default, 1 nothing, or the address of a handler. */
  sigaction(of: task_struct, sig: number, handler: number, flags = 0): void {
    assert.equal(this.call(of, 'rt_sigaction', sig, this.put(new Writer().u64(handler).u64(flags).u64(0).u64(0).done()), 0, 8), 0);
  }

  /** rt_sigprocmask: 0 blocks these signals, 1 unblocks them. What became of the task. */
  sigmask(of: task_struct, how: 0 | 1, ...signals: readonly number[]): number | string {
    const set = signals.reduce((all, sig) => all | 1n << BigInt(sig - 1), 0n);
    return this.call(of, 'rt_sigprocmask', how, this.put(new Writer().u64(set).done()), 0, 8);
  }

  /** It is that task's turn again. */
  resume(task: task_struct): Step | null {
    this.k.current = task;
    return this.system.resume();
  }

  /** Lets everybody whom a signal ends, and every init that waits for them, run until none is left. */
  settle(): void {
    for (let n = 0; n < 200; n++) {
      const next = [...this.k.tasks.values()].find((task) => task.state === 'running' && task !== this.me && (task.pending.has(9) || (task.signal.flags & 4) !== 0 || (task.flags & 4) !== 0));
      if (!next) return;
      this.resume(next);
    }
    assert.fail('somebody never ends');
  }

  kill(task: task_struct): void {
    assert.equal(this.do('kill', this.nr(task), 9), 0);
    this.settle();
  }

  wait(of: task_struct = this.me): number | string { return this.call(of, 'wait4', -1, 0, 0x40000000, 0); }
}

/** Rules, each a test: `[id] what it says: what must come out`. The program is root's, on a new computer. */
export type Rule = readonly [id: string, what: string, expected: unknown, how: (m: Program) => unknown];
export function rules(all: readonly Rule[]): void {
  for (const [id, what, expected, how] of all) {
    it(`[${id}] ${what}: ${typeof expected === 'string' ? expected : JSON.stringify(expected)}`, () => {
      assert.deepEqual(how(new Program({ level: 'off' })), expected);
    });
  }
}
