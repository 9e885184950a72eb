import { strict as assert } from 'node:assert';
import { err } from '../../../simulator/kernel/errno.ts';
import { CLONE_NEWPID, CLONE_NEWUSER } from '../../../simulator/kernel/flags.ts';
import { AT_FDCWD, O_RDWR } from '../../../simulator/kernel/mode.ts';
import { sys_openat } from '../../../simulator/kernel/open.ts';
import { sys_prctl } from '../../../simulator/kernel/prctl.ts';
import { ksys_pread, ksys_pwrite, ksys_write, sys_lseek } from '../../../simulator/kernel/read_write.ts';
import { encode } from '../../../simulator/kernel/text.ts';
import { Files } from './files.ts';

const PR_SET_DUMPABLE = 4;

/** What random sequences of operations (test/kernel/model/) found to differ from a real kernel, each in its smallest form. */
describe('kernel model: found by random sequences', () => {
  it('files of a zombie in /proc belong to root', () => {
    const f = new Files();
    const parent = f.user();
    assert.equal(f.as(parent, (k) => sys_prctl(k, PR_SET_DUMPABLE, 1, 0, 0, 0)), 0);
    const child = f.fork(parent);
    const nr = child.thread_pid?.numbers[0]?.nr ?? 0;
    assert.equal(f.write(parent, `/proc/${nr}/uid_map`, '0 0 1', 1), 'EPERM');
    f.exit(child);
    assert.equal(f.write(parent, `/proc/${nr}/uid_map`, '0 0 1', 1), 'EACCES');
  });

  it('[F16] a map is written at its position 0 only, and never by pwrite', () => {
    const f = new Files();
    const child = f.fork(f.init, CLONE_NEWUSER);
    f.as(child, (k) => {
      const fd = sys_openat(k, AT_FDCWD, '/proc/self/uid_map', O_RDWR, 0);
      assert.ok(typeof fd === 'number' && fd >= 0);
      assert.equal(ksys_pwrite(k, fd, encode('0 0 1'), 0), err('ESPIPE'));
      assert.equal(ksys_pwrite(k, fd, encode('0 0 1'), -1), err('EINVAL'));
      assert.equal(sys_lseek(k, fd, 1, 0), 1);
      assert.equal(ksys_write(k, fd, encode('0 0 1')), err('EINVAL'));
      assert.equal(sys_lseek(k, fd, 0, 0), 0);
      assert.equal(ksys_write(k, fd, encode('0 0 1')), 5);
      assert.ok(ksys_pread(k, fd, 100, 0) instanceof Uint8Array);
    });
  });

  it('a new pid namespace starts with the largest pid_max (6.18), whatever that of its parent is', () => {
    const f = new Files();
    const init = f.fork(f.init, CLONE_NEWPID);
    assert.equal(f.read(f.init, '/proc/sys/kernel/pid_max'), '32768\n');
    assert.equal(f.read(init, '/proc/sys/kernel/pid_max'), '4194304\n');
    assert.equal(typeof f.clone(init, 0, { set_tid: [32768] }), 'object');
    assert.equal(f.clone(init, 0, { set_tid: [4194304] }), 'EINVAL');
  });
});
