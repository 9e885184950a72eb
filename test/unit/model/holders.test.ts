import assert from 'node:assert/strict';
import type { Namespace, NsLink, Process } from '../../../helper/protocol.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import { holdersOf } from '../../../helper/model/holders.ts';
import { HostModel } from '../../../helper/model/model.ts';

const A = 4026532001, B = 4026532002;

/** Ten inodes that differ from the initial ones only where told. */
function tuple(different: Partial<Record<NsLink, number>> = {}): (number | null)[] {
  return NS_LINKS.map((link, i) => different[link] ?? (link === 'pid_for_children' ? 4 : link === 'time_for_children' ? 5 : i));
}
function makeProcess(pid: number, ns: (number | null)[], threads: Process['threads'] = []): Process {
  return { pid, start: '1', ppid: 1, comm: `p${pid}`, state: 'S', kernelThread: false, ns, uid: 0, euid: 0, cmdline: [], nsPids: [pid], cgroup: '/', container: null, threads, unread: {} };
}
function makeNamespace(type: Namespace['type'], inode: number, more: Partial<Namespace> = {}): Namespace {
  return { key: `${type}:${inode}:1`, type, inode, id: '1', initial: false, owner: null, parent: null, ownerUid: null, level: null, heldBy: [], contents: {}, unread: {}, ...more };
}
function modelOf(processes: readonly Process[], namespaces: readonly Namespace[]): HostModel {
  const model = new HostModel();
  model.apply({
    tuples: processes.map(({ ns }) => ns), processes: processes.map((process, i) => ({ ...process, ns: i })), namespaces,
    containers: [], endedProcesses: [], endedNamespaces: [], endedContainers: [],
  });
  return model;
}
function kinds(model: HostModel, namespace: Namespace): string[] {
  return holdersOf(model, namespace).map((holder) => {
    switch (holder.kind) {
      case 'process': return `process ${holder.process.pid}`;
      case 'thread': return `thread ${holder.thread.tid} of ${holder.process.pid}`;
      case 'for children': return `${holder.link} of ${holder.thread?.tid ?? holder.process.pid}`;
      case 'bind mount': return `bind mount ${holder.path}`;
      case 'child':
      case 'owned': return `${holder.kind} ${holder.namespace.type}:${holder.namespace.inode}`;
      default: return `${holder.kind} ${holder.pid}:${holder.fd}${holder.process === null ? ' of an unknown process' : ''}`;
    }
  });
}

describe('holdersOf', () => {
  it('names processes, by pid, and threads that left them', () => {
    const net = makeNamespace('net', A);
    const model = modelOf([
      makeProcess(30, tuple({ net: A })), makeProcess(20, tuple({ net: A })),
      makeProcess(40, tuple(), [{ tid: 41, comm: 't', ns: tuple({ net: A }) }, { tid: 42, comm: 't', ns: tuple({ uts: A }) }]),
    ], [net]);
    assert.deepEqual(kinds(model, net), ['process 20', 'process 30', 'thread 41 of 40']);
  });

  it('names links for children only where they lead elsewhere than the process is', () => {
    const pid = makeNamespace('pid', A);
    const model = modelOf([
      makeProcess(20, tuple({ pid: A, pid_for_children: A })), makeProcess(21, tuple({ pid_for_children: A })),
      makeProcess(22, tuple(), [{ tid: 23, comm: 't', ns: tuple({ pid_for_children: A }) }]),
    ], [pid]);
    assert.deepEqual(kinds(model, pid), ['process 20', 'pid_for_children of 21', 'pid_for_children of 23']);
  });

  it('a thread with its leader’s link for children adds nothing', () => {
    const pid = makeNamespace('pid', A);
    const model = modelOf([makeProcess(20, tuple({ pid_for_children: A }), [{ tid: 21, comm: 't', ns: tuple({ pid_for_children: A, net: B }) }])], [pid]);
    assert.deepEqual(kinds(model, pid), ['pid_for_children of 20']);
  });

  it('names descriptors, bind mounts and sockets, also of processes that are not known', () => {
    const net = makeNamespace('net', A, { heldBy: [
      { kind: 'descriptor', pid: 20, fd: 3 }, { kind: 'descriptor', pid: 99, fd: 4 }, { kind: 'bind mount', path: '/run/netns/blue', mountNamespace: 3, pid: null }, { kind: 'socket', pid: 20, fd: 5 },
    ] });
    assert.deepEqual(kinds(modelOf([makeProcess(20, tuple())], [net]), net), ['descriptor 20:3', 'descriptor 99:4 of an unknown process', 'bind mount /run/netns/blue', 'socket 20:5']);
  });

  it('tells each child once: a user namespace is owned by its parent', () => {
    const top = makeNamespace('user', A);
    const below = [makeNamespace('user', B, { owner: A, parent: A }), makeNamespace('net', B + 1, { owner: A }), makeNamespace('pid', B + 2, { owner: A, parent: 4 })];
    assert.deepEqual(kinds(modelOf([], [top, ...below]), top), [`child user:${B}`, `owned net:${B + 1}`, `owned pid:${B + 2}`]);
  });
});
