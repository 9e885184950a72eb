import { schedule } from '../../../simulator/kernel/sched.ts';
import { task_active_pid_ns } from '../../../simulator/kernel/pid.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { Run } from '../calltrees/model.ts';
import type { Step } from '../calltrees/scenario.ts';
import { flagsOf } from '../calltrees/scenario.ts';

/** Choices of the generator: numbers that are taken modulo what there is to choose from at that moment. */
export interface Choice { readonly who: number; readonly what: number; readonly flags: number; readonly other: number }

const CLONES = ['', '', '', 'VM|FS|FILES|SIGHAND|THREAD|SYSVSEM', 'VM|FILES|SIGHAND|THREAD', 'VM|SIGHAND|THREAD|NEWUTS', 'FS', 'FILES', 'VM', 'VM|SIGHAND', 'NEWUTS', 'NEWIPC',
  'NEWPID', 'NEWUSER', 'NEWNS', 'NEWCGROUP', 'NEWPID|NEWUTS', 'NEWUSER|NEWPID', 'NEWUSER|NEWUTS|NEWIPC', 'NEWNS|FS', 'NEWUSER|FS', 'NEWIPC|SYSVSEM', 'NEWUSER|NEWNS', 'NEWPID|VM',
  'VM|SIGHAND|THREAD|NEWPID', 'SIGHAND', 'NEWNET'];
const UNSHARES = ['', 'NEWUTS', 'NEWIPC', 'NEWPID', 'NEWUSER', 'NEWNS', 'NEWCGROUP', 'NEWTIME', 'NEWUTS|NEWIPC', 'NEWUSER|NEWUTS', 'NEWUSER|NEWPID', 'NEWNS|NEWTIME', 'FS', 'FILES',
  'SYSVSEM', 'VM', 'SIGHAND', 'THREAD', 'PIDFD', 'NEWUSER|NEWNS|NEWTIME', 'NEWNET'];
const LINKS = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'pid_for_children', 'time', 'time_for_children', 'user', 'uts'] as const;
const JOINS = ['', '', '', 'NEWUTS', 'NEWIPC', 'NEWNS', 'NEWPID', 'NEWUSER', 'NEWTIME', 'NEWUTS|NEWIPC', 'NEWUSER|NEWUTS', 'NEWUSER|NEWPID|NEWNS', 'NEWNS|NEWCGROUP', 'NEWUTS|NEWIPC|NEWPID|NEWNET'];
const TASKS = 20;

/** The model's side: turns choices into steps that make sense now, makes them, and tells what they did. */
export class DriverModel {
  readonly #run = new Run('6.18');
  /** Who cloned whom: numbers of processes are only used by those for whom they mean something. */
  readonly #maker = new Map<string, string>();
  readonly #fds: string[] = [];
  readonly steps: Step[] = [];
  readonly outcomes: string[] = [];

