import type { Namespace } from '../../../helper/protocol.ts';
import type { Comparison, Move } from '../../../helper/model/compare.ts';
import type { HostModel } from '../../../helper/model/model.ts';
import { processKey } from '../../../helper/model/model.ts';
import { visible } from '../../../helper/model/text.ts';
import { describe, namespaceContext } from './describe.ts';
import { namespaceRow } from './namespaceRow.ts';
import type { Icon, TreeNode } from './node.ts';
import { paged } from './page.ts';
import { ownNamespaces, processLabel, processNode } from './processRow.ts';
import { Scene } from './scene.ts';
import { count, processes } from './words.ts';

/** What is compared; `after` is what the scene shows. */
export interface Compared {
  readonly comparison: Comparison;
  readonly before: { readonly host: { readonly model: HostModel } };
}

/** Came, Went, Moved, and the processes that came and went: the tree of a comparison. */
export function comparisonRows(scene: Scene, { comparison, before }: Compared): TreeNode[] {
  const old = new Scene({ ...scene.input, model: before.host.model });
  const rows: TreeNode[] = [];
  const group = (name: string, label: string, description: string, icon: Icon, children: (id: string) => readonly TreeNode[]): void => {
    const id = `comparison/${name}`;
    rows.push({ id, label, description, icon, context: 'group', target: { kind: 'group', type: null }, open: name === 'came' || name === 'went' || name === 'moved', children: () => children(id) });
  };
  if (!comparison.sameBoot) {
    rows.push({ id: 'comparison/boot', label: 'Not the same boot', description: 'inodes and pids cannot be compared: all went, all came', icon: 'question', context: 'note', target: { kind: 'group', type: null }, children: null });
  }
  const came = comparison.came.filter((namespace) => scene.shows(namespace));
  const went = comparison.went.filter((namespace) => old.shows(namespace));
  const moved = comparison.moved.filter((move) => scene.showsProcess(move.process));
  const processesCame = comparison.processesCame.filter((process) => scene.showsProcess(process));
  const processesWent = comparison.processesWent.filter((process) => old.showsProcess(process));
  if (came.length > 0) group('came', 'Came', count(came.length, 'namespace'), 'add', (id) => paged(scene, id, came, (namespace) => namespaceRow(scene, id, namespace)));
  if (went.length > 0) group('went', 'Went', count(went.length, 'namespace'), 'remove', (id) => paged(old, id, went, (namespace) => wentRow(old, id, namespace)));
  if (moved.length > 0) group('moved', 'Moved', `${processes(new Set(moved.map((move) => move.process.pid)).size)} in another namespace`, 'arrow-right', (id) => paged(scene, id, moved, (move) => movedRow(id, move)));
  if (processesCame.length > 0) group('processes-came', 'Processes that came', String(processesCame.length), 'add', (id) => paged(scene, id, processesCame, (process) => processNode(scene, id, process, ownNamespaces(scene, process))));
  if (processesWent.length > 0) {
    group('processes-went', 'Processes that went', String(processesWent.length), 'remove', (id) => paged(old, id, processesWent, (process) => ({
      ...processNode(old, id, process, ownNamespaces(old, process)), context: 'ended', dim: true, icon: 'circle-slash',
    })));
  }
  if (rows.length === 0) {
    rows.push({ id: 'comparison/same', label: 'No difference', description: scene.input.filter ? 'that the filter shows' : 'in namespaces and processes', icon: 'list-tree', context: 'note', target: { kind: 'group', type: null }, children: null });
  }
  return rows;
}

/** It is not in the model that commands look into, so there is nothing to do with it but to read it. */
function wentRow(old: Scene, parentId: string, namespace: Namespace): TreeNode {
  const { description } = describe(old, namespace);
  return {
    id: `${parentId}/${namespace.key}`, label: `${namespace.type} ${namespace.inode}`, description: `was ${description}`, icon: 'circle-slash',
    context: namespaceContext(namespace).replace('namespace', 'ended'), target: { kind: 'namespace', key: namespace.key }, dim: true, children: null,
  };
}

function movedRow(parentId: string, { process, type, from, to }: Move): TreeNode {
  return {
    id: `${parentId}/${processKey(process)}/${type}`, label: processLabel(process), description: `${visible(type)} ${from} ⟶ ${to}`, icon: 'arrow-right', context: 'process',
    target: { kind: 'process', key: processKey(process), pid: process.pid }, children: null,
  };
}
