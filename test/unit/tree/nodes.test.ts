import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Grouping } from '../../../extension/contribution/settings.ts';
import type { Filter } from '../../../extension/tree/filter/parse.ts';
import { parseFilter } from '../../../extension/tree/filter/parse.ts';
import type { TreeNode } from '../../../extension/tree/nodes/node.ts';
import { rootRows } from '../../../extension/tree/nodes/roots.ts';
import { HELLO, INITIAL, container, modelOf, namespace, process, scene, toModel, worlds } from './worlds.ts';

/** Every row, unfolded to the end. */
export function unfold(rows: readonly TreeNode[], parent: TreeNode | null = null): { node: TreeNode; parent: TreeNode | null }[] {
  return rows.flatMap((node) => [{ node, parent }, ...(node.children ? unfold(node.children(), node) : [])]);
}

const GROUPINGS: Grouping[] = ['type', 'owner', 'process'];
const texts = (rows: readonly TreeNode[]): string[] => rows.map((row) => `${row.label} | ${row.description}`);
const below = (rows: readonly TreeNode[], label: string): readonly TreeNode[] => rows.find((row) => row.label === label)!.children!();

describe('the rows of the tree', () => {
  it('show every namespace exactly once in each grouping, with unique ids that begin with the parent\'s', () => {
    fc.assert(fc.property(worlds, fc.constantFrom(...GROUPINGS), (world, grouping) => {
      const model = toModel(world);
      const all = unfold(rootRows(scene(model, { grouping })));
      const shown = all.flatMap(({ node }) => (node.target.kind === 'namespace' ? [node.target.key] : []));
      assert.deepEqual(shown.sort(), [...model.namespaces.keys()].sort());
      assert.equal(new Set(all.map(({ node }) => node.id)).size, all.length, 'ids are not unique');
      for (const { node, parent } of all) if (parent) assert.ok(node.id.startsWith(`${parent.id}/`), `${node.id} below ${parent.id}`);
    }), { numRuns: 300 });
  });

  it('show every process that can be read below a namespace or a group, and every other as not readable', () => {
    fc.assert(fc.property(worlds, fc.constantFrom(...GROUPINGS), (world, grouping) => {
      const model = toModel(world);
      const roots = rootRows(scene(model, { grouping }));
      const shown = new Set(unfold(roots).flatMap(({ node }) => (node.target.kind === 'process' ? [node.target.pid] : [])));
      assert.deepEqual([...model.processes.keys()].filter((pid) => !shown.has(pid)), []);
      const unreadable = world.processes.filter((p) => p.unread.ns).map((p) => p.pid);
      const last = roots.at(-1);
      assert.deepEqual(last?.id === 'unreadable' ? last.children!().map((row) => row.target.kind === 'process' && row.target.pid) : [], unreadable);
    }), { numRuns: 200 });
  });

  it('with a filter show just the namespaces that it lets through, each once', () => {
    const filters = ['net', '-initial', 'fd', 'bind', 'user:ana', 'postgres -net', '3', 'container:a', 'h1', 'thread', 'parent'].map((text) => parseFilter(text) as Filter);
    fc.assert(fc.property(worlds, fc.constantFrom(...GROUPINGS), fc.constantFrom(...filters), (world, grouping, filter) => {
      const model = toModel(world);
      const filtered = scene(model, { grouping, filter });
      const all = unfold(rootRows(filtered));
      const expected = [...model.namespaces.values()].filter((ns) => filtered.shows(ns)).map((ns) => ns.key).sort();
      const shown = all.flatMap(({ node }) => (node.target.kind === 'namespace' ? [node.target.key] : []));
      // by owner, a user namespace that does not match stays as the way to one that does
      if (grouping === 'owner') assert.deepEqual(shown.filter((key) => expected.includes(key)).sort(), expected);
      else assert.deepEqual(shown.sort(), expected);
      assert.equal(new Set(all.map(({ node }) => node.id)).size, all.length);
    }), { numRuns: 300 });
  });

  const world = modelOf([
    namespace('uts', 4026532601, { contents: { hostname: 'db' } }), namespace('net', 4026532604), namespace('uts', 4026532688, { heldBy: [{ kind: 'descriptor', pid: 1184, fd: 23 }] }),
    namespace('net', 4026532455, { heldBy: [{ kind: 'bind mount', path: '/run/netns/blue', mountNamespace: INITIAL.mnt, pid: 1 }] }),
    namespace('user', 4026532717, { ownerUid: 1000 }), namespace('uts', 4026532719, { owner: 4026532717, contents: { hostname: 'build' } }),
    namespace('pid', 4026532603), namespace('pid', 4026532700, { parent: 4026532699, level: 2 }), namespace('pid', 4026532699), namespace('user', 4026532800, { ownerUid: 1000 }),
    namespace('net', 4026532801, { owner: 4026532800, heldBy: [{ kind: 'socket', pid: 1184, fd: 9 }] }),
  ], [
    process(1, {}, { comm: 'systemd' }), process(1184, {}, { comm: 'dockerd' }),
    process(2417, { uts: 4026532601, net: 4026532604, pid: 4026532603 }, { comm: 'postgres', nsPids: [2417, 1], container: 'docker:db', uid: 1000 }),
    process(2466, { uts: 4026532601, net: 4026532604, pid: 4026532603 }, { comm: 'postgres', nsPids: [2466, 7], container: 'docker:db', uid: 1000 }),
    process(3310, { uts: 4026532719, user: 4026532717, ipc: null }, { comm: 'make' }),
    process(3311, { pid: 4026532700 }),
    process(702, Object.fromEntries(Object.keys(INITIAL).map((t) => [t, null])), { comm: 'postfix', unread: { ns: 'ESRCH' } }),
    process(633, Object.fromEntries(Object.keys(INITIAL).map((t) => [t, null])), { comm: 'sshd', unread: { ns: 'EACCES' } }),
  ], [container('docker:db', { name: 'db', init: 2417 })]);

  it('by type: initial first, then with processes, then what is held otherwise', () => {
    const roots = rootRows(scene(world));
    assert.deepEqual(roots.slice(0, 3).map((r) => r.label), ['uts', 'net', 'pid']);
    assert.deepEqual(texts(below(roots, 'uts')), [
      'uts 4026531838 | initial, 3 processes, “lab”',
      'uts 4026532601 | 2 processes, “db”',
      'uts 4026532719 | 1 process, “build”',
      'uts 4026532688 | fd only: dockerd 1184, fd 23',
    ]);
    assert.deepEqual(below(roots, 'uts').map((r) => r.icon), ['home', 'circle-filled', 'circle-filled', 'file-binary']);
    assert.deepEqual(texts(below(roots, 'net')).slice(1), ['net 4026532604 | 2 processes, docker db', 'net 4026532455 | bind mount /run/netns/blue', 'net 4026532801 | socket only: dockerd 1184, fd 9']);
    assert.deepEqual(texts(below(roots, 'pid')).slice(1), ['pid 4026532603 | level 1, 2 processes, docker db', 'pid 4026532700 | level 2, 1 process', 'pid 4026532699 | level 1, parent only']);
    assert.deepEqual(texts(below(roots, 'user')).slice(1), ['user 4026532717 | level 1, uid 1000 (ana), 1 process', 'user 4026532800 | level 1, uid 1000 (ana), owner only']);
  });

  it('unfold a namespace to its processes, with the pid inside', () => {
    const rows = below(below(rootRows(scene(world)), 'uts'), 'uts 4026532601');
    assert.deepEqual(texts(rows), ['2417 postgres | 1 inside, ana', '2466 postgres | 7 inside, ana']);
    assert.deepEqual(texts(below(below(rootRows(scene(world)), 'net'), 'net 4026532455')), ['/run/netns/blue | bind mount']);
    assert.deepEqual(texts(below(below(rootRows(scene(world)), 'uts'), 'uts 4026532688')), ['1184 dockerd | fd 23']);
  });

  it('say why processes are not readable', () => {
    assert.deepEqual(texts(rootRows(scene(world, { hello: { ...HELLO, uid: 1000 } })).at(-1)!.children!()), ['633 sshd | owned by root', '702 postfix | exited while reading']);
    assert.equal(rootRows(scene(world)).at(-1)!.description, '2 processes');
    assert.notEqual(rootRows(scene(world, { showUnreadable: false })).at(-1)!.id, 'unreadable');
  });

  it('by owner: the tree of user namespaces', () => {
    const roots = rootRows(scene(world, { grouping: 'owner' }));
    assert.deepEqual(texts(roots).slice(0, 1), ['user 4026531837 | initial, owns 16']);
    const rows = below(roots, 'user 4026531837');
    assert.deepEqual(rows.slice(0, 2).map((r) => r.label), ['7 initial namespaces', '5 processes']);
    assert.ok(texts(rows).includes('user 4026532717 | uid 1000 (ana), owns 1'));
    assert.deepEqual(texts(below(rows, 'user 4026532717')), ['1 process | ', 'uts 4026532719 | 1 process, “build”']);
  });

  it('by process: host, containers, own namespaces without one, and no process', () => {
    const roots = rootRows(scene(world, { grouping: 'process' }));
    assert.deepEqual(texts(roots), [
      'Host | 2 processes, all initial', 'db | docker, 2 processes, own 3 of 8', 'No container | 2 processes in own namespaces', 'No process | 5 namespaces', 'Not readable | 2 processes',
    ]);
    assert.deepEqual(texts(below(roots, 'db')), ['2417 postgres | own uts pid net', '2466 postgres | same as 2417']);
    assert.deepEqual(texts(below(below(roots, 'db'), '2417 postgres')).map((t) => t.split(' ')[0]).sort(), ['net', 'pid', 'uts']);
    assert.deepEqual(texts(below(roots, 'No container')), ['3310 make | own uts user', '3311 p3311 | own pid']);
  });

  it('show 500 rows and how many more there are', () => {
    const many = modelOf([], Array.from({ length: 1204 }, (_, i) => process(i + 1)));
    const rows = below(below(rootRows(scene(many)), 'uts'), 'uts 4026531838');
    assert.equal(rows.length, 501);
    assert.deepEqual([rows.at(-1)!.label, rows.at(-1)!.target], ['Show more (704)', { kind: 'more', parent: 'type/uts/uts:4026531838:g1' }]);
    const wide = below(below(rootRows(scene(many, { limit: () => 1000 })), 'uts'), 'uts 4026531838');
    assert.deepEqual([wide.length, wide.at(-1)!.label], [1001, 'Show more (204)']);
  });

  it('count what is new in a type, so that it shows while folded', () => {
    const uts = rootRows(scene(world, { isNew: (key) => key === 'uts:4026532601:g1' }))[0]!;
    assert.equal(uts.description, '4, 1 new');
  });

  it('have other ids while filtered, and begin unfolded', () => {
    for (const grouping of GROUPINGS) {
      const plain = new Set(unfold(rootRows(scene(world, { grouping, showUnreadable: false }))).map(({ node }) => node.id));
      const filtered = unfold(rootRows(scene(world, { grouping, filter: parseFilter('-fd') as Filter, showUnreadable: false })));
      assert.ok(filtered.length > 0);
      assert.deepEqual(filtered.filter(({ node }) => plain.has(node.id)), []);
    }
  });

  it('show hostile names as visible text', () => {
    const hostile = modelOf([namespace('uts', 4026532601, { contents: { hostname: 'a\n\x1b[31mb\u202e' } })], [process(7, { uts: 4026532601 }, { comm: 'x\n<b>\x1b]0;' })]);
    for (const grouping of GROUPINGS) {
      for (const { node } of unfold(rootRows(scene(hostile, { grouping, hello: HELLO })))) assert.doesNotMatch(`${node.label}${node.description}`, /[\p{Cc}\p{Cf}]/u);
    }
  });
});
