import type { Namespace } from '../../../helper/protocol.ts';
import { describe, namespaceContext } from './describe.ts';
import { holderRows } from './holderRows.ts';
import type { TreeNode } from './node.ts';
import { paged } from './page.ts';
import { memberRow } from './processRow.ts';
import type { Scene } from './scene.ts';

/** The row of a namespace; unfolded it shows who is in it, then what else holds it. */
export function namespaceRow(scene: Scene, parentId: string, namespace: Namespace): TreeNode {
  const id = `${parentId}/${namespace.key}`;
  const label = `${namespace.type} ${namespace.inode}`;
  const { icon, description } = describe(scene, namespace);
  const highlights = scene.matcher?.ranges(label);
  return {
    id, label, description, icon,
    context: namespaceContext(namespace),
    target: { kind: 'namespace', key: namespace.key },
    ...(highlights && highlights.length > 0 ? { highlights } : {}),
    children: hasRows(scene, namespace) ? () => holdersAndMembers(scene, id, namespace) : null,
  };
}

function hasRows(scene: Scene, namespace: Namespace): boolean {
  const { threads, forChildren } = scene.oddities(namespace);
  return scene.model.memberCount(namespace) > 0 || namespace.heldBy.length > 0 || threads.length > 0 || forChildren.length > 0
    || scene.model.hasRelated(namespace);
}

function holdersAndMembers(scene: Scene, id: string, namespace: Namespace): TreeNode[] {
  const members = scene.model.members(namespace).filter((process) => scene.showsIn(namespace, process));
  // what else holds it comes first where it is the point, and last where it is beside it; below hundreds of processes nobody would find it
  const others = holderRows(scene, id, namespace);
  const early = members.length > 20;
  return [...(early ? others : []), ...paged(scene, id, members, (process) => memberRow(scene, id, namespace, process)), ...(early ? [] : others)];
}
