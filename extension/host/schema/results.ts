import * as v from 'valibot';
import type { Details, EnterPlan, Feature, Hello, Listener, Requests } from '../../../helper/protocol.ts';
import { digits, errno, isRecord, natural, nsType, tuple } from './atoms.ts';
import { scanStatus } from './messages.ts';
import { ENGINES } from './model.ts';

const text = v.string();

/** What a helper of any version says first: enough to tell that it does not fit. */
export const helloVersion = v.object({ protocol: natural, version: text }) satisfies v.GenericSchema<unknown, Pick<Hello, 'protocol' | 'version'>>;

const FEATURES = ['koffi', 'nsGetUserns', 'nsGetId', 'nsMntGetNext', 'listmount', 'pidfdGetfd', 'procConnector'] as const satisfies readonly Feature[];
const feature = v.union([v.literal(true), errno]);

export const hello = v.object({
  protocol: natural, version: text, pid: natural, platform: text, kernel: text, hostname: text, bootId: text,
  clockTicks: natural, uid: natural, gid: natural, capabilities: v.array(text), elevated: v.exactOptional(v.literal(true)), noNewPrivs: v.boolean(),
  hidepid: v.nullable(text), ns: tuple,
  features: v.object(v.entriesFromList(FEATURES, feature)),
  inside: v.nullable(v.object({ engine: v.picklist(ENGINES), id: v.nullable(text), name: v.nullable(text), evidence: text })),
}) satisfies v.GenericSchema<unknown, Hello>;

const listener = v.object({
  protocol: v.picklist(['tcp', 'tcp6', 'udp', 'udp6']), address: text, port: natural, inode: digits, netNamespace: natural, uid: natural,
  processes: v.array(v.object({ pid: natural, comm: text, fd: natural })),
}) satisfies v.GenericSchema<unknown, Listener>;

const details = v.object({
  key: text,
  net: v.exactOptional(v.object({
    interfaces: v.array(v.object({ name: text, addresses: v.array(text), rxBytes: digits, txBytes: digits })),
    routes: v.array(v.object({ destination: text, gateway: v.nullable(text), interface: text, metric: natural })),
    listeners: v.array(listener),
  })),
  mounts: v.exactOptional(v.object({
    mounts: v.array(v.object({ id: digits, parent: digits, point: text, root: text, fstype: text, source: text, propagation: text, dev: v.exactOptional(text), options: v.exactOptional(text) })),
    total: natural,
  })),
  cgroupRoot: v.exactOptional(text),
  unread: v.custom<Details['unread']>((value) => isRecord(value) && Object.values(value).every((why) => v.is(errno, why)), 'reasons by field'),
}) satisfies v.GenericSchema<unknown, Details>;

const maybe = v.nullable(natural);
const why = v.nullable(errno);
const yesOrNo = v.nullable(v.boolean());
/** Programs are started by what stands here: nothing that could be taken for an option or another word. */
const absolutePath = v.pipe(text, v.regex(/^\/[^\0]*$/, 'a path from the root'));

const enterPlan = v.object({
  pin: text, helperPid: natural,
  target: v.variant('kind', [v.object({ kind: v.literal('process'), pid: natural, start: digits }), v.object({ kind: v.literal('namespace'), key: text })]),
  caller: v.object({ euid: natural, egid: natural, capabilities: v.array(text), bounding: v.array(text), noNewPrivs: v.boolean(), userNamespace: maybe, pidNamespace: maybe, setgroups: yesOrNo }),
  namespaces: v.array(v.object({
    type: nsType, inode: maybe, same: v.boolean(), descriptor: maybe, unread: why, owner: maybe, ownerUnread: why,
    ancestors: v.array(natural), ancestorsEnd: why, empty: v.boolean(),
  })),
  userNamespaces: v.array(v.object({ inode: natural, parent: maybe, parentUnread: why, ownerUid: maybe, ownerUidUnread: why })),
  ids: v.nullable(v.object({ zeroUid: yesOrNo, zeroGid: yesOrNo, setgroups: yesOrNo, unread: why })),
  process: v.nullable(v.object({
    pid: natural, uid: maybe, gid: maybe, comm: text, cwd: v.nullable(text), cwdUnread: why, chrooted: yesOrNo,
    shells: v.nullable(v.array(absolutePath)), shellsUnread: why,
    environment: v.nullable(v.array(v.strictTuple([text, text]))), environmentUnread: why,
  })),
  tool: v.object({ path: v.nullable(absolutePath), version: v.nullable(text), options: v.array(text) }),
  hostShells: v.array(absolutePath),
}) satisfies v.GenericSchema<unknown, EnterPlan>;

const fileKind = v.picklist(['file', 'folder', 'link', 'special']);
const fileFailure = v.object({ errno });

/** What each request is answered with. */
export const results: { readonly [M in keyof Requests]: v.GenericSchema<unknown, Requests[M]['result']> } = {
  initialize: hello,
  watch: v.null(),
  refresh: scanStatus,
  resync: v.null(),
  details,
  enterPlan,
  unpin: v.null(),
  fileStat: v.union([v.object({ kind: fileKind, size: natural, mtimeMs: v.number(), ctimeMs: v.number(), mode: natural }), fileFailure]),
  fileList: v.union([v.object({ entries: v.array(v.object({ name: text, kind: fileKind })), more: natural }), fileFailure]),
  fileRead: v.union([v.object({ data: text, end: v.boolean() }), fileFailure]),
  listeners: v.object({ listeners: v.array(listener), unread: v.array(v.object({ netNamespace: natural, errno })) }),
};
