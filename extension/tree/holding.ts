import type { Hello, Namespace, Process } from '../../helper/protocol.ts';
import { NS_TYPES } from '../../helper/protocol.ts';
import { processKey } from '../../helper/model/model.ts';
import type { Holder } from '../../helper/model/holders.ts';
import { holdersOf } from '../../helper/model/holders.ts';
import { visible } from '../../helper/model/text.ts';
import { containerName } from './nodes/containerText.ts';
import type { Wanted } from './locate.ts';
import { pidInside } from './nodes/processRow.ts';
import type { Scene } from './nodes/scene.ts';
import { number } from './nodes/words.ts';

/** One thing that keeps a namespace alive, and how a person can let go of it. Text is safe to show as plain text. */
export interface Holding {
  readonly kind: 'process' | 'thread' | 'for children' | 'descriptor' | 'bind mount' | 'socket' | 'child' | 'owned';
  /** `2417 postgres`, `/run/netns/blue`, `net 4026532604`. */
  readonly label: string;
  /** How it holds: `is in it`, `fd 23`, `bind mount`. */
  readonly how: string;
  /** How to release it: one sentence. */
  readonly release: string;
  /** The command that does so, for copying; null where there is none that is safe to name. */
  readonly command: readonly string[] | null;
  readonly reveal: Wanted | null;
}

/** Everything known that holds the namespace; processes first. Nothing but the machine's end releases an initial namespace. */
export function holdings(scene: Scene, namespace: Namespace): Holding[] {
  const { model, input: { hello } } = scene;
  return holdersOf(model, namespace, scene.holders).map((holder): Holding => {
    switch (holder.kind) {
      case 'process': return member(scene, namespace, holder.process);
      case 'thread': {
        const { process, thread } = holder;
        return { ...ofProcess(process), kind: 'thread', label: `${thread.tid} ${visible(thread.comm)}`, how: `thread of ${named(process)}`, release: `Ends when the thread ends, or process ${process.pid} as a whole.` };
      }
      case 'for children': {
        const { process, thread } = holder;
        return { ...ofProcess(process), kind: 'for children', how: thread ? `the next child of its thread ${thread.tid} will be in it` : 'its next child will be in it',
          release: `Ends when ${thread ? `thread ${thread.tid}` : `process ${process.pid}`} ends, or chooses another ${namespace.type} namespace for its children.` };
      }
      case 'descriptor':
      case 'socket': {
        const base = holder.process ? ofProcess(holder.process) : { label: String(holder.pid), command: ['kill', String(holder.pid)], reveal: null };
        const thread = holder.kind === 'descriptor' && holder.tid !== undefined ? ` of its thread ${holder.tid}` : '';
        const what = holder.kind === 'socket' ? 'the socket, descriptor' : 'its descriptor';
        return { ...base, kind: holder.kind, how: `fd ${holder.fd}${thread}${holder.kind === 'socket' ? ', a socket made in it' : ''}`,
          release: `Ends when process ${holder.pid} closes ${what} ${holder.fd}: only it can, or its end does.` };
      }
      case 'bind mount': return mount(scene, namespace, holder, hello);
      case 'child': return below(holder.namespace, 'child', 'is a child of it');
      case 'owned': return below(holder.namespace, 'owned', 'is owned by it');
    }
  });
}

function member(scene: Scene, namespace: Namespace, process: Process): Holding {
  const container = scene.container(process);
  const base = ofProcess(process);
  if (process.state === 'Z') {
    return { ...base, kind: 'process', how: 'a zombie that is still counted in it', command: null, release: `Goes when its parent, process ${process.ppid}, collects its exit status, or ends.` };
  }
  const engine = container && (container.engine === 'docker' || container.engine === 'podman') && (container.name ?? container.id) !== null ? container : undefined;
  if (engine) {
    return { ...base, kind: 'process', how: `is in it, ${engine.engine} ${containerName(engine)}`, command: [engine.engine, 'stop', engine.name ?? engine.id ?? ''],
      release: `Belongs to a container: stop that, and its processes end.` };
  }
  if (namespace.type === 'pid' && pidInside(process) === 1) {
    return { ...base, kind: 'process', how: 'is process 1 in it', command: ['kill', '-KILL', String(process.pid)], release: 'When process 1 of a pid namespace ends, the kernel ends all others in it.' };
  }
  return { ...base, kind: 'process', how: 'is in it', release: 'Ends when the process ends, or moves to another namespace.' };
}

