import type { TreeNode } from './node.ts';
import { namespaceRow } from './namespaceRow.ts';
import { paged } from './page.ts';
import type { Scene } from './scene.ts';
import { GROUP_ORDER, number } from './words.ts';

/** Types that are unfolded at first: few rows, and the names that people look for. */
const OPEN = new Set(['uts', 'net', 'pid']);

/** `uts 4` ▸ its namespaces, for each of the eight types. */
export function byType(scene: Scene): TreeNode[] {
  return GROUP_ORDER.flatMap((type) => {
    const namespaces = scene.ofType(type);
    if (namespaces.length === 0 && (scene.matcher || scene.model.namespaces.size === 0)) return [];
    const id = `${scene.top('type')}/${type}`;
    const fresh = namespaces.reduce((n, namespace) => n + (scene.input.isNew(namespace.key) ? 1 : 0), 0);
    return {
      id, label: type, description: `${number(namespaces.length)}${fresh > 0 ? `, ${number(fresh)} new` : ''}`, icon: null, context: 'type', target: { kind: 'group', type },
      open: OPEN.has(type) || scene.matcher !== null,
      children: namespaces.length === 0 ? null : () => paged(scene, id, scene.ofType(type), (namespace) => namespaceRow(scene, id, namespace)),
    } satisfies TreeNode;
  });
}
