import { byOwner } from './byOwner.ts';
import { byProcess } from './byProcess.ts';
import { byType } from './byType.ts';
import type { TreeNode } from './node.ts';
import type { Scene } from './scene.ts';
import { unreadable } from './unreadable.ts';

/** The top rows of the tree in its present grouping. */
export function rootRows(scene: Scene): TreeNode[] {
  const { grouping } = scene.input;
  const rows = grouping === 'type' ? byType(scene) : grouping === 'owner' ? byOwner(scene) : byProcess(scene);
  return [...rows, ...unreadable(scene)];
}
