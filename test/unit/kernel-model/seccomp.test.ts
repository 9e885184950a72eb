import { strict as assert } from 'node:assert';
import { run_filter, seccomp_check_filter, type sock_filter } from '../../../simulator/kernel/seccomp_bpf.ts';
import { SYSCALL_NUMBERS } from '../../../simulator/kernel/syscalls/numbers.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { Writer } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

// As seen on 6.18; whole programs that do the same are in test/kernel/programs: seccomp_filters, seccomp_sandbox.
const PR_SET_SECCOMP = 22, PR_SET_NO_NEW_PRIVS = 38;
const SET_MODE_FILTER = 1;
const TSYNC = 1, NEW_LISTENER = 8, TSYNC_ESRCH = 16;
const KILL_PROCESS = 0x80000000, KILL_THREAD = 0, TRAP = 0x30000, ERRNO = 0x50000, USER_NOTIF = 0x7fc00000, TRACE = 0x7ff00000, ALLOW = 0x7fff0000;
const RECV = 0xc0502100, SEND = 0xc0182101, ADDFD = 0x40182103;
const LD_NR: sock_filter = { code: 0x20, jt: 0, jf: 0, k: 0 };
const ret = (k: number): sock_filter => ({ code: 0x06, jt: 0, jf: 0, k });

/** Lets everything go on but one call. */
function all_but(name: string, action: number): sock_filter[] {
  return [LD_NR, { code: 0x15, jt: 0, jf: 1, k: SYSCALL_NUMBERS.get(name) ?? assert.fail(name) }, ret(action), ret(ALLOW)];
}

function fprog(m: Program, program: readonly sock_filter[]): number {
  const code = new Writer();
  for (const { code: what, jt, jf, k } of program) code.u16(what).u8(jt).u8(jf).u32(k);
  const at = m.put(code.done());
  return m.put(new Writer().u16(program.length).zeros(6).u64(at).done());
}

function filter(m: Program, program: readonly sock_filter[], flags = 0, of: task_struct = m.me): number | string {
  return m.call(of, 'seccomp', SET_MODE_FILTER, flags, fprog(m, program));
}

