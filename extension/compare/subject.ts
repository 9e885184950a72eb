import type { Container, Details, Hello, Namespace, Process } from '../../helper/protocol.ts';
import { NS_LINKS, NS_TYPES, typeOfLink } from '../../helper/protocol.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { processKey } from '../../helper/model/model.ts';
import type { NamespaceFacts, Subject, Task } from '../../webview/protocol.ts';

/** What of a process's threads the table can hold; the sidebar shows all. */
const MAX_THREADS = 16;

/** One process of a comparison, and the rows it had when it was last seen (itself first, then its threads). */
export interface Member {
  readonly key: string;
  readonly last: readonly Task[];
}

/** What a request `details` added to a namespace. */
export type Extra = Pick<NamespaceFacts, 'interfaces' | 'mounts' | 'cgroupRoot'>;

export interface SubjectInput {
  readonly model: HostModel;
  readonly hello: Hello | undefined;
  readonly members: readonly Member[];
  /** The model is complete: a process that is not in it has ended. */
  readonly settled: boolean;
  /** What was shown before: namespaces that are gone stay as they were last seen. */
  readonly before: Subject | undefined;
  readonly extras: ReadonlyMap<string, Extra>;
  userName(uid: number): string | null;
}

/** What the page shows, computed from the model: the rows of the members, the host, and every namespace that these are in. Pure. */
export function subjectOf(input: SubjectInput): { subject: Subject; members: Member[] } {
  const { model, hello } = input;
  const host = hostOf(model, hello, input.before);
  const sameBoot = hello === undefined || input.before === undefined || input.before.host.boot === '' || input.before.host.boot === hello.bootId;
  const members = input.members.map((member): Member => {
    const process = sameBoot ? model.processes.get(pidOf(member.key)) : undefined;
    if (process && processKey(process) === member.key) return { key: member.key, last: rowsOf(process, model.containers, (uid) => input.userName(uid)) };
    return input.settled ? { key: member.key, last: member.last.map((task) => ({ ...task, ended: true })) } : member;
  });
  const tasks = members.flatMap((member) => member.last);
  return { subject: { host, tasks, namespaces: namespacesOf(input, host, tasks) }, members };
}

/** The pid of a `processKey`. */
export function pidOf(key: string): number {
  return Number(key.slice(0, key.indexOf('@')));
}

function rowsOf(process: Process, containers: ReadonlyMap<string, Container>, userName: (uid: number) => string | null): Task[] {
  const key = processKey(process);
  const container = process.container === null ? undefined : containers.get(process.container);
  const own: Task = {
    key, pid: process.pid, tid: null, name: process.comm, pids: process.nsPids ? [...process.nsPids] : null,
    uid: process.uid, user: process.uid === null ? null : userName(process.uid),
    container: container ? { name: container.name ?? container.id?.slice(0, 12) ?? container.engine, engine: container.engine } : null,
    ns: [...process.ns], unread: { ...process.unread }, kernelThread: process.kernelThread, zombie: process.state === 'Z', ended: false,
  };
  const threads = process.threads.slice(0, MAX_THREADS).map((thread): Task => ({
    ...own, key: `${key}/${thread.tid}`, tid: thread.tid, name: thread.comm, pids: null, ns: [...thread.ns], unread: {},
  }));
  return [own, ...threads];
}

/** The initial namespaces where they can be told, else those the helper is in. */
function hostOf(model: HostModel, hello: Hello | undefined, before: Subject | undefined): Subject['host'] {
  if (!hello) return before?.host ?? { name: '', boot: '', ns: NS_LINKS.map(() => null), initial: false, inside: null };
  const initial = new Map<string, number>();
  for (const namespace of model.namespaces.values()) if (namespace.initial === true) initial.set(namespace.type, namespace.inode);
  return {
    name: hello.hostname, boot: hello.bootId,
    ns: NS_LINKS.map((link, i) => initial.get(typeOfLink(link)) ?? hello.ns[i] ?? null),
    initial: NS_TYPES.every((type) => initial.has(type)),
    inside: hello.inside?.engine ?? null,
  };
}

/** Every namespace that a row is in, the pid namespaces above them (for the numbers by level) and the user namespaces that own them. */
function namespacesOf(input: SubjectInput, host: Subject['host'], tasks: readonly Task[]): NamespaceFacts[] {
  const { model, extras } = input;
  const old = new Map(input.before?.namespaces.map((n) => [`${n.type}:${n.inode}`, n]));
  const found = new Map<string, NamespaceFacts>();
  const add = (type: Namespace['type'], inode: number | null): void => {
    const place = `${type}:${inode}`;
    if (inode === null || found.has(place)) return;
    const namespace = model.find(type, inode);
    const facts = namespace ? factsOf(namespace, model.memberCount(namespace), extras.get(namespace.key)) : old.get(place);
    if (!facts) return;
    found.set(place, namespace || !input.settled ? facts : { ...facts, processes: 0, gone: true });
    if (type === 'pid') add('pid', facts.parent);
    add('user', facts.owner);
  };
  for (const ns of [host.ns, ...tasks.map((task) => task.ns)]) {
    for (const [i, link] of NS_LINKS.entries()) add(typeOfLink(link), ns[i] ?? null);
  }
  return [...found.values()];
}

function factsOf(namespace: Namespace, processes: number, extra: Extra = {}): NamespaceFacts {
  const { contents } = namespace;
  return {
    key: namespace.key, type: namespace.type, inode: namespace.inode, initial: namespace.initial, created: namespace.id,
    parent: namespace.parent, owner: namespace.owner, level: namespace.level, processes, gone: false,
    ...(contents.hostname === undefined ? {} : { hostname: contents.hostname }),
    ...(contents.uidMap === undefined ? {} : { uidMap: contents.uidMap.map((range) => ({ ...range })) }),
    ...(contents.boottimeOffset === undefined ? {} : { boottimeOffset: contents.boottimeOffset }),
    ...(contents.monotonicOffset === undefined ? {} : { monotonicOffset: contents.monotonicOffset }),
    ...extra,
  };
}

/** What of the answer the table shows. */
export function extraOf(details: Details): Extra {
  return {
    ...(details.net ? { interfaces: details.net.interfaces.map((i) => i.name) } : {}),
    ...(details.mounts ? { mounts: details.mounts.total } : {}),
    ...(details.cgroupRoot === undefined ? {} : { cgroupRoot: details.cgroupRoot }),
  };
}
