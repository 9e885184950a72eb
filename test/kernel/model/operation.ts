/**
 * One operation: a task makes a system call. Plain data that means the same to the modelled kernel (sequences-model.ts), to sequences.c, and
 * as a statement of a C program (program.ts).
 *
 * | call | n | a | b |
 * |---|---|---|---|
 * | unshare | flags | | |
 * | clone | flags with the exit signal, index of the child | | |
 * | clone3 | flags, index of the child, exit signal, stack (0 good, 1 no size, 2 no address), size, cgroup | | bits and set_tid: see `CLONE3` |
 * | setns | descriptor, flags | | |
 * | open | flags | path | |
 * | pidfd_open | task, flags | | |
 * | close | descriptor | | |
| pidfd_getfd | descriptor, descriptor of the other process | | |
| setsid | | | |
| setpgid | task, task whose number the group gets (-1: its own) | | |
 * | ioctl | descriptor, request, argument | | |
 * | write | position, 1: by pwrite | path | text (open, lseek, write and close) |
 * | wait4 | task or -1, options (`__WALL` is added) | | |
 * | kill | task, signal | | |
 * | exit, exit_group | code | | |
 * | setresuid, setresgid | three ids | | |
 * | setgroups | how many | | |
 * | drop | capability, 1: out of the permitted set as well | | |
 * | prctl | option, argument | | |
 * | sethostname | length | name | |
 * | chroot, chdir | | path | |
 * | mount | flags | target | source |
 * | umount2 | flags | target | |
 * | pivot_root | | new root | place for the old one |
 * | lo_up | | | (socket, SIOCSIFFLAGS, close) |
 *
 * Tasks are named by index: 0 is the first, each clone names its child. A path may hold `{3}` (the number of task 3 in the first /proc) or
 * `{self}` (thread-self); one that is not absolute starts at that /proc.
 */
export interface Operation { readonly task: number; readonly call: string; readonly n: readonly number[]; readonly a?: string; readonly b?: string }

/** Bits of clone3's `b`, which is `bits,set_tid[0],set_tid[1]…`. */
export const CLONE3 = { tail: 1, one_pointer: 2, no_set_tid: 4, empty_set_tid: 8 } as const;

/** Tasks that a sequence can name. */
export const TASKS = 64;

export const is_clone = ({ call }: Operation): boolean => call === 'clone' || call === 'clone3';

/** What the model says comes of an operation: sequences.c waits for it (and never prints it). */
export interface Expected { readonly errno: number; readonly states: string }

/** The line for sequences.c. */
export function line_of({ task, call, n, a, b }: Operation, { errno, states }: Expected): string {
  const numbers = Array.from({ length: 6 }, (_, i) => n[i] ?? 0);
  return [task, call, ...numbers, errno, states, word(a), word(b)].join(' ');
}

function word(text: string | undefined): string {
  if (text === undefined || text === '') return '-';
  return text.replace(/[^\w/{}.:,-]|^-$/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
