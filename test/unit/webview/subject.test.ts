import assert from 'node:assert/strict';
import type { Hello, Namespace, Process } from '../../../helper/protocol.ts';
import { NS_LINKS, NS_TYPES } from '../../../helper/protocol.ts';
import { HostModel, processKey } from '../../../helper/model/model.ts';
import type { Extra, Member } from '../../../extension/compare/subject.ts';
import { extraOf, subjectOf } from '../../../extension/compare/subject.ts';
import { SavedState, SubjectSchema, ToHost, ToPage, parse } from '../../../webview/protocol.ts';
import type { Subject } from '../../../webview/protocol.ts';
import { busyHost } from './subjects.ts';

const INITIAL = NS_LINKS.map((_, i) => 100 + (i < 8 ? i : i === 8 ? 4 : 5));
const hello: Hello = {
  protocol: 1, version: '0', pid: 9, platform: 'linux', kernel: '6.18', hostname: 'lab', bootId: 'boot-1', clockTicks: 100, uid: 0, gid: 0, capabilities: [], noNewPrivs: false,
  hidepid: null, ns: INITIAL, inside: null, features: { koffi: true, nsGetUserns: true, nsGetId: true, nsMntGetNext: true, listmount: true, pidfdGetfd: true, procConnector: true },
};
const makeProcess = (pid: number, change: Partial<Process> = {}): Process => ({
  pid, start: '5', ppid: 1, comm: `p${pid}`, state: 'S', kernelThread: false, ns: INITIAL, uid: 1000, euid: 1000, cmdline: [], nsPids: [pid], cgroup: '/', container: null, threads: [], unread: {}, ...change,
});
const makeNamespace = (type: Namespace['type'], inode: number, change: Partial<Namespace> = {}): Namespace => ({
  key: `${type}:${inode}:1`, type, inode, id: '1', initial: true, owner: 106, parent: null, ownerUid: null, level: null, heldBy: [], contents: {}, unread: {}, ...change,
});
function modelOf(processes: readonly Process[], namespaces: readonly Namespace[] = NS_TYPES.map((type, i) => makeNamespace(type, 100 + i))): HostModel {
  const model = new HostModel();
  model.apply({ tuples: processes.map((p) => p.ns), endedProcesses: [], endedNamespaces: [], endedContainers: [], namespaces, processes: processes.map((p, i) => ({ ...p, ns: i })),
    containers: [{ key: 'c', engine: 'docker', id: '0123456789abcdef', name: null, image: null, pod: null, rootless: null, init: null, source: '', unread: {} }] });
  return model;
}
const members = (...processes: readonly Process[]): Member[] => processes.map((p) => ({ key: processKey(p), last: [] }));
const of = (model: HostModel, whom: readonly Member[], change: { settled?: boolean; before?: Subject; extras?: ReadonlyMap<string, Extra>; hello?: Hello } = {}): ReturnType<typeof subjectOf> =>
  subjectOf({ model, hello: change.hello ?? hello, members: whom, settled: change.settled ?? true, before: change.before, extras: change.extras ?? new Map(), userName: (uid) => (uid === 1000 ? 'ana' : null) });

