import { strict as assert } from 'node:assert';
import { start_computer } from '../../../simulator/kernel/computer.ts';
import { broken_invariants } from '../../../simulator/kernel/invariants.ts';
import { d_path } from '../../../simulator/kernel/dcache.ts';
import { sys_fork } from '../../../simulator/kernel/fork.ts';
import { sys_getpid, sys_getppid } from '../../../simulator/kernel/session.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';

describe('the simulated computer', () => {
  for (const version of VERSIONS) {
    it(`${version}: init is 1, the shell 7000, the program 7001, its first child 7002`, () => {
      const { k, init, program } = start_computer({ version });
      assert.equal(k.current, program);
      assert.deepEqual([sys_getpid(k), sys_getppid(k)], [7001, 7000]);
      assert.equal(k.init_pid_ns.child_reaper, init);
      assert.equal(sys_fork(k), 7002);
      assert.deepEqual(broken_invariants(k), []);
    });
  }

  it('the learner has no capabilities, root has all; both work in the same directory', () => {
    const { program } = start_computer();
    const { cred, fs } = program;
    assert.deepEqual([cred.uid, cred.euid, cred.gid, cred.cap_effective, cred.group_info], [1000, 1000, 1000, 0n, [1000]]);
    assert.equal(d_path(fs!.pwd, fs!.root), '/home/learner');
    assert.equal(program.mm!.dumpable, 1);
    const root = start_computer({ uid: 0 }).program;
    assert.deepEqual([root.cred.uid, root.cred.cap_effective], [0, 0x1ffffffffffn]);
    assert.equal(d_path(root.fs!.pwd, root.fs!.root), '/home/learner');
  });
});
