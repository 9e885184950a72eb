import type { HostModel } from '../../helper/model/model.ts';
import { visible } from '../../helper/model/text.ts';
import { NS_LINKS } from '../../helper/protocol.ts';
import type { Namespace, NsLink, Process } from '../../helper/protocol.ts';
import type { HolderShown, NamespaceShown, NsproxyShown, Picture, Ref, Slot, TaskShown } from '../../simulator/picture/picture.ts';

/** Which link of /proc/PID/ns shows which pointer of the nsproxy. */
const SLOT_LINKS: readonly (readonly [Slot, NsLink])[] = [
  ['uts_ns', 'uts'], ['ipc_ns', 'ipc'], ['mnt_ns', 'mnt'], ['pid_ns_for_children', 'pid_for_children'], ['net_ns', 'net'], ['cgroup_ns', 'cgroup'], ['time_ns', 'time'], ['time_ns_for_children', 'time_for_children'],
];
/** A picture with more tasks than these is none that anybody reads. */
const MOST_TASKS = 60;

const inodeOf = ({ ns }: Process, link: NsLink): number | null => ns[NS_LINKS.indexOf(link)] ?? null;

/** `left`: processes that belong to it and are not drawn. */
export interface LivePicture { readonly picture: Picture; readonly left: number }

/**
 * The host's real tasks and namespaces as the simulator draws them. What user space cannot see is inferred, and the page says so: tasks whose eight links are equal
 * are drawn with one nsproxy, and counts are those of the holders that can be seen.
 */
export function livePicture(model: HostModel, chosen: readonly Process[]): LivePicture {
  const shown = related(model, chosen);
  // of one that cannot be read nothing could be drawn but a guess
  const tasks = shown.filter(({ ns }) => ns.some((inode) => inode !== null)).slice(0, MOST_TASKS);
  const letters = new Letters();
  const refOf = (link: NsLink, inode: number | null): Ref | null => {
    const type = link.replace('_for_children', '') as Namespace['type'];
    const found = model.find(type, inode);
    return found ? letters.of(found) : null;
  };
  // initial ones first, so that they are A as in the simulator
  for (const ns of model.namespaces.values()) if (ns.initial === true) letters.of(ns);
  const proxies = new Map<string, { readonly number: number; readonly slots: Partial<Record<Slot, Ref | null>>; count: number }>();
  const taskShown = tasks.map((process, n): TaskShown => {
    const slots: Partial<Record<Slot, Ref | null>> = Object.fromEntries(SLOT_LINKS.map(([slot, link]) => [slot, refOf(link, inodeOf(process, link))]));
    const readable = Object.values(slots).some((ref) => ref !== null);
    const key = JSON.stringify(slots);
    const proxy = proxies.get(key) ?? { number: proxies.size + 1, slots, count: 0 };
    if (readable) {
      proxy.count++;
      proxies.set(key, proxy);
    }
    return {
      ref: `task:${n + 2}`, comm: visible(process.comm), pids: process.nsPids ?? [process.pid], state: process.state === 'Z' ? 'zombie' : process.state === 'T' || process.state === 't' ? 'stopped' : process.state === 'R' ? 'running' : 'asleep',
      nsproxy: readable ? `nsproxy:${proxy.number}` : null, counted: true, user: refOf('user', inodeOf(process, 'user')) ?? 'user:0', pidNamespace: refOf('pid', inodeOf(process, 'pid')), threadOf: null,
    };
  });
  const nsproxies = [...proxies.values()].map(({ number, slots, count }): NsproxyShown => ({ ref: `nsproxy:${number}`, number, count, slots, others: [] }));
  return { picture: { slots: SLOT_LINKS.map(([slot]) => slot), tasks: taskShown, nsproxies, namespaces: namespacesOf(model, letters, refOf) }, left: shown.length - tasks.length };
}

