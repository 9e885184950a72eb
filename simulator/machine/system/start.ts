import { environment, start_computer, start_session } from '../../kernel/computer.ts';
import { isErr } from '../../kernel/errno.ts';
import { fd_install } from '../../kernel/files.ts';
import { System } from '../../kernel/index.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { AT_FDCWD } from '../../kernel/mode.ts';
import { settle_layers } from '../../kernel/rootfs.ts';
import { command_image } from '../../kernel/rootfs_commands.ts';
import { dequeue_task, set_running, switch_to } from '../../kernel/sched.ts';
import { sys_setpgid } from '../../kernel/session.ts';
import type { task_struct } from '../../kernel/task.ts';
import type { tty_struct } from '../../kernel/tty.ts';
import type { Image } from '../image.ts';
import { prepare } from './binprm.ts';
import { Computer } from './computer.ts';
import { Console } from './console.ts';
import type { Streams } from './console.ts';
import { execCalls, execute } from './exec_calls.ts';
import { futexCalls } from './futex.ts';
import { Machine } from './machine.ts';
import type { Programs } from './machine.ts';
import { memoryCalls } from './memory_calls.ts';
import { memoryMap } from './memory_map.ts';
import { NotSimulated } from './not_simulated.ts';
import type { ComputerOptions } from './options.ts';
import { Processor } from './processor.ts';
import { shmCalls } from './shm_calls.ts';
import { giveFiles, logIn, newPipe, newTerminal, openTerminal, putProgram } from './terminals.ts';
import { cpuTime, threadCalls } from './thread_calls.ts';
import { UserSpace } from './userspace.ts';
import type { Hardware } from './userspace.ts';

const COMPANIONS = 6000;
/** Marks the programs of the user among the names of commands. */
const OWN = 'program ';

/** Images of commands and of the user's programs, by what their files say. */
function programsOf(options: ComputerOptions): Programs {
  const own = new Map<string, Image>([['a.out', options.program], ...options.with.map(({ name, image }): [string, Image] => [name, image])]);
  return (name) => (name.startsWith(OWN) ? own.get(name.slice(OWN.length)) ?? null : options.command(name));
}

/**
 * The simulated computer, switched on: the companions of `before` have run until all of them wait, and the program is about to begin. `report` hears of what is
 * asked for and not simulated. Throws only when our own parts do not fit together.
 */
export function startMachine(options: ComputerOptions, hardware: Hardware, report: (what: string) => void): Computer {
  const { k, init, shell, program, restored } = start_computer({ version: options.version, level: 'off', uid: options.uid, state: options.state ?? null, private_root: options.privateRoot });
  const number = program.thread_pid?.numbers[0]?.nr ?? 0;
  const machine = new Machine(new UserSpace(hardware, k.timekeeper), programsOf(options), report);
  k.not_modelled = report;
  k.cpu_time = (task) => cpuTime(machine, task);
  k.memory_map = (task) => memoryMap(machine, task);
  const own = [...memoryCalls(machine), ...shmCalls(machine), ...futexCalls(machine), ...threadCalls(machine), ...execCalls(machine)];
  const unknown = new NotSimulated(own.map(({ name }) => name));
  const made = (nr: number, args: readonly number[]): void => {
    const name = unknown.named(nr, args);
    if (name !== null) report(name);
  };
  const system = new System({ kernel: k, memory: (task) => machine.memory(k, task), calls: own, made });
  for (const name of ['a.out', ...options.with.map(({ name }) => name)]) putProgram(k, name, command_image(OWN + name));
  settle_layers(k);
  for (const task of [init, shell, program, ...restored.tasks]) {
    giveFiles(k, task);
    machine.outsiders.add(task);
    if (task.state === 'running') k.trace.write(task, 'state', 'interruptible');
  }
  const tty = k.ttys.get(0);
  if (!tty) throw new Error('there is no terminal');
  logIn(k, shell, tty);
  const streams = connect(k, options, shell, program, tty);
  const console = new Console(machine.books, streams);
  const processor: Processor = new Processor(system, machine, console, () => computer.room());
  const shells: task_struct[] = [];
  const computer: Computer = new Computer(machine, processor, console, { init, shell, shells, program, number, restored }, options.limits);
  const first = options.before.map((line, n) => companion(computer, line, n, options.uid))[0];
  k.trace.write(k.init_pid_ns, 'idr_cursor', number);
  switch_to(k, shell);
  k.trace.write(shell, 'state', 'interruptible');
  machine.outsiders.delete(program);
  k.trace.level = options.trace;
  switch_to(k, program);
  set_running(k, program);
  const args = options.args.map((arg) => (arg === '@P' ? String(first ?? 0) : arg));
  exec(computer, program, './a.out', ['./a.out', ...args], environment(options.uid));
  computer.begin();
  return computer;
}

/** The program's own process group, in the foreground, and its descriptors. */
function connect(k: Kernel, { tty: onTerminal, ttyStdin }: ComputerOptions, shell: task_struct, program: task_struct, tty: tty_struct): Streams {
  switch_to(k, program);
  sys_setpgid(k, 0, 0);
  k.trace.write(tty, 'pgrp', program.signal.pgrp);
  switch_to(k, shell);
  const stdin = ttyStdin ? null : newPipe(k);
  const out = onTerminal ? null : newPipe(k);
  const errors = onTerminal ? null : newPipe(k);
  const files = [stdin?.reader ?? openTerminal(k, tty), out?.writer ?? openTerminal(k, tty), errors?.writer ?? openTerminal(k, tty)];
  switch_to(k, program);
  for (const [fd, of] of files.entries()) fd_install(k, fd, of, false);
  switch_to(k, shell);
  return { tty, errors: onTerminal ? files[2] ?? null : null, stdout: out?.reader ?? null, stderr: errors?.reader ?? null, input: stdin?.writer ?? null };
}

/** A command line in a terminal of its own, as far as it goes without waiting. Its pid. */
function companion(computer: Computer, line: string, n: number, uid: 0 | 1000): number {
  const { k, machine, cast } = computer;
  if (n === 0) k.trace.write(k.init_pid_ns, 'idr_cursor', COMPANIONS - 1);
  const task = start_session(k, cast.init, ['bash', '-c', line], uid);
  k.trace.insert(machine.books.companions, task.id, true);
  logIn(k, task, newTerminal(k));
  set_running(k, task);
  exec(computer, task, '/bin/bash', ['bash', '-c', line], environment(uid));
  computer.begin();
  computer.settle();
  return task.thread_pid?.numbers[0]?.nr ?? 0;
}

/** Lets the running task, which has no program yet, begin one. */
function exec({ k, machine }: Computer, task: task_struct, file: string, argv: readonly string[], envp: readonly string[]): void {
  const prepared = prepare(k, machine, AT_FDCWD, file, argv, envp, 0);
  if (isErr(prepared)) throw new Error(`${file} cannot be started: ${prepared}`);
  if (execute(k, machine, prepared) !== 0) throw new Error(`${file} waits for threads that it has not`);
  dequeue_task(k, task);
}
