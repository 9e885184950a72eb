import * as f from '../../../simulator/kernel/flags.ts';
import type { Reach, Rules } from './situation.ts';

const { CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWCGROUP, CLONE_VM, CLONE_FS, CLONE_SIGHAND, CLONE_THREAD, CLONE_PARENT, CLONE_PIDFD,
  CLONE_DETACHED, CLONE_VFORK, CLONE_PARENT_SETTID } = f;
const SIGNAL_MAX = 64;
const INT_MAX = 0x7fffffff;

const made = (r: Reach): boolean => r.clones && (r.ok || r.result === 'waits');
const clone3 = (r: Reach, line: string): boolean => r.call === 'clone3' && r.at(line);
const signal = ({ operation }: Reach): number => operation.n[2] ?? 0;
const size = ({ operation }: Reach): number => operation.n[4] ?? 0;
const bits = ({ operation }: Reach): number => Number((operation.b ?? '0').split(',')[0]);
const tids = ({ operation }: Reach): number => (operation.b ?? '0').split(',').length - 1;

/** KERNEL.md 5.1: clone3's arguments, and 5.2: flags of clone and clone3. */
export const CLONE_RULES: Rules = {
  A20b: (r) => clone3(r, 'copy_clone_args_from_user.big'),
  A20: (r) => clone3(r, 'copy_clone_args_from_user.small'),
  A20c: (r) => clone3(r, 'copy_clone_args_from_user.tail'),
  A20d: (r) => r.call === 'clone3' && made(r) && size(r) > 88,
  A24: (r) => clone3(r, 'copy_clone_args_from_user.size'),
  A24b: (r) => clone3(r, 'copy_clone_args_from_user.tid') && tids(r) > 0,
  A24c: (r) => clone3(r, 'copy_clone_args_from_user.tid') && tids(r) === 0,
  A21: (r) => clone3(r, 'copy_clone_args_from_user.signal') && signal(r) <= 0xff,
  A21b: (r) => clone3(r, 'copy_clone_args_from_user.signal') && signal(r) > 0xff,
  A21c: (r) => r.call === 'clone3' && made(r) && signal(r) === SIGNAL_MAX,
  A26c: (r) => clone3(r, 'copy_clone_args_from_user.cgroup') && size(r) < 88,
  A26d: (r) => clone3(r, 'copy_clone_args_from_user.cgroup') && (r.operation.n[5] ?? 0) > INT_MAX,
  A19: (r) => clone3(r, 'clone3_args_valid.unknown'),
  A15c: (r) => clone3(r, 'clone3_args_valid.legacy') && r.has(CLONE_DETACHED),
  A18: (r) => clone3(r, 'clone3_args_valid.legacy') && r.none(CLONE_DETACHED),
  A23: (r) => clone3(r, 'clone3_args_valid.sighand'),
  A22: (r) => clone3(r, 'clone3_args_valid.signal'),
  A25: (r) => clone3(r, 'clone3_args_valid.stack') && r.operation.n[3] === 1,
  A25b: (r) => clone3(r, 'clone3_args_valid.stack') && r.operation.n[3] === 2,
  A14: (r) => r.call === 'clone' && r.at('kernel_clone.pidfd') && !r.ok,
  A14b: (r) => r.call === 'clone3' && made(r) && r.has(CLONE_PIDFD, CLONE_PARENT_SETTID),
  A14c: (r) => clone3(r, 'kernel_clone.pidfd') && !r.ok && (bits(r) & 2) !== 0,
  A1: (r) => r.at('copy_process.fs_ns'),
  A2: (r) => r.at('copy_process.fs_user'),
  A3: (r) => r.at('copy_process.thread'),
  A37: (r) => r.at('copy_process.thread') && r.has(CLONE_NEWPID),
  A4: (r) => r.at('copy_process.sighand'),
  A12: (r) => r.at('copy_process.init'),
  A6: (r) => r.at('copy_process.thread_new') && r.has(CLONE_NEWUSER),
  A7: (r) => r.at('copy_process.thread_new') && r.has(CLONE_NEWPID),
  A27: (r) => r.at('copy_process.thread_pid') && r.before.elsewhere === 'unshare',
  C11g: (r) => r.at('copy_process.thread_pid') && r.before.elsewhere === 'setns',
  C11h: (r) => made(r) && r.has(CLONE_THREAD) && r.before.back === 'setns',
  C11i: (r) => made(r) && r.has(CLONE_THREAD) && r.before.back === 'unshare',
  A15: (r) => r.at('copy_process.detached'),
  A16: (r) => made(r) && r.has(CLONE_PIDFD, CLONE_THREAD),
  A31: (r) => made(r) && r.has(CLONE_THREAD) && r.before.time_differs,
  A32: (r) => made(r) && r.has(CLONE_VM, CLONE_VFORK) && r.none(CLONE_THREAD) && r.before.time_differs,
  A8: (r) => made(r) && r.has(CLONE_NEWPID, CLONE_VM) && r.none(CLONE_SIGHAND),
  A8b: (r) => made(r) && r.has(CLONE_NEWPID, CLONE_VM, CLONE_SIGHAND),
  A9: (r) => made(r) && r.has(CLONE_NEWUSER, CLONE_VM, CLONE_SIGHAND),
  A10: (r) => made(r) && r.has(CLONE_NEWPID, CLONE_PARENT),
  A11: (r) => made(r) && r.has(CLONE_NEWUSER, CLONE_PARENT),
  A39: (r) => made(r) && r.has(CLONE_THREAD, CLONE_NEWUTS),
  A39b: (r) => made(r) && r.has(CLONE_THREAD, CLONE_NEWNS) && r.none(CLONE_FS),
  A39c: (r) => made(r) && r.has(CLONE_THREAD, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWCGROUP),
  A27b: (r) => made(r) && r.has(CLONE_VM, CLONE_SIGHAND) && r.none(CLONE_THREAD) && r.before.elsewhere === 'unshare',
};
