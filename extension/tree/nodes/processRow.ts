import type { Namespace, Process } from '../../../helper/protocol.ts';
import { NS_TYPES } from '../../../helper/protocol.ts';
import { processKey } from '../../../helper/model/model.ts';
import { visible } from '../../../helper/model/text.ts';
import { containerTag } from './containerText.ts';
import type { TreeNode } from './node.ts';
import type { Scene } from './scene.ts';
import { NAMED_ORDER } from './words.ts';

export function processLabel(process: { readonly pid: number; readonly comm: string }): string {
  return `${process.pid} ${visible(process.comm)}`;
}

/** A process below a namespace that it is in: `2417 postgres`, `1 inside, postgres, docker db`. */
export function memberRow(scene: Scene, parentId: string, namespace: Namespace, process: Process): TreeNode {
  const parts: string[] = [];
  if (process.kernelThread) parts.push('kernel thread');
  if (process.state === 'Z') parts.push('zombie');
  const inside = pidInside(process);
  if (inside !== null) parts.push(`${inside} inside`);
  if (process.uid !== null && !process.kernelThread) parts.push(scene.user(process.uid));
  const container = scene.container(process);
  // in its namespaces' rows the container is named already, unless the namespace is shared
  if (container && (namespace.initial === true || namespace.type === 'user')) parts.push(containerTag(container));
  return processNode(scene, parentId, process, parts.join(', '));
}

/** Its pid in its own pid namespace; null when that is this one. */
export function pidInside(process: Process): number | null {
  return process.nsPids && process.nsPids.length > 1 ? process.nsPids.at(-1) ?? null : null;
}

export function processNode(scene: Scene, parentId: string, process: Process, description: string, children: TreeNode['children'] = null): TreeNode {
  const label = processLabel(process);
  const highlights = scene.matcher?.ranges(label);
  return {
    id: `${parentId}/${processKey(process)}`, label, description,
    icon: process.state === 'Z' ? 'circle-slash' : null, context: 'process',
    target: { kind: 'process', key: processKey(process), pid: process.pid },
    ...(highlights && highlights.length > 0 ? { highlights } : {}),
    children,
  };
}

/** `own uts ipc mnt`, `own all but time`, `own all`; '' when it shares all that can be told with the host. */
export function ownNamespaces(scene: Scene, process: Process): string {
  const own: string[] = [];
  const shared: string[] = [];
  for (const type of NAMED_ORDER) {
    const i = NS_TYPES.indexOf(type);
    const inode = process.ns[i];
    if (inode != null) (inode === scene.hostInodes[i] ? shared : own).push(type);
  }
  if (own.length === 0) return '';
  if (shared.length === 0 && own.length === NS_TYPES.length) return 'own all';
  return own.length >= 7 && shared.length === 1 ? `own all but ${shared.join(' ')}` : `own ${own.join(' ')}`;
}

/** How many of its namespaces are not the host's. */
export function ownCount(scene: Scene, process: Process): number {
  const host = scene.hostInodes;
  let own = 0;
  for (let i = 0; i < NS_TYPES.length; i++) if (process.ns[i] != null && process.ns[i] !== host[i]) own++;
  return own;
}
