import assert from 'node:assert/strict';
import { ENGLISH, fill } from '../../../webview/messages.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import { sharing } from '../../../webview/picture/sharing.ts';
import { levelsOf } from '../../../webview/picture/levels.ts';
import { tableOf } from '../../../webview/picture/model.ts';
import type { Subject } from '../../../webview/picture/subject.ts';
import { busyHost, pair, subject, task } from './subjects.ts';
import './jsx.ts';

const { plain, statementsOf } = await import('../../../webview/page/sentence.tsx');

function said(given: Subject): string {
  const { main, notes } = statementsOf(given, ENGLISH);
  return [main, ...notes].map((s) => plain(s, 'en')).join(' ');
}

describe('which of the eight are shared', () => {
  it('is told for each type apart: same, different, or not known', () => {
    const [a, b] = [task({ pid: 1, name: 'a', in: { uts: 1, net: null, mnt: null } }), task({ pid: 2, name: 'b', in: { uts: 2, mnt: 3 } })];
    const c = task({ pid: 3, name: 'c', in: { mnt: 4 } });
    assert.deepEqual(sharing([a.ns, b.ns]), { same: ['ipc', 'pid', 'cgroup', 'time', 'user'], different: ['uts'], unknown: ['mnt', 'net'] });
    // one unread link does not hide that two others differ
    assert.ok(sharing([a.ns, b.ns, c.ns]).different.includes('mnt'));
  });

  it('does not take the for-children links into account', () => {
    assert.equal(sharing([task({ pid: 1, name: 'a', in: { pid_for_children: 5 } }).ns, task({ pid: 2, name: 'b' }).ns]).same.length, 8);
  });
});

describe('the sentence', () => {
  it('names both processes, how many of 8 they share, and which', () => {
    const two = subject([task({ pid: 2417, name: 'postgres', in: { uts: 1, ipc: 1, mnt: 1, pid: 1, net: 1, cgroup: 1 } }), task({ pid: 3310, name: 'make', in: { uts: 2, ipc: 2, mnt: 2, pid: 2, net: 2, cgroup: 2 } })]);
    assert.equal(said(two), 'postgres 2417 and make 3310 share 2 of 8: time, user. Shared with the host: postgres 2417 (2 of 8), make 3310 (2 of 8).');
  });

  it('fits one, two and many processes, and all or none of the eight', () => {
    const own = Object.fromEntries(NS_LINKS.map((l) => [l, 1]));
    const other = Object.fromEntries(NS_LINKS.map((l) => [l, 2]));
    const a = task({ pid: 1, name: 'a' });
    const b = task({ pid: 2, name: 'b' });
    const c = task({ pid: 3, name: 'c', in: own });
    const d = task({ pid: 4, name: 'd', in: other });
    assert.match(said(subject([a])), /^a 1 shares all 8 with the host\.$/);
    assert.match(said(subject([c])), /^c 3 shares none of the 8 with the host\.$/);
    assert.match(said(subject([task({ pid: 5, name: 'e', in: { ...own, user: 0, uts: 0 } })])), /^e 5 shares 2 of 8 with the host: uts, user\.$/);
    assert.match(said(subject([a, b])), /^a 1 and b 2 share all 8\./);
    assert.match(said(subject([a, c])), /^a 1 and c 3 share none of the 8\./);
    assert.match(said(subject([a, b, c])), /^There is no namespace that all 3 processes share\./);
    assert.match(said(subject([a, b, task({ pid: 5, name: 'e', in: { uts: 1 } })])), /^These 3 processes share 7 of 8: ipc, mnt, pid, net, cgroup, time, user\./);
    assert.match(said(subject([c, d])), /share none/);
    assert.equal(said(subject([])), ENGLISH.nothing);
  });

  it('says what could not be read instead of counting it as different', () => {
    const half = task({ pid: 2, name: 'b', in: { net: null } });
    assert.match(said(subject([task({ pid: 1, name: 'a' }), half])), /share 7 of 8: .*Not known: net\. Shared with the host: a 1 \(8 of 8\), b 2 \(at least 7 of 8\)\./);
    const blind = task({ pid: 9, name: 'x', in: Object.fromEntries(NS_LINKS.map((l) => [l, null])) });
    assert.equal(said(subject([blind])), 'Not readable: x 9.');
    assert.match(said(subject([task({ pid: 1, name: 'a' }), task({ pid: 2, name: 'b' }), blind])), /^a 1 and b 2 share all 8\..* Not readable: x 9\.$/);
  });

  it('leaves out what has ended, and says so', () => {
    assert.match(said(subject([task({ pid: 1, name: 'a' }), task({ pid: 2, name: 'b', ended: true, in: { uts: 3 } })])), /^a 1 shares all 8 with the host\. b 2 has ended\.$/);
    assert.equal(said(subject([task({ pid: 1, name: 'a', ended: true })])), ENGLISH.onlyEnded);
  });

  it('makes control characters of a name visible', () => {
    assert.match(said(subject([task({ pid: 1, name: 'a\u001b[31m\n\u202E' })])), /^a\\e\[31m\\n\\u\{202e\} 1 shares/);
  });
});

describe('pid numbers, level by level', () => {
  it('are the task’s own in each namespace above its own, and hidden from others', () => {
    const given = busyHost();
    const table = tableOf(given, { hostRow: true, onlyDifferent: false });
    const levels = levelsOf(given, table);
    assert.ok(levels);
    assert.deepEqual(levels.columns.map((c) => c.letter), ['A', 'B', 'C']);
    const numbers = new Map(levels.rows.map((row) => [row.task.pid, row.numbers]));
    assert.deepEqual(numbers.get(2466), [2466, 31, null]);
    assert.deepEqual(numbers.get(3310), [3310, null, 7]);
    assert.deepEqual(numbers.get(455), [455, null, null]);
    assert.deepEqual(numbers.get(633), [633, undefined, undefined], 'its pid namespace could not be read');
  });

  it('are not shown when every task has only one', () => {
    const given = subject([task({ pid: 1, name: 'a' })]);
    assert.equal(levelsOf(given, tableOf(given, { hostRow: true, onlyDifferent: false })), undefined);
  });
});

describe('messages', () => {
  it('are filled by number, and a missing value stays to be seen', () => {
    assert.equal(fill('{1} {0} {2}', 'a', 1), '1 a {2}');
    assert.equal(fill(ENGLISH.level, '{0}'), 'level {0}');
  });

  it('of a pair fit its sentence', () => {
    assert.match(said(pair()), /^make 3310 and postgres 2417 share 1 of 8: time\. Shared with the host: make 3310 \(1 of 8\), postgres 2417 \(2 of 8\)\.$/);
  });
});
