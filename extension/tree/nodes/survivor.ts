import type { HeldBy, Namespace } from '../../../helper/protocol.ts';
import { visible } from '../../../helper/model/text.ts';
import type { Icon } from './node.ts';
import type { Scene } from './scene.ts';

/** Why a namespace without processes is still there, in the words of a row, and the mark for it. */
export interface Survivor {
  readonly text: string;
  readonly icon: Icon;
}

type Held<K extends HeldBy['kind']> = Extract<HeldBy, { kind: K }>;

export function bindMounts(namespace: Namespace): Held<'bind mount'>[] {
  return namespace.heldBy.filter((h): h is Held<'bind mount'> => h.kind === 'bind mount');
}

/** What keeps a namespace that no process is in; the strongest reason is named, the rest is counted. */
export function survivor(scene: Scene, namespace: Namespace): Survivor {
  const { threads, forChildren } = scene.oddities(namespace);
  const mounts = bindMounts(namespace);
  const descriptors = namespace.heldBy.filter((h) => h.kind === 'descriptor');
  const sockets = namespace.heldBy.filter((h) => h.kind === 'socket');
  const thread = threads[0];
  if (thread) {
    const others = threads.length > 1 ? ` and ${threads.length - 1} more` : '';
    return { icon: 'circle-outline', text: `thread only: ${comm(scene, thread.process.pid)}, thread ${thread.thread.tid}${others}` };
  }
  const mount = mounts[0];
  if (mount) {
    // a new mount namespace copies the mounts of the old one: the same path there is no news
    const others = new Set(mounts.map((m) => m.path)).size + descriptors.length + sockets.length - 1;
    return { icon: 'link', text: `bind mount ${visible(mount.path)}${others > 0 ? ` and ${others} more` : ''}` };
  }
  const descriptor = descriptors[0];
  if (descriptor) {
    const others = descriptors.length + sockets.length - 1;
    return { icon: 'file-binary', text: `fd only: ${comm(scene, descriptor.pid)}, fd ${descriptor.fd}${others > 0 ? ` and ${others} more` : ''}` };
  }
  const socket = sockets[0];
  if (socket) return { icon: 'plug', text: `socket only: ${comm(scene, socket.pid)}, fd ${socket.fd}${sockets.length > 1 ? ` and ${sockets.length - 1} more` : ''}` };
  const waiting = forChildren[0];
  if (waiting) return { icon: 'circle-outline', text: `for children only: ${comm(scene, waiting.process.pid)}` };
  const parent = scene.model.children(namespace).length > 0;
  const owner = namespace.type === 'user' && scene.model.owned(namespace).some((n) => n.type !== 'user');
  if (parent || owner) return { icon: 'type-hierarchy', text: `${parent && owner ? 'parent and owner' : parent ? 'parent' : 'owner'} only` };
  const pending = ['descriptors', 'mounts', 'sockets'].some((phase) => scene.input.status?.phases[phase as 'mounts'] === 'pending');
  return { icon: 'question', text: pending ? 'looking for what holds it …' : 'nothing seen that holds it' };
}

/** `dockerd 1184`; just the pid when the process is unknown. */
function comm(scene: Scene, pid: number): string {
  const process = scene.model.processes.get(pid);
  return process ? `${visible(process.comm)} ${pid}` : `pid ${pid}`;
}
