import type { cred } from './cred.ts';
import { queued } from './sigqueue.ts';
import { thread_group_cputime } from './cputime.ts';
import { err, type Err } from './errno.ts';
import type { Kernel } from './kernel.ts';
import { S_IFREG } from './mode.ts';
import { nr_in } from './nsfs.ts';
import type { pid, pid_namespace } from './pid.ts';
import { may_look } from './procfs_pid.ts';
import { register_proc } from './proc_entry.ts';
import type { About } from './proc_entry.ts';
import { filter_count } from './seccomp.ts';
import type { TaskState, siginfo, task_struct } from './task.ts';
import type { Table } from './trace.ts';
import { from_kgid_munged, from_kuid_munged } from './uidgid.ts';
import { atLeast } from './version.ts';

/** Letter and words of a state. */
const STATES: Readonly<Record<TaskState, string>> = {
  new: 'R (running)', running: 'R (running)', interruptible: 'S (sleeping)', uninterruptible: 'D (disk sleep)', stopped: 'T (stopped)',
  zombie: 'Z (zombie)', dead: 'X (dead)',
};

/** Number of a struct pid in a namespace; 0 when it has none there. */
export function pid_nr_ns(of: pid | null, ns: pid_namespace): number {
  const at = of?.numbers[ns.level];
  return at?.ns === ns ? at.nr : 0;
}

function ids(of: cred, about: About): { uid: string; gid: string; groups: string } {
  const uid = (kuid: number): number => from_kuid_munged(about.user_ns, kuid);
  const gid = (kgid: number): number => from_kgid_munged(about.user_ns, kgid);
  return {
    uid: [of.uid, of.euid, of.suid, of.fsuid].map(uid).join('\t'), gid: [of.gid, of.egid, of.sgid, of.fsgid].map(gid).join('\t'),
    groups: of.group_info.map(gid).join(' '),
  };
}

function hex(set: bigint): string {
  return set.toString(16).padStart(16, '0');
}

function signals(pending: Table<number, siginfo>): bigint {
  let set = 0n;
  for (const signo of pending.map.keys()) set |= 1n << BigInt(signo - 1);
  return set;
}

function handled(task: task_struct, how: (handler: unknown) => boolean): bigint {
  let set = 0n;
  for (const [signo, { handler }] of task.sighand?.action.map ?? []) if (how(handler)) set |= 1n << BigInt(signo - 1);
  return set;
}

