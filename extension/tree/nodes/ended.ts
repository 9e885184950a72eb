import type { TreeNode } from './node.ts';

/** The row of a namespace that is gone, in its old place for a moment. */
export function endedRow(gone: TreeNode): TreeNode {
  if (gone.context === 'ended') return gone;
  return {
    id: gone.id, label: gone.label, description: gone.description ? `ended; was ${gone.description}` : 'ended', icon: 'circle-slash', context: 'ended',
    target: gone.target, dim: true, children: null,
  };
}
