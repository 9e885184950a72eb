import { start_computer } from '../../simulator/kernel/computer.ts';
import { errnoName } from '../../simulator/kernel/errno.ts';
import { CLONE_NEWIPC, CLONE_NEWNS, CLONE_NEWUTS } from '../../simulator/kernel/flags.ts';
import { System } from '../../simulator/kernel/index.ts';
import type { Kernel } from '../../simulator/kernel/kernel.ts';
import { AT_FDCWD, O_CLOEXEC } from '../../simulator/kernel/mode.ts';
import { schedule } from '../../simulator/kernel/sched.ts';
import { SYSCALL_NUMBERS } from '../../simulator/kernel/syscalls/numbers.ts';
import { files_struct } from '../../simulator/kernel/task.ts';
import { encode } from '../../simulator/kernel/text.ts';
import type { Level } from '../../simulator/kernel/trace.ts';
import { FlatMemory } from '../../simulator/kernel/uaccess.ts';

/** Calls of a round: 36 cheap ones (60 %), 12 of processes (20 %: clone, exit_group, wait4), 6 of namespaces, 6 of mounts. */
export const CALLS = 60;

const SIGCHLD = 17;
const MS_BIND = 4096;
const MNT_DETACH = 2;
const KINDS = [['uts', CLONE_NEWUTS], ['ipc', CLONE_NEWIPC], ['mnt', CLONE_NEWNS]] as const;

/** The fixed mix of system calls, made on the model as the machine makes them: with registers and memory. `mix.c` makes the same. */
export class Mix {
  readonly k: Kernel;
  readonly #system: System;
  readonly #memory = new FlatMemory();
  #room = 0;
  readonly #own: readonly number[];
  readonly #file: number;
  readonly #buffer: number;
  readonly #tmp: number;
  readonly #etc: number;
  readonly #none: number;
  readonly #tmpfs: number;

  constructor(level: Level) {
    const { k, program } = start_computer({ uid: 0, level });
    this.k = k;
    k.trace.write(program, 'files', k.trace.alloc(new files_struct()));
    this.#system = new System({ kernel: k, memory: () => this.#memory });
    this.#buffer = this.#put(' '.repeat(1024));
    this.#tmp = this.#put('/tmp');
    this.#etc = this.#put('/etc');
    this.#none = this.#put('none');
    this.#tmpfs = this.#put('tmpfs');
    this.#own = KINDS.map(([type]) => this.#call('openat', AT_FDCWD, this.#put(`/proc/self/ns/${type}`), O_CLOEXEC));
    this.#file = this.#call('openat', AT_FDCWD, this.#put('/etc/hostname'), O_CLOEXEC);
  }

  round(): void {
    for (const n of KINDS.keys()) {
      this.#cheap();
      this.#process();
      this.#namespace(n);
      this.#mount(n);
    }
    this.#process();
  }

  /** Children that are there at once. */
  crowd(count: number): void {
    for (let i = 0; i < count; i++) this.#call('clone', SIGCHLD);
  }

  #cheap(): void {
    this.#call('getpid');
    this.#call('getppid');
    this.#call('gettid');
    this.#call('getuid');
    this.#call('getegid');
    this.#call('umask', 0o22);
    this.#call('uname', this.#buffer);
    this.#call('lseek', this.#file, 0, 0);
    this.#call('fcntl', this.#file, 1, 0);
    this.#call('getpgid', 0);
    this.#call('close', this.#call('dup', this.#file));
  }

  #process(): void {
    const parent = this.k.current;
    const nr = this.#call('clone', SIGCHLD);
    schedule(this.k, this.k.rq.queue.at(-1));
    const step = this.#system.syscall(number('exit_group'), [0]);
    if (step.what !== 'dead') throw new Error(`exit_group: ${step.what}`);
    schedule(this.k, parent);
    if (this.#call('wait4', nr, this.#buffer, 0, 0) !== nr) throw new Error('wait4 waited for another');
  }

  #namespace(n: number): void {
    const [, flag] = KINDS[n]!;
    this.#call('unshare', flag);
    this.#call('setns', this.#own[n]!, flag);
  }

  #mount(n: number): void {
    if (n === 0) this.#call('mount', this.#none, this.#tmp, this.#tmpfs, 0, 0);
    else this.#call('mount', this.#etc, this.#tmp, 0, MS_BIND, 0);
    this.#call('umount2', this.#tmp, MNT_DETACH);
  }

  /** Every call of the mix succeeds: one that failed would be measured as a fast one. */
  #call(name: string, ...args: readonly number[]): number {
    const step = this.#system.syscall(number(name), args);
    if (step.what !== 'value') throw new Error(`${name}: ${step.what}`);
    if (step.value < 0) throw new Error(`${name}: ${errnoName(step.value)}`);
    return step.value;
  }

  #put(text: string): number {
    const bytes = encode(`${text}\0`);
    const address = this.#memory.base + this.#room;
    this.#room += bytes.length;
    this.#memory.write(address, bytes);
    return address;
  }
}

function number(name: string): number {
  const nr = SYSCALL_NUMBERS.get(name);
  if (nr === undefined) throw new Error(`there is no system call ${name}`);
  return nr;
}
