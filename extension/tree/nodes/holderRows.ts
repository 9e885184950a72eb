import type { HeldBy, Namespace } from '../../../helper/protocol.ts';
import { processKey } from '../../../helper/model/model.ts';
import { visible } from '../../../helper/model/text.ts';
import { describe } from './describe.ts';
import type { Target, TreeNode } from './node.ts';
import { paged } from './page.ts';
import type { Scene } from './scene.ts';
import { count } from './words.ts';

/** What holds a namespace besides its processes: threads, waiting parents, descriptors, mounts, sockets, namespaces below it. */
export function holderRows(scene: Scene, parentId: string, namespace: Namespace): TreeNode[] {
  const rows: TreeNode[] = [];
  const { threads, forChildren } = scene.oddities(namespace);
  for (const { process, thread } of threads) {
    rows.push({ ...leaf(`${parentId}/thread/${processKey(process)}/${thread.tid}`, `${thread.tid} ${visible(thread.comm)}`, `thread of ${process.pid} ${visible(process.comm)}`), icon: 'circle-outline', target: processTarget(process) });
  }
  for (const { process, thread } of forChildren) {
    rows.push({ ...leaf(`${parentId}/children-of/${processKey(process)}/${thread?.tid ?? ''}`, `${process.pid} ${visible(process.comm)}`, thread ? `the next child of its thread ${thread.tid} will be in it` : 'its next child will be in it'), icon: 'circle-outline', target: processTarget(process) });
  }
  const held = [...namespace.heldBy].sort(byHolder);
  rows.push(...paged(scene, `${parentId}/held`, held, (holder) => heldRow(scene, parentId, namespace, holder)));
  const children = scene.model.children(namespace);
  if (children.length > 0) rows.push(references(scene, `${parentId}/children`, count(children.length, 'child namespace'), 'keep it alive', children));
  // a child user namespace is owned as well: it is listed once, as a child
  const owned = namespace.type === 'user' ? scene.model.owned(namespace).filter((n) => n.type !== 'user') : [];
  if (owned.length > 0) rows.push(references(scene, `${parentId}/owned`, count(owned.length, 'owned namespace'), 'keep it alive', owned));
  return rows;
}

function heldRow(scene: Scene, parentId: string, namespace: Namespace, holder: HeldBy): TreeNode {
  if (holder.kind === 'bind mount') {
    const where = holder.mountNamespace === null ? 'bind mount' : `bind mount in mnt ${holder.mountNamespace}`;
    const process = holder.pid === null ? undefined : scene.model.processes.get(holder.pid);
    const shared = process && scene.model.namespaceOf(process, 'mnt')?.initial === true;
    return { ...leaf(`${parentId}/mount/${holder.mountNamespace ?? ''}:${holder.path}`, visible(holder.path), shared ? 'bind mount' : where), icon: 'link', target: { kind: 'reference', key: namespace.key } };
  }
  const process = scene.model.processes.get(holder.pid);
  const label = process ? `${holder.pid} ${visible(process.comm)}` : `${holder.pid}`;
  const tid = holder.kind === 'descriptor' ? holder.tid : undefined;
  const text = holder.kind === 'descriptor' ? `fd ${holder.fd}${tid === undefined ? '' : ` of its thread ${tid}`}` : `socket of this namespace, fd ${holder.fd}`;
  return { ...leaf(`${parentId}/${holder.kind}/${holder.pid}/${tid ?? ''}/${holder.fd}`, label, text), icon: holder.kind === 'descriptor' ? 'file-binary' : 'plug',
    target: process ? processTarget(process) : { kind: 'reference', key: namespace.key } };
}

/** A folded row with one row for each namespace, which has its own full row elsewhere. */
function references(scene: Scene, id: string, label: string, description: string, namespaces: readonly Namespace[]): TreeNode {
  return {
    id, label, description, icon: 'type-hierarchy', context: 'group', target: { kind: 'group', type: null },
    children: () => paged(scene, id, namespaces, (namespace) => ({
      id: `${id}/ref:${namespace.key}`, label: `${namespace.type} ${namespace.inode}`, ...describe(scene, namespace), context: 'reference',
      target: { kind: 'reference', key: namespace.key }, children: null,
    })),
  };
}

function leaf(id: string, label: string, description: string): Pick<TreeNode, 'id' | 'label' | 'description' | 'context' | 'children'> {
  return { id, label, description, context: 'holder', children: null };
}

function processTarget(process: { readonly pid: number; readonly start: string }): Target {
  return { kind: 'process', key: processKey(process), pid: process.pid };
}

/** Bind mounts by path, then descriptors and sockets by pid and number. */
function byHolder(a: HeldBy, b: HeldBy): number {
  if (a.kind === 'bind mount' || b.kind === 'bind mount') {
    if (a.kind !== b.kind) return a.kind === 'bind mount' ? -1 : 1;
    return a.kind === 'bind mount' && b.kind === 'bind mount' ? (a.path < b.path ? -1 : a.path > b.path ? 1 : (a.mountNamespace ?? 0) - (b.mountNamespace ?? 0)) : 0;
  }
  return a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.pid - b.pid || a.fd - b.fd;
}
