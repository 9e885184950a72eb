import fc from 'fast-check';
import type { Container, Hello, Namespace, NsType, Part, Process, WireProcess } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import { HostModel } from '../../../helper/model/model.ts';
import type { SceneInput } from '../../../extension/tree/nodes/scene.ts';
import { Scene } from '../../../extension/tree/nodes/scene.ts';

/** Inode of the initial namespace of each type, as a kernel numbers them. */
export const INITIAL: Readonly<Record<NsType, number>> = { cgroup: 4026531835, ipc: 4026531839, mnt: 4026531841, net: 4026531840, pid: 4026531836, time: 4026531834, user: 4026531837, uts: 4026531838 };

export const HELLO: Hello = {
  protocol: 1, version: '0.1.0', pid: 99, platform: 'linux', kernel: '6.18.0', hostname: 'lab', bootId: 'b', clockTicks: 100, uid: 0, gid: 0, capabilities: [], noNewPrivs: false,
  hidepid: '0', ns: [...NS_TYPES.map((type) => INITIAL[type]), INITIAL.pid, INITIAL.time],
  features: { koffi: true, nsGetUserns: true, nsGetId: true, nsMntGetNext: true, listmount: true, pidfdGetfd: true, procConnector: 'EPERM' }, inside: null,
};

export function namespace(type: NsType, inode: number, more: Partial<Namespace> = {}): Namespace {
  const initial = inode === INITIAL[type];
  return {
    key: `${type}:${inode}:g1`, type, inode, id: null, initial, owner: initial && type === 'user' ? null : INITIAL.user,
    parent: initial ? null : type === 'user' ? INITIAL.user : type === 'pid' ? INITIAL.pid : null, ownerUid: type === 'user' ? 0 : null,
    level: type === 'pid' || type === 'user' ? (initial ? 0 : 1) : null, heldBy: [], contents: type === 'uts' && initial ? { hostname: 'lab' } : {}, unread: {}, ...more,
  };
}

/** `own`: inodes of the namespaces that are not initial. */
export function process(pid: number, own: Partial<Record<NsType, number | null>> = {}, more: Partial<Process> = {}): Process {
  const ns = NS_TYPES.map((type) => (type in own ? own[type] ?? null : INITIAL[type]));
  return {
    pid, start: String(pid * 10), ppid: 1, comm: `p${pid}`, state: 'S', kernelThread: false, ns: [...ns, ns[NS_TYPES.indexOf('pid')] ?? null, ns[NS_TYPES.indexOf('time')] ?? null],
    uid: 0, euid: 0, cmdline: [`/bin/p${pid}`], nsPids: [pid], cgroup: '/', container: null, threads: [], unread: {}, ...more,
  };
}

/** The initial namespaces, and these. */
export function part(namespaces: readonly Namespace[], processes: readonly Process[], containers: readonly Container[] = [], ended: Partial<Pick<Part, 'endedNamespaces' | 'endedProcesses' | 'endedContainers'>> = {}): Part {
  return {
    tuples: processes.map((p) => p.ns), processes: processes.map((p, i): WireProcess => ({ ...p, ns: i })), namespaces, containers,
    endedNamespaces: [], endedProcesses: [], endedContainers: [], ...ended,
  };
}

export function initialNamespaces(): Namespace[] { return NS_TYPES.map((type) => namespace(type, INITIAL[type])); }

export function modelOf(namespaces: readonly Namespace[], processes: readonly Process[], containers: readonly Container[] = []): HostModel {
  const model = new HostModel();
  model.apply(part([...initialNamespaces(), ...namespaces], processes, containers));
  return model;
}

export function container(key: string, more: Partial<Container> = {}): Container {
  return { key, engine: 'docker', id: 'f00dfeed'.repeat(8), name: key, image: null, pod: null, rootless: null, init: null, source: 'test', unread: {}, ...more };
}

export function scene(model: HostModel, more: Partial<SceneInput> = {}): Scene {
  return new Scene({
    model, hello: HELLO, status: undefined, grouping: 'type', filter: null, showUnreadable: true, isNew: () => false,
    userName: (uid) => (uid === 1000 ? 'ana' : uid === 0 ? 'root' : null), limit: () => 500, ...more,
  });
}

/** A host at random: user namespaces in a tree, others owned by them, some without a process, processes in some, some unreadable. */
export interface World {
  readonly namespaces: readonly Namespace[];
  readonly processes: readonly Process[];
  readonly containers: readonly Container[];
}

const BASE = 4026532000;

export function worldOf(users: number, others: number, processes: number, random: (below: number) => number): World {
  const namespaces: Namespace[] = [];
  for (let i = 0; i < users; i++) {
    const above = i === 0 || random(3) === 0 ? INITIAL.user : BASE + random(i);
    namespaces.push(namespace('user', BASE + i, { owner: above, parent: random(10) === 0 ? null : above, ownerUid: random(2) * 1000 }));
  }
  for (let i = 0; i < others; i++) {
    const type = NS_TYPES.filter((t) => t !== 'user')[random(7)]!;
    const inode = BASE + users + i;
    const heldBy = random(4) === 0 ? [{ kind: 'descriptor', pid: 1 + random(50), fd: random(30) } as const] : random(4) === 0 ? [{ kind: 'bind mount', path: `/run/netns/n${random(5)}`, mountNamespace: INITIAL.mnt, pid: 1 } as const] : [];
    namespaces.push(namespace(type, inode, {
      heldBy, owner: random(8) === 0 ? null : users > 0 && random(2) === 0 ? BASE + random(users) : INITIAL.user,
      ...(type === 'uts' ? { contents: { hostname: `h${random(3)}` } } : {}),
    }));
  }
  const containers = [container('docker:a'), container('podman:b/1', { engine: 'podman', name: null })];
  const list: Process[] = [];
  for (let i = 0; i < processes; i++) {
    const own: Partial<Record<NsType, number | null>> = {};
    for (const ns of namespaces) if (random(6) === 0) own[ns.type] = ns.inode;
    const unreadable = random(8) === 0;
    const one = process(1 + i, unreadable ? Object.fromEntries(NS_TYPES.map((t) => [t, null])) : own, {
      comm: ['sh', 'postgres', '$(x)', '<b>'][random(4)]!, uid: random(2) * 1000, container: random(3) === 0 ? containers[random(2)]!.key : null,
      ...(unreadable ? { unread: { ns: 'EACCES' as const } } : {}),
    });
    const odd = namespaces.find((ns) => ns.type === 'uts' && random(5) === 0);
    list.push(odd && !unreadable ? { ...one, threads: [{ tid: 10_000 + i, comm: 't', ns: one.ns.map((inode, at) => (at === NS_TYPES.indexOf('uts') ? odd.inode : inode)) }] } : one);
  }
  return { namespaces, processes: list, containers };
}

/** Worlds up to a size that shrinks well. */
export const worlds: fc.Arbitrary<World> = fc.tuple(fc.nat(4), fc.nat(12), fc.nat(14), fc.infiniteStream(fc.nat(1_000_000)))
  .map(([users, others, processes, numbers]) => worldOf(users, others, processes, (below) => (numbers.next().value ?? 0) % below));

export function toModel(world: World): HostModel { return modelOf(world.namespaces, world.processes, world.containers); }
