import type { Container, Namespace, Process } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import { visible } from '../../../helper/model/text.ts';
import { containerName } from './containerText.ts';
import { namespaceRow } from './namespaceRow.ts';
import type { TreeNode } from './node.ts';
import { paged } from './page.ts';
import { ownCount, ownNamespaces, processNode } from './processRow.ts';
import type { Scene } from './scene.ts';
import { isUnreadable } from './scene.ts';
import { count, processes } from './words.ts';

/** Groups with more rows than this start folded. */
const OPEN_UP_TO = 20;

/** The host, each container, what runs in own namespaces without one, and the namespaces that no process is in. */
export function byProcess(scene: Scene): TreeNode[] {
  const sets = new ProcessSets(scene);
  const top = scene.top('process');
  const few = (n: number): boolean => scene.matcher !== null || n <= OPEN_UP_TO;
  const rows: TreeNode[] = [];
  const group = (id: string, label: string, description: string, icon: TreeNode['icon'], children: TreeNode['children'], more: Partial<TreeNode> = {}): void => {
    rows.push({ id, label, description, icon, context: 'group', target: { kind: 'group', type: null }, children, ...more });
  };
  const { host, initial } = sets;
  if (host.length > 0 || initial.length > 0) {
    group(`${top}/host`, 'Host', `${processes(host.length)}, ${initial.every((namespace) => namespace.initial === true) ? 'all initial' : 'all like the helper'}`, 'server-process', () => [
      ...(initial.length > 0 ? [{
        id: `${top}/host/initial`, label: hostNamespaces(initial), description: '', icon: 'home', context: 'group', target: { kind: 'group', type: null },
        children: () => initial.map((namespace) => namespaceRow(scene, `${top}/host/initial`, namespace)),
      } satisfies TreeNode] : []),
      ...paged(scene, `${top}/host`, host, (process) => processNode(scene, `${top}/host`, process, user(scene, process))),
    ]);
  }
  for (const [container, members] of sets.containers) {
    // keys hold engines' own text: a slash in one must not make two rows' ids equal
    const id = `${top}/container:${encodeURIComponent(visible(container.key))}`;
    group(id, containerName(container), containerText(scene, container, members), 'package', () => sets.rows(id, members),
      { context: 'container', target: { kind: 'container', key: container.key }, open: few(members.length) });
  }
  if (sets.bare.length > 0) {
    group(`${top}/bare`, 'No container', `${processes(sets.bare.length)} in own namespaces`, 'circle-filled', () => sets.rows(`${top}/bare`, sets.bare), { open: few(sets.bare.length) });
  }
  if (sets.processless.length > 0) {
    group(`${top}/none`, 'No process', count(sets.processless.length, 'namespace'), null,
      () => paged(scene, `${top}/none`, sets.processless, (namespace) => namespaceRow(scene, `${top}/none`, namespace)), { open: few(sets.processless.length) });
  }
  return rows;
}

/** `docker, 3 processes, own 6 of 8`, `podman, rootless, own 7 of 8`. */
function containerText(scene: Scene, container: Container, members: readonly Process[]): string {
  const own = members.reduce((most, process) => Math.max(most, ownCount(scene, process)), 0);
  return [container.engine, ...(container.rootless === true ? ['rootless'] : []), processes(members.length), `own ${own} of ${NS_TYPES.length}`].join(', ');
}

function user(scene: Scene, process: Process): string {
  if (process.kernelThread) return 'kernel thread';
  return [...(process.state === 'Z' ? ['zombie'] : []), ...(process.uid === null ? [] : [scene.user(process.uid)])].join(', ');
}

/** Every readable process in one of the sets, and every namespace in one place: its home. */
class ProcessSets {
  readonly host: Process[] = [];
  readonly bare: Process[] = [];
  readonly containers: [Container, Process[]][] = [];
  readonly initial: Namespace[] = [];
  readonly processless: Namespace[] = [];
  /** Namespaces that are shown below the process with this pid, the lowest of those in them. */
  readonly #home = new Map<number, Namespace[]>();
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
    const shown = new Set<number>();
    for (const namespace of scene.all()) {
      if (namespace.initial === true || scene.isHosts(namespace)) this.initial.push(namespace);
      else {
        const first = scene.model.firstMember(namespace);
        if (!first) this.processless.push(namespace);
        else {
          const list = this.#home.get(first.pid);
          if (list) list.push(namespace);
          else this.#home.set(first.pid, [namespace]);
          shown.add(first.pid);
        }
      }
    }
    scene.sort(this.initial);
    scene.sort(this.processless);
    const byContainer = new Map<Container, Process[]>();
    for (const process of scene.model.processes.values()) {
      if (isUnreadable(process) || !(shown.has(process.pid) || scene.showsProcess(process))) continue;
      const container = scene.container(process);
      if (container) {
        const list = byContainer.get(container);
        if (list) list.push(process);
        else byContainer.set(container, [process]);
      } else if (shown.has(process.pid) || hasOwn(scene, process)) this.bare.push(process);
      else this.host.push(process);
    }
    for (const list of [this.host, this.bare, ...byContainer.values()]) list.sort((a, b) => a.pid - b.pid);
    this.containers.push(...[...byContainer].sort(([a], [b]) => byName(containerName(a), containerName(b)) || byName(a.key, b.key)));
  }

  /** One row for each process; the first with the same eight namespaces says which are its own, the others name it. */
  rows(parentId: string, members: readonly Process[]): TreeNode[] {
    const scene = this.#scene;
    const first = new Map<string, number>();
    const same = new Map<number, number>();
    for (const process of members) {
      const tuple = process.ns.slice(0, NS_TYPES.length).join();
      const earlier = first.get(tuple);
      if (earlier === undefined) first.set(tuple, process.pid);
      else same.set(process.pid, earlier);
    }
    return paged(scene, parentId, members, (process) => {
      const id = `${parentId}/${process.pid}@${process.start}`;
      const home = this.#home.get(process.pid);
      const like = same.get(process.pid);
      const text = like !== undefined ? `same as ${like}` : ownNamespaces(scene, process) || 'all initial';
      return {
        ...processNode(scene, parentId, process, process.state === 'Z' ? `zombie, ${text}` : text,
          home ? () => scene.sort(home).map((namespace) => namespaceRow(scene, id, namespace)) : null),
        icon: 'circle-filled',
      };
    });
  }
}

function hostNamespaces(list: readonly Namespace[]): string {
  return list.every((namespace) => namespace.initial === true) ? count(list.length, 'initial namespace') : count(list.length, 'namespace of the host', 'namespaces of the host');
}

function hasOwn(scene: Scene, process: Process): boolean {
  return ownCount(scene, process) > 0;
}

function byName(a: string, b: string): number { return a < b ? -1 : a > b ? 1 : 0; }
