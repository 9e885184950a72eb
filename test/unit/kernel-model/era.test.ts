import { strict as assert } from 'node:assert';
import {
  CLONE_NEWCGROUP, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWTIME, CLONE_NEWUSER, CLONE_NEWUTS, CLONE_SIGHAND, CLONE_SYSVSEM, CLONE_THREAD, CLONE_VFORK, CLONE_VM,
} from '../../../simulator/kernel/flags.ts';
import { linesOf } from '../../../simulator/kernel/listing.ts';
import type { Listing, ListingLine } from '../../../simulator/kernel/listing.ts';
import { sys_setns } from '../../../simulator/kernel/setns.ts';
import { ksys_unshare } from '../../../simulator/kernel/unshare.ts';
import { VERSIONS } from '../../../simulator/kernel/version.ts';
import { Tasks } from './tasks.ts';

/** Names of the functions entered since, with how deep. */
function calls(t: Tasks, from = 0): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const event of t.k.trace.events.slice(from)) {
    if (event.op === 'enter') names.push(' '.repeat(depth++) + (event.subject as Listing).fn);
    if (event.op === 'return') depth--;
  }
  assert.equal(depth, 0, 'every function that was entered was left');
  return names;
}

describe('kernel versions', () => {
  it('2.6.24: the nsproxy holds the user namespace, every kind needs CAP_SYS_ADMIN, no numbers, no setns', () => {
    const t = new Tasks('2.6.24');
    const proxy = t.init.nsproxy!;
    assert.equal(proxy.user_ns, t.k.init_user_ns);
    assert.deepEqual([proxy.cgroup_ns, proxy.time_ns, proxy.uts_ns!.inum], [null, null, 0]);
    const task = t.fork();
    const fd = t.open(task, proxy.uts_ns!);
    assert.equal(t.errno(task, (k) => sys_setns(k, fd, 0)), 'ENOSYS');
    assert.equal(t.errno(t.user(), (k) => ksys_unshare(k, CLONE_NEWUSER)), 'EPERM');
    assert.equal(t.clone(t.user(), CLONE_NEWUSER), 'EPERM');
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUSER | CLONE_NEWUTS)), 'OK');
    assert.notEqual(task.nsproxy!.user_ns, t.k.init_user_ns);
    assert.equal(task.nsproxy!.user_ns!.count, 1);
    assert.equal(task.cred.user_ns, t.k.init_user_ns);
    for (const flags of [CLONE_NEWPID, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_SYSVSEM, CLONE_THREAD]) assert.equal(t.errno(task, (k) => ksys_unshare(k, flags)), 'EINVAL');
    const child = t.fork(t.init, CLONE_NEWIPC | CLONE_SYSVSEM);
    assert.equal(child.nsproxy!.count, 1);
  });

  it('2.6.24: get first, make in the order mnt uts ipc pid user net, put the old one last', () => {
    const t = new Tasks('2.6.24');
    const from = t.k.trace.events.length;
    t.fork(t.init, CLONE_NEWUTS | CLONE_NEWUSER);
    const names = calls(t, from).filter((name) => name.startsWith('  '));
    assert.deepEqual(names.map((name) => name.trim()), ['copy_mnt_ns', 'copy_utsname', 'clone_uts_ns', 'copy_ipcs', 'copy_pid_ns', 'copy_user_ns', 'copy_net_ns']);
  });

  it('3.8: unshare(PID) needs one thread, users of the memory decide; no limits; setns for one type', () => {
    const t = new Tasks('3.8');
    const task = t.fork();
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWPID)), 'OK');
    const threaded = t.fork();
    t.thread(threaded);
    assert.equal(t.errno(threaded, (k) => ksys_unshare(k, CLONE_NEWPID)), 'EINVAL');
    assert.equal(t.errno(threaded, (k) => ksys_unshare(k, CLONE_NEWUTS)), 'OK');
    assert.equal(t.errno(threaded, (k) => ksys_unshare(k, CLONE_THREAD)), 'EINVAL');
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWCGROUP)), 'EINVAL');
    t.k.trace.insert(t.k.init_user_ns.ucount_max, 'uts', 0);
    assert.equal(t.errno(task, (k) => ksys_unshare(k, CLONE_NEWUTS)), 'OK');
    assert.equal(t.errno(task, (k) => sys_setns(k, t.open(task, t.k.init_nsproxy.uts_ns!), CLONE_NEWUTS)), 'OK');
    assert.equal(t.errno(task, (k) => sys_setns(k, t.open(task, t.init.thread_pid!), CLONE_NEWUTS)), 'EINVAL');
    assert.equal(t.errno(t.user(), (k) => ksys_unshare(k, CLONE_NEWUSER)), 'OK');
  });

  it('5.7: no pidfds in setns; a thread with another time namespace for children goes the slow way', () => {
    const t = new Tasks('5.7');
    const task = t.fork();
    assert.equal(t.errno(task, (k) => sys_setns(k, t.open(task, t.init.thread_pid!), CLONE_NEWUTS)), 'EINVAL');
    const child = t.fork(t.init, CLONE_NEWUSER);
    assert.equal(t.errno(task, (k) => sys_setns(k, t.open(task, child.cred.user_ns), CLONE_NEWUSER)), 'OK');
    assert.equal(task.cred.user_ns, child.cred.user_ns);
  });

  it('4.19: cgroup but no time namespaces', () => {
    const t = new Tasks('4.19');
    assert.equal(t.errno(t.fork(), (k) => ksys_unshare(k, CLONE_NEWCGROUP)), 'OK');
    assert.equal(t.errno(t.fork(), (k) => ksys_unshare(k, CLONE_NEWTIME)), 'EINVAL');
  });

  it('6.1: a net namespace has no fixed number; system call and order of calls as recorded', () => {
    const t = new Tasks('6.1');
    assert.equal(t.init.nsproxy!.net_ns!.inum, 0xf0000000);
    const from = t.k.trace.events.length;
    t.as(t.fork(), (k) => ksys_unshare(k, CLONE_NEWUTS));
    const names = calls(t, from).map((name) => name.trim()).filter((name) => !['check_unshare_flags', 'clone_uts_ns', 'copy_creds', 'prepare_creds', 'copy_namespaces'].includes(name));
    assert.deepEqual(names, [
      'ksys_unshare', 'unshare_userns', 'unshare_nsproxy_namespaces', 'create_new_namespaces', 'copy_mnt_ns', 'copy_utsname', 'inc_ucount', 'proc_alloc_inum', 'copy_ipcs',
      'copy_pid_ns', 'copy_cgroup_ns', 'copy_net_ns', 'copy_time_ns', 'switch_task_namespaces',
    ]);
  });

  for (const version of VERSIONS) {
    it(`${version}: lines executed are lines of that version, each function entered is left, all is given back`, () => {
      const t = new Tasks(version);
      const task = t.fork();
      const user = t.user();
      for (const flags of [0, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWUSER, CLONE_NEWCGROUP, CLONE_NEWTIME, CLONE_VFORK | CLONE_VM, CLONE_NEWUSER | CLONE_NEWUTS]) {
        t.errno(task, (k) => ksys_unshare(k, flags));
        t.clone(t.init, flags);
        t.clone(user, flags);
        t.clone(t.init, flags | CLONE_VM | CLONE_SIGHAND);
      }
      t.errno(task, (k) => sys_setns(k, t.open(task, t.init.nsproxy!.uts_ns!), 0));
      calls(t);
      const shown = new Map<Listing, Set<ListingLine>>();
      for (const event of t.k.trace.events) {
        if (event.op !== 'line') continue;
        const line = event.subject as ListingLine;
        let lines = shown.get(line.listing);
        if (!lines) shown.set(line.listing, lines = new Set(linesOf(line.listing, version)));
        assert.ok(lines.has(line), `${line.listing.fn}: ${line.label} is no line of ${version}`);
      }
      for (const each of [...t.k.tasks.values()].reverse()) if (each !== t.k.init_task) t.exit(each);
      assert.deepEqual([...t.k.inums.map.values()].filter((ns) => ![...Object.values(t.k.init_nsproxy) as unknown[], t.k.init_user_ns].includes(ns) && !ns.stashed), []);
      assert.equal(t.k.trace.live.get('nsproxy')?.size, 1);
    });
  }

  it('everything that is traced can be taken back: the state before a call is had again', () => {
    const t = new Tasks();
    const task = t.fork();
    const picture = (): string => JSON.stringify([task.nsproxy?.id, task.cred.id, t.k.init_nsproxy.count, t.k.init_user_ns.count, [...t.k.inums.map.keys()].sort(), [...t.k.trace.live].map(([kind, set]) => [kind, set.size]).filter(([, size]) => size !== 0)]);
    const before = picture();
    const from = t.k.trace.events.length;
    t.as(task, (k) => ksys_unshare(k, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWTIME | CLONE_NEWPID));
    const after = picture();
    const done = t.k.trace.events.slice(from);
    for (const event of [...done].reverse()) t.k.trace.undo(event);
    assert.equal(picture(), before);
    for (const event of done) t.k.trace.redo(event);
    assert.equal(picture(), after);
  });
});