  make({ who, what, flags, other }: Choice): void {
    const able = [...this.#run.tasks].filter(([, task]) => task.state === 'running');
    const chosen = able[who % able.length];
    if (!chosen) return;
    const [letter, task] = chosen;
    const step = this.#step(letter, task, what % 20, flags, other);
    if (!step) return;
    const n = this.steps.length;
    this.steps.push(step);
    if ((step[1] === 'clone' || step[1] === 'clone3')) this.#maker.set(step[3], letter);
    this.#run.step(n, step);
    const result = this.#run.results.get(n);
    this.outcomes.push([`result ${result ?? 'none'}`, ...this.#look()].join('\n'));
  }

  #step(letter: string, task: task_struct, what: number, flags: number, other: number): Step | null {
    const of = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];
    if (what < 5) {
      const made = this.#run.tasks.size;
      // every clone has a name of its own, also one that fails
      const used = this.steps.filter(([, call]) => call === 'clone' || call === 'clone3').length + 1;
      if (made >= TASKS || used >= TASKS) return null;
      const child = String.fromCharCode(65 + used);
      const wanted = of(CLONES, flags) ?? '';
      return what === 4 ? [letter, 'clone3', other % 3 === 0 ? 'NEWTIME' : wanted, child] : [letter, 'clone', wanted, child];
    }
    if (what < 10) return [letter, 'unshare', of(UNSHARES, flags) ?? ''];
    const own = [...this.#maker].filter(([child, maker]) => maker === letter && this.#run.tasks.has(child)).map(([child]) => child);
    if (what < 13) {
      const name = `n${this.#fds.length}`;
      if (this.#fds.length >= 30) return null;
      const visible = own.filter(() => task_active_pid_ns(task).level === 0);
      const target = other % 3 === 0 ? undefined : of(visible, other);
      this.#fds.push(name);
      return [letter, 'open', name, `{${target ?? 'self'}}/ns/${of(LINKS, flags) ?? 'uts'}`];
    }
    if (what === 13) {
      const target = of(own, other);
      if (!target || this.#fds.length >= 30) return null;
      const name = `n${this.#fds.length}`;
      this.#fds.push(name);
      return [letter, 'pidfd_open', name, target];
    }
    if (what < 17) {
      const name = of([...this.#fds].reverse(), other % 3);
      return name === undefined ? null : [letter, 'setns', name, of(JOINS, flags) ?? ''];
    }
    const target = of(own, other);
    if (what === 17) return target ? [letter, flags % 2 ? 'reap' : 'kill', target] : null;
    if (what === 18) return letter === 'A' ? null : [letter, flags % 2 ? 'exit' : 'exit_group'];
    return [letter, flags % 2 ? 'setresuid' : 'setresgid', 1000];
  }

  /** What the first process of the machine reads in /proc of every task. */
  #look(): string[] {
    const { system, tasks } = this.#run;
    const { k } = system;
    const init = [...k.tasks.values()].find((task) => task !== k.init_task && task.thread_pid?.numbers.length === 1 && task.thread_pid.numbers[0]?.nr === 1);
    if (!init) throw new Error('there is no init');
    schedule(k, init);
    return [...tasks].map(([letter, task]) => {
      const id = task.thread_pid?.numbers[0]?.nr;
      const how = id === undefined ? 'gone' : task.state === 'zombie' ? 'zombie' : 'lives';
      return `task ${letter.charCodeAt(0) - 65} ${how} ${LINKS.map((link) => this.#run.readlink(`/proc/${id ?? 0}/ns/${link}`)).join(' ')}`;
    });
  }
}

/** The step as a line for driver.c. */
export function lineOf(step: Step): string {
  const [letter, ...call] = step;
  const index = (of: string): number => (of === 'self' ? -1 : of.charCodeAt(0) - 65);
  const name = (of: string): number => Number(of.slice(1));
  const words = ((): readonly (string | number)[] => {
    switch (call[0]) {
      case 'unshare': return [flagsOf(call[1])];
      case 'clone': case 'clone3': return [flagsOf(call[1]), index(call[2])];
      case 'open': {
        const [, of = '', link = ''] = /^\{(\w+)\}\/ns\/(\w+)$/.exec(call[2]) ?? [];
        return [name(call[1]), index(of), link];
      }
      case 'pidfd_open': return [name(call[1]), index(call[2])];
      case 'close': return [name(call[1])];
      case 'setns': return [name(call[1]), flagsOf(call[2])];
      case 'reap': case 'kill': return [index(call[1])];
      case 'setresuid': case 'setresgid': return [call[1]];
      case 'exit': case 'exit_group': return [];
      default: throw new Error(`driver.c has no ${call[0]}`);
    }
  })();
  return [index(letter), call[0], ...words].join(' ');
}

/** Namespaces named by the order in which they are met: numbers differ between machines, which are equal must not. */
export function renamed(outcome: string): string {
  const names = new Map<string, string>();
  return outcome.replace(/\w+:\[\d+\]/g, (link) => {
    const known = names.get(link) ?? `${link.slice(0, link.indexOf(':'))}${names.size}`;
    names.set(link, known);
    return known;
  });
}
