import assert from 'node:assert/strict';
import { detailsText } from '../../../extension/commands/detailsText.ts';
import { literal } from '../../../extension/commands/literal.ts';
import { portRows } from '../../../extension/commands/ports.ts';
import { searchProcesses, typesElsewhere } from '../../../extension/commands/processSearch.ts';
import { offset } from '../../../extension/tree/offset.ts';
import { asWanted } from '../../../extension/tree/reveal.ts';
import { parsePasswd } from '../../../extension/tree/userNames.ts';
import type { Listener } from '../../../helper/protocol.ts';
import { container, modelOf, namespace, process, scene } from './worlds.ts';

const model = modelOf([namespace('net', 4026532604), namespace('uts', 4026532601, { contents: { hostname: 'd\nb' }, heldBy: [{ kind: 'descriptor', pid: 12, fd: 3 }] })], [
  process(12, {}, { comm: 'postgresql' }), process(24, { net: 4026532604, uts: 4026532601 }, { comm: 'postgres', container: 'docker:db', cmdline: ['postgres', '-p', '12'], nsPids: [24, 1] }), process(120, {}, { comm: 'sh', cmdline: ['sh', '-c', 'postgres'] }),
], [container('docker:db', { name: 'db' })]);

describe('finding a process', () => {
  const pids = (typed: string, most = 10): number[] => searchProcesses(model, typed, most).found.map((f) => f.process.pid);
  it('puts the exact pid first, then names that begin so, then other hits', () => {
    assert.deepEqual(pids('12'), [12, 120, 24]);
    assert.deepEqual(pids('postgres'), [12, 24, 120]);
    assert.deepEqual(pids('docker postgres'), [24]);
    assert.deepEqual(pids(''), [12, 24, 120]);
    assert.deepEqual(pids('nothing'), []);
    assert.deepEqual([pids('', 2), searchProcesses(model, '', 2).total], [[12, 24], 3]);
  });
  it('puts who is elsewhere first where one wants to enter, kernel threads and what cannot be read last', () => {
    const own = process(1, {}).ns;
    const mixed = modelOf([], [
      process(2, {}, { comm: 'kthreadd', kernelThread: true }), process(3, {}, { comm: 'foreign', unread: { ns: 'EACCES' } }), process(4, {}), process(5, { net: 7 }), process(6, { net: 7, uts: 8 }),
    ], []);
    assert.deepEqual(searchProcesses(mixed, '', 9, own).found.map((f) => f.process.pid), [6, 5, 4, 3, 2]);
    assert.deepEqual(searchProcesses(mixed, '', 9).found.map((f) => f.process.pid), [4, 5, 6, 3, 2]);
    assert.deepEqual(typesElsewhere(process(6, { net: 7, uts: 8 }), own), ['net', 'uts']);
  });
});

describe('who owns a port', () => {
  const listener = (port: number, more: Partial<Listener> = {}): Listener => ({ protocol: 'tcp', address: '0.0.0.0', port, inode: '1', netNamespace: 4026532604, uid: 70, processes: [], ...more });
  it('is a row for each process, sorted by port, with a way to it', () => {
    const rows = portRows(model, [listener(8080, { protocol: 'tcp6', address: '::1', processes: [{ pid: 24, comm: 'po\x1bst', fd: 5 }] }), listener(22), listener(53, { netNamespace: 1 })]);
    assert.deepEqual(rows.map((row) => [row.label, row.description, row.detail, row.reveal?.key ?? null]), [
      [':22', 'tcp 0.0.0.0', 'no process that can be read has it open, net 4026532604, uid 70', 'net:4026532604:g1'],
      [':53', 'tcp 0.0.0.0', 'no process that can be read has it open, net 1, uid 70', null],
      [':8080', 'tcp6 [::1]  24 po\\est', 'fd 5, net 4026532604, docker db', '24@240'],
    ]);
  });
});

describe('the details of a namespace', () => {
  it('are plain lines with every fact that is known, and no line of the host\'s making', () => {
    const uts = model.find('uts', 4026532601)!;
    const text = detailsText(scene(model), uts, { key: uts.key, unread: {} }, new Date(2026, 0, 2, 3, 4, 5));
    for (const part of ['uts 4026532601\nread 2026-01-02 03:04:05 on lab, Linux 6.18.0', 'Hostname       d\\nb', 'Owner          user 4026531837', 'Ends when      this process ends and 12 postgresql closes fd 3', 'Processes (1)\n  24 postgres  1 inside, root  docker db  postgres -p 12', 'Also held by (1 holder)\n  12 postgresql  fd 3']) {
      assert.ok(text.includes(part), `${part} is missing in\n${text}`);
    }
    const net = model.find('net', 4026532604)!;
    const details = detailsText(scene(model), net, { key: net.key, unread: { routes: 'EACCES' }, net: { interfaces: [{ name: 'eth0', addresses: ['10.0.0.2/24'], rxBytes: '1234567', txBytes: '8' }], routes: [{ destination: 'default', gateway: '10.0.0.1', interface: 'eth0', metric: 0 }], listeners: [] } }, new Date(0));
    for (const part of ['eth0         10.0.0.2/24  received 1,234,567 B, sent 8 B', 'default via 10.0.0.1 dev eth0 metric 0', 'routes: EACCES']) assert.ok(details.includes(part), details);
    assert.match(detailsText(scene(model), net, 'the helper is not there', new Date(0)), /the helper is not there/);
  });
});

describe('small things that commands rely on', () => {
  it('offsets of clocks are exact seconds', () => {
    assert.deepEqual(['0', '-1500000000', '86400000000000', '1', 'x'].map(offset), ['unchanged', '-1.5 s', '+86400 s', '+0.000000001 s', 'x']);
  });
  it('icons of quick picks are not drawn from a process\'s name', () => {
    assert.equal(literal('a $(alert) \\$(x)'), 'a \\$(alert) \\\\$(x)');
  });
  it('arguments of links are checked', () => {
    assert.deepEqual(asWanted({ kind: 'namespace', key: 'uts:1:g1' }), { kind: 'namespace', key: 'uts:1:g1' });
    for (const wrong of [undefined, null, 'x', 7, {}, { kind: 'x', key: 'y' }, { kind: 'process', key: 7 }, []]) assert.equal(asWanted(wrong), undefined);
  });
  it('the first name of a uid in passwd counts', () => {
    assert.deepEqual([...parsePasswd('root:x:0:0:root:/root:/bin/sh\nana:x:1000:1000::/home/ana:/bin/sh\ntoor:x:0:0::/:\n# note\nbad:x:no:1\n\n')], [[0, 'root'], [1000, 'ana']]);
  });
});
