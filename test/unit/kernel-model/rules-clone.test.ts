import { strict as assert } from 'node:assert';
import {
  CLONE_DETACHED, CLONE_FS, CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_PARENT, CLONE_PIDFD,
  CLONE_SIGHAND, CLONE_THREAD, CLONE_VM,
} from '../../../simulator/kernel/flags.ts';
import { O_DIRECTORY } from '../../../simulator/kernel/mode.ts';
import { Writer } from '../../../simulator/kernel/uaccess.ts';
import type { CloneArgs, Program, Rule } from './program.ts';
import { rules } from './program.ts';

const SIGCHLD = 17;
const CLEAR_SIGHAND = 2 ** 32;
const INTO_CGROUP = 2 ** 33;

const told = (result: number | string): string => (typeof result === 'number' ? 'OK' : result);
const clone = (flags: number) => (m: Program): string => told(m.clone(m.me, flags));
const clone3 = (args: CloneArgs, size?: number, tail?: number) => (m: Program): string => told(m.clone3(m.me, args, size, tail));

/** clone3 with numbers for the child. */
const set_tid = (flags: number, tids: readonly number[], size = tids.length) => (m: Program): string => {
  const to = new Writer();
  for (const tid of tids) to.u32(tid);
  return told(m.clone3(m.me, { flags, set_tid: tids.length > 0 ? m.put(to.done()) : 0, set_tid_size: size }));
};

const into = (file: string | null, size?: number, cgroup?: number) => (m: Program): string =>
  told(m.clone3(m.me, { flags: INTO_CGROUP, cgroup: cgroup ?? (file === null ? 900 : m.open(m.me, file, file.endsWith('null') ? 0 : O_DIRECTORY)) }, size));

