import { strict as assert } from 'node:assert';
import { CAP_SETFCAP, CAP_SETGID, CAP_SETUID, cap_bit, cap_full_set, ns_capable } from '../../../simulator/kernel/capability.ts';
import { exec_creds } from '../../../simulator/kernel/exec_cred.ts';
import { CLONE_NEWUSER } from '../../../simulator/kernel/flags.ts';
import { commit_creds } from '../../../simulator/kernel/cred.ts';
import { PR_CAPBSET_DROP, PR_CAPBSET_READ, PR_GET_SECUREBITS, PR_SET_KEEPCAPS, PR_SET_SECUREBITS, cap_capset, cap_task_prctl } from '../../../simulator/kernel/securebits.ts';
import { sys_getgid, sys_getgroups, sys_getresuid, sys_getuid, sys_setfsuid, sys_setgroups, sys_setresuid, sys_setreuid, sys_setuid } from '../../../simulator/kernel/setid.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import { set_permissions, user_max_show, user_max_write } from '../../../simulator/kernel/ucount_sysctl.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { map_show, map_write, proc_setgroups_show, proc_setgroups_write } from '../../../simulator/kernel/user_map.ts';
import type { MapName } from '../../../simulator/kernel/user_map.ts';
import { Tasks } from './tasks.ts';

/** Writes a map of `of`'s user namespace as `writer`. */
function write(t: Tasks, writer: task_struct, of: task_struct, name: MapName, text: string, pos = 0): string {
  return t.errno(writer, (k) => map_write(k, { f_cred: writer.cred }, of.cred.user_ns, name, text, pos));
}
const deny = (t: Tasks, task: task_struct, word = 'deny'): string => t.errno(task, (k) => proc_setgroups_write(k, task.cred.user_ns, word));

function fresh(t: Tasks): task_struct {
  const task = t.user();
  assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUSER)), 'OK');
  return task;
}

