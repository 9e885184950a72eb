import fc from 'fast-check';
import type { Container, Errno, HeldBy, Hello, Namespace, NamespaceField, Part, Process, ProcessField } from '../../../helper/protocol.ts';
import { NS_LINKS, NS_TYPES } from '../../../helper/protocol.ts';
import { HostModel } from '../../../helper/model/model.ts';

/** Objects as `JSON.parse` makes them, so that a round trip can be compared deeply. */
const record = ((model: Record<string, fc.Arbitrary<unknown>>, constraints: object = {}) =>
  fc.record(model, { ...constraints, noNullPrototype: true })) as typeof fc.record;

/** Text as a hostile host would give it. */
const hostile = fc.oneof(
  fc.string({ maxLength: 12 }), fc.constantFrom('\x1b[2J', 'a\nb', '<img src=x>', '[a](command:b)', '\u202eabc', '\\xff', '', '"', '__proto__', 'constructor'),
);
const errno = fc.constantFrom<Errno>('EACCES', 'ENOENT', 'ESRCH', 'EPERM', 'ENOKOFFI');
/** Few, so that processes share them. */
const inode = fc.integer({ min: 4026531830, max: 4026531850 });
const digits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String);
const pid = fc.integer({ min: 1, max: 40 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const some = <T>(value: fc.Arbitrary<T>, maxLength = 3): fc.Arbitrary<T[]> => fc.array(value, { maxLength });
const ns = fc.tuple(...NS_LINKS.map(() => maybe(inode)));
function unread<F extends string>(...fields: F[]): fc.Arbitrary<Partial<Record<F, Errno>>> {
  return fc.dictionary(fc.constantFrom(...fields), errno, { maxKeys: 2, noNullPrototype: true }) as fc.Arbitrary<Partial<Record<F, Errno>>>;
}

const process: fc.Arbitrary<Process> = record({
  pid, start: digits, ppid: fc.nat(40), comm: hostile, state: fc.constantFrom('S', 'R', 'Z', 'I'), kernelThread: fc.boolean(), ns,
  uid: maybe(fc.nat()), euid: maybe(fc.nat()), cmdline: maybe(some(hostile)), nsPids: maybe(some(fc.nat())), cgroup: maybe(hostile), container: maybe(hostile),
  threads: some(record({ tid: fc.nat(), comm: hostile, ns }), 2), unread: unread<ProcessField>('ns', 'net', 'status', 'cgroup', 'fd'),
});

const heldBy: fc.Arbitrary<HeldBy> = fc.oneof(
  record({ kind: fc.constant('descriptor' as const), pid, fd: fc.nat(9) }),
  record({ kind: fc.constant('descriptor' as const), pid, fd: fc.nat(9), tid: pid }),
  record({ kind: fc.constant('bind mount' as const), path: hostile, mountNamespace: maybe(inode), pid: maybe(pid) }),
  record({ kind: fc.constant('socket' as const), pid, fd: fc.nat(9) }),
);

const range = record({ inside: fc.nat(), outside: fc.nat(), count: fc.nat() });
const namespace: fc.Arbitrary<Namespace> = record({
  type: fc.constantFrom(...NS_TYPES), inode, id: maybe(digits), initial: maybe(fc.boolean()), owner: maybe(inode), parent: maybe(inode), ownerUid: maybe(fc.nat()),
  level: maybe(fc.nat(32)), heldBy: some(heldBy),
  contents: record({ hostname: hostile, uidMap: some(range), setgroups: fc.constant('deny'), boottimeOffset: fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map(String) }, { requiredKeys: [] }),
  unread: unread<NamespaceField>('id', 'hostname', 'uidMap'),
}).map((facts) => ({
  ...facts, key: `${facts.type}:${facts.inode}:${facts.id ?? 'g1'}`,
  // what is missing has a reason
  unread: { ...facts.unread, ...facts.owner === null && { owner: 'EPERM' as const }, ...facts.parent === null && { parent: 'EINVAL' as const } },
}));

const container: fc.Arbitrary<Container> = record({
  key: fc.uuid(), engine: fc.constantFrom('docker' as const, 'lxc' as const), id: maybe(hostile), name: maybe(hostile), image: maybe(hostile),
  pod: maybe(record({ name: maybe(hostile), namespace: maybe(hostile), uid: maybe(hostile) })), rootless: maybe(fc.boolean()), init: maybe(pid), source: hostile,
  unread: unread('name', 'image', 'id'),
});

/** The whole of a small host. */
export const wholePart: fc.Arbitrary<Part> = record({
  processes: fc.uniqueArray(process, { selector: (p) => p.pid, maxLength: 8 }),
  namespaces: fc.uniqueArray(namespace, { selector: (n) => `${n.type}:${n.inode}`, maxLength: 12 }),
  containers: some(container, 2),
}).map(({ processes, namespaces, containers }) => ({
  tuples: processes.map((p) => p.ns), processes: processes.map((p, i) => ({ ...p, ns: i })), namespaces, containers,
  endedProcesses: [], endedNamespaces: [], endedContainers: [],
}));

export function modelOf(...parts: readonly Part[]): HostModel {
  const model = new HostModel();
  for (const part of parts) model.apply(part);
  return model;
}

/** All that a model holds, for comparing. */
export function contentsOf(model: HostModel): unknown {
  const byKey = <T>(map: ReadonlyMap<number | string, T>): [number | string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return { processes: byKey(model.processes), namespaces: byKey(model.namespaces), containers: byKey(model.containers) };
}

export const HELLO: Hello = {
  protocol: 1, version: '1.2.3', pid: 9, platform: 'linux', kernel: '6.18.0', hostname: 'here', bootId: 'b0', clockTicks: 100, uid: 1000, gid: 1000,
  capabilities: ['CAP_NET_ADMIN'], noNewPrivs: false, hidepid: null, ns: NS_LINKS.map(() => 4026531840),
  features: { koffi: true, nsGetUserns: true, nsGetId: true, nsMntGetNext: 'EPERM', listmount: 'EPERM', pidfdGetfd: true, procConnector: 'ENOTSUP' },
  inside: { engine: 'docker', id: null, name: 'web', evidence: '/.dockerenv' },
};
