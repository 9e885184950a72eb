import { strict as assert } from 'node:assert';
import { sys_prctl } from '../../../simulator/kernel/prctl.ts';
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
});