describe('user namespaces', () => {
  it('[F1 F2] ids read 65534, all capabilities, nothing mapped', () => {
    const t = new Tasks();
    const task = t.user();
    assert.equal(task.cred.cap_effective, 0n);
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    const full = cap_full_set(t.k);
    assert.deepEqual([task.cred.cap_effective, task.cred.cap_permitted, task.cred.cap_bset, task.cred.cap_inheritable, task.cred.cap_ambient], [full, full, full, 0n, 0n]);
    assert.deepEqual([t.as(task, sys_getuid), t.as(task, sys_getgid), task.cred.uid], [65534, 65534, 1000]);
    assert.equal(map_show(task.cred.user_ns, 'uid_map', task.cred.user_ns), '');
    assert.equal(proc_setgroups_show(task.cred.user_ns), 'allow\n');
  });

  for (const [id, text, expected] of [
    ['F3a', '0 1000 1', 'OK'], ['F3b', '0 1000 1\n', 'OK'], ['F3c', '5 1000 1', 'OK'], ['F3d', '0 1001 1', 'EPERM'], ['F3e', '0 1000 2', 'EPERM'],
    ['F3f', '0 1000 1\n1 1001 1', 'EPERM'], ['F3h', '', 'EINVAL'], ['F3i', '0 1000', 'EINVAL'], ['F3j', 'abc', 'EINVAL'], ['F3k', '0 1000 0', 'EINVAL'],
    ['F3l', '0 1000 1 x', 'EINVAL'], ['F3m', '4294967295 1000 1', 'EINVAL'], ['F3n', '0 1000 1\n0 2000 1', 'EINVAL'], ['F3o', '0 1000 1\n\n', 'EINVAL'],
    ['F3p', '-1 1000 1', 'EINVAL'], ['F3q', '0 1000 4294967295', 'EINVAL'],
  ] as const) {
    it(`[${id}] uid_map by an unprivileged owner: ${JSON.stringify(text)}`, () => {
      const t = new Tasks();
      const task = fresh(t);
      assert.equal(write(t, task, task, 'uid_map', text), expected);
    });
  }

  it('[F3g F16 F5i F6] once only; not in the middle; less than a page; not the initial one', () => {
    const t = new Tasks();
    const task = fresh(t);
    assert.equal(write(t, task, task, 'uid_map', '0 1000 1', 1), 'EINVAL');
    assert.equal(write(t, task, task, 'uid_map', '0 1000 1'.padEnd(4996, '\n')), 'EINVAL');
    assert.equal(write(t, task, task, 'uid_map', '0 1000 1'), 'OK');
    assert.equal(write(t, task, task, 'uid_map', '0 1000 1'), 'EPERM');
    assert.equal(write(t, t.init, t.init, 'uid_map', '0 0 1'), 'EPERM');
  });

  it('[F4a F4b F4c F4d F4e F4f F4g F4h F4i F4j F4k F4l] setgroups and gid_map', () => {
    const t = new Tasks();
    const task = fresh(t);
    assert.equal(t.errno(task, (k) => sys_setgroups(k, [])), 'EPERM');
    assert.equal(write(t, task, task, 'gid_map', '0 1000 1'), 'EPERM');
    assert.equal(deny(t, task, 'allow'), 'OK');
    assert.equal(deny(t, task, 'no'), 'EINVAL');
    assert.equal(deny(t, task, 'deny '), 'OK');
    assert.equal(deny(t, task, 'allow'), 'EPERM');
    assert.equal(write(t, task, task, 'gid_map', '0 1001 1'), 'EPERM');
    assert.equal(write(t, task, task, 'gid_map', '0 1000 1'), 'OK');
    assert.equal(deny(t, task), 'EPERM');
    assert.equal(t.errno(task, (k) => sys_setgroups(k, [0])), 'EPERM');
  });

  it('[F5a F5b F5c F5d F5e F5f F5g F5h] a privileged parent', () => {
    const lines = (n: number): string => Array.from({ length: n }, (_, i) => `${i} ${i * 2} 1\n`).join('');
    for (const [text, expected] of [
      ['0 100000 65536', 'OK'], ['0 0 1', 'OK'], ['0 1000 1\n1 100000 65535', 'OK'], [lines(340), 'OK'], [lines(341), 'EINVAL'],
      ['0 1000 1\n0 2000 1', 'EINVAL'], ['0 1000 10\n20 1005 10', 'EINVAL'],
    ] as const) {
      const t = new Tasks();
      assert.equal(write(t, t.init, fresh(t), 'uid_map', text), expected, text.slice(0, 30));
    }
    const t = new Tasks();
    const task = fresh(t);
    assert.equal(write(t, t.init, task, 'gid_map', '0 100000 65536'), 'OK');
    assert.equal(t.errno(task, (k) => sys_setgroups(k, [0])), 'OK');
    assert.deepEqual([t.as(task, sys_getgroups), task.cred.group_info], [[0], [100000]]);
  });

  it('[F7 F7b F7c F7d F7e F7f] root that maps itself: CAP_SETFCAP at unshare time; no more than itself', () => {
    const without = (t: Tasks): task_struct => {
      const task = t.fork();
      t.as(task, (k) => cap_capset(k, { effective: cap_full_set(k) & ~cap_bit(CAP_SETFCAP), permitted: cap_full_set(k), inheritable: 0n }));
      t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
      return task;
    };
    const withAll = (t: Tasks): task_struct => {
      const task = t.fork();
      t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
      return task;
    };
    const t = new Tasks();
    for (const [make, name, text, expected] of [
      [without, 'uid_map', '0 0 1', 'EPERM'], [withAll, 'uid_map', '0 0 1', 'OK'], [without, 'uid_map', '1 1 1', 'EPERM'], [withAll, 'uid_map', '0 0 2', 'EPERM'],
      [withAll, 'gid_map', '0 0 1', 'EPERM'],
    ] as const) {
      const task = make(t);
      assert.equal(write(t, task, task, name, text), expected);
    }
    const task = withAll(t);
    deny(t, task);
    assert.equal(write(t, task, task, 'gid_map', '0 0 1'), 'OK');
  });

  it('[F9 F12 F13 F17 F18 N16] nested: seen from inside and outside, only what the parent has', () => {
    const t = new Tasks();
    const task = fresh(t);
    assert.equal(write(t, task, task, 'projid_map', '0 5 1'), 'OK');
    assert.equal(write(t, task, task, 'uid_map', '0 1000 1'), 'OK');
    const show = (reader: task_struct): string => map_show(task.cred.user_ns, 'uid_map', reader.cred.user_ns);
    assert.equal(show(t.init), '         0       1000          1\n');
    assert.equal(show(task), show(t.init));
    deny(t, task);
    write(t, task, task, 'gid_map', '0 1000 1');
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    assert.equal(proc_setgroups_show(task.cred.user_ns), 'deny\n');
    assert.equal(write(t, t.init, task, 'uid_map', '0 0 1'), 'EPERM', 'a grandparent');
    assert.equal(write(t, task, task, 'uid_map', '0 5 1'), 'EPERM');
    assert.equal(write(t, task, task, 'uid_map', '7 0 1'), 'OK');
    assert.equal(show(t.init), '         7       1000          1\n', 'translated to the reader');
    assert.equal(show(task), '         7          0          1\n');
  });

  it('[F8a F8b F8c] exec keeps capabilities only as root', () => {
    for (const [map, kept] of [[null, false], ['0 1000 1', true], ['1000 1000 1', false]] as const) {
      const t = new Tasks();
      const task = fresh(t);
      if (map) assert.equal(write(t, task, task, 'uid_map', map), 'OK');
      t.as(task, (k) => commit_creds(k, exec_creds(k, { suid: null, sgid: null, caps: null }).cred));
      assert.equal(task.cred.cap_effective, kept ? cap_full_set(t.k) : 0n);
    }
  });

  it('[F8d] setuid to an unmapped id: EINVAL', () => {
    const t = new Tasks();
    const task = fresh(t);
    write(t, task, task, 'uid_map', '0 1000 1');
    assert.equal(t.errno(task, (k) => sys_setuid(k, 1)), 'EINVAL');
    assert.equal(t.errno(task, (k) => sys_setuid(k, 0)), 'OK');
  });

  it('[F19] securebits are reset', () => {
    const t = new Tasks();
    const task = t.fork();
    assert.equal(t.as(task, (k) => cap_task_prctl(k, PR_SET_SECUREBITS, 1, 0, 0, 0)), 0);
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    assert.equal(t.as(task, (k) => cap_task_prctl(k, PR_GET_SECUREBITS, 0, 0, 0, 0)), 0);
  });

  it('[N11 N12] the dumpable flag and the parent death signal survive NEWUSER, but not setuid', () => {
    const t = new Tasks();
    const task = t.user();
    task.pdeath_signal = 9;
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    assert.deepEqual([task.mm!.dumpable, task.pdeath_signal], [1, 9]);
    const root = t.fork();
    root.pdeath_signal = 9;
    t.as(root, (k) => sys_setuid(k, 1000));
    assert.deepEqual([root.mm!.dumpable, root.pdeath_signal], [0, 0]);
  });

  it('[N8 N9] the owner of a child user namespace is capable in the grandchild; another uid is not', () => {
    const t = new Tasks();
    const task = fresh(t);
    write(t, task, task, 'uid_map', '0 1000 1');
    deny(t, task);
    write(t, task, task, 'gid_map', '0 1000 1');
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER));
    const { user_ns } = task.cred;
    assert.equal(user_ns.level, 2);
    assert.equal(t.as(t.user(), (k) => ns_capable(k, user_ns, CAP_SETUID)), true);
    assert.equal(t.as(t.user(t.init, 2000), (k) => ns_capable(k, user_ns, CAP_SETUID)), false);
  });
});