/** Control characters and backslashes in a name do not break the line. */
function escaped(comm: string): string {
  return comm.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function status(k: Kernel, about: About): string | Err {
  const { task, ns } = about;
  if (!task) return err('ESRCH');
  const { cred, signal } = task;
  const own = ids(cred, about);
  const levels = task.thread_pid?.numbers.slice(ns.level) ?? [];
  const each = (of: pid | null): string => levels.map((upid) => `\t${pid_nr_ns(of, upid.ns)}`).join('');
  const lines = [`Name:\t${escaped(task.comm)}`];
  if (task.fs && atLeast(k.version, '4.19')) lines.push(`Umask:\t${task.fs.umask.toString(8).padStart(4, '0')}`);
  lines.push(`State:\t${STATES[task.state]}`, `Tgid:\t${pid_nr_ns(signal.tgid, ns)}`);
  if (atLeast(k.version, '4.19')) lines.push('Ngid:\t0');
  lines.push(`Pid:\t${nr_in(task, ns)}`, `PPid:\t${task.real_parent && task.real_parent !== task ? pid_nr_ns(task.real_parent.signal.tgid, ns) : 0}`, 'TracerPid:\t0');
  lines.push(`Uid:\t${own.uid}`, `Gid:\t${own.gid}`, `FDSize:\t${task.files ? fdsize(task.files.fd) : 0}`, `Groups:\t${own.groups} `);
  if (atLeast(k.version, '4.19')) {
    lines.push(`NStgid:${each(signal.tgid)}`, `NSpid:${each(task.thread_pid)}`, `NSpgid:${each(signal.pgrp)}`, `NSsid:${each(signal.session)}`);
  }
  if (atLeast(k.version, '6.12')) lines.push(`Kthread:\t${task.mm || task.state === 'zombie' ? 0 : 1}`);
  if (task.mm) lines.push(...memory());
  lines.push(`Threads:\t${task.state === 'zombie' ? 1 : signal.threads.size}`, `SigQ:\t${queued(task.pending) + queued(signal.shared_pending)}/${signal.rlimit.get(RLIMIT_SIGPENDING)?.cur ?? 0}`);
  lines.push(`SigPnd:\t${hex(signals(task.pending))}`, `ShdPnd:\t${hex(signals(signal.shared_pending))}`, `SigBlk:\t${hex(task.blocked)}`);
  lines.push(`SigIgn:\t${hex(handled(task, (h) => h === 'ignore'))}`, `SigCgt:\t${hex(handled(task, (h) => typeof h === 'number'))}`);
  lines.push(`CapInh:\t${hex(cred.cap_inheritable)}`, `CapPrm:\t${hex(cred.cap_permitted)}`, `CapEff:\t${hex(cred.cap_effective)}`, `CapBnd:\t${hex(cred.cap_bset)}`);
  if (k.features.cap_ambient) lines.push(`CapAmb:\t${hex(cred.cap_ambient)}`);
  if (atLeast(k.version, '4.19')) lines.push(`NoNewPrivs:\t${task.no_new_privs ? 1 : 0}`, `Seccomp:\t${task.seccomp?.mode ?? 0}`);
  if (atLeast(k.version, '6.1')) lines.push(`Seccomp_filters:\t${filter_count(task)}`);
  lines.push('Cpus_allowed:\t1', 'Cpus_allowed_list:\t0', 'Mems_allowed:\t1', 'Mems_allowed_list:\t0', 'voluntary_ctxt_switches:\t0', 'nonvoluntary_ctxt_switches:\t0');
  return `${lines.join('\n')}\n`;
}
const RLIMIT_SIGPENDING = 11;

/** Room in a descriptor table grows by doubling. */
function fdsize(fd: Table<number, unknown>): number {
  let size = 64;
  for (const n of fd.map.keys()) while (n >= size) size *= 2;
  return size;
}

/** The model does not know how much memory a program uses: what a small one has. */
function memory(): string[] {
  const sizes = [['VmPeak', 3060], ['VmSize', 3060], ['VmLck', 0], ['VmPin', 0], ['VmHWM', 1624], ['VmRSS', 1624], ['RssAnon', 116], ['RssFile', 1508],
    ['RssShmem', 0], ['VmData', 360], ['VmStk', 132], ['VmExe', 20], ['VmLib', 1528], ['VmPTE', 40], ['VmSwap', 0], ['HugetlbPages', 0]] as const;
  return [...sizes.map(([name, kb]) => `${name}:\t${String(kb).padStart(8)} kB`), 'CoreDumping:\t0', 'THP_enabled:\t1'];
}

const SIGCHLD = 17;

/** Of the terminals in /dev/pts. */
const UNIX98_PTY_MAJOR = 136;
/** In clock ticks, as the times of /proc/PID/stat are. */
const NSEC_PER_TICK = 10_000_000n;

/** The terminal of a task's session as a device number, and the process group in its foreground; 0 and -1 without one. */
function terminal(k: Kernel, { signal }: task_struct, ns: pid_namespace): readonly [tty_nr: number, tpgid: number] {
  for (const { session, index, pgrp } of k.ttys.values()) {
    if (session !== null && session === signal.session) return [(UNIX98_PTY_MAJOR << 8) | index, pgrp ? pid_nr_ns(pgrp, ns) : -1];
  }
  return [0, -1];
}

function stat(k: Kernel, { task, ns }: About): string | Err {
  if (!task) return err('ESRCH');
  const { signal } = task;
  const offset = k.current.nsproxy?.time_ns?.offsets.boottime ?? 0n;
  const ppid = task.real_parent && task.real_parent !== task ? pid_nr_ns(task.real_parent.signal.tgid, ns) : 0;
  const fields: (number | bigint | string)[] = [
    nr_in(task, ns), `(${task.comm})`, STATES[task.state].charAt(0), ppid, pid_nr_ns(signal.pgrp, ns), pid_nr_ns(signal.session, ns), ...terminal(k, task, ns),
    task.mm ? 4194304 : 2129984, 0, 0, 0, 0, thread_group_cputime(k, signal) / NSEC_PER_TICK, 0, signal.children_runtime / NSEC_PER_TICK, 0, 20, 0, task.state === 'zombie' ? 1 : signal.threads.size, 0, (task.start_time + offset) / NSEC_PER_TICK,
    task.mm ? 3133440 : 0, task.mm ? 406 : 0, 18446744073709551615n, 0, 0, 0, 0, 0, signals(task.pending), task.blocked,
    handled(task, (h) => h === 'ignore'), handled(task, (h) => typeof h === 'number'), 0, 0, 0, task.exit_signal || SIGCHLD, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, task.exit_code,
  ];
  return `${fields.join(' ')}\n`;
}

/** Strings with a NUL after each, as they stand in the memory of a program. */
function strings(of: readonly string[]): string {
  return of.map((text) => `${text}\0`).join('');
}

/** Names, units and order of /proc/PID/limits. */
const LIMITS: readonly (readonly [number, string, string])[] = [
  [0, 'Max cpu time', 'seconds'], [1, 'Max file size', 'bytes'], [2, 'Max data size', 'bytes'], [3, 'Max stack size', 'bytes'], [4, 'Max core file size', 'bytes'],
  [5, 'Max resident set', 'bytes'], [6, 'Max processes', 'processes'], [7, 'Max open files', 'files'], [8, 'Max locked memory', 'bytes'],
  [9, 'Max address space', 'bytes'], [10, 'Max file locks', 'locks'], [11, 'Max pending signals', 'signals'], [12, 'Max msgqueue size', 'bytes'],
  [13, 'Max nice priority', ''], [14, 'Max realtime priority', ''], [15, 'Max realtime timeout', 'us'],
];

function limits({ task }: About): string | Err {
  if (!task) return err('ESRCH');
  const show = (n: number | undefined): string => (n === undefined || n >= 2 ** 63 ? 'unlimited' : String(n)).padEnd(20);
  const rows = LIMITS.map(([resource, name, unit]) => {
    const limit = task.signal.rlimit.get(resource);
    return `${name.padEnd(25)} ${show(limit?.cur)} ${show(limit?.max)} ${unit.padEnd(10)}\n`;
  });
  return `${'Limit'.padEnd(25)} ${'Soft Limit'.padEnd(20)} ${'Hard Limit'.padEnd(20)} ${'Units'.padEnd(10)}\n${rows.join('')}`;
}

function constant(text: string): (k: Kernel, about: About) => string | Err {
  return (_, { task }) => task ? text : err('ESRCH');
}

/** Pages: all, resident, shared, text, libraries, data, dirty. */
function statm(k: Kernel, task: task_struct): string {
  const map = k.memory_map?.(task);
  return map ? `${map.size} ${map.resident} 0 5 0 ${map.resident} 0\n` : '765 406 377 5 0 123 0\n';
}

const ro = S_IFREG | 0o444;
const rw = S_IFREG | 0o644;
const own = S_IFREG | 0o400;
const open = (k: Kernel, { task }: About): 0 | Err => may_look(k, task) ? 0 : err('EACCES');

register_proc({
  'pid/status': { mode: ro, show: status },
  'pid/stat': { mode: ro, show: stat },
  'pid/statm': { mode: ro, show: (k, { task }) => task ? statm(k, task) : err('ESRCH') },
  'pid/comm': {
    mode: rw, seq_file: true, show: (_, { task }) => task ? `${task.comm}\n` : err('ESRCH'),
    write(k, { task }, text) {
      if (!task) return err('ESRCH');
      if (task.signal !== k.current.signal) return err('EINVAL');
      k.trace.write(task, 'comm', text.replace(/\n[^]*$/, '').slice(0, 15));
      return text.length;
    },
  },
  'pid/cmdline': { mode: ro, show: (_, { task }) => task ? strings(task.mm?.cmdline ?? []) : err('ESRCH') },
  'pid/environ': { mode: own, open, show: (_, { task }) => task ? strings(task.mm?.environ ?? []) : err('ESRCH') },
  'pid/auxv': { mode: own, open, show: constant('') },
  'pid/maps': { mode: ro, open, show: (k, { task }) => task ? k.memory_map?.(task).maps ?? '' : err('ESRCH') },
  'pid/limits': { mode: rw, show: (_, about) => limits(about) },
  'pid/personality': { mode: own, open, show: constant('00000000\n') },
  'pid/sched': { mode: rw, show: constant('') },
  'pid/schedstat': { mode: ro, show: constant('0 0 0\n') },
  'pid/syscall': { mode: own, open, show: (_, { task }) => task ? task.state === 'running' ? 'running\n' : '0\n' : err('ESRCH') },
  'pid/stack': { mode: own, open, show: constant('') },
  'pid/wchan': { mode: ro, show: constant('0') },
  'pid/mountstats': { mode: own, open, show: constant('') },
  'pid/cpuset': { mode: ro, show: constant('/\n') },
  'pid/loginuid': { mode: rw, show: constant('4294967295'), write: (_, __, text) => text.length },
  'pid/sessionid': { mode: ro, show: constant('4294967295') },
  'pid/children': {
    mode: ro,
    show(_, { task, ns }) {
      if (!task) return err('ESRCH');
      return [...task.children.values()].map((child) => nr_in(child, ns)).filter((nr) => nr > 0).map((nr) => `${nr} `).join('');
    },
  },
});
