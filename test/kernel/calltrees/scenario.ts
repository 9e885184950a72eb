/**
 * A scenario: system calls in the order in which they are made, each by one task. A C program is made of it (program.ts), which a
 * real kernel runs under its tracer (record.ts), and the model makes the same calls (model.ts): one source, so both mean the same.
 *
 * Tasks are letters; `A` is the program's first. It exits at the end by itself; all others must exit, or be killed, before.
 * Flags are names of linux/sched.h without `CLONE_`, joined by `|`. Paths may begin with `{self}` (the calling thread's directory in
 * /proc) or `{B}` (that of task B; for callers in the first pid namespace).
 */
export type Step = readonly [task: string, ...Call];
export type Call =
  | readonly ['unshare', flags: string]
  /** The exit signal is SIGCHLD; with VFORK the next steps must be the child's, until it exits or execs. */
  | readonly ['clone', flags: string, child: string]
  | readonly ['clone3', flags: string, child: string, set_tid?: readonly number[]]
  /** An open for reading, kept under a name. */
  | readonly ['open', name: string, path: string]
  | readonly ['pidfd_open', name: string, task: string]
  | readonly ['close', name: string]
  | readonly ['setns', name: string, flags: string]
  /** wait4 with __WALL */
  | readonly ['wait', task: string]
  /** wait4 with __WALL and WNOHANG */
  | readonly ['reap', task: string]
  /** With SIGKILL */
  | readonly ['kill', task: string]
  /** Of the thread alone */
  | readonly ['exit']
  | readonly ['exit_group']
  /** The program itself again, which goes on with the task's next step. */
  | readonly ['exec']
  | readonly ['setresuid', id: number]
  | readonly ['setresgid', id: number]
  /** open, write, close */
  | readonly ['write', path: string, text: string]
  | readonly ['chroot', path: string]
  | readonly ['sethostname', text: string];

export interface Scenario {
  /** Also the name of its program and its recordings. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** The only version in which it is run; absent: all. */
  readonly only?: string;
}

/** `scenario('a', …)` with the last exit of A added. */
export function scenario(name: string, ...steps: Step[]): Scenario {
  return { name, steps: [...steps, ['A', 'exit_group']] };
}

/** A scenario for one version alone: in others it would be made of other steps. */
export function scenarioOf(only: string, name: string, ...steps: Step[]): Scenario {
  return { ...scenario(name, ...steps), only };
}

export const FLAGS: Readonly<Record<string, number>> = {
  NEWTIME: 0x80, VM: 0x100, FS: 0x200, FILES: 0x400, SIGHAND: 0x800, PIDFD: 0x1000, VFORK: 0x4000, PARENT: 0x8000, THREAD: 0x10000,
  NEWNS: 0x20000, SYSVSEM: 0x40000, NEWCGROUP: 0x2000000, NEWUTS: 0x4000000, NEWIPC: 0x8000000, NEWUSER: 0x10000000, NEWPID: 0x20000000,
  NEWNET: 0x40000000,
};

/** `NEWUTS|NEWIPC` as a number; `''` is 0. */
export function flagsOf(names: string): number {
  if (names === '') return 0;
  return names.split('|').reduce((sum, name) => {
    const flag = FLAGS[name];
    if (flag === undefined) throw new Error(`no flag ${name}`);
    return sum + flag;
  }, 0);
}

/** Letters of the tasks, A first. */
export function tasksOf({ steps }: Scenario): string[] {
  return [...new Set(['A', ...steps.map(([task]) => task), ...steps.flatMap(([, ...call]) => (call[0] === 'clone' || call[0] === 'clone3' ? [call[2]] : []))])];
}