const CLONE: readonly Rule[] = [
  ['A1', 'clone NEWNS|FS', 'EINVAL', clone(CLONE_NEWNS | CLONE_FS | SIGCHLD)],
  ['A2', 'clone NEWUSER|FS', 'EINVAL', clone(CLONE_NEWUSER | CLONE_FS | SIGCHLD)],
  ['A3', 'clone THREAD|VM without SIGHAND', 'EINVAL', clone(CLONE_THREAD | CLONE_VM)],
  ['A4', 'clone SIGHAND without VM', 'EINVAL', clone(CLONE_SIGHAND | SIGCHLD)],
  ['A5', 'clone THREAD|SIGHAND|VM', 'OK', clone(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM)],
  ['A6', 'clone NEWUSER|THREAD|SIGHAND|VM', 'EINVAL', clone(CLONE_NEWUSER | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM)],
  ['A7', 'clone NEWPID|THREAD|SIGHAND|VM', 'EINVAL', clone(CLONE_NEWPID | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM)],
  ['A8', 'clone NEWPID|VM, no THREAD', 'OK', clone(CLONE_NEWPID | CLONE_VM | SIGCHLD)],
  ['A8b', 'clone NEWPID|VM|SIGHAND, no THREAD', 'OK', clone(CLONE_NEWPID | CLONE_VM | CLONE_SIGHAND | SIGCHLD)],
  ['A9', 'clone NEWUSER|VM|SIGHAND, no THREAD', 'OK', clone(CLONE_NEWUSER | CLONE_VM | CLONE_SIGHAND | SIGCHLD)],
  ['A10', 'clone NEWPID|PARENT', 'OK', clone(CLONE_NEWPID | CLONE_PARENT | SIGCHLD)],
  ['A11', 'clone NEWUSER|PARENT', 'OK', clone(CLONE_NEWUSER | CLONE_PARENT | SIGCHLD)],
  ['A12', 'clone PARENT by the init of a pid namespace', 'EINVAL', (m) => told(m.clone(m.fork(m.me, CLONE_NEWPID), CLONE_PARENT | SIGCHLD))],
  ['A15', 'clone PIDFD|DETACHED', 'EINVAL', (m) => told(m.clone(m.me, CLONE_PIDFD | CLONE_DETACHED | SIGCHLD, m.room(8)))],
  ['A15b', 'clone DETACHED alone is ignored', 'OK', clone(CLONE_DETACHED | SIGCHLD)],
  ['A15c', 'clone3 DETACHED', 'EINVAL', clone3({ flags: CLONE_DETACHED })],
  ['A16', 'clone PIDFD|THREAD', 'OK', (m) => told(m.clone(m.me, CLONE_PIDFD | CLONE_THREAD | CLONE_SIGHAND | CLONE_VM, m.room(8)))],
  ['A17', 'clone3 NEWTIME', 'OK', clone3({ flags: CLONE_NEWTIME })],
  ['A18', 'clone3 with bits of an exit signal in its flags', 'EINVAL', clone3({ flags: SIGCHLD, exit_signal: 0 })],
  ['A19', 'clone3 with the unknown bit 63', 'EINVAL', clone3({ flags: 1n << 63n })],
  ['A20', 'clone3 of 63 bytes', 'EINVAL', clone3({}, 63)],
  ['A20b', 'clone3 of more than a page', 'E2BIG', clone3({}, 4097)],
  ['A20c', 'clone3, longer, not zero at the end', 'E2BIG', clone3({}, 128, 1)],
  ['A20d', 'clone3, longer, zero at the end', 'OK', clone3({}, 128)],
  ['A20e', 'clone3 of 64 bytes', 'OK', clone3({}, 64)],
  ['A21', 'clone3 with exit signal 65', 'EINVAL', clone3({ exit_signal: 65 })],
  ['A21b', 'clone3 with exit signal 0x100', 'EINVAL', clone3({ exit_signal: 0x100 })],
  ['A21c', 'clone3 with exit signal 64', 'OK', clone3({ exit_signal: 64 })],
  ['A22', 'clone3 PARENT with an exit signal', 'EINVAL', clone3({ flags: CLONE_PARENT })],
  ['A23', 'clone3 SIGHAND|CLEAR_SIGHAND', 'EINVAL', clone3({ flags: CLEAR_SIGHAND + (CLONE_SIGHAND | CLONE_VM) })],
  ['A24', 'clone3 with 33 numbers', 'EINVAL', set_tid(0, Array.from({ length: 33 }, () => 0))],
  ['A24b', 'clone3 with one number at the address 0', 'EINVAL', set_tid(0, [], 1)],
  ['A24c', 'clone3 with an address and no number', 'EINVAL', set_tid(0, [1], 0)],
  ['A24d', 'clone3 with two numbers in the first pid namespace', 'EINVAL', set_tid(0, [30000, 30001])],
  ['A24e', 'clone3 with a number in use', 'EEXIST', set_tid(0, [1])],
  ['A24g', 'clone3 NEWPID with 5: the first must be 1', 'EINVAL', set_tid(CLONE_NEWPID, [5])],
  ['A24h', 'clone3 NEWPID with 1', 'OK', set_tid(CLONE_NEWPID, [1])],
  ['A24j', 'clone3 with number 0', 'EINVAL', set_tid(0, [0])],
  ['A24k', 'clone3 with a number above pid_max', 'EINVAL', set_tid(0, [5_000_000])],
  ['A25', 'clone3 with a stack of no size', 'EINVAL', clone3({ stack: 0x10000 })],
  ['A25b', 'clone3 with a size and no stack', 'EINVAL', clone3({ stack_size: 4096 })],
  ['A26', 'clone3 INTO_CGROUP, not open', 'EBADF', into(null)],
  ['A26b', 'clone3 INTO_CGROUP, /dev/null', 'EBADF', into('/dev/null')],
  ['A26c', 'clone3 INTO_CGROUP in a structure without that field', 'EINVAL', into('/sys/fs/cgroup', 80)],
  ['A26d', 'clone3 INTO_CGROUP above INT_MAX', 'EINVAL', into(null, 88, 2 ** 31)],
  ['A26e', 'clone3 INTO_CGROUP, the root of the groups', 'OK', into('/sys/fs/cgroup')],
  ['A37', 'clone NEWPID|THREAD without SIGHAND', 'EINVAL', clone(CLONE_NEWPID | CLONE_THREAD)],
  ['A38', 'clone NEWCGROUP by root', 'OK', clone(CLONE_NEWCGROUP | SIGCHLD)],
  ['A39', 'a thread with NEWUTS', 'OK', clone(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_NEWUTS)],
  ['A39b', 'a thread with NEWNS, without FS', 'OK', clone(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_NEWNS)],
  ['A39c', 'a thread with NEWNET|NEWIPC|NEWCGROUP', 'OK', clone(CLONE_THREAD | CLONE_SIGHAND | CLONE_VM | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWCGROUP)],
  ['B10c', 'NEWUSER, then clone NEWUSER with ids that are not mapped', 'EPERM', (m) => {
    const user = m.user();
    assert.equal(m.call(user, 'unshare', CLONE_NEWUSER), 0);
    return told(m.clone(user, CLONE_NEWUSER | SIGCHLD));
  }],
];

describe('rules of clone and clone3, by a program', () => {
  rules(CLONE);
});
