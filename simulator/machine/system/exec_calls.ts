import { err, isErr } from '../../kernel/errno.ts';
import { begin_new_exec } from '../../kernel/exec.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { AT_EMPTY_PATH, AT_FDCWD, AT_SYMLINK_NOFOLLOW } from '../../kernel/mode.ts';
import { Blocked } from '../../kernel/sched.ts';
import type { Call, Result, SyscallRow } from '../../kernel/syscalls/table.ts';
import { filled, int, path, pointer } from '../../kernel/syscalls/table.ts';
import { get_strings } from '../../kernel/uaccess.ts';
import { prepare } from './binprm.ts';
import type { Prepared } from './binprm.ts';
import { loadProgram } from './load.ts';
import type { Machine } from './machine.ts';

/** The point of no return, and beyond. Blocked while other threads end; it is then called again. */
export function execute(k: Kernel, machine: Machine, prepared: Prepared): 0 | Blocked {
  const { exe, filename, argv, envp, file, unreadable } = prepared;
  const { current } = k;
  const before = current.mm;
  const comm = filename.slice(filename.lastIndexOf('/') + 1);
  if (begin_new_exec(k, { exe, comm, cmdline: argv, environ: envp, file, unreadable }) === Blocked) {
    k.trace.insert(machine.books.execs, current.id, prepared);
    return Blocked;
  }
  k.trace.remove(machine.books.execs, current.id);
  if (before?.freed) machine.dropSpace(k, before.id);
  loadProgram(k, machine, prepared);
  return 0;
}

function execveat(machine: Machine, call: Call, dfd: number, name: string, argv: number, envp: number, flags: number): Result {
  const { k } = call;
  const waiting = machine.books.execs.get(k.current.id);
  if (waiting && call.waited) return execute(k, machine, waiting);
  if ((flags & ~(AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW)) !== 0) return err('EINVAL');
  const args = get_strings(call.user, argv);
  const environment = isErr(args) ? args : get_strings(call.user, envp);
  // a file that is not there is told before arguments that cannot be read
  const prepared = prepare(k, machine, dfd, name, isErr(args) ? [] : args, isErr(environment) ? [] : environment, flags);
  if (isErr(prepared)) return prepared;
  if (isErr(args)) return args;
  return isErr(environment) ? environment : execute(k, machine, prepared);
}

export function execCalls(machine: Machine): readonly SyscallRow[] {
  return [
    filled('execve', [path, pointer, pointer], (call, name, argv, envp) => execveat(machine, call, AT_FDCWD, name, argv, envp, 0)),
    filled('execveat', [int, path, pointer, pointer, int], (call, dfd, name, argv, envp, flags) => execveat(machine, call, dfd, name, argv, envp, flags)),
  ];
}
