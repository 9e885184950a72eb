import { ns_common } from './ns_common.ts';
import { Counted } from './object.ts';
import type { task_struct } from './task.ts';
import { Table } from './trace.ts';
import type { user_namespace } from './user.ts';

/** The top bit of `pid_allocated`: processes may still be added. */
export const PIDNS_ADDING = 0x80000000;

export class pid_namespace extends ns_common {
  override readonly kind = 'pid';
  readonly user_ns: user_namespace;
  readonly parent: pid_namespace | null;
  readonly level: number;
  child_reaper: task_struct | null = null;
  pid_allocated = PIDNS_ADDING;
  pid_max = 32768;
  /** Signal that reboot(2) inside makes init seem to die of; 0: none. */
  reboot = 0;
  readonly idr = new Table<number, pid>(this, 'idr');
  /** Last number given out: the next is looked for after it. */
  idr_cursor = 0;
  constructor(user_ns: user_namespace, parent: pid_namespace | null) {
    super();
    this.user_ns = user_ns;
    this.parent = parent;
    this.level = parent ? parent.level + 1 : 0;
  }
  override get owner(): user_namespace { return this.user_ns; }
}

/** The number a `struct pid` has in one pid namespace. */
export interface upid { readonly nr: number; readonly ns: pid_namespace }

/** Identity of a task (or process group, or session) in all pid namespaces that can see it: `numbers[0]` is the initial one's. */
export class pid extends Counted {
  override readonly kind = 'struct pid';
  readonly level: number;
  numbers: readonly upid[];
  /** The task whose thread id it is. */
  pid_task: task_struct | null = null;
  /** Tasks by the way they use it: process group members, session members, by task id. */
  readonly pgrp = new Table<number, task_struct>(this, 'pgrp');
  readonly session = new Table<number, task_struct>(this, 'session');
  constructor(level: number, numbers: readonly upid[]) {
    super();
    this.level = level;
    this.numbers = numbers;
  }
}
