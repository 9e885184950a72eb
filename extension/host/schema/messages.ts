import * as v from 'valibot';
import type { Notifications, Part, ScanStatus } from '../../../helper/protocol.ts';
import { natural, tuple } from './atoms.ts';
import { phase } from './model.ts';

/** `[pid, start]`. */
const processIdentity = v.custom<readonly [number, string]>(
  (value) => Array.isArray(value) && value.length === 2 && Number.isSafeInteger(value[0]) && typeof value[1] === 'string', 'a pid and its start');

/**
 * A part whose long lists are not looked into yet: they can have thousands of members, which `Intake` checks one by one,
 * in slices, with `wireProcess`, `namespace` and `container`.
 */
const partEnvelope = v.object({
  tuples: v.array(tuple),
  endedProcesses: v.array(processIdentity), endedNamespaces: v.array(v.string()), endedContainers: v.array(v.string()),
  containers: v.array(v.unknown()), namespaces: v.array(v.unknown()), processes: v.array(v.unknown()),
}) satisfies v.GenericSchema<unknown, Record<keyof Part, unknown>>;
export type PartEnvelope = v.InferOutput<typeof partEnvelope>;

const milliseconds = v.custom<number>((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0, 'milliseconds');

export const scanStatus = v.object({
  phases: v.object({ identity: phase, details: phase, relations: phase, descriptors: phase, mounts: phase, sockets: phase, containers: phase }),
  processes: natural, unreadable: natural, cpuMs: milliseconds, at: milliseconds,
}) satisfies v.GenericSchema<unknown, ScanStatus>;

/** What each notification must look like. */
export const notifications = {
  'snapshot/begin': v.object({ seq: natural, parts: natural }),
  'snapshot/chunk': v.object({ seq: natural, part: partEnvelope }),
  'snapshot/end': v.object({ seq: natural, status: scanStatus }),
  delta: v.object({ seq: natural, part: partEnvelope, status: scanStatus }),
  log: v.object({ level: v.picklist(['error', 'warn', 'info', 'debug', 'trace']), text: v.string() }),
} satisfies { [K in keyof Notifications]: v.GenericSchema<unknown, { [F in keyof Notifications[K]]: unknown }> };

/** The notifications that carry the model, in the order of their `seq`. */
export type ModelMethod = Exclude<keyof Notifications, 'log'>;
export const MODEL_METHODS: readonly ModelMethod[] = ['snapshot/begin', 'snapshot/chunk', 'snapshot/end', 'delta'];
