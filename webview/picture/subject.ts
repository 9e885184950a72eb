import * as v from 'valibot';
import { NS_LINKS, NS_TYPES } from '../../helper/protocol.ts';

/**
 * What a picture is of: some tasks, and the namespaces they are in. The live host fills it from its model; a notebook fills
 * it from a simulated kernel. The schemas are its definition, since it crosses from the extension host to the page and
 * comes back from saved state. Names and other text are the raw, hostile text of the host.
 */

/** Long enough for any file name or command, short enough that a hostile one can not fill the page. */
const text = v.pipe(v.string(), v.maxLength(4096));
const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Ten inodes in the order of `NS_LINKS`; null where unread. */
const tuple = v.pipe(v.array(v.nullable(id)), v.length(NS_LINKS.length));
const errno = v.custom<`E${string}`>((value) => typeof value === 'string' && /^E[A-Z0-9]{1,31}$/.test(value));

/** A row: a process, or a thread whose namespaces differ from those of its process. */
export const TaskSchema = v.object({
  /** Unique and stable while the task lives: `pid@start`, for a thread `pid@start/tid`. */
  key: text,
  /** The process's pid as seen here. */
  pid: id,
  /** Set for a thread: its thread ID as seen here. */
  tid: v.nullable(id),
  /** `comm`. */
  name: text,
  /** Its pid at each level, outermost (here) first; null when not read. */
  pids: v.nullable(v.pipe(v.array(id), v.maxLength(64))),
  uid: v.nullable(id),
  /** Name of that uid on this host; null when it has none. */
  user: v.nullable(text),
  /** Container it belongs to: name (or short ID) and engine. */
  container: v.nullable(v.object({ name: text, engine: text })),
  ns: tuple,
  /** Why links are missing, by link; `ns`: all of them. */
  unread: v.record(text, errno),
  kernelThread: v.boolean(),
  zombie: v.boolean(),
  /** It has ended; the rest is what was last seen. */
  ended: v.boolean(),
});

export const NamespaceSchema = v.object({
  /** `type:inode:id`. */
  key: text,
  type: v.picklist(NS_TYPES),
  inode: id,
  /** Booted with the machine; null: can not be told. */
  initial: v.nullable(v.boolean()),
  /** Sorts by creation: NS_GET_ID where the kernel has it, else null and the inode decides. */
  created: v.nullable(text),
  /** Inode of the parent (pid, user). */
  parent: v.nullable(id),
  /** Inode of the owning user namespace. */
  owner: v.nullable(id),
  level: v.nullable(id),
  /** Processes of the whole host that are in it, shown in the table or not. */
  processes: id,
  /** Nothing keeps it alive any more. */
  gone: v.boolean(),
  /** What is in it, as far as it was read. */
  hostname: v.optional(text),
  uidMap: v.optional(v.array(v.object({ inside: id, outside: id, count: id }))),
  /** Nanoseconds. */
  boottimeOffset: v.optional(text),
  monotonicOffset: v.optional(text),
  interfaces: v.optional(v.array(text)),
  mounts: v.optional(id),
  cgroupRoot: v.optional(text),
});

export const SubjectSchema = v.object({
  host: v.object({
    /** Host name. */
    name: text,
    /** Which boot of it: a pid and start time mean nothing in another one. */
    boot: text,
    /** The initial namespaces where they are known, else those the helper is in. */
    ns: tuple,
    /** All of them are known to be the ones that the machine booted with. */
    initial: v.boolean(),
    /** The helper runs inside a container: its engine. */
    inside: v.nullable(text),
  }),
  tasks: v.array(TaskSchema),
  namespaces: v.array(NamespaceSchema),
});

export type Task = Readonly<v.InferOutput<typeof TaskSchema>>;
export type NamespaceFacts = Readonly<v.InferOutput<typeof NamespaceSchema>>;
export interface Subject {
  readonly host: Readonly<v.InferOutput<typeof SubjectSchema>['host']>;
  readonly tasks: readonly Task[];
  readonly namespaces: readonly NamespaceFacts[];
}
