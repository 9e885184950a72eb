import type { Chooser, Random } from './choose.ts';
import { SIGCHLD, THREAD } from './choose.ts';
import { CLONE_THREAD } from '../../../simulator/kernel/flags.ts';
import type { Operation } from './operation.ts';
import type { Outcome, SequencesModel } from './sequences-model.ts';

/** Calls whose first number is a task. */
const NAMING: ReadonlySet<string> = new Set(['kill', 'pidfd_open', 'setns']);

/** What scenes are made with: each method is one operation, and returns what the call did (-1 when it could not be told to anybody). */
export class Stage {
  readonly random: Random;
  readonly choose: Chooser;
  readonly model: SequencesModel;
  readonly #tell: (operation: Operation | null) => Outcome | null;

  constructor(random: Random, choose: Chooser, model: SequencesModel, tell: (operation: Operation | null) => Outcome | null) {
    this.random = random;
    this.choose = choose;
    this.model = model;
    this.#tell = tell;
  }

  call(task: number, call: string, n: readonly number[] = [], a?: string, b?: string): number {
    if (task < 0 || !this.model.tasks[task] || a?.includes('{-1}') === true || b?.includes('{-1}') === true || (call !== 'wait4' && n[0] === -1 && NAMING.has(call))) return -1;
    return this.#tell({ task, call, n, ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) })?.value ?? -1;
  }

  unshare(task: number, flags: number): number { return this.call(task, 'unshare', [flags]); }
  setns(task: number, fd: number, flags = 0): number { return this.call(task, 'setns', [fd, flags]); }
  open(task: number, path: string, flags = 0): number { return this.call(task, 'open', [flags], path); }
  /** The file in /proc of `whose`, which may be the task itself. */
  ns(task: number, whose: number, link: string): number { return this.open(task, whose === task ? `{self}/ns/${link}` : `{${whose}}/ns/${link}`); }
  pidfd(task: number, target: number, flags = 0): number { return this.call(task, 'pidfd_open', [target, flags]); }
  write(task: number, path: string, text: string, offset = 0): number { return this.call(task, 'write', [offset], path, text); }
  wait(task: number, child: number): number { return this.call(task, 'wait4', [child, 1]); }
  exit(task: number): number { return this.call(task, 'exit_group', [0]); }

  /** A child by clone: its index, or -1. */
  child(task: number, flags = 0): number {
    const child = this.choose.child();
    if (child === null || task < 0) return -1;
    this.call(task, 'clone', [(flags & CLONE_THREAD) !== 0 ? flags : flags + SIGCHLD, child]);
    return this.model.tasks[child] ? child : -1;
  }

  thread(task: number, more = 0): number { return this.child(task, THREAD + more); }

  /** clone3 with what `Chooser.clone3` takes. */
  clone3(task: number, flags: number, options: Parameters<Chooser['clone3']>[2] = {}): number {
    if (task < 0 || !this.model.tasks[task]) return -1;
    return this.#tell(this.choose.clone3(task, flags, options))?.value ?? -1;
  }

  ordinary_user(task: number, dumpable = true): void {
    this.call(task, 'setgroups', [0]);
    this.call(task, 'setresgid', [1000, 1000, 1000]);
    this.call(task, 'setresuid', [1000, 1000, 1000]);
    if (dumpable) this.call(task, 'prctl', [4, 1]);
  }

  /** Maps the ids that the task has, from inside: as an ordinary user can. */
  map_own(task: number, inside = 0): void {
    const cred = this.model.tasks[task]?.cred;
    if (!cred) return;
    const outside = (map: 'uid_map' | 'gid_map', id: number): number => this.#outside(cred.user_ns, map, id);
    this.write(task, '{self}/setgroups', 'deny');
    this.write(task, '{self}/uid_map', `${inside} ${outside('uid_map', cred.euid)} 1`);
    this.write(task, '{self}/gid_map', `${inside} ${outside('gid_map', cred.egid)} 1`);
  }

  /** A kernel's id as the parent of a user namespace numbers it. */
  #outside(ns: { readonly parent: { readonly uid_map: Maps; readonly gid_map: Maps } | null }, map: 'uid_map' | 'gid_map', id: number): number {
    const range = ns.parent?.[map].find(({ lower_first, count }) => id >= lower_first && id < lower_first + count);
    return range ? id - range.lower_first + range.first : id;
  }

  /** Some of these, in any order. */
  some(n: number, ...acts: readonly (() => unknown)[]): void {
    for (let i = 0; i < n; i++) this.random.of(acts)();
  }
}

type Maps = readonly { readonly first: number; readonly lower_first: number; readonly count: number }[];