describe('ids and capabilities', () => {
  it('leaving root drops capabilities, KEEPCAPS keeps the permitted ones, coming back gives the effective ones', () => {
    const t = new Tasks();
    const full = cap_full_set(t.k);
    const caps = (task: task_struct): bigint[] => [task.cred.cap_permitted, task.cred.cap_effective];
    const task = t.fork();
    t.as(task, (k) => sys_setreuid(k, -1, 1000));
    assert.deepEqual(caps(task), [full, 0n]);
    t.as(task, (k) => sys_setreuid(k, -1, 0));
    assert.deepEqual(caps(task), [full, full]);
    t.as(task, (k) => sys_setresuid(k, 1000, 1000, 1000));
    assert.deepEqual(caps(task), [0n, 0n]);
    assert.deepEqual(t.as(task, sys_getresuid), [1000, 1000, 1000]);
    assert.equal(t.errno(task, (k) => sys_setuid(k, 0)), 'EPERM');
    const kept = t.fork();
    t.as(kept, (k) => cap_task_prctl(k, PR_SET_KEEPCAPS, 1, 0, 0, 0));
    t.as(kept, (k) => sys_setuid(k, 1000));
    assert.deepEqual(caps(kept), [full, 0n]);
  });

  it('setuid of a user goes to its real or saved id only', () => {
    const t = new Tasks();
    const task = t.fork();
    t.as(task, (k) => sys_setresuid(k, 1000, 2000, 3000));
    assert.equal(t.errno(task, (k) => sys_setuid(k, 4000)), 'EPERM');
    assert.equal(t.errno(task, (k) => sys_setuid(k, 3000)), 'OK');
    assert.deepEqual(t.as(task, sys_getresuid), [1000, 3000, 3000]);
    assert.equal(t.as(task, (k) => sys_setfsuid(k, 1000)), 3000);
    assert.equal(task.cred.fsuid, 1000);
  });

  it('capset can not add; the bounding set can only shrink', () => {
    const t = new Tasks();
    const task = t.user();
    assert.equal(t.errno(task, (k) => cap_capset(k, { effective: 1n, permitted: 1n, inheritable: 0n })), 'EPERM');
    const root = t.fork();
    assert.equal(t.as(root, (k) => cap_task_prctl(k, PR_CAPBSET_DROP, CAP_SETGID, 0, 0, 0)), 0);
    assert.equal(t.as(root, (k) => cap_task_prctl(k, PR_CAPBSET_READ, CAP_SETGID, 0, 0, 0)), 0);
    assert.equal(t.errno(root, (k) => cap_task_prctl(k, PR_CAPBSET_READ, 41, 0, 0, 0)), 'EINVAL');
  });

  it('[B16c B16e] user.max_*: of one\'s own user namespace, 0 to INT_MAX', () => {
    const t = new Tasks();
    assert.deepEqual([t.as(t.init, set_permissions), t.as(t.user(), set_permissions)], [0o644, 0o444]);
    assert.equal(user_max_show(t.k.init_user_ns, 'uts'), '96365\n');
    assert.equal(t.errno(t.init, (k) => user_max_write(k, k.init_user_ns, 'uts', '-1')), 'EINVAL');
    assert.equal(t.as(t.init, (k) => user_max_write(k, k.init_user_ns, 'uts', '7\n')), 2);
    assert.equal(user_max_show(t.k.init_user_ns, 'uts'), '7\n');
  });
});
