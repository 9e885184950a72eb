import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Filter } from '../../../extension/tree/filter/parse.ts';
import { parseFilter } from '../../../extension/tree/filter/parse.ts';
import type { Namespace } from '../../../helper/protocol.ts';
import { INITIAL, container, modelOf, namespace, process, scene } from './worlds.ts';

const model = modelOf([
  namespace('uts', 4026532601, { contents: { hostname: 'db' } }), namespace('net', 4026532604),
  namespace('net', 4026532455, { heldBy: [{ kind: 'bind mount', path: '/run/netns/blue', mountNamespace: INITIAL.mnt, pid: 1 }] }),
  namespace('uts', 4026532688, { heldBy: [{ kind: 'descriptor', pid: 1184, fd: 23 }] }), namespace('user', 4026532717, { ownerUid: 1000 }),
], [
  process(1184, {}, { comm: 'dockerd' }), process(2417, { uts: 4026532601, net: 4026532604 }, { comm: 'postgres', uid: 1000, nsPids: [2417, 1], container: 'docker:db', cmdline: ['/usr/bin/postgres', '-D', '/data'] }),
  process(3000, { net: 4026532604 }, { comm: 'sleep' }),
], [container('docker:db', { name: 'db' })]);

/** Inodes that are not initial and that the filter leaves, by their last three digits. */
function shown(text: string): string[] {
  const filter = parseFilter(text);
  assert.ok(!('error' in filter), JSON.stringify(filter));
  const filtered = scene(model, { filter, isNew: (key) => key.startsWith('user:') });
  return [...filtered.all()].filter((ns: Namespace) => ns.initial !== true).map((ns) => String(ns.inode).slice(-3)).sort();
}

describe('the filter', () => {
  const cases: [string, string[]][] = [
    ['', ['455', '601', '604', '688', '717']],
    ['net', ['455', '604']], ['type:uts', ['601', '688']], ['NET', ['455', '604']],
    ['2417', ['601', '604']], ['pid:2417', ['601', '604']], ['pid:1', ['601', '604']], ['1184', ['688']], ['32455', ['455']], ['inode:455', ['455']],
    ['fd', ['688']], ['bind', ['455']], ['empty', ['455', '688', '717']], ['new', ['717']], ['-empty', ['601', '604']],
    ['user:1000', ['601', '604', '717']], ['user:ana', ['601', '604', '717']], ['user:1000 net', ['604']], ['user:1000 sleep', []],
    ['container:db', ['601', '604']], ['container:docker', ['601', '604']], ['db', ['601', '604']], ['“', ['601']],
    ['blue', ['455']], ['/data', ['601', '604']], ['postgres -net', ['601']], ['"bind mount"', ['455']], ['text:net', ['455', '604']], ['dockerd', ['688']], ['-initial uts', ['601', '688']],
  ];
  for (const [text, expected] of cases) it(`“${text}” leaves ${expected.join(' ') || 'nothing'}`, () => assert.deepEqual(shown(text), expected));

  it('by process leaves those for whose own namespaces it holds, not everybody who is in some namespace of the type', () => {
    const filtered = scene(model, { filter: parseFilter('net') as Filter });
    assert.deepEqual([...model.processes.values()].filter((p) => filtered.showsProcess(p)).map((p) => p.pid), [1184, 2417, 3000]);
    const uts = scene(model, { filter: parseFilter('uts -initial') as Filter });
    assert.deepEqual([...model.processes.values()].filter((p) => uts.showsProcess(p)).map((p) => p.pid), [2417]);
  });

  it('says what is wrong and what there is instead', () => {
    const errors: [string, RegExp][] = [['foo:bar', /“foo:” is not known.*type: pid: user:/], ['type:foo', /no type.*cgroup, ipc/], ['pid:x', /not a pid/], ['pid:', /After “pid:” comes a process/], ['"a', /quotation mark/], ['net -', /must follow/], ['inode:abc', /not an inode/]];
    for (const [text, message] of errors) {
      const parsed = parseFilter(text);
      assert.match('error' in parsed ? parsed.error : '', message, text);
    }
  });

  it('reads any text, as terms or as an error', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('-', '"', ':', ' ', 'a', 'pid', '1', '\n', '\\') })), (text) => {
      const parsed = parseFilter(text);
      if ('error' in parsed) assert.ok(parsed.error.length > 10);
      else if (parsed.terms.length === 0) assert.equal(text.replaceAll('""', '').trim(), '');
      if (!('error' in parsed)) scene(model, { filter: parsed }).shows([...model.namespaces.values()][0]!);
    }), { numRuns: 2000 });
  });

  it('finds what it matched in a label', () => {
    const ranges = (text: string, label: string): [number, number][] => scene(model, { filter: parseFilter(text) as Filter }).matcher!.ranges(label);
    assert.deepEqual(ranges('post 2417', '2417 postgres'), [[0, 4], [5, 9]]);
    assert.deepEqual(ranges('-post', '2417 postgres'), []);
    assert.deepEqual(ranges('x', 'İx'), [], 'offsets would be wrong');
  });
});