function mount(scene: Scene, namespace: Namespace, holder: Extract<Holder, { kind: 'bind mount' }>, hello: Hello | undefined): Holding {
  const here = hello?.ns[NS_TYPES.indexOf('mnt')];
  const label = visible(holder.path);
  const name = /^(?:\/var)?\/run\/netns\/([^/]+)$/.exec(holder.path)?.[1];
  if (here != null && holder.mountNamespace === here) {
    const iproute = name !== undefined && namespace.type === 'net' && !name.startsWith('-');
    return { kind: 'bind mount', label, how: 'bind mount', reveal: null,
      command: iproute ? ['ip', 'netns', 'delete', name] : ['umount', holder.path],
      release: iproute ? '“ip netns” made it: deleting the name there unmounts it.' : 'Ends when it is unmounted.' };
  }
  const inside = scene.model.find('mnt', holder.mountNamespace);
  const where = holder.mountNamespace === null ? 'another mount namespace' : `mnt ${holder.mountNamespace}`;
  return {
    kind: 'bind mount', label, how: `bind mount in ${where}`, reveal: inside ? { kind: 'namespace', key: inside.key } : null,
    command: holder.pid === null ? null : ['nsenter', '--target', String(holder.pid), '--mount', 'umount', holder.path],
    release: holder.pid === null ? `Ends when it is unmounted there, or when ${where} ends.` : `Ends when it is unmounted in ${where}, which process ${holder.pid} is in, or when that namespace ends.`,
  };
}

function below(namespace: Namespace, kind: 'child' | 'owned', how: string): Holding {
  return { kind, label: `${namespace.type} ${namespace.inode}`, how, command: null, reveal: { kind: 'namespace', key: namespace.key }, release: 'It must end first: see what holds it.' };
}

function ofProcess(process: Process): Pick<Holding, 'label' | 'command' | 'reveal'> {
  return { label: named(process), command: ['kill', String(process.pid)], reveal: { kind: 'process', key: processKey(process) } };
}

function named(process: Process): string { return `${process.pid} ${visible(process.comm)}`; }

/** What must happen for the namespace to end, as the rest of a sentence that begins with "Ends when". */
export function endsWhen(scene: Scene, namespace: Namespace): string {
  if (namespace.initial === true) return 'the machine is shut down: an initial namespace lasts as long as the kernel';
  const all = holdings(scene, namespace);
  if (all.length === 0) return 'what holds it lets go; nothing that holds it can be seen from here';
  const processes = all.filter((h) => h.kind === 'process' || h.kind === 'thread' || h.kind === 'for children');
  const first = namespace.type === 'pid' ? scene.model.members(namespace).find((process) => pidInside(process) === 1) : undefined;
  const clauses: string[] = [];
  if (first && processes.length > 1) clauses.push(`its first process, ${named(first)}, ends: the kernel then ends the others in it`);
  else if (processes.length === 1) clauses.push('this process ends');
  else if (processes.length > 1) clauses.push(`the last of these ${number(processes.length)} processes ends`);
  const each = (kind: Holding['kind'], one: (h: Holding) => string, many: (n: number) => string): void => {
    const held = all.filter((h) => h.kind === kind);
    const only = held[0];
    if (only) clauses.push(held.length === 1 ? one(only) : many(held.length));
  };
  each('descriptor', (h) => `${h.label} closes ${h.how}`, (n) => `${number(n)} descriptors are closed`);
  each('socket', (h) => `${h.label} closes its socket`, (n) => `${number(n)} sockets are closed`);
  each('bind mount', (h) => `${h.label} is unmounted`, (n) => `${number(n)} bind mounts are unmounted`);
  each('child', (h) => `${h.label} has ended`, (n) => `its ${number(n)} child namespaces have ended`);
  each('owned', (h) => `${h.label}, which it owns, has ended`, (n) => `the ${number(n)} namespaces that it owns have ended`);
  return clauses.length === 1 ? clauses[0] ?? '' : `${clauses.slice(0, -1).join(', ')} and ${clauses.at(-1) ?? ''}`;
}
