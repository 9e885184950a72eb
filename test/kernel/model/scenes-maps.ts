import * as f from '../../../simulator/kernel/flags.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';

const { CLONE_NEWUSER, CLONE_NEWTIME, CLONE_VM } = f;
const CAP_SETFCAP = 31;

const rows = (n: number): string => Array.from({ length: n }, (_, i) => `${i} ${i} 1\n`).join('');
/** Texts that are no map. */
const BROKEN = ['', '0 0', 'abc', '0 0 0', '0 0 1 x', '4294967295 0 1', '0 0 5\n3 100 5\n', '0 0 1\n\n1 1 1\n', '-1 0 1', '4294967290 0 10', rows(341), '0 0 5\n3 100 5\n', '0 0 5\n100 3 5\n', 'x'.repeat(4096)];
const OFFSETS = ['monotonic 100 0', '1 100 0', 'boottime 5 0', '7 5 0', 'monotonic 1 0\nboottime 2 0', 'realtime 1 0', '0 1 0', 'monotonic 1 1000000000', 'monotonic 1 -1', 'monotonic 4611686019 0',
  'monotonic -999999999 0', 'monotonic 9223372037 0', 'monotonic 1', 'monotonic 9223372037 1000000000', 'monotonic 1 0\nboottime 1 0\nmonotonic 2 0\n', '\n', 'monotonic -1 0'];

const map = (s: Stage, t: number, file: string, text: string, whose = -1, offset = 0): number => s.write(t, `${whose < 0 ? '{self}' : `{${whose}}`}/${file}`, text, offset);
const id = (s: Stage, t: number, which: 'euid' | 'egid'): number => s.model.tasks[t]?.cred[which] ?? 0;