/** Whose state a program can begin with: those that are drawn, and ancestors that could not be read, so that each has its parent. */
export function stateProcesses(model: HostModel, chosen: readonly Process[]): Process[] {
  const all = related(model, chosen);
  const drawn = new Set(all.filter(({ ns }) => ns.some((inode) => inode !== null)).slice(0, MOST_TASKS));
  const needed = new Set(drawn);
  for (const process of drawn) for (let at = model.processes.get(process.ppid); at && !needed.has(at); at = model.processes.get(at.ppid)) needed.add(at);
  return all.filter((process) => needed.has(process)).concat([...needed].filter((process) => !all.includes(process))).sort((a, b) => a.pid - b.pid);
}

/** The chosen ones, their ancestors, and who is in a namespace with them that is not one of the initial. */
function related(model: HostModel, chosen: readonly Process[]): Process[] {
  const found = new Map<number, Process>();
  for (const process of chosen) found.set(process.pid, process);
  for (const process of chosen) {
    for (let parent = model.processes.get(process.ppid); parent && !found.has(parent.pid); parent = model.processes.get(parent.ppid)) found.set(parent.pid, parent);
  }
  const own = new Set(chosen.flatMap(({ ns }) => ns.map((inode, n) => `${n}:${inode ?? ''}`)).filter((key) => {
    const [n = '', inode = ''] = key.split(':');
    const type = (NS_LINKS[Number(n)] ?? '').replace('_for_children', '') as Namespace['type'];
    return inode !== '' && model.find(type, Number(inode))?.initial === false;
  }));
  for (const process of model.processes.values()) if (process.ns.some((inode, n) => inode !== null && own.has(`${n}:${inode}`))) found.set(process.pid, process);
  return [...found.values()].sort((a, b) => a.pid - b.pid);
}

/** A, B … by type, in the order in which they are asked for. */
class Letters {
  readonly #known = new Map<string, { readonly letter: string; readonly ref: Ref; readonly of: Namespace }>();
  readonly #counts = new Map<string, number>();

  of(ns: Namespace): Ref {
    const known = this.#known.get(ns.key);
    if (known) return known.ref;
    const n = (this.#counts.get(ns.type) ?? 0) + 1;
    this.#counts.set(ns.type, n);
    let letter = '';
    for (let left = n; left > 0; left = Math.floor((left - 1) / 26)) letter = String.fromCharCode(65 + (left - 1) % 26) + letter;
    const made = { letter, ref: `${ns.type}:${n}`, of: ns };
    this.#known.set(ns.key, made);
    return made.ref;
  }

  all(): readonly { readonly letter: string; readonly ref: Ref; readonly of: Namespace }[] { return [...this.#known.values()]; }
}

function namespacesOf(model: HostModel, letters: Letters, refOf: (link: NsLink, inode: number | null) => Ref | null): NamespaceShown[] {
  // owners are drawn, too; they may have owners that nobody shown is in
  for (let before = -1; before !== letters.all().length;) {
    before = letters.all().length;
    for (const { of } of letters.all()) refOf('user', of.owner);
  }
  return letters.all().map(({ letter, ref, of }) => {
    const members = model.members(of).length;
    const holders: HolderShown[] = [
      ...members > 0 ? [{ by: null, slot: members === 1 ? '1 process' : `${members} processes`, n: members }] : [],
      ...of.heldBy.map((held): HolderShown => ({ by: null, slot: held.kind === 'bind mount' ? `bind mount ${visible(held.path)}` : `${held.kind} of pid ${held.pid}`, n: 1 })),
    ];
    return {
      ref, type: of.type, letter, initial: of.initial === true, inode: of.inode, text: textOf(of, members), owner: refOf('user', of.owner), level: of.level, count: holders.reduce((sum, { n }) => sum + n, 0), holders,
    };
  });
}

function textOf({ contents, type }: Namespace, members: number): string {
  if (contents.hostname !== undefined) return `“${visible(contents.hostname)}”`;
  const [map] = contents.uidMap ?? [];
  if (type === 'user' && map) return `uid ${map.inside} = ${map.outside}`;
  return members === 1 ? '1 process' : `${members} processes`;
}
