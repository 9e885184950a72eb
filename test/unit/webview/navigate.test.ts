import assert from 'node:assert/strict';
import { ENGLISH } from '../../../webview/messages.ts';
import { asText } from '../../../webview/picture/copy.ts';
import { changeOf } from '../../../webview/picture/changes.ts';
import { sayCell } from '../../../webview/picture/describe.ts';
import { tableOf } from '../../../webview/picture/model.ts';
import type { Place } from '../../../webview/picture/navigate.ts';
import { cellAt, navigate } from '../../../webview/picture/navigate.ts';
import { busyHost, pair, subject, task } from './subjects.ts';

const ALL = { hostRow: true, onlyDifferent: false };

describe('keys in the table', () => {
  // uts: a block of two rows (1, 2); ipc: one block of all
  const table = tableOf(subject([task({ pid: 1, name: 'a', in: { uts: 1 } }), task({ pid: 2, name: 'b', in: { uts: 1 } })]), ALL);
  const press = (from: Place, ...keys: string[]): Place => keys.reduce((at, key) => navigate(table, at, key.replace('Ctrl+', ''), key.startsWith('Ctrl+')) ?? at, from);

  it('leave a joined block at its edge', () => {
    assert.deepEqual(press({ row: 0, column: 0 }, 'ArrowDown'), { row: 1, column: 0 });
    assert.deepEqual(press({ row: 1, column: 0 }, 'ArrowDown'), { row: 1, column: 0 }, 'there is nothing below the block');
    assert.deepEqual(press({ row: 2, column: 0 }, 'ArrowUp'), { row: 0, column: 0 });
  });

  it('keep the row while going sideways through a tall block', () => {
    assert.deepEqual(press({ row: 2, column: -1 }, 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft'), { row: 2, column: -1 });
  });

  it('reach the names, both ends and all four corners, and stop there', () => {
    assert.deepEqual(press({ row: 1, column: 0 }, 'Home'), { row: 1, column: -1 });
    assert.deepEqual(press({ row: 1, column: 0 }, 'End'), { row: 1, column: 7 });
    assert.deepEqual(press({ row: 1, column: 0 }, 'Ctrl+Home', 'ArrowUp', 'ArrowLeft'), { row: 0, column: -1 });
    assert.deepEqual(press({ row: 1, column: 0 }, 'Ctrl+End', 'ArrowRight', 'ArrowDown'), { row: 2, column: 7 });
    assert.deepEqual(press({ row: 0, column: -1 }, 'PageDown'), { row: 2, column: -1 });
    assert.equal(navigate(table, { row: 0, column: 0 }, 'a', false), undefined);
  });

  it('always lead to a place that has a cell', () => {
    const busy = tableOf(busyHost(), ALL);
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'];
    for (const [r] of busy.rows.entries()) for (let c = -1; c < busy.columns.length; c++) for (const key of keys) for (const control of [false, true]) {
      const to = navigate(busy, { row: r, column: c }, key, control)!;
      assert.ok(busy.rows[to.row] && (to.column === -1 || cellAt(busy, to)), `${key} from ${r}, ${c}`);
    }
  });
});

describe('spoken words', () => {
  const table = tableOf(busyHost(), ALL);
  const say = (pid: number, link: string): string => {
    const row = table.rows.findIndex((r) => r.task?.pid === pid);
    return sayCell(table, cellAt(table, { row, column: table.columns.findIndex((c) => c.link === link) })!, 'lab', ENGLISH);
  };

  it('tell a cell’s type, letter, inode, contents and users', () => {
    assert.match(say(2417, 'uts'), /^uts namespace B, inode \d+, contains “db”\. Used by postgres 24\d\d, postgres 24\d\d\.$/);
    assert.match(say(455, 'net'), /^net namespace A, initial, inode \d+, contains lo, eth0\. Used by Host lab, probe 455\.$/);
  });

  it('tell why a cell is empty, and that what has ended is in it no more', () => {
    assert.equal(say(633, 'mnt'), 'mnt namespace of sshd 633: not readable, no access');
    assert.match(say(3322, 'uts'), /^uts namespace C, .*cc1 3322, ended\.$/);
    assert.match(say(455, 'pid_for_children'), /^pid for children namespace D, .*\. Used by no process\.$/);
  });
});

describe('what an update changed', () => {
  it('is told once, in words, and marked where it happened', () => {
    const before = tableOf(pair(), ALL);
    const [make, postgres] = pair().tasks;
    const net = postgres!.ns.map((inode, i) => (i === 3 ? make!.ns[3]! : inode));
    const after = tableOf({ ...pair(), tasks: [{ ...make!, ended: true }, { ...postgres!, ns: net }] }, { ...ALL, letters: before.letters, order: before.order });
    const change = changeOf(before, after, ENGLISH);
    assert.deepEqual([...change.places], ['2417@100 net']);
    assert.deepEqual([...change.sentences].sort(), ['make 3310 has ended.', 'postgres 2417 is now in net C.']);
    assert.deepEqual(changeOf(after, after, ENGLISH).sentences, []);
    assert.deepEqual(changeOf(undefined, after, ENGLISH).sentences, []);
  });
});

describe('the copied text', () => {
  it('has a line for each row and namespace, in columns that line up', () => {
    const text = asText(tableOf(pair(), ALL), 'They share 1 of 8.', 'lab', ENGLISH);
    const lines = text.split('\n');
    assert.equal(lines[0], 'They share 1 of 8.');
    assert.match(lines[2]!, /^process +uts +ipc +mnt +pid +net +cgroup +time +user$/);
    const at = lines[2]!.indexOf('uts');
    assert.match(lines[3]!.slice(at), /^A 4026531842 /);
    assert.match(lines[4]!, /^postgres 2417, 1 inside, uid 999, db \(docker\) +B \d+ /);
    assert.match(lines[4]!.slice(at), /^B \d+/);
    assert.match(text, /uts:\[4026531842\] {2}A {2}“lab”/);
  });

  it('lets no control character of the host through', () => {
    const nasty = subject([task({ pid: 1, name: 'a\u001b]0;x\u0007', user: 'u\n', container: { name: '\u0000', engine: 'docker' } })], { 'uts 0': { hostname: '\u009b31m' } });
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    assert.doesNotMatch(asText(tableOf(nasty, ALL), '', 'h\u001bost', ENGLISH), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });
});
