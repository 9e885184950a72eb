import { strict as assert } from 'node:assert';
import { CLONE_NEWUTS } from '../../../simulator/kernel/flags.ts';
import { notModelled, sys_call_table } from '../../../simulator/kernel/syscalls.ts';
import { SYSCALL_NAMES, SYSCALL_NUMBERS, has_syscall } from '../../../simulator/kernel/syscalls/numbers.ts';
import { FlatMemory, Reader, Writer, getname, strnlen_user } from '../../../simulator/kernel/uaccess.ts';
import { decode } from '../../../simulator/kernel/text.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import { caller } from './caller.ts';

describe('system calls of x86-64', () => {
  it('have the numbers of the ABI', () => {
    const known = { read: 0, clone: 56, fork: 57, execve: 59, uname: 63, pivot_root: 155, sethostname: 170, unshare: 272, setns: 308, pidfd_open: 434, clone3: 435, mount_setattr: 442, file_setattr: 469 };
    for (const [name, nr] of Object.entries(known)) {
      assert.equal(SYSCALL_NUMBERS.get(name), nr, name);
      assert.equal(SYSCALL_NAMES.get(nr), name);
    }
    assert.equal(SYSCALL_NUMBERS.size, 335 + 46);
  });

  it('are there from the version that brought them', () => {
    const first = { unshare: '2.6.24', setns: '3.8', clone3: '5.7', pidfd_open: '5.7', close_range: '6.1', mount_setattr: '6.1', statmount: '6.12', open_tree_attr: '6.18' } as const;
    for (const [name, since] of Object.entries(first)) {
      assert.deepEqual(VERSIONS.filter((version) => has_syscall(version, name)), VERSIONS.slice(VERSIONS.indexOf(since)), name);
    }
    assert.ok(!has_syscall('6.18', 'listns'));
  });

  it('that are not modelled are named, and each name is either modelled or named', () => {
    const modelled = new Set([...sys_call_table('6.18').values()].map(({ name }) => name));
    for (const name of SYSCALL_NUMBERS.keys()) assert.notEqual(modelled.has(name), notModelled.includes(name), name);
    for (const name of ['unshare', 'setns', 'clone', 'clone3', 'mount', 'uname', 'sethostname', 'read', 'openat', 'kill', 'wait4']) assert.ok(modelled.has(name), name);
  });

  it('fail with ENOSYS in versions without them, for unknown numbers and where the model has none', () => {
    const { init, by } = caller('2.6.24');
    assert.equal(by.call(init, 'setns', 3, 0), 'ENOSYS');
    assert.equal(by.call(init, 'ptrace'), 'ENOSYS');
    by.k.current = init;
    assert.deepEqual(by.system.syscall(9999), { what: 'value', value: -38 });
    assert.equal(by.call(init, 'unshare', CLONE_NEWUTS), 0);
  });

  it('can be the machine’s own', () => {
    const { tasks, init } = caller();
    const own = sys_call_table('6.18', [{ name: 'mmap', call: ({ args }) => args[1] ?? 0 }]);
    assert.equal(own.get(9)?.call({ k: tasks.k, user: new FlatMemory(), memory: () => new FlatMemory(), args: [0, 77], waited: null }), 77);
    assert.equal(init.state, 'running');
  });
});

