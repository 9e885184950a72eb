import * as f from '../../../simulator/kernel/flags.ts';
import { TASKS } from './operation.ts';
import type { Operation } from './operation.ts';
import type { SequencesModel } from './sequences-model.ts';

/** Numbers from a seed (mulberry32). */
export class Random {
  #state: number;
  constructor(seed: number) { this.#state = seed >>> 0; }
  /** 0 … n - 1 */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  }
  of<T>(list: readonly T[]): T { return list[this.below(list.length)] as T; }
  one_in(n: number): boolean { return this.below(n) === 0; }
  /** Flags out of a list, each as often as it stands there. */
  flags(list: readonly number[], most: number): number {
    const chosen = new Set<number>();
    for (let n = this.below(most + 1); n > 0; n--) chosen.add(this.of(list));
    return [...chosen].reduce((sum, flag) => sum + flag, 0);
  }
}

const { CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_VM, CLONE_FS, CLONE_FILES, CLONE_SIGHAND,
  CLONE_THREAD, CLONE_PARENT, CLONE_SYSVSEM, CLONE_PIDFD, CLONE_DETACHED, CLONE_VFORK, CLONE_PARENT_SETTID, CLONE_CHILD_SETTID, CLONE_CLEAR_SIGHAND, CLONE_IO } = f;
export const SIGCHLD = 17;
export const LINKS = ['net', 'uts', 'ipc', 'pid', 'pid_for_children', 'user', 'mnt', 'cgroup', 'time', 'time_for_children'] as const;
const TYPES: readonly number[] = [CLONE_NEWNET, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_NEWTIME];
/** Dear ones (net) stand once, those with the most rules more often. */
const NEW = [CLONE_NEWUSER, CLONE_NEWUSER, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWPID, CLONE_NEWPID, CLONE_NEWNS, CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWUTS, CLONE_NEWUTS, CLONE_NEWIPC,
  CLONE_NEWIPC, CLONE_NEWCGROUP, CLONE_NEWCGROUP, CLONE_NEWNET];
export const THREAD = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM;
/** What children and their parents share besides. */
const SHARED = [0, 0, 0, 0, CLONE_FS, CLONE_FILES, CLONE_VM, CLONE_VM | CLONE_SIGHAND, CLONE_PARENT, CLONE_SYSVSEM, THREAD, THREAD | CLONE_FS | CLONE_FILES, THREAD | CLONE_FS,
  CLONE_VM | CLONE_VFORK];
const ODD = [CLONE_SIGHAND, CLONE_THREAD, CLONE_DETACHED, CLONE_PIDFD, CLONE_PIDFD, CLONE_PARENT_SETTID, CLONE_CHILD_SETTID, CLONE_IO, CLONE_FS, CLONE_PARENT, CLONE_FILES];
const UNSHARES = [...NEW, ...NEW, CLONE_NEWTIME, CLONE_NEWTIME, CLONE_FS, CLONE_FILES, CLONE_SYSVSEM, CLONE_THREAD, CLONE_SIGHAND, CLONE_VM];
const NEVER_UNSHARED = [CLONE_PARENT_SETTID, CLONE_PARENT, SIGCHLD, CLONE_PIDFD, CLONE_VFORK, CLONE_DETACHED, CLONE_CHILD_SETTID, CLONE_IO, 2 ** 32, 0x100000];
/** Processes alive at most, so that pictures stay small. */
const CROWD = 8;

/** What can be said of a sequence's state while it is being made. */
export class Chooser {
  readonly random: Random;
  readonly model: SequencesModel;
  constructor(random: Random, model: SequencesModel) {
    this.random = random;
    this.model = model;
  }

  task(): number { return this.random.of(this.model.idle()); }
  /** The index that the next child gets; null when there are enough. */
  child(): number | null {
    const { tasks } = this.model;
    const free = tasks.findIndex((task) => !task);
    const n = free < 0 ? tasks.length : free;
    return n < TASKS ? n : null;
  }
  crowded(): boolean { return [...this.model.tasks].filter((task) => task && task.state !== 'dead' && !task.freed).length >= CROWD; }
  /** Descriptors of a task. */
  fds(task: number): number[] { return [...this.model.tasks[task]?.files?.fd.map.keys() ?? []].filter((fd) => fd < 100); }
  /** Some task that there is or was. */
  any(): number {
    const known = this.model.tasks.flatMap((task, n) => (task ? [n] : []));
    const alive = known.filter((n) => this.model.tasks[n]?.state !== 'dead');
    return this.random.of(this.random.one_in(12) || alive.length === 0 ? known : alive);
  }

