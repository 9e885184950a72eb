import { task_active_pid_ns } from '../pid.ts';
import { pid_nr } from '../pid_nr.ts';
import type { SyscallRow } from './table.ts';
import { row } from './table.ts';

export const PROCESS_CALLS: readonly SyscallRow[] = [
  row('gettid', [], (k) => pid_nr(k, k.current.id)),
  row('getpid', [], (k) => pid_nr(k, k.current.group_leader.id)),
  row('getppid', [], (k) => {
    const parent = k.current.group_leader.real_parent;
    return parent?.thread_pid?.numbers.find(({ ns }) => ns === task_active_pid_ns(k.current))?.nr ?? 0;
  }),
];