describe('arguments of system calls', () => {
  it('are 32-bit integers where C says int', () => {
    const { init, by } = caller();
    assert.equal(by.call(init, 'setuid', 2 ** 32), 0);
    assert.equal(by.call(init, 'close', -1), 'EBADF');
    assert.equal(by.call(init, 'close', 2 ** 32 - 1), 'EBADF');
  });

  it('that point nowhere are EFAULT, after what the kernel tests first', () => {
    const { tasks, init, by } = caller();
    assert.equal(by.call(init, 'uname', 0), 'EFAULT');
    assert.equal(by.call(init, 'sethostname', 0, 5), 'EFAULT');
    assert.equal(by.call(init, 'sethostname', 0, 65), 'EINVAL');
    assert.equal(by.call(init, 'sethostname', 0, -1), 'EINVAL');
    assert.equal(by.call(tasks.user(), 'sethostname', 0, 5), 'EPERM');
    assert.equal(by.call(init, 'setgroups', 2, 0), 'EFAULT');
    assert.equal(by.call(init, 'getresuid', 0, 0, 0), 'EFAULT');
  });

  it('[E1d] hold a host name of up to 64 bytes, which uname gives back', () => {
    const { init, by } = caller();
    const name = 'x'.repeat(64);
    assert.equal(by.call(init, 'sethostname', name, 64), 0);
    const address = by.room(390);
    assert.equal(by.call(init, 'uname', address), 0);
    const bytes = by.memory.read(address, 390);
    assert.ok(bytes);
    assert.equal(decode(bytes.subarray(65, 130)).replaceAll('\0', ''), name);
    assert.equal(decode(bytes.subarray(130, 136)), '6.18.4');
  });

  it('hold ids, groups and capabilities', () => {
    const { init, by } = caller();
    const groups = by.room(8);
    by.memory.write(groups, new Writer().u32(5).u32(7).done());
    assert.equal(by.call(init, 'setgroups', 2, groups), 0);
    const back = by.room(8);
    assert.equal(by.call(init, 'getgroups', 2, back), 2);
    assert.deepEqual(by.memory.read(back, 8), by.memory.read(groups, 8));
    assert.equal(by.call(init, 'getgroups', 1, back), 'EINVAL');
    const header = by.room(8);
    by.memory.write(header, new Writer().u32(0x20080522).u32(0).done());
    const data = by.room(24);
    assert.equal(by.call(init, 'capget', header, data), 0);
    assert.equal(new Reader(by.memory.read(data, 4) ?? new Uint8Array(4)).u32(), 0xffffffff);
    by.memory.write(header, new Writer().u32(1).u32(0).done());
    assert.equal(by.call(init, 'capget', header, data), 'EINVAL');
    assert.equal(new Reader(by.memory.read(header, 4) ?? new Uint8Array(4)).u32(), 0x20080522);
  });

  it('hold System V messages and semaphores', () => {
    const { init, tasks, by } = caller();
    const id = by.call(init, 'msgget', 0, 0o1600);
    assert.equal(id, 0);
    const message = by.room(16);
    by.memory.write(message, new Writer().u64(3).fixed(new Uint8Array([104, 105])).done());
    assert.equal(by.call(init, 'msgsnd', 0, message, 2, 0), 0);
    const to = by.room(16);
    assert.equal(by.call(init, 'msgrcv', 0, to, 8, 0, 0), 2);
    assert.deepEqual(by.memory.read(to, 10), by.memory.read(message, 10));
    assert.equal(by.call(init, 'semget', 0, 1, 0o1600), 0);
    const down = by.room(6);
    by.memory.write(down, new Writer().u16(0).u16(0xffff).u16(0).done());
    const up = by.room(6);
    by.memory.write(up, new Writer().u16(0).u16(1).u16(0).done());
    const other = tasks.fork(init);
    assert.equal(by.call(other, 'semop', 0, down, 1), 'blocked');
    assert.equal(other.state, 'interruptible');
    assert.equal(by.call(init, 'semop', 0, up, 1), 0);
    assert.equal(other.state, 'running');
    by.k.current = other;
    assert.deepEqual(by.system.resume(), { what: 'value', value: 0 });
    assert.equal(by.call(init, 'semctl', 0, 0, 12, 0), 0);
  });

  it('in which a wait ends because the object is gone are EIDRM', () => {
    const { init, tasks, by } = caller();
    by.call(init, 'msgget', 0, 0o1600);
    const other = tasks.fork(init);
    assert.equal(by.call(other, 'msgrcv', 0, by.room(16), 8, 0, 0), 'blocked');
    assert.equal(by.call(init, 'msgctl', 0, 0, 0), 0);
    by.k.current = other;
    assert.deepEqual(by.system.resume(), { what: 'value', value: -43 });
    assert.equal(by.k.calls.size, 0);
  });
});

describe('copies from and to the program', () => {
  it('read names up to the end of memory and no further', () => {
    const memory = new FlatMemory(16, 4096);
    memory.write(4096 + 12, new Uint8Array([97, 98, 99, 0]));
    assert.equal(getname(memory, 4096 + 12), 'abc');
    memory.write(4096 + 12, new Uint8Array([97, 98, 99, 100]));
    assert.equal(getname(memory, 4096 + 12), -14);
    assert.equal(getname(memory, 0), -14);
    assert.equal(strnlen_user(memory, 4096 + 12, 4), null);
    const long = new FlatMemory(8192, 4096);
    long.bytes.fill(120);
    assert.equal(getname(long, 4096), -36);
  });

  it('write and read structures in the order of the fields', () => {
    const bytes = new Writer().u8(1).zeros(1).u16(0xfffe).u32(0xffffffff).u64(2n ** 63n + 5n).u64(12).done();
    const reader = new Reader(bytes).skip(2);
    assert.deepEqual([reader.i16(), reader.i32(), reader.big(), reader.i64()], [-2, -1, 2n ** 63n + 5n, 12]);
  });
});