describe('what the comparison sends to its page', () => {
  it('is the processes with their users and containers, and threads that differ', () => {
    const moved = INITIAL.map((inode, i) => (i === 7 ? 900 : inode));
    const p = makeProcess(7, { container: 'c', threads: [{ tid: 8, comm: 't', ns: moved }] });
    const { subject } = of(modelOf([p]), members(p));
    assert.deepEqual(subject.tasks.map((t) => [t.key, t.tid, t.user, t.container?.name, t.ns[7]]), [['7@5', null, 'ana', '0123456789ab', 107], ['7@5/8', 8, 'ana', '0123456789ab', 900]]);
    assert.ok(parse(SubjectSchema, subject).ok, 'what is sent is what the page takes');
  });

  it('has the initial namespaces as the host’s, and the helper’s own where they cannot be told', () => {
    const p = makeProcess(7);
    assert.deepEqual(of(modelOf([p]), members(p), { hello: { ...hello, ns: INITIAL.map(() => 1) } }).subject.host.ns, INITIAL);
    const inside = of(modelOf([p], NS_TYPES.map((type, i) => makeNamespace(type, 100 + i, { initial: null }))), members(p)).subject.host;
    assert.deepEqual([inside.ns, inside.initial], [INITIAL, false]);
  });

  it('adds the pid namespaces above and the owners of the namespaces shown', () => {
    const ns = INITIAL.map((inode, i) => (i === 4 || i === 8 ? 300 : inode));
    const p = makeProcess(7, { ns });
    const namespaces = [makeNamespace('pid', 300, { initial: false, parent: 200, owner: 206 }), makeNamespace('pid', 200, { initial: false, parent: 104, owner: 206 }), makeNamespace('user', 206, { initial: false }),
      ...NS_TYPES.map((type, i) => makeNamespace(type, 100 + i))];
    const keys = of(modelOf([p], namespaces), members(p)).subject.namespaces.map((n) => n.key);
    for (const key of ['pid:300:1', 'pid:200:1', 'pid:104:1', 'user:206:1', 'user:106:1']) assert.ok(keys.includes(key), key);
    assert.equal(new Set(keys).size, keys.length);
  });

  it('keeps what was last seen of a process that ended, and of a namespace that is gone', () => {
    const p = makeProcess(7, { ns: INITIAL.map((inode, i) => (i === 7 ? 900 : inode)) });
    const q = makeProcess(8);
    const all = NS_TYPES.map((type, i) => makeNamespace(type, 100 + i));
    const first = of(modelOf([p, q], [...all, makeNamespace('uts', 900, { initial: false, contents: { hostname: 'blue' } })]), members(p, q));
    const second = of(modelOf([q], all), first.members, { before: first.subject });
    assert.deepEqual(second.subject.tasks.map((t) => t.ended), [true, false]);
    const blue = second.subject.namespaces.find((n) => n.inode === 900);
    assert.deepEqual([blue?.hostname, blue?.gone, blue?.processes], ['blue', true, 0]);
  });

  it('takes nobody for ended while the model is not complete', () => {
    const p = makeProcess(7);
    const first = of(modelOf([p]), members(p));
    const { subject } = of(new HostModel(), first.members, { before: first.subject, settled: false });
    assert.deepEqual(subject.tasks.map((t) => t.ended), [false]);
    assert.ok(subject.namespaces.every((n) => !n.gone));
  });

  it('is not taken in by a reused pid, nor by the same pid and start time after a reboot', () => {
    const p = makeProcess(7, { comm: 'old' });
    const first = of(modelOf([p]), members(p));
    assert.deepEqual(of(modelOf([makeProcess(7, { start: '99', comm: 'new' })]), first.members, { before: first.subject }).subject.tasks.map((t) => [t.name, t.ended]), [['old', true]]);
    const rebooted = of(modelOf([makeProcess(7, { comm: 'new' })]), first.members, { before: first.subject, hello: { ...hello, bootId: 'boot-2' } });
    assert.deepEqual(rebooted.subject.tasks.map((t) => [t.name, t.ended]), [['old', true]]);
  });

  it('adds what was asked for apart', () => {
    const p = makeProcess(7);
    const extra = extraOf({ key: 'net:103:1', unread: {}, net: { interfaces: [{ name: 'lo', addresses: [], rxBytes: '0', txBytes: '0' }], routes: [], listeners: [] } });
    assert.deepEqual(of(modelOf([p]), members(p), { extras: new Map([['net:103:1', extra]]) }).subject.namespaces.find((n) => n.type === 'net')?.interfaces, ['lo']);
  });
});

describe('messages between page and host', () => {
  it('are refused with a reason when they are none of ours', () => {
    for (const bad of [undefined, null, 0, 'ready', {}, { type: 'exec', cmd: 'x' }, { type: 'remove' }, { type: 'remove', key: 'x'.repeat(1000) }, { type: 'copy', text: 'x'.repeat(1_000_001) }]) {
      const result = parse(ToHost, bad);
      assert.ok(!result.ok && result.why.length > 0, `accepted: ${typeof bad}`);
    }
    assert.ok(parse(ToHost, { type: 'remove', key: '7@5' }).ok);
  });

  it('never bring a subject into the page that its code could not draw', () => {
    const good = busyHost();
    const broken = [{ ...good, host: { ...good.host, ns: [1] } }, { ...good, tasks: [{ ...good.tasks[0], pid: '1' }] }, { ...good, tasks: [{ ...good.tasks[0], pids: [-1] }] },
      { ...good, namespaces: [{ ...good.namespaces[0], type: 'net2' }] }, { ...good, tasks: [{ ...good.tasks[0], unread: { ns: '<b>' } }] }, { ...good, tasks: undefined }];
    assert.ok(parse(ToPage, { type: 'subject', subject: good }).ok);
    for (const subject of broken) assert.ok(!parse(ToPage, { type: 'subject', subject }).ok);
  });

  it('and saved state of another version, or a damaged one, is not used', () => {
    const state = { version: 1, subject: busyHost(), hostRow: true, onlyDifferent: false, letters: { 'uts:1:1': 'B' }, order: [], selected: null };
    assert.ok(parse(SavedState, state).ok);
    for (const bad of [{ ...state, version: 2 }, { ...state, letters: { x: '<' } }, { ...state, subject: null }, 'x', undefined]) assert.ok(!parse(SavedState, bad).ok);
  });
});
