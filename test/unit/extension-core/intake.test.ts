import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IntakeEvents } from '../../../extension/host/intake.ts';
import { Intake } from '../../../extension/host/intake.ts';
import type { ModelMethod } from '../../../extension/host/schema/messages.ts';
import { MODEL_METHODS } from '../../../extension/host/schema/messages.ts';
import type { Refusal } from '../../../extension/host/schema/refusal.ts';
import { sentenceOf } from '../../../extension/host/schema/refusal.ts';
import type { Container, Namespace, Part, ScanStatus, WireProcess } from '../../../helper/protocol.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';

const tuple = NS_LINKS.map((_, i) => 4026531835 + i);
const status: ScanStatus = {
  phases: { identity: 'complete', details: 'complete', relations: 'ENOKOFFI', descriptors: 'pending', mounts: 'complete', sockets: 'complete', containers: 'complete' },
  processes: 1, unreadable: 0, cpuMs: 1.5, at: 1_700_000_000_000,
};
const process = (pid: number): WireProcess => ({
  pid, start: '42', ppid: 1, comm: 'postgres', state: 'S', kernelThread: false, ns: 0, uid: 999, euid: 999, cmdline: ['postgres'], nsPids: [pid, 1], cgroup: '/x', container: 'docker:1',
  threads: [{ tid: pid + 1, comm: 'worker', ns: tuple }], unread: { time_for_children: 'ENOENT' },
});
const namespace: Namespace = {
  key: 'user:4026531840:g1', type: 'user', inode: 4026531840, id: '12345678901234567890', initial: null, owner: 4026531837, parent: null, ownerUid: 1000, level: 1,
  heldBy: [{ kind: 'descriptor', pid: 1, fd: 3 }, { kind: 'descriptor', pid: 1, tid: 7, fd: 3 }, { kind: 'bind mount', path: '/run/netns/blue', mountNamespace: null, pid: null }, { kind: 'socket', pid: 1, fd: 4 }],
  contents: { uidMap: [{ inside: 0, outside: 1000, count: 4294967295 }], setgroups: 'deny', hostname: 'db', monotonicOffset: '-5' }, unread: { parent: 'EPERM' },
};
const container: Container = {
  key: 'docker:1', engine: 'docker', id: '1', name: null, image: null, pod: { name: 'p', namespace: null, uid: null }, rootless: false, init: 7, source: 'cgroup path', unread: { name: 'EACCES' },
};
const part = (over: Partial<Part> = {}): Part => ({
  tuples: [tuple], endedProcesses: [[99, '1']], endedNamespaces: [], endedContainers: [], containers: [container], namespaces: [namespace], processes: [process(7)], ...over,
});

class Told implements IntakeEvents {
  readonly refusals: Refusal[] = [];
  readonly scans: [ScanStatus, boolean][] = [];
  readonly gaps: [number, number][] = [];
  readonly resets: boolean[] = [];
  changed(change: { reset: boolean }): void { this.resets.push(change.reset); }
  scanned(scan: ScanStatus, snapshot: boolean): void { this.scans.push([scan, snapshot]); }
  refused(refusal: Refusal): void { this.refusals.push(refusal); }
  gap(expected: number, received: number): void { this.gaps.push([expected, received]); }
}

