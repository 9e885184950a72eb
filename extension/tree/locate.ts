import type { Process } from '../../helper/protocol.ts';
import { processKey } from '../../helper/model/model.ts';
import type { TreeNode } from './nodes/node.ts';
import { NAMED_ORDER } from './nodes/words.ts';
import type { Scene } from './nodes/scene.ts';

/** What can be revealed in the tree. */
export type Wanted = { readonly kind: 'namespace'; readonly key: string } | { readonly kind: 'process'; readonly key: string };

/**
 * The rows from the top down to the one that stands for what is wanted; empty when there is none. `rows` must be computed without
 * a limit of rows, so that what is behind "Show more" is found, too.
 */
export function pathTo(scene: Scene, rows: readonly TreeNode[], wanted: Wanted): TreeNode[] {
  if (wanted.kind === 'namespace') return search(rows, (node) => node.target.kind === 'namespace' && node.target.key === wanted.key, mayHoldNamespaces);
  const isIt = (node: TreeNode): boolean => node.target.kind === 'process' && node.target.key === wanted.key;
  // a process that has a row of its own kind, below a container or as not readable, is best shown there
  const own = scene.input.grouping === 'process' ? search(rows, isIt, mayHoldProcesses) : search(rows.filter((node) => node.context === 'unreadable'), isIt, () => true);
  if (own.length > 0) return own;
  const process = [...scene.model.processes.values()].find((p) => processKey(p) === wanted.key);
  const namespace = process && tellingNamespace(scene, process);
  if (!namespace) return [];
  const above = pathTo(scene, rows, { kind: 'namespace', key: namespace.key });
  const last = above.at(-1);
  const below = last?.children ? search(last.children(), isIt, (node) => node.context === 'group') : [];
  return below.length > 0 ? [...above, ...below] : [];
}

/** The namespace below which a process is shown: the first that is its own, else the pid namespace; never one that the filter hides. */
function tellingNamespace(scene: Scene, process: Process): { readonly key: string } | undefined {
  const namespaces = NAMED_ORDER.flatMap((type) => scene.model.namespaceOf(process, type) ?? []).filter((n) => scene.shows(n) && scene.showsIn(n, process));
  const fitting = scene.input.grouping === 'owner' ? namespaces.filter((n) => n.type !== 'user') : namespaces;
  return fitting.find((n) => n.initial !== true) ?? fitting.find((n) => n.type === 'pid') ?? fitting[0] ?? namespaces[0];
}

function mayHoldNamespaces(node: TreeNode): boolean {
  switch (node.target.kind) {
    case 'group': return node.context !== 'unreadable';
    case 'container': case 'process': return true;
    // only as the owner of others; below every other namespace there are processes and references
    case 'namespace': return node.icon === 'shield';
    default: return false;
  }
}

function mayHoldProcesses(node: TreeNode): boolean {
  return node.target.kind === 'group' || node.target.kind === 'container';
}

function search(rows: readonly TreeNode[], found: (node: TreeNode) => boolean, enter: (node: TreeNode) => boolean): TreeNode[] {
  for (const node of rows) {
    if (found(node)) return [node];
    if (!node.children || !enter(node)) continue;
    const below = search(node.children(), found, enter);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}