export const MAP_SCENES: readonly Scene[] = [
  { by: 'any', play: (s, t) => {
    const child = s.child(t, CLONE_NEWUSER);
    s.some(5, ...BROKEN.map((text) => () => map(s, child, 'uid_map', text)), () => map(s, child, 'uid_map', '0 0 1', -1, 1),
      () => s.call(child, 'write', [s.random.below(2), 1], '{self}/uid_map', '0 0 1'));
    map(s, child, 'uid_map', `${s.random.of([0, 5, 1000])} ${id(s, child, 'euid')} 1`);
    map(s, child, 'uid_map', '0 0 1');
  } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t, CLONE_NEWUSER);
    s.some(2, ...BROKEN.map((text) => () => map(s, t, 'uid_map', text, child)));
    map(s, t, 'uid_map', s.random.of([rows(340), rows(340), rows(340), '0 0 1000', '0 0 1', '0 1000 1\n5 5 1\n']), child);
    map(s, t, 'gid_map', s.random.of(['0 0 1000', '0 0 1']), child);
    s.call(child, 'setgroups', [s.random.below(3)]);
    s.call(child, 'setresuid', s.random.of([[0, 0, 0], [5, 5, 5], [2000, 2000, 2000]]));
  } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t);
    const without = !s.random.one_in(3);
    if (without) s.call(child, 'drop', [CAP_SETFCAP, 0]);
    s.unshare(child, CLONE_NEWUSER);
    s.some(2, () => map(s, child, 'uid_map', '0 0 2'), () => map(s, child, 'gid_map', '0 0 1'));
    map(s, child, 'uid_map', '0 0 1');
    map(s, child, 'setgroups', 'deny');
    map(s, child, 'gid_map', '0 0 1');
  } },
  { by: 'user', play: (s, t) => {
    const child = s.child(t, CLONE_NEWUSER);
    s.some(3, ...['0 5 1', '0 1000 2', '0 1000 2', '0 1000 1\n1 1001 1\n', '0 0 1'].map((text) => () => map(s, child, 'uid_map', text)), () => map(s, t, 'uid_map', '0 1000 1'));
    s.some(3, () => map(s, child, 'gid_map', '0 1000 1'), () => map(s, child, 'gid_map', '0 5 1'), () => s.call(child, 'setgroups', [1]), () => map(s, child, 'setgroups', s.random.of(['allow', 'deny', 'deny ', 'junk'])));
    map(s, child, 'setgroups', 'deny');
    map(s, child, 'gid_map', s.random.of(['0 5 1', '0 1000 1']));
    s.call(child, 'setgroups', [1]);
    map(s, child, 'projid_map', '0 0 1');
    map(s, child, 'setgroups', s.random.of(['allow', 'deny']));
  } },
  { by: 'any', play: (s, t) => {
    const child = s.child(t, CLONE_NEWUSER);
    s.some(2, () => map(s, child, 'setgroups', 'allow'), () => map(s, child, 'setgroups', 'junk'), () => map(s, child, 'setgroups', 'deny '), () => map(s, child, 'setgroups', 'deny'));
    map(s, child, 'gid_map', s.random.of(['0 7 1', `0 ${id(s, child, 'egid')} 1`]));
    map(s, child, 'setgroups', s.random.of(['deny', 'deny', 'allow']));
    map(s, child, 'gid_map', `0 ${id(s, child, 'egid')} 1`);
    map(s, child, 'setgroups', s.random.of(['deny', 'allow']));
    s.call(child, 'setgroups', [0]);
    map(s, child, 'uid_map', `0 ${id(s, child, 'euid')} 1`);
    s.child(child, CLONE_NEWUSER);
  } },
  { by: 'any', play: (s, t) => {
    // a map in a map, and a writer two levels up
    const outer = s.child(t, CLONE_NEWUSER);
    s.map_own(outer, s.random.of([0, 7]));
    const inner = s.child(outer, CLONE_NEWUSER);
    s.some(1, () => map(s, t, 'uid_map', '0 0 1', inner), () => map(s, inner, 'uid_map', '5 99 1'), () => map(s, outer, 'uid_map', '5 99 1', inner));
    s.map_own(inner, 5);
    map(s, outer, 'uid_map', '5 0 1', inner);
    s.call(inner, 'setresuid', [5, 5, 5]);
  } },
  { by: 'root', play: (s, t) => {
    map(s, t, 'uid_map', '0 0 1');
    const outer = s.child(t, CLONE_NEWUSER);
    map(s, t, 'uid_map', '0 0 1000', outer);
    map(s, t, 'gid_map', '0 0 1000', outer);
    const inner = s.child(outer, CLONE_NEWUSER);
    map(s, outer, 'uid_map', s.random.of(['0 10 5', '0 999 1', '0 1000 1', '0 0 1']), inner);
    map(s, outer, 'gid_map', '0 10 5', inner);
  } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t);
    if (s.random.one_in(3)) map(s, child, 'timens_offsets', s.random.of(OFFSETS), child);
    s.unshare(child, CLONE_NEWTIME);
    s.some(4, ...OFFSETS.map((text) => () => map(s, child, 'timens_offsets', text, child)));
    s.child(child, s.random.of([0, CLONE_VM, CLONE_VM]));
    map(s, child, 'timens_offsets', 'monotonic 3 0', child);
    if (s.random.one_in(2)) s.setns(child, s.ns(child, child, 'time_for_children'));
    map(s, child, 'timens_offsets', 'monotonic 4 0', child);
  } },
  { by: 'root', play: (s, t) => {
    const child = s.child(t);
    s.unshare(child, CLONE_NEWTIME);
    s.some(7, ...OFFSETS.map((text) => () => map(s, t, 'timens_offsets', text, child)));
  } },
  { by: 'user', play: (s, t) => {
    map(s, t, 'timens_offsets', 'monotonic 1 0', t);
    const child = s.child(t);
    s.unshare(child, CLONE_NEWUSER + CLONE_NEWTIME);
    map(s, child, 'timens_offsets', 'monotonic 1 0', child);
    const other = s.child(t, CLONE_NEWUSER);
    map(s, other, 'timens_offsets', 'monotonic 1 0', other);
  } },
];