describe('taking in messages', () => {
  let told: Told;
  let intake: Intake;
  /** Takes a message whole; returns the number of places where it could have been left alone. */
  const take = (method: ModelMethod, params: unknown): number => [...intake.take(method, params)].length;
  const snapshot = (...parts: Part[]): void => {
    take('snapshot/begin', { seq: 1, parts: parts.length });
    parts.forEach((one, i) => take('snapshot/chunk', { seq: i + 2, part: one }));
    take('snapshot/end', { seq: parts.length + 2, status });
  };
  beforeEach(() => { told = new Told(); intake = new Intake(told); });

  it('builds the model from a snapshot and a delta', () => {
    snapshot(part(), part({ processes: [process(8)] }));
    take('delta', { seq: 5, part: part({ processes: [], endedProcesses: [[7, '42']] }), status });
    assert.deepEqual(told.refusals.map(sentenceOf), []);
    assert.deepEqual([...intake.model.processes.keys()], [8]);
    assert.deepEqual(intake.model.namespaces.get(namespace.key), namespace);
    assert.deepEqual(intake.model.containers.get('docker:1'), container);
    assert.deepEqual(told.scans, [[status, true], [status, false]]);
  });

  it('drops what comes before the first snapshot', () => {
    take('delta', { seq: 7, part: part(), status });
    assert.equal(intake.model.processes.size, 0);
    assert.deepEqual(told.gaps, []);
  });

  it('builds a second snapshot aside, so that people never see half of one', () => {
    snapshot(part());
    const first = intake.model;
    take('snapshot/begin', { seq: 9, parts: 1 });
    take('snapshot/chunk', { seq: 10, part: part({ processes: [process(8)] }) });
    assert.equal(intake.model, first);
    assert.deepEqual([...first.processes.keys()], [7]);
    take('snapshot/end', { seq: 11, status });
    assert.notEqual(intake.model, first);
    assert.deepEqual([...intake.model.processes.keys()], [8]);
    assert.equal(told.resets.at(-1), true);
  });

  it('starts over when a first snapshot is followed by another before its end', () => {
    take('snapshot/begin', { seq: 1, parts: 2 });
    take('snapshot/chunk', { seq: 2, part: part() });
    take('snapshot/begin', { seq: 1, parts: 1 });
    take('snapshot/chunk', { seq: 2, part: part({ processes: [process(8)] }) });
    take('snapshot/end', { seq: 3, status });
    assert.deepEqual([...intake.model.processes.keys()], [8]);
  });

  it('tells a gap, and takes nothing until the next snapshot', () => {
    snapshot(part());
    take('delta', { seq: 6, part: part({ processes: [process(8)] }), status });
    take('delta', { seq: 7, part: part({ processes: [process(9)] }), status });
    assert.deepEqual(told.gaps, [[4, 6]]);
    assert.deepEqual([...intake.model.processes.keys()], [7]);
  });

  it('refuses a chunk outside a snapshot', () => {
    snapshot(part());
    take('snapshot/chunk', { seq: 4, part: part() });
    assert.deepEqual(told.refusals.map(sentenceOf), ['snapshot/chunk: params: expected snapshot/begin before it, received seq 4']);
  });

  for (const [where, wrong] of [
    ['params.part.processes[1].pid', part({ processes: [process(7), { ...process(8), pid: -1 }] })],
    ['params.part.processes[0].threads[0].ns', part({ processes: [{ ...process(8), threads: [{ tid: 1, comm: 'x', ns: [1] }] }] })],
    ['params.part.processes[0].unread', part({ processes: [{ ...process(8), unread: { colour: 'EACCES' } as never }] })],
    ['params.part.processes[0].unread', part({ processes: [{ ...process(8), unread: { status: 'permission denied' as never } }] })],
    ['params.part.processes[0].comm', part({ processes: [{ ...process(8), comm: 'x'.repeat(300) }] })],
    ['params.part.processes[0].ns', part({ processes: [{ ...process(8), ns: 1 }] })],
    ['params.part.namespaces[0].type', part({ namespaces: [{ ...namespace, type: 'disk' as never }] })],
    ['params.part.namespaces[0].id', part({ namespaces: [{ ...namespace, id: 12 as never }] })],
    ['params.part.namespaces[0].heldBy[0].kind', part({ namespaces: [{ ...namespace, heldBy: [{ kind: 'magic' } as never] }] })],
    ['params.part.containers[0].engine', part({ containers: [{ ...container, engine: 'bottle' as never }] })],
    ['params.part.tuples[1]', part({ tuples: [tuple, tuple.slice(1)] })],
    ['params.part.endedProcesses[0]', part({ endedProcesses: [7 as never] })],
    ['params.part.processes', { ...part(), processes: undefined as never }],
  ] as const) {
    it(`refuses what is wrong at ${where}, and takes nothing of that message`, () => {
      snapshot(part());
      take('delta', { seq: 4, part: { ...wrong, endedProcesses: where.includes('ended') ? wrong.endedProcesses : [[7, '42']] }, status });
      assert.deepEqual(told.refusals.map((refusal) => refusal.where), [where]);
      assert.deepEqual([...intake.model.processes.keys()], [7]);
    });
  }

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...MODEL_METHODS), fc.oneof(fc.anything(), fc.record({ seq: fc.nat(9), part: fc.anything(), parts: fc.nat(), status: fc.anything() }), fc.jsonValue())), { maxLength: 6 }), (messages) => {
      intake = new Intake(told);
      for (const [method, params] of messages) take(method, params);
    }), { seed: 77, numRuns: 300 });
  });

  it('can be left alone at least every 32 members of a list', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => process(i + 1));
    take('snapshot/begin', { seq: 1, parts: 1 });
    const places = take('snapshot/chunk', { seq: 2, part: part({ processes: many }) });
    assert.ok(places >= 2 * 10_000 / 32, `${places} places`);
    assert.equal(intake.model.processes.size, 10_000);
  });
});
