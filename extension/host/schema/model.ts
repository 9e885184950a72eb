import * as v from 'valibot';
import type { Container, Engine, HeldBy, Namespace, NamespaceField, ProcessField, WireProcess } from '../../../helper/protocol.ts';
import { NS_LINKS } from '../../../helper/protocol.ts';
import { digits, errno, natural, nsType, signedDigits, tuple, unread } from './atoms.ts';

/** Checks that no member of a union is missing from a list, at compile time. */
function all<Union extends string>() {
  return <const List extends readonly Union[]>(list: List & ([Union] extends [List[number]] ? unknown : never)): List => list;
}

export const PROCESS_FIELDS = all<ProcessField>()(['ns', ...NS_LINKS, 'stat', 'status', 'cmdline', 'cgroup', 'fd', 'task', 'mountinfo']);
export const NAMESPACE_FIELDS = all<NamespaceField>()(['owner', 'parent', 'ownerUid', 'id', 'heldBy', 'hostname', 'domainname', 'uidMap', 'gidMap', 'setgroups', 'monotonicOffset', 'boottimeOffset']);
export const ENGINES = all<Engine>()(['docker', 'podman', 'containerd', 'cri-o', 'lxc', 'systemd-nspawn', 'runc', 'flatpak', 'snap', 'bubblewrap', 'firejail', 'unknown']);

/** The kernel gives at most 15 bytes; escapes (`\xHH`) make them more. Whatever is longer than this is no name. */
const comm = v.custom<string>((value) => typeof value === 'string' && value.length <= 256, 'a name of at most 256 characters');
const text = v.string();

const thread = v.object({ tid: natural, comm, ns: tuple });

/** `start` is '' where stat could not be read. */
const start = v.custom<string>((value) => typeof value === 'string' && /^\d{0,20}$/.test(value), 'decimal digits');

export const wireProcess = v.object({
  pid: natural, start, ppid: natural, comm, state: text, kernelThread: v.boolean(), ns: natural,
  uid: v.nullable(natural), euid: v.nullable(natural),
  cmdline: v.nullable(v.array(text)), nsPids: v.nullable(v.array(natural)),
  cgroup: v.nullable(text), container: v.nullable(text),
  threads: v.array(thread), unread: unread(PROCESS_FIELDS),
}) satisfies v.GenericSchema<unknown, WireProcess>;

const heldBy = v.variant('kind', [
  v.object({ kind: v.literal('descriptor'), pid: natural, tid: v.exactOptional(natural), fd: natural }),
  v.object({ kind: v.literal('bind mount'), path: text, mountNamespace: v.nullable(natural), pid: v.nullable(natural) }),
  v.object({ kind: v.literal('socket'), pid: natural, fd: natural }),
]) satisfies v.GenericSchema<unknown, HeldBy>;

const idRange = v.object({ inside: natural, outside: natural, count: natural });

export const namespace = v.object({
  key: text, type: nsType, inode: natural, id: v.nullable(digits),
  initial: v.nullable(v.boolean()), owner: v.nullable(natural), parent: v.nullable(natural),
  ownerUid: v.nullable(natural), level: v.nullable(natural),
  heldBy: v.array(heldBy),
  contents: v.object({
    hostname: v.exactOptional(text), domainname: v.exactOptional(text),
    uidMap: v.exactOptional(v.array(idRange)), gidMap: v.exactOptional(v.array(idRange)), setgroups: v.exactOptional(text),
    monotonicOffset: v.exactOptional(signedDigits), boottimeOffset: v.exactOptional(signedDigits),
  }),
  unread: unread(NAMESPACE_FIELDS),
}) satisfies v.GenericSchema<unknown, Namespace>;

export const container = v.object({
  key: text, engine: v.picklist(ENGINES), id: v.nullable(text), name: v.nullable(text), image: v.nullable(text),
  pod: v.nullable(v.object({ name: v.nullable(text), namespace: v.nullable(text), uid: v.nullable(text) })),
  rootless: v.nullable(v.boolean()), init: v.nullable(natural), source: text,
  unread: unread(['name', 'image', 'id']),
}) satisfies v.GenericSchema<unknown, Container>;

export const phase = v.union([v.picklist(['pending', 'complete']), errno]);