  clone(task: number, flags: number): Operation | null {
    const child = this.child();
    return child === null ? null : { task, call: 'clone', n: [(flags & CLONE_THREAD) !== 0 ? flags : flags + SIGCHLD, child] };
  }

  clone3(task: number, flags: number, { signal, stack = 0, size = 88, cgroup = 0, b = '0' }: { signal?: number; stack?: number; size?: number; cgroup?: number; b?: string } = {}): Operation | null {
    const child = this.child();
    const silent = Math.floor(flags % 2 ** 32) & (CLONE_THREAD | CLONE_PARENT);
    return child === null ? null : { task, call: 'clone3', n: [flags, child, signal ?? (silent !== 0 ? 0 : SIGCHLD), stack, size, cgroup], b };
  }

  /** Any operation at all. */
  operation(): Operation | null {
    const { random } = this;
    const task = this.task();
    if (this.crowded() && !random.one_in(3)) return this.fewer(task);
    const roll = random.below(100);
    if (roll < 15) return this.clone(task, this.#clone_flags());
    if (roll < 20) return this.clone3(task, this.#clone_flags() + random.of([0, 0, 0, CLONE_NEWTIME, CLONE_NEWTIME, CLONE_CLEAR_SIGHAND]));
    if (roll < 34) return { task, call: 'unshare', n: [random.one_in(20) ? random.of(NEVER_UNSHARED) : random.flags(UNSHARES, 2)] };
    if (roll < 42) return this.open_ns(task);
    if (roll < 46) return { task, call: 'pidfd_open', n: [this.any(), random.of([0, 0, 0, 0o200])] };
    if (roll < 60) return this.setns(task);
    if (roll < 62) return this.#with_fd(task, (fd) => ({ task, call: 'close', n: [fd] }));
    if (roll < 65) return this.#with_fd(task, (fd) => ({ task, call: 'ioctl', n: [fd, random.of([0xb701, 0xb701, 0xb702, 0xb702, 0xb703, 0xff01, 0xff02, 0xff03, 0xff04, 0xff05, 0xff06, 0xff07, 0xff08, 0xff09, 0xff0a])] }));
    if (roll < 71) return this.map(task, this.any());
    if (roll < 76) return this.fewer(task);
    if (roll < 80) return { task, call: 'sethostname', n: [2], a: `h${random.below(9)}` };
    if (roll < 83) return { task, call: random.of(['setresuid', 'setresgid']), n: random.of([[1000, 1000, 1000], [0, 0, 0], [-1, 1000, -1], [-1, 0, -1], [5, 5, 5]]) };
    if (roll < 84) return { task, call: 'setgroups', n: [random.below(3)] };
    if (roll < 85) return { task, call: 'drop', n: [random.of([18, 19, 21, 31, 6, 7, 25, 40]), random.below(2)] };
    if (roll < 87) return { task, call: 'prctl', n: random.of([[4, 1], [4, 1], [4, 0], [36, 1], [36, 0], [38, 1], [1, 9], [1, 9], [8, 1], [24, 21], [24, 7], [28, 1], [28, 2], [28, 4], [28, 0x10]]) };
    if (roll < 90) return { task, call: random.of(['chroot', 'chdir', 'chdir']), n: [], a: random.of(['/', '/d', '/d/e', '.', '..', '/m']) };
    if (roll < 94) return { task, call: 'mount', n: [random.of([0x1000, 0x1000, 0x5000, 0, 0x40000, 0x100000])], a: random.of(['/b0', '/b1', '/m', '/d', '/']), b: random.of([`/proc/{self}/ns/${random.of(LINKS)}`, `/proc/{${this.any()}}/ns/${random.of(LINKS)}`, '/d', '/b1', 'none']) };
    if (roll < 95) return { task, call: 'umount2', n: [random.of([0, 2])], a: random.of(['/b0', '/b1', '/m', '/d', '/proc']) };
    if (roll < 97) return { task, call: 'open', n: [random.of([0, 0, 0o10000000])], a: random.of(['/b0', '/b1', '/b1', '/proc', '{self}/ns', '/d']) };
    if (roll < 98) return random.of<Operation>([
      { task, call: 'lo_up', n: [] }, { task, call: 'setsid', n: [] }, { task, call: 'setpgid', n: [random.one_in(2) ? task : this.any(), random.of([-1, -1, task, this.any()])] },
      { task, call: 'pidfd_getfd', n: [random.of([...this.fds(task), 0]), random.below(4)] },
    ]);
    return this.limit(task);
  }

  #clone_flags(): number {
    const { random } = this;
    const base = random.of(SHARED) | (random.one_in(2) ? 0 : random.flags(NEW, 2));
    return ((random.one_in(5) ? base | random.of(ODD) : base) >>> 0);
  }

  #with_fd(task: number, make: (fd: number) => Operation): Operation {
    const fds = this.fds(task);
    if (fds.length === 0) return this.open_ns(task);
    return make(this.random.one_in(25) ? 90 : this.random.of(fds));
  }

