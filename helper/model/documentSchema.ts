import * as v from 'valibot';
import type { Engine, Errno, Feature, NamespaceField, ProcessField, ScanStatus } from '../protocol.ts';
import { NS_LINKS, NS_TYPES } from '../protocol.ts';
import type { SnapshotDocument } from './document.ts';

/** Checks at compile time that a list names every member of a union. */
function all<Union extends string>() {
  return <const List extends readonly Union[]>(list: List & ([Union] extends [List[number]] ? unknown : never)): List => list;
}

const PROCESS_FIELDS = all<ProcessField>()(['ns', ...NS_LINKS, 'stat', 'status', 'cmdline', 'cgroup', 'fd', 'task', 'mountinfo']);
const NAMESPACE_FIELDS = all<NamespaceField>()([
  'owner', 'parent', 'ownerUid', 'id', 'heldBy', 'hostname', 'domainname', 'uidMap', 'gidMap', 'setgroups', 'monotonicOffset', 'boottimeOffset',
]);
const ENGINES = all<Engine>()(['docker', 'podman', 'containerd', 'cri-o', 'lxc', 'systemd-nspawn', 'runc', 'flatpak', 'snap', 'bubblewrap', 'firejail', 'unknown']);
const FEATURES = all<Feature>()(['koffi', 'nsGetUserns', 'nsGetId', 'nsMntGetNext', 'listmount', 'pidfdGetfd', 'procConnector']);
const READINGS = all<keyof ScanStatus['phases']>()(['identity', 'details', 'relations', 'descriptors', 'mounts', 'sockets', 'containers']);

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** -1 where there are no users. */
const userId = v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(0xffff_ffff));
const decimal = v.pipe(v.string(), v.regex(/^\d{1,20}$/, 'should be decimal digits'));
const offset = v.pipe(v.string(), v.regex(/^-?\d{1,20}$/, 'should be decimal digits'));
const errno = v.custom<Errno>((value) => typeof value === 'string' && /^E[A-Z0-9]{1,20}$/.test(value), 'should be an errno name such as EACCES');
const type = v.picklist(NS_TYPES);
const inode = natural;

/** A strict object all of whose members are optional: valibot alone takes an empty array for one. */
function sparse<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(v.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'should be an object'), v.strictObject(entries));
}

function unread<const Field extends string>(fields: readonly Field[]) {
  return sparse(Object.fromEntries(fields.map((field) => [field, v.exactOptional(errno)])) as Record<Field, v.ExactOptionalSchema<typeof errno, undefined>>);
}

const ns = v.strictObject(Object.fromEntries(NS_LINKS.map((link) => [link, v.nullable(inode)])) as Record<(typeof NS_LINKS)[number], v.NullableSchema<typeof inode, undefined>>);
const idRange = v.strictObject({ inside: natural, outside: natural, count: natural });

const heldBy = v.variant('kind', [
  v.strictObject({ kind: v.literal('thread'), pid: natural, tid: natural }),
  v.strictObject({ kind: v.literal('for children'), pid: natural, tid: v.nullable(natural) }),
  v.strictObject({ kind: v.literal('descriptor'), pid: natural, fd: natural, tid: v.exactOptional(natural) }),
  v.strictObject({ kind: v.literal('bind mount'), path: v.string(), mountNamespace: v.nullable(inode), pid: v.nullable(natural) }),
  v.strictObject({ kind: v.literal('socket'), pid: natural, fd: natural }),
  v.strictObject({ kind: v.literal('child'), type, inode }),
  v.strictObject({ kind: v.literal('owned'), type, inode }),
]);

