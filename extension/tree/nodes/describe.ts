import type { Namespace } from '../../../helper/protocol.ts';
import { visible } from '../../../helper/model/text.ts';
import { containerTag } from './containerText.ts';
import type { TreeNode } from './node.ts';
import type { Scene } from './scene.ts';
import { bindMounts, survivor } from './survivor.ts';
import { processes } from './words.ts';

/** `namespace`, then what is known of it: menus ask for these words. */
export function namespaceContext(namespace: Namespace): string {
  return ['namespace', namespace.type,
    ...(namespace.initial === true ? ['initial'] : []),
    ...(namespace.owner !== null ? ['owner'] : []),
    ...(namespace.parent !== null ? ['parent'] : [])].join(' ');
}

/** Mark and dim text of a namespace's row: `initial, 212 processes, “lab”`, `fd only: dockerd 1184, fd 23`. */
export function describe(scene: Scene, namespace: Namespace): Pick<TreeNode, 'icon' | 'description'> {
  const members = scene.model.memberCount(namespace);
  const left = members > 0 || namespace.initial === true ? null : survivor(scene, namespace);
  const parts: string[] = [];
  if (namespace.initial === true) parts.push('initial');
  if (namespace.level !== null && namespace.level > 0) parts.push(`level ${namespace.level}`);
  if (namespace.type === 'user' && namespace.initial !== true && namespace.ownerUid !== null) parts.push(scene.uid(namespace.ownerUid));
  if (left) parts.push(left.text);
  else parts.push(processes(members));
  if (namespace.contents.hostname) parts.push(`“${visible(namespace.contents.hostname, 80)}”`);
  if (members > 0 && namespace.initial !== true) {
    const container = commonContainer(scene, namespace);
    if (container && container !== `docker ${namespace.contents.hostname ?? ''}`) parts.push(container);
    const mount = bindMounts(namespace)[0];
    if (mount) parts.push(`bind mount ${visible(mount.path)}`);
  }
  return { icon: namespace.initial === true ? 'home' : left ? left.icon : 'circle-filled', description: parts.join(', ') };
}

/** The container that its first member is in: cheap, and right for all but the rare namespace that two containers share. */
function commonContainer(scene: Scene, namespace: Namespace): string | null {
  const first = scene.model.firstMember(namespace);
  const container = first && scene.container(first);
  return container ? containerTag(container) : null;
}