  open_ns(task: number, target = this.random.one_in(3) ? task : this.any(), link: string = this.random.of(LINKS)): Operation {
    return { task, call: 'open', n: [this.random.one_in(25) ? this.random.of([1, 0o10000000]) : 0], a: target === task ? `{self}/ns/${link}` : `{${target}}/ns/${link}` };
  }

  /** Mostly with flags that fit what the descriptor is. */
  setns(task: number): Operation {
    const { random } = this;
    return this.#with_fd(task, (fd) => {
      const held = this.model.tasks[task]?.files?.fd.get(fd)?.private_data;
      const kind = held?.kind;
      const type = TYPES[LINKS.findIndex((link) => link === kind)];
      const flags = kind === 'struct pid' ? random.flags([...NEW, CLONE_NEWTIME], 3) : random.of([0, 0, 0, type ?? 0, type ?? 0, random.of(TYPES)]);
      return { task, call: 'setns', n: [fd, flags] };
    });
  }

  /** Ends somebody, or takes away what is left of somebody. */
  fewer(task: number): Operation {
    const { random } = this;
    const children = this.model.tasks.flatMap((of, n) => (of && of.state !== 'dead' && of.real_parent === this.model.tasks[task]?.group_leader ? [n] : []));
    const roll = random.below(10);
    if (children.length > 0 && roll < 5) return { task, call: 'wait4', n: [random.one_in(3) ? -1 : random.of(children), 1] };
    if (roll < 6) return { task, call: 'wait4', n: [-1, random.one_in(6) ? 0 : 1] };
    if (roll < 8) return { task, call: 'kill', n: [random.one_in(4) ? this.any() : random.of([...children, this.any()]), random.of([9, 9, 9, 15, 0, 17])] };
    if (task === 0) return { task, call: 'wait4', n: [-1, 1] };
    return { task, call: random.of(['exit', 'exit_group']), n: [random.below(4)] };
  }

  /** A line of a map, or of setgroups, for the user namespace of a task. */
  map(task: number, target: number): Operation {
    const { random } = this;
    const cred = this.model.tasks[task]?.cred;
    const who = target === task || random.one_in(2) ? '{self}' : `{${target}}`;
    const file = random.of(['uid_map', 'uid_map', 'gid_map', 'gid_map', 'setgroups', 'projid_map']);
    if (file === 'setgroups') return { task, call: 'write', n: [0], a: `${who}/setgroups`, b: random.of(['deny', 'deny', 'allow']) };
    const own = (file === 'uid_map' ? cred?.euid : cred?.egid) ?? 0;
    return { task, call: 'write', n: [0], a: `${who}/${file}`, b: random.of([`0 ${own} 1`, `${own} ${own} 1`, `0 0 1000`, '0 0 1', '5 1000 1', '0 1000 10', `0 ${own} 1\n1 5 1\n`, 'x']) };
  }

  limit(task: number): Operation {
    const { random } = this;
    const type = random.of(['user', 'pid', 'uts', 'ipc', 'net', 'mnt', 'cgroup', 'time']);
    return { task, call: 'write', n: [0], a: `sys/user/max_${type}_namespaces`, b: random.of(['0', '1', '2', '3', '100']) };
  }
}