const namespace = v.pipe(v.strictObject({
  type, inode, id: v.nullable(decimal), key: v.pipe(v.string(), v.regex(/^[a-z]+:\d+:g?\d+$/, 'should be a key such as net:4026531840:77')),
  initial: v.nullable(v.boolean()), processes: v.array(natural),
  owner: v.nullable(inode), ownerReason: v.exactOptional(errno), parent: v.nullable(inode), parentReason: v.exactOptional(errno),
  ownerUid: v.nullable(natural), level: v.nullable(natural), heldBy: v.array(heldBy),
  contents: sparse({
    hostname: v.exactOptional(v.string()), domainname: v.exactOptional(v.string()), uidMap: v.exactOptional(v.array(idRange)), gidMap: v.exactOptional(v.array(idRange)),
    setgroups: v.exactOptional(v.string()), monotonicOffset: v.exactOptional(offset), boottimeOffset: v.exactOptional(offset),
  }),
  unread: unread(NAMESPACE_FIELDS),
}),
v.check(({ owner, ownerReason }) => (owner === null) === (ownerReason !== undefined), 'should have an owner or an ownerReason'),
v.check(({ parent, parentReason }) => (parent === null) === (parentReason !== undefined), 'should have a parent or a parentReason'));

const process = v.strictObject({
  pid: natural, start: v.pipe(v.string(), v.regex(/^\d{0,20}$/, 'should be decimal digits')), ppid: natural, comm: v.string(), state: v.string(), kernelThread: v.boolean(),
  ns, uid: v.nullable(natural), euid: v.nullable(natural), cmdline: v.nullable(v.array(v.string())), nsPids: v.nullable(v.array(natural)),
  cgroup: v.nullable(v.string()), container: v.nullable(v.string()), threads: v.array(v.strictObject({ tid: natural, comm: v.string(), ns })), unread: unread(PROCESS_FIELDS),
});

const container = v.strictObject({
  key: v.string(), engine: v.picklist(ENGINES), id: v.nullable(v.string()), name: v.nullable(v.string()), image: v.nullable(v.string()),
  pod: v.nullable(v.strictObject({ name: v.nullable(v.string()), namespace: v.nullable(v.string()), uid: v.nullable(v.string()) })),
  rootless: v.nullable(v.boolean()), init: v.nullable(natural), source: v.string(), unread: unread(['name', 'image', 'id']),
});

const host = v.strictObject({
  hostname: v.string(), kernel: v.string(), platform: v.string(), bootId: v.string(), clockTicks: natural, uid: userId, gid: userId,
  capabilities: v.array(v.pipe(v.string(), v.regex(/^CAP_[A-Z0-9_]+$/, 'should be the name of a capability'))), noNewPrivs: v.boolean(), hidepid: v.nullable(v.string()), ns,
  features: v.strictObject(Object.fromEntries(FEATURES.map((feature) => [feature, v.union([v.literal(true), errno])])) as Record<Feature, v.UnionSchema<[v.LiteralSchema<true, undefined>, typeof errno], undefined>>),
  inside: v.nullable(v.strictObject({ engine: v.picklist(ENGINES), id: v.nullable(v.string()), name: v.nullable(v.string()), evidence: v.string() })),
  writtenBy: v.string(),
});

const unreadable = v.variant('what', [
  v.strictObject({ what: v.literal('process'), field: v.picklist(PROCESS_FIELDS), errno, reason: v.string(), pids: v.array(natural) }),
  v.strictObject({ what: v.literal('namespace'), field: v.picklist(NAMESPACE_FIELDS), errno, reason: v.string(), namespaces: v.array(v.strictObject({ type, inode })) }),
  v.strictObject({ what: v.literal('reading'), field: v.picklist(READINGS), errno }),
]);

/** The same as `helper/snapshot.schema.json` says, for reading snapshots that other programs or other versions wrote. */
export const snapshotDocument = v.strictObject({
  format: v.literal('nslab-snapshot'), version: v.literal(1),
  takenAt: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'should be a time such as 2026-01-31T12:00:00.000Z')),
  host, namespaces: v.array(namespace), processes: v.array(process), containers: v.array(container), unreadable: v.array(unreadable),
}) satisfies v.GenericSchema<unknown, SnapshotDocument>;
