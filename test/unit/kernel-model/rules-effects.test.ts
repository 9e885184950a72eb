import { strict as assert } from 'node:assert';
import { CLONE_NEWTIME, CLONE_NEWUSER, CLONE_VFORK, CLONE_VM } from '../../../simulator/kernel/flags.ts';
import { AT_FDCWD, O_CREAT } from '../../../simulator/kernel/mode.ts';
import type { task_struct } from '../../../simulator/kernel/task.ts';
import type { Program, Rule } from './program.ts';
import { rules } from './program.ts';

const SIGCHLD = 17;
const offsets = (m: Program, of: task_struct): string => m.write(of, '/proc/self/timens_offsets', 'monotonic 100 0');

const EFFECTS: readonly Rule[] = [
  ['F10', 'uid_map written by the owner from the parent user namespace', 'OK', (m) => {
    const user = m.user();
    const child = m.fork(user, CLONE_NEWUSER);
    return m.write(user, `/proc/${m.nr(child)}/uid_map`, '0 1000 1');
  }],
  ['F11', 'uid_map written by another user from the parent user namespace', 'EACCES', (m) => {
    const child = m.fork(m.user(), CLONE_NEWUSER);
    return m.write(m.user(m.me, 2000), `/proc/${m.nr(child)}/uid_map`, '0 1000 1');
  }],
  ['F14', 'chown to an id without a mapping', 'EINVAL', (m) => {
    assert.equal(m.ok(m.me, 'openat', AT_FDCWD, '/tmp/file', O_CREAT, 0o666), 'OK');
    assert.equal(m.do('chown', '/tmp/file', 1000, 1000), 0);
    const child = m.fork(m.user(), CLONE_NEWUSER);
    for (const [file, text] of [['setgroups', 'deny'], ['uid_map', '0 1000 1'], ['gid_map', '0 1000 1']] as const) assert.equal(m.write(child, `/proc/self/${file}`, text), 'OK');
    assert.equal(m.ok(child, 'chown', '/tmp/file', 0, 0), 'OK');
    return m.ok(child, 'chown', '/tmp/file', 1, 1);
  }],
  ['G3c', 'offsets, after a vfork child only: it has not entered', 'OK', (m) => {
    assert.equal(m.do('unshare', CLONE_NEWTIME), 0);
    assert.equal(m.clone(m.me, CLONE_VM | CLONE_VFORK | SIGCHLD), 'blocked');
    assert.equal(m.call(m.last(), 'exit_group', 0), 'dead');
    assert.equal(m.resume(m.me)?.what, 'value');
    return offsets(m, m.me);
  }],
  ['G8', 'offsets, by a user in a user namespace and time namespace of its own', 'OK', (m) => {
    const user = m.user();
    assert.equal(m.call(user, 'unshare', CLONE_NEWUSER | CLONE_NEWTIME), 0);
    return offsets(m, user);
  }],
];

describe('rules of user maps and time offsets, by a program', () => {
  rules(EFFECTS);
});
