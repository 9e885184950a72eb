import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Namespace, NsLink, Part, WireProcess } from '../../../helper/protocol.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import { compareModels } from '../../../helper/model/compare.ts';
import { property } from '../property.ts';
import { modelOf, wholePart } from './arbitraries.ts';

const A = 4026532001, B = 4026532002;

function host(processes: readonly { pid: number; start?: string; ns?: Partial<Record<NsLink, number | null>> }[], namespaces: readonly Partial<Namespace>[]): Part {
  return {
    tuples: processes.map(({ ns }) => NS_LINKS.map((link, i) => (ns?.[link] === undefined ? i : ns[link]))),
    processes: processes.map(({ pid, start = '1' }, i): WireProcess => ({ pid, start, ppid: 1, comm: '', state: 'S', kernelThread: false, ns: i, uid: 0, euid: 0, cmdline: [], nsPids: null, cgroup: null, container: null, threads: [], unread: {} })),
    namespaces: namespaces.map((more): Namespace => {
      const ns = { type: 'net' as const, inode: A, id: '1', initial: false, owner: 7, parent: null, ownerUid: null, level: null, heldBy: [], contents: {}, unread: {}, ...more };
      return { ...ns, key: `${ns.type}:${ns.inode}:${ns.id ?? 'g1'}` };
    }),
    containers: [], endedProcesses: [], endedNamespaces: [], endedContainers: [],
  };
}
const compare = (a: Part, b: Part): unknown => {
  const { came, went, moved, processesCame, processesWent } = compareModels(modelOf(a), modelOf(b));
  return {
    came: came.map(({ key }) => key), went: went.map(({ key }) => key), moved: moved.map(({ process, type, from, to }) => [process.pid, type, from, to]),
    processesCame: processesCame.map(({ pid }) => pid), processesWent: processesWent.map(({ pid }) => pid),
  };
};
const NOTHING = { came: [], went: [], moved: [], processesCame: [], processesWent: [] };

describe('compareModels', () => {
  it('finds nothing between a host and itself', () => property(fc.property(wholePart, (part) => {
    assert.deepEqual(compareModels(modelOf(part), modelOf(part)), { ...NOTHING, sameBoot: true });
  })));

  it('what came one way went the other way', () => property(fc.property(wholePart, wholePart, (a, b) => {
    const there = compareModels(modelOf(a), modelOf(b)), back = compareModels(modelOf(b), modelOf(a));
    assert.deepEqual(there.came, back.went);
    assert.deepEqual(there.processesWent, back.processesCame);
    assert.equal(there.moved.length, back.moved.length);
  })));

  it('tells processes that moved from those that came and went', () => {
    assert.deepEqual(compare(
      host([{ pid: 5 }, { pid: 6 }, { pid: 7 }], [{}]),
      host([{ pid: 5, ns: { net: A } }, { pid: 6, start: '2' }, { pid: 8 }], [{}]),
    ), { ...NOTHING, moved: [[5, 'net', NS_LINKS.indexOf('net'), A]], processesCame: [6, 8], processesWent: [6, 7] });
  });

  it('a namespace that took over an inode is another, and whoever is in it moved', () => {
    assert.deepEqual(compare(host([{ pid: 5, ns: { net: A } }], [{ id: '1' }]), host([{ pid: 5, ns: { net: A } }], [{ id: '2' }])),
      { ...NOTHING, came: [`net:${A}:2`], went: [`net:${A}:1`], moved: [[5, 'net', A, A]] });
    assert.deepEqual(compare(host([], [{ id: null, owner: 7 }]), host([], [{ id: null, owner: 8 }])), { ...NOTHING, came: [`net:${A}:g1`], went: [`net:${A}:g1`] });
  });

  it('does not take what was read with fewer rights for another namespace', () => {
    assert.deepEqual(compare(host([{ pid: 5, ns: { net: A } }], [{ id: '1' }]), host([{ pid: 5, ns: { net: null } }], [{ id: null, owner: null }])), NOTHING);
  });

  it('after another boot nothing is the same', () => {
    const part = host([{ pid: 5 }], [{}, { inode: B }]);
    const { came, went, moved, processesCame, processesWent, sameBoot } = compareModels(modelOf(part), modelOf(part), ['boot 1', 'boot 2']);
    assert.deepEqual([came.length, went.length, moved.length, processesCame.length, processesWent.length, sameBoot], [2, 2, 0, 1, 1, false]);
  });
});
