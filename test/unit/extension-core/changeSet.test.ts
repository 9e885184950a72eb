import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ChangeSet, resetChange } from '../../../extension/host/changeSet.ts';
import { HostModel, processKey } from '../../../helper/model/model.ts';
import type { Namespace, Part } from '../../../helper/protocol.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';

const nothing: Part = { tuples: [], endedProcesses: [], endedNamespaces: [], endedContainers: [], containers: [], namespaces: [], processes: [] };
function namespace(inode: number, owner: number | null): Namespace {
  return { key: `net:${inode}:g1`, type: 'net', inode, id: null, initial: null, owner, parent: null, ownerUid: null, level: null, heldBy: [], contents: {}, unread: {} };
}
const without = (all: ReadonlySet<string>, those: ReadonlySet<string>): Set<string> => new Set([...all].filter((key) => !those.has(key)));
/** Processes 1 … 6, each of which may come, change its namespaces, be replaced by one with the same pid, or end; and the same for namespaces. */
const part = fc.record({
  processes: fc.uniqueArray(fc.record({ pid: fc.integer({ min: 1, max: 6 }), start: fc.constantFrom('1', '2'), inode: fc.integer({ min: 10, max: 13 }) }), { selector: (p) => p.pid }),
  ended: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom('1', '2'))),
  namespaces: fc.uniqueArray(fc.record({ inode: fc.integer({ min: 10, max: 13 }), owner: fc.option(fc.integer({ min: 20, max: 21 })) }), { selector: (n) => n.inode }),
  gone: fc.array(fc.integer({ min: 10, max: 13 })),
}).map(({ processes, ended, namespaces, gone }): Part => ({
  ...nothing, endedProcesses: ended, endedNamespaces: gone.map((inode) => `net:${inode}:g1`), namespaces: namespaces.map(({ inode, owner }) => namespace(inode, owner)),
  tuples: processes.map(({ inode }) => NS_LINKS.map((link) => (link === 'net' ? inode : null))),
  processes: processes.map(({ pid, start }, ns) => ({
    pid, start, ns, ppid: 0, comm: '', state: 'S', kernelThread: false, uid: 0, euid: 0, cmdline: null, nsPids: null, cgroup: null, container: null, threads: [], unread: {},
  })),
}));

describe('many changes told as one', () => {
  it('tells of each thing what differs between before and after, whatever happened in between', () => {
    fc.assert(fc.property(fc.array(part, { maxLength: 3 }), fc.array(part, { minLength: 1, maxLength: 8 }), (first, then) => {
      const model = new HostModel();
      for (const one of first) model.apply(one);
      const before = { namespaces: new Set(model.namespaces.keys()), processes: new Set(Array.from(model.processes.values(), processKey)) };
      const changes = new ChangeSet();
      for (const one of then) changes.add(model.apply(one));
      const told = changes.take();
      const after = { namespaces: new Set(model.namespaces.keys()), processes: new Set(Array.from(model.processes.values(), processKey)) };
      assert.deepEqual(told.added, without(after.namespaces, before.namespaces));
      assert.deepEqual(told.removed, without(before.namespaces, after.namespaces));
      assert.deepEqual(told.processesAdded, without(after.processes, before.processes));
      assert.deepEqual(told.processesRemoved, without(before.processes, after.processes));
      for (const key of told.changed) assert.ok(before.namespaces.has(key) && after.namespaces.has(key), `${key} changed`);
      for (const key of told.processesChanged) assert.ok(before.processes.has(key) && after.processes.has(key), `${key} changed`);
      assert.ok(changes.empty);
    }), { seed: 20_263, numRuns: 500 });
  });

  it('forgets what was before a reset, and tells that there was one', () => {
    const model = new HostModel();
    const changes = new ChangeSet();
    changes.add(model.apply({ ...nothing, namespaces: [namespace(10, null)] }));
    const other = new HostModel();
    other.apply({ ...nothing, namespaces: [namespace(11, null)] });
    changes.add(resetChange(other));
    changes.add(other.apply({ ...nothing, endedNamespaces: ['net:11:g1'], namespaces: [namespace(12, null)] }));
    const told = changes.take();
    assert.ok(told.reset);
    assert.deepEqual([...told.added], ['net:12:g1']);
    assert.deepEqual([...changes.take().added], [], 'taken twice');
  });

  it('is empty as long as nothing has changed, and not after a reset to nothing', () => {
    const changes = new ChangeSet();
    changes.add(new HostModel().apply(nothing));
    assert.ok(changes.empty);
    changes.add(resetChange(new HostModel()));
    assert.ok(!changes.empty);
  });
});
