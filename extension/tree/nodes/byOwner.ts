import type { Namespace } from '../../../helper/protocol.ts';
import { memberRow } from './processRow.ts';
import { describe, namespaceContext } from './describe.ts';
import { namespaceRow } from './namespaceRow.ts';
import type { TreeNode } from './node.ts';
import { paged } from './page.ts';
import type { Scene } from './scene.ts';
import { GROUP_ORDER, count, number, processes } from './words.ts';

/** User namespaces, each with what it owns and the user namespaces below it: who may configure what. */
export function byOwner(scene: Scene): TreeNode[] {
  const owned = new OwnerTree(scene);
  const rows = owned.roots.map((user) => userRow(scene, owned, scene.top('owner'), user));
  if (owned.ownerless.length > 0) {
    const id = `${scene.top('owner')}/unknown`;
    rows.push({
      id, label: 'Owner not known', description: count(owned.ownerless.length, 'namespace'), icon: 'question', context: 'group', target: { kind: 'group', type: null },
      children: () => paged(scene, id, owned.ownerless, (namespace) => namespaceRow(scene, id, namespace)),
    });
  }
  return rows;
}

/** Where each namespace hangs; a namespace that the filter hides stays only as the way to one that it shows. */
class OwnerTree {
  readonly roots: Namespace[] = [];
  readonly ownerless: Namespace[] = [];
  readonly initial = new Map<string, Namespace[]>();
  readonly others = new Map<string, Namespace[]>();
  readonly users = new Map<string, Namespace[]>();

  constructor(scene: Scene) {
    const { model } = scene;
    const placed = new Set<string>();
    const place = (namespace: Namespace): void => {
      if (placed.has(namespace.key)) return;
      placed.add(namespace.key);
      const above = namespace.type === 'user' ? model.find('user', namespace.parent ?? namespace.owner) : model.find('user', namespace.owner);
      if (!above || above === namespace || (namespace.type === 'user' && descends(above, namespace))) {
        (namespace.type === 'user' ? this.roots : this.ownerless).push(namespace);
        return;
      }
      const lists = namespace.type === 'user' ? this.users : namespace.initial === true ? this.initial : this.others;
      const list = lists.get(above.key);
      if (list) list.push(namespace);
      else lists.set(above.key, [namespace]);
      place(above);
    };
    /** Records that contradict each other must not become an endless tree. */
    const descends = (from: Namespace, ancestor: Namespace): boolean => {
      const seen = new Set<Namespace>();
      for (let at: Namespace | undefined = from; at && !seen.has(at); at = model.find('user', at.parent ?? at.owner)) {
        if (at === ancestor) return true;
        seen.add(at);
      }
      return false;
    };
    for (const namespace of scene.all()) place(namespace);
    scene.sort(this.roots);
    scene.sort(this.ownerless);
    for (const list of this.users.values()) scene.sort(list);
    const rank = new Map(GROUP_ORDER.map((type, i) => [type, i]));
    for (const lists of [this.initial, this.others]) {
      for (const list of lists.values()) scene.sort(list).sort((a, b) => (rank.get(a.type) ?? 0) - (rank.get(b.type) ?? 0));
    }
  }
}

function userRow(scene: Scene, tree: OwnerTree, parentId: string, user: Namespace): TreeNode {
  const id = `${parentId}/${user.key}`;
  const owns = scene.model.owned(user).length;
  const described = describe(scene, user).description;
  // who made it and what it owns is the point here; how many are in it is a row below
  const who = user.initial === true ? 'initial' : user.ownerUid !== null ? scene.uid(user.ownerUid) : described;
  const initial = tree.initial.get(user.key) ?? [];
  const others = tree.others.get(user.key) ?? [];
  const users = tree.users.get(user.key) ?? [];
  const members = scene.model.memberCount(user);
  return {
    id, label: `user ${user.inode}`, description: `${who}, owns ${number(owns)}`, icon: 'shield',
    context: namespaceContext(user), target: { kind: 'namespace', key: user.key },
    open: scene.matcher !== null || user.initial === true || users.length + others.length <= 20,
    children: initial.length + others.length + users.length + members === 0 ? null : () => {
      const rows: TreeNode[] = [];
      if (initial.length > 0) {
        const initialId = `${id}/initial`;
        rows.push({
          id: initialId, label: count(initial.length, 'initial namespace'), description: '', icon: 'home', context: 'group', target: { kind: 'group', type: null },
          children: () => initial.map((namespace) => namespaceRow(scene, initialId, namespace)),
        });
      }
      if (members > 0) {
        const membersId = `${id}/processes`;
        rows.push({
          id: membersId, label: processes(members), description: '', icon: 'server-process', context: 'group', target: { kind: 'group', type: null },
          children: () => paged(scene, membersId, scene.model.members(user).filter((process) => scene.showsIn(user, process)), (process) => memberRow(scene, membersId, user, process)),
        });
      }
      return [...rows, ...paged(scene, id, [...others, ...users], (namespace) => (namespace.type === 'user' ? userRow(scene, tree, id, namespace) : namespaceRow(scene, id, namespace)))];
    },
  };
}
