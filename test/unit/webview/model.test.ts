import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NS_LINKS } from '../../../helper/protocol.ts';
import type { Subject } from '../../../webview/picture/subject.ts';
import { place } from '../../../webview/picture/columns.ts';
import { isOwn, patternOf, spans, tableOf } from '../../../webview/picture/model.ts';
import { letterAt } from '../../../webview/picture/letters.ts';
import { busyHost, pair, subject, task } from './subjects.ts';

const ALL = { hostRow: true, onlyDifferent: false };

/** Hosts of up to eight tasks in few namespaces, some links unread, some tasks ended. */
const hosts: fc.Arbitrary<Subject> = fc.array(fc.record({
  links: fc.array(fc.option(fc.nat(3), { freq: 6 }), { minLength: NS_LINKS.length, maxLength: NS_LINKS.length }), ended: fc.boolean(),
}), { maxLength: 8 }).map((specs) => subject(specs.map((spec, i) => task({
  pid: i + 1, name: `p${i}`, ended: spec.ended, in: Object.fromEntries(NS_LINKS.map((link, l) => [link, spec.links[l] ?? null])),
}))));

describe('the table of tasks by namespace types', () => {
  it('joins exactly the equal neighbours of a column into one block, for any host', () => {
    fc.assert(fc.property(hosts, fc.boolean(), fc.boolean(), (given, hostRow, onlyDifferent) => {
      const table = tableOf(given, { hostRow, onlyDifferent });
      for (const [c, column] of table.columns.entries()) {
        const cells = table.cells.filter((cell) => cell.column === c);
        const at = (r: number): string => {
          const row = table.rows[r]!;
          const inode = row.ns[place(column.link)] ?? null;
          return inode === null ? `none ${r}` : `${row.task?.ended === true ? 'was' : 'is'} ${inode}`;
        };
        // every row is covered once, in order
        assert.deepEqual(cells.flatMap((cell) => Array.from({ length: cell.to - cell.from }, (_, i) => cell.from + i)), table.rows.map((_, i) => i));
        for (const cell of cells) {
          for (let r = cell.from; r < cell.to; r++) assert.equal(at(r), at(cell.from));
          if (cell.to < table.rows.length) assert.notEqual(at(cell.to), at(cell.from), 'equal neighbours in two blocks');
          assert.equal(cell.shown?.inode ?? null, table.rows[cell.from]!.ns[place(column.link)] ?? null);
          assert.equal(cell.shown === null, cell.why !== null);
        }
      }
    }), { seed: 41, numRuns: 300 });
  });

  it('has each task in one row and leaves out the host row only when asked', () => {
    fc.assert(fc.property(hosts, fc.boolean(), (given, hostRow) => {
      const { rows } = tableOf(given, { hostRow, onlyDifferent: false });
      assert.deepEqual(rows.map((row) => row.key).sort(), [...(hostRow ? ['host'] : []), ...given.tasks.map((t) => t.key)].sort());
      if (hostRow) assert.equal(rows[0]?.key, 'host');
    }), { seed: 42 });
  });

  it('with "only what differs" leaves out the columns, and only those, in which all rows are the same', () => {
    fc.assert(fc.property(hosts, (given) => {
      const all = tableOf(given, ALL);
      const some = tableOf(given, { hostRow: true, onlyDifferent: true }).columns.map((c) => c.link);
      for (const column of all.columns) {
        const inodes = all.rows.map((row) => row.ns[place(column.link)] ?? null);
        assert.equal(some.includes(column.link), new Set(inodes).size > 1 || inodes.includes(null), column.link);
      }
    }), { seed: 43 });
  });

  it('shows a for-children column only where it differs from its twin, or where no child was born yet', () => {
    const links = (s: Subject): string[] => tableOf(s, ALL).columns.map((c) => c.link);
    assert.deepEqual(links(pair()), ['uts', 'ipc', 'mnt', 'pid', 'net', 'cgroup', 'time', 'user']);
    assert.deepEqual(links(busyHost()), ['uts', 'ipc', 'mnt', 'pid', 'pid_for_children', 'net', 'cgroup', 'time', 'user']);
    assert.ok(links(subject([task({ pid: 1, name: 'a', in: { time_for_children: 1 } })])).includes('time_for_children'));
    const unborn = subject([task({ pid: 1, name: 'a', in: { pid_for_children: null }, unread: { pid_for_children: 'ENOENT' } })]);
    assert.ok(links(unborn).includes('pid_for_children'));
    const forbidden = subject([task({ pid: 1, name: 'a', in: { pid_for_children: null }, unread: { pid_for_children: 'EACCES' } })]);
    assert.ok(!links(forbidden).includes('pid_for_children'));
    // a zombie has lost its nsproxy: that is not "no child yet"
    assert.ok(!links(subject([task({ pid: 1, name: 'a', zombie: true, in: { pid_for_children: null }, unread: { pid_for_children: 'ENOENT' } })])).includes('pid_for_children'));
  });

  it('counts as users of a namespace the tasks that are in it now: none that ended, none whose children only will be', () => {
    const table = tableOf(busyHost(), ALL);
    const users = (ref: string): readonly string[] => [...table.namespaces.values()].find((n) => `${n.type} ${n.letter}` === ref)!.users;
    assert.deepEqual([...users('uts B')].sort(), ['2417@100', '2466@100']);
    assert.deepEqual([...users('uts C')], ['3310@100'], 'cc1 has ended');
    assert.deepEqual([...users('pid D')], [], 'the first child of probe will be there');
  });

  it('says of a namespace with one process that it is its own, and never of the host’s', () => {
    const alone = subject([task({ pid: 1, name: 'a', in: { uts: 1, net: 2 } })], { 'net 2': { processes: 3 }, 'ipc 0': { processes: 1 } });
    const table = tableOf(alone, ALL);
    assert.deepEqual(table.cells.filter(isOwn).map((cell) => table.columns[cell.column]?.link), ['uts']);
  });

  it('keeps the rows that people know in their order and puts a new one where it fits', () => {
    const [a, b, c] = [task({ pid: 1, name: 'a', in: { uts: 1, net: 1 } }), task({ pid: 2, name: 'b', in: { uts: 2, net: 2 } }), task({ pid: 3, name: 'c', in: { uts: 1, net: 1 } })];
    const first = tableOf(subject([a, b]), ALL);
    assert.deepEqual(first.order, ['1@100', '2@100']);
    const second = tableOf(subject([a, b, c]), { ...ALL, order: first.order, letters: first.letters });
    assert.deepEqual(second.order, ['1@100', '3@100', '2@100']);
    assert.equal(second.canSort, false);
    // b moves into a's namespaces: the rows stay, and sorting would join blocks
    const moved = task({ pid: 3, name: 'c', in: { uts: 2, net: 2 } });
    const third = tableOf(subject([a, task({ pid: 2, name: 'b', in: { uts: 1, net: 1 } }), moved]), { ...ALL, order: ['1@100', '3@100', '2@100'] });
    assert.deepEqual(third.order, ['1@100', '3@100', '2@100']);
    assert.equal(third.canSort, true);
  });

  it('shows a namespace whose record has not arrived yet by its inode', () => {
    const { host, tasks, namespaces } = pair();
    const table = tableOf({ host, tasks, namespaces: namespaces.filter((n) => n.type !== 'net') }, ALL);
    const net = table.cells.filter((cell) => table.columns[cell.column]?.link === 'net');
    assert.ok(net.every((cell) => cell.shown !== null && cell.shown.facts === null));
  });
});

describe('joined spans', () => {
  it('never join what could not be read', () => {
    assert.deepEqual(spans([null, null, 'a', 'a', null, 'a']), [[0, 1], [1, 2], [2, 4], [4, 5], [5, 6]]);
    assert.deepEqual(spans([]), []);
  });
});

describe('patterns', () => {
  it('leave A plain and differ between letters that follow each other', () => {
    assert.equal(patternOf('A'), 0);
    for (let i = 1; i < 60; i++) assert.notEqual(patternOf(letterAt(i)), patternOf(letterAt(i + 1)));
  });
});
