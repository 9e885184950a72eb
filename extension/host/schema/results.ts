import * as v from 'valibot';
import type { Details, Feature, Hello, Listener, Requests } from '../../../helper/protocol.ts';
import { digits, errno, isRecord, natural, tuple } from './atoms.ts';
import { scanStatus } from './messages.ts';
import { ENGINES } from './model.ts';

const text = v.string();

/** What a helper of any version says first: enough to tell that it does not fit. */
export const helloVersion = v.object({ protocol: natural, version: text }) satisfies v.GenericSchema<unknown, Pick<Hello, 'protocol' | 'version'>>;

const FEATURES = ['koffi', 'nsGetUserns', 'nsGetId', 'nsMntGetNext', 'listmount', 'pidfdGetfd', 'procConnector'] as const satisfies readonly Feature[];
const feature = v.union([v.literal(true), errno]);

export const hello = v.object({
  protocol: natural, version: text, pid: natural, platform: text, kernel: text, hostname: text, bootId: text,
  clockTicks: natural, uid: natural, gid: natural, capabilities: v.array(text), noNewPrivs: v.boolean(),
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
    mounts: v.array(v.object({ id: digits, parent: digits, point: text, root: text, fstype: text, source: text, propagation: text })),
    total: natural,
  })),
  cgroupRoot: v.exactOptional(text),
  unread: v.custom<Details['unread']>((value) => isRecord(value) && Object.values(value).every((why) => v.is(errno, why)), 'reasons by field'),
}) satisfies v.GenericSchema<unknown, Details>;

/** What each request is answered with. */
export const results: { readonly [M in keyof Requests]: v.GenericSchema<unknown, Requests[M]['result']> } = {
  initialize: hello,
  watch: v.null(),
  refresh: scanStatus,
  resync: v.null(),
  details,
  listeners: v.object({ listeners: v.array(listener), unread: v.array(v.object({ netNamespace: natural, errno })) }),
};