describe('seccomp', () => {
  it('answers a call in the filter\'s name, and the strongest of several answers counts', () => {
    const m = new Program();
    assert.equal(filter(m, all_but('getuid', ERRNO + 2)), 0);
    assert.equal(m.do('getuid'), 'ENOENT');
    assert.equal(m.do('geteuid'), 0);
    assert.equal(filter(m, all_but('getuid', TRACE)), 0);
    assert.equal(m.do('getuid'), 'ENOENT', 'an errno is stronger than a tracer that is not there');
    assert.equal(filter(m, all_but('getgid', TRACE)), 0);
    assert.equal(m.do('getgid'), 'ENOSYS');
    assert.equal(filter(m, all_but('getegid', ERRNO + 0xffff)), 0);
    assert.equal(m.step(m.me, 'getegid').what === 'value' && m.do('getegid'), -4095);
  });

  it('is inherited by children, which stay below it', () => {
    const m = new Program();
    filter(m, all_but('getuid', ERRNO + 1));
    const child = m.fork();
    assert.equal(m.call(child, 'getuid'), 'EPERM');
    assert.equal(filter(m, all_but('getgid', ERRNO + 1), 0, child), 0);
    assert.equal(m.call(child, 'getgid'), 'EPERM');
    assert.equal(m.do('getgid'), 0, 'what the child forbids itself is not forbidden to its parent');
  });

  it('ends a process or one thread of it', () => {
    const m = new Program();
    const one = m.fork(), two = m.fork();
    filter(m, all_but('getuid', KILL_PROCESS), 0, one);
    assert.equal(m.call(one, 'getuid'), 'dead');
    filter(m, all_but('getuid', KILL_THREAD), 0, two);
    const thread = m.thread(two);
    assert.equal(m.call(thread, 'getuid'), 'dead');
    assert.notEqual(two.state, 'zombie');
    assert.equal(m.call(two, 'getuid'), 'dead');
  });

  it('sends SIGSYS', () => {
    const m = new Program();
    const child = m.fork();
    filter(m, all_but('getuid', TRAP), 0, child);
    assert.equal(m.call(child, 'getuid'), 'dead');
    assert.equal(child.exit_code & 0x7f, 31);
  });

  it('wants the right to mislead, or the promise to get no more rights', () => {
    const m = new Program({ uid: 1000 });
    assert.equal(filter(m, [ret(ALLOW)]), 'EACCES');
    m.do('prctl', PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    assert.equal(filter(m, [ret(ALLOW)]), 0);
  });

  it('refuses what is no filter, and flags that do not go together', () => {
    const m = new Program();
    assert.equal(filter(m, []), 'EINVAL');
    assert.equal(filter(m, [LD_NR]), 'EINVAL');
    assert.equal(filter(m, [ret(ALLOW)], 64), 'EINVAL');
    assert.equal(filter(m, [ret(ALLOW)], TSYNC | NEW_LISTENER), 'EINVAL');
    assert.equal(m.do('seccomp', SET_MODE_FILTER, 0, 1), 'EFAULT');
    const long = [...Array.from({ length: 4095 }, () => LD_NR), ret(ALLOW)];
    for (let n = 0; n < 7; n++) assert.equal(filter(m, long), 0);
    assert.equal(filter(m, long), 'ENOMEM');
  });

  it('leaves strict mode nothing but read, write and exit, and no way out', () => {
    const m = new Program();
    const child = m.fork();
    assert.equal(m.call(child, 'prctl', PR_SET_SECCOMP, 1, 0, 0, 0), 0);
    assert.equal(m.call(child, 'write', 99, m.text('x'), 1), 'EBADF');
    assert.equal(m.call(child, 'getuid'), 'dead');
    assert.equal(child.exit_code & 0x7f, 9);
  });

  it('gives the other threads the same filters, if they have none of their own', () => {
    const m = new Program();
    const thread = m.thread(m.me);
    assert.equal(filter(m, all_but('getuid', ERRNO + 1), TSYNC), 0);
    assert.equal(m.call(thread, 'getuid'), 'EPERM');
    assert.equal(filter(m, all_but('getgid', ERRNO + 1), 0, thread), 0);
    assert.equal(filter(m, [ret(ALLOW)], TSYNC), m.call(thread, 'gettid'));
    assert.equal(filter(m, [ret(ALLOW)], TSYNC | TSYNC_ESRCH), 'ESRCH');
  });

  it('asks whoever listens, who answers, makes it go on or is gone', () => {
    const m = new Program();
    const fd = filter(m, all_but('getuid', USER_NOTIF), NEW_LISTENER);
    assert.equal(fd, 0);
    assert.equal(filter(m, [ret(ALLOW)], NEW_LISTENER), 'EBUSY');
    const asks = m.fork();
    assert.equal(m.call(asks, 'close', 0), 0);
    m.sigaction(asks, 10, 0x1000);
    const notif = m.room(80);
    const recv = (): number => {
      m.memory.write(notif, new Uint8Array(80));
      assert.equal(m.do('ioctl', 0, RECV, notif), 0);
      return m.long(notif);
    };
    const send = (id: number, val: number, error: number, flags = 0): number | string =>
      m.do('ioctl', 0, SEND, m.put(new Writer().u64(id).u64(val).u32(error >>> 0).u32(flags).done()));
    assert.equal(m.call(asks, 'getuid'), 'blocked');
    const first = recv();
    assert.equal(m.int(notif + 8), m.nr(asks));
    assert.equal(send(first, 5, 0), 0);
    assert.deepEqual(m.resume(asks), { what: 'value', value: 5 });
    assert.equal(send(first, 5, 0), 'ENOENT');
    assert.equal(m.call(asks, 'getuid'), 'blocked');
    assert.equal(send(first + 1, 0, 0), 'EINPROGRESS', 'nobody read of it');
    assert.equal(send(recv(), 0, 0, 1), 0);
    assert.deepEqual(m.resume(asks), { what: 'value', value: 0 });
    assert.equal(m.call(asks, 'getuid'), 'blocked');
    assert.equal(m.do('kill', m.nr(asks), 10), 0);
    assert.equal(m.resume(asks)?.what, 'handler');
    assert.equal(m.do('ioctl', 0, RECV, m.put(new Uint8Array(80))), 'ENOENT', 'a signal ended it');
    assert.equal(m.call(asks, 'getuid'), 'blocked');
    const last = recv();
    assert.equal(m.open(m.me, '/etc/passwd'), 1);
    assert.equal(m.do('ioctl', 0, ADDFD, m.put(new Writer().u64(last).u32(1).u32(1).u32(9).u32(0).done())), 9);
    assert.equal(m.do('close', 0), 0);
    assert.deepEqual(m.resume(asks), { what: 'value', value: -38 }, 'nobody listens any more');
    assert.equal(m.call(asks, 'fcntl', 9, 1), 0, 'it was given a descriptor');
    assert.equal(m.call(asks, 'getuid'), 'ENOSYS');
  });

  it('runs programs as the kernel does: jumps, arithmetic, scratch memory', () => {
    const data = new DataView(new ArrayBuffer(64));
    data.setUint32(16, 0xfffffff0, true);
    const load: sock_filter = { code: 0x20, jt: 0, jf: 0, k: 16 };
    const decide = (...body: sock_filter[]): number => {
      const program = [load, ...body, { code: 0x16, jt: 0, jf: 0, k: 0 }];
      assert.ok(seccomp_check_filter(program));
      return run_filter(program, data);
    };
    const k = (code: number, value: number): sock_filter => ({ code, jt: 0, jf: 0, k: value });
    assert.equal(decide(k(0x04, 0x20)), 0x10, 'sums are of 32 bits');
    assert.equal(decide(k(0x34, 16)), 0x0fffffff, 'division knows no sign');
    assert.equal(decide(k(0x74, 28)), 0xf);
    assert.equal(decide(k(0x24, 3)), 0xffffffd0);
    assert.equal(decide(k(0x84, 0)), 0x10);
    assert.equal(decide(k(0x02, 7), k(0x00, 1), k(0x61, 7), k(0x87, 0)), 0xfffffff0);
    assert.equal(decide(k(0x01, 0), k(0x3c, 0)), 0, 'a division by an X of 0 kills');
    assert.equal(decide({ code: 0x25, jt: 0, jf: 1, k: 0x7fffffff }, ret(1)), 1, 'greater knows no sign');
    const skips = [{ code: 0x05, jt: 0, jf: 0, k: 1 }, k(0x02, 3), k(0x60, 3), ret(0)];
    assert.ok(!seccomp_check_filter(skips), 'a jump passes by the store');
    for (const bad of [k(0x20, 3), k(0x20, 64), k(0x28, 0), k(0x94, 3), k(0x34, 0), k(0x64, 32), k(0x60, 16), { code: 0x15, jt: 9, jf: 0, k: 0 }]) {
      assert.ok(!seccomp_check_filter([bad, ret(0)]), JSON.stringify(bad));
    }
  });
});
