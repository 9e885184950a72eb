import type { NamespaceFacts, Subject, Task } from '../../../webview/picture/subject.ts';
import { NS_LINKS, NS_TYPES, typeOfLink } from '../../../helper/protocol.ts';
import type { NsLink, NsType } from '../../../helper/protocol.ts';

/** Made-up hosts for tests of the picture. A namespace is written `uts 5`: type, then a small number; 0 is the host's. */

const BASE = 4_026_531_835;
const inodeOf = (type: NsType, n: number): number => (n === 0 ? BASE + NS_TYPES.indexOf(type) : BASE + 766 + n * 8 + NS_TYPES.indexOf(type));

export interface TaskSpec extends Partial<Omit<Task, 'ns'>> {
  readonly pid: number;
  readonly name: string;
  /** Only those that are not the host's; null: unread. */
  readonly in?: Partial<Record<NsLink, number | null>>;
}

export function task(spec: TaskSpec): Task {
  const { in: inside = {}, ...given } = spec;
  const ns = NS_LINKS.map((link) => {
    const n = inside[link] === undefined ? inside[typeOfLink(link)] : inside[link];
    return n === null ? null : inodeOf(typeOfLink(link), n ?? 0);
  });
  return { key: `${spec.pid}@100`, tid: null, pids: [spec.pid], uid: 0, user: 'root', container: null, unread: {}, kernelThread: false, zombie: false, ended: false, ns, ...given };
}

export function subject(tasks: readonly Task[], facts: Readonly<Record<string, Partial<NamespaceFacts>>> = {}, host: Partial<Subject['host']> = {}): Subject {
  const namespaces = new Map<string, NamespaceFacts>();
  const add = (type: NsType, inode: number): void => {
    const n = inode - BASE < 8 ? 0 : Math.floor((inode - BASE - 766) / 8);
    namespaces.set(`${type}:${inode}`, {
      key: `${type}:${inode}:${n + 1}`, type, inode, initial: n === 0, created: String(n + 1), parent: null, owner: inodeOf('user', 0), level: type === 'pid' || type === 'user' ? n : null,
      processes: tasks.filter((t) => t.ns[NS_TYPES.indexOf(type)] === inode).length + (n === 0 ? 200 : 0), gone: false, ...facts[`${type} ${n}`],
    });
  };
  const own = NS_LINKS.map((link) => inodeOf(typeOfLink(link), 0));
  for (const tuple of [own, ...tasks.map((t) => t.ns)]) tuple.forEach((inode, i) => { if (inode !== null) add(typeOfLink(NS_LINKS[i] ?? 'uts'), inode); });
  return { host: { name: 'lab', boot: 'b', ns: own, initial: true, inside: null, ...host }, tasks, namespaces: [...namespaces.values()] };
}

/** A database in a container with two of its processes, a rootless build, a process that unshared its pid namespace, and one that cannot be read. */
export function busyHost(): Subject {
  const db = { uts: 1, ipc: 1, mnt: 1, pid: 1, net: 1, cgroup: 1 };
  return subject([
    task({ pid: 3310, name: 'make', uid: 1000, user: 'ana', in: { uts: 2, ipc: 2, mnt: 2, pid: 2, net: 2, cgroup: 2, user: 1 }, pids: [3310, 7], container: { name: 'build', engine: 'podman' } }),
    task({ pid: 2417, name: 'postgres', uid: 999, user: null, in: db, pids: [2417, 1], container: { name: 'db', engine: 'docker' } }),
    task({ pid: 455, name: 'probe', in: { pid_for_children: 3 } }),
    task({ pid: 2466, name: 'postgres', uid: 999, user: null, in: db, pids: [2466, 31], container: { name: 'db', engine: 'docker' } }),
    task({ pid: 633, name: 'sshd', user: 'root', in: Object.fromEntries(NS_LINKS.map((l) => [l, null])), unread: { ns: 'EACCES' } }),
    task({ pid: 3322, name: 'cc1', uid: 1000, user: 'ana', in: { uts: 2, ipc: 2, mnt: 2, pid: 2, net: 2, cgroup: 2, user: 1 }, pids: [3322, 19], container: { name: 'build', engine: 'podman' }, ended: true }),
  ], {
    'uts 0': { hostname: 'lab' }, 'uts 1': { hostname: 'db' }, 'uts 2': { hostname: 'build' },
    'net 0': { interfaces: ['lo', 'eth0'] }, 'net 1': { interfaces: ['lo', 'eth0'] }, 'net 2': { interfaces: ['lo', 'tap0'] },
    'mnt 0': { mounts: 34 }, 'mnt 1': { mounts: 12 }, 'mnt 2': { mounts: 9 },
    'user 0': { uidMap: [{ inside: 0, outside: 0, count: 4294967295 }] }, 'user 1': { uidMap: [{ inside: 0, outside: 1000, count: 1 }] },
    'pid 1': { parent: inodeOf('pid', 0), level: 1 }, 'pid 2': { parent: inodeOf('pid', 0), level: 1 }, 'pid 3': { parent: inodeOf('pid', 0), level: 1, processes: 0 },
    'time 0': { boottimeOffset: '0' }, 'cgroup 0': { cgroupRoot: '/' }, 'cgroup 1': { cgroupRoot: '/docker/db' },
    'uts 3': {}, 'ipc 0': {},
  });
}

/** Two processes, as in the sentence of the design. */
export function pair(): Subject {
  const { tasks, namespaces, host } = busyHost();
  return { host, tasks: tasks.filter((t) => t.pid === 2417 || t.pid === 3310), namespaces };
}
