import type { TreeNode } from './node.ts';
import type { Scene } from './scene.ts';
import { number } from './words.ts';

/** Rows for the first items only, and one that asks for more: VS Code stands still while it takes in thousands of rows. */
export function paged<T>(scene: Scene, parentId: string, items: readonly T[], row: (item: T) => TreeNode): TreeNode[] {
  const limit = scene.input.limit(parentId);
  if (items.length <= limit) return items.map(row);
  const rows = items.slice(0, limit).map(row);
  rows.push({
    id: `${parentId}/more`, label: `Show more (${number(items.length - limit)})`, description: '', icon: 'ellipsis', context: 'more',
    target: { kind: 'more', parent: parentId }, children: null,
  });
  return rows;
}
