import { strict as assert } from 'node:assert';
import { AT_FDCWD, O_CREAT } from '../../../simulator/kernel/mode.ts';
import { Reader } from '../../../simulator/kernel/uaccess.ts';
import { Program } from './program.ts';

/** A directory of root's that everybody may write in, of group 500 and with the set-group-id bit. */
function shared(): Program {
  const m = new Program({ level: 'off' });
  assert.equal(m.do('mkdir', '/tmp/g', 0o777), 0);
  assert.equal(m.do('chown', '/tmp/g', 0, 500), 0);
  assert.equal(m.do('chmod', '/tmp/g', 0o2777), 0);
  return m;
}

describe('new files in a set-group-id directory', () => {
  // [umask, what open(02777), open(02666), mknod(fifo 02775) and mkdir(02755) make], seen on 6.18 as a user outside of the group
  for (const [umask, ...modes] of [
    [0, 0o100777, 0o102666, 0o10775, 0o42755], [0o22, 0o100755, 0o102644, 0o10755, 0o42755],
    [0o77, 0o100700, 0o102600, 0o10700, 0o42700], [0o10, 0o100767, 0o102666, 0o10765, 0o42745],
  ] as const) {
    it(`by somebody outside of the group: no program that runs as the group (umask ${umask.toString(8)})`, () => {
      const m = shared();
      const user = m.user();
      m.call(user, 'umask', umask);
      const made = (name: string, ...args: readonly (number | string)[]): string => {
        assert.equal(m.ok(user, name, ...args), 'OK');
        const stat = m.room(144);
        assert.equal(m.call(user, 'stat', '/tmp/g/x', stat), 0);
        const reader = new Reader(m.bytes(stat, 144)).skip(24);
        assert.equal(m.call(user, name === 'mkdir' ? 'rmdir' : 'unlink', '/tmp/g/x'), 0);
        return `${reader.u32().toString(8)} ${reader.u32()} ${reader.u32()}`;
      };
      const open = (mode: number): string => made('openat', AT_FDCWD, '/tmp/g/x', O_CREAT | 1, mode);
      assert.deepEqual([open(0o2777), open(0o2666), made('mknod', '/tmp/g/x', 0o12775, 0), made('mkdir', '/tmp/g/x', 0o2755)], modes.map((mode) => `${mode.toString(8)} 1000 500`));
    });
  }

  it('by a member, and by one with CAP_FSETID: the bit stays', () => {
    const m = shared();
    const member = m.fork();
    const groups = m.put(Uint8Array.of(0xf4, 1, 0, 0));
    assert.equal(m.call(member, 'setgroups', 1, groups), 0);
    assert.equal(m.call(member, 'setresuid', 1000, 1000, 1000), 0);
    for (const [n, task] of [member, m.me].entries()) {
      assert.equal(m.ok(task, 'openat', AT_FDCWD, `/tmp/g/${n}`, O_CREAT | 1, 0o2755), 'OK');
      const stat = m.room(144);
      assert.equal(m.call(task, 'stat', `/tmp/g/${n}`, stat), 0);
      assert.equal(new Reader(m.bytes(stat, 144)).skip(24).u32(), 0o102755);
    }
  });
});
