import * as vscode from 'vscode';
import type { Holding } from '../tree/holding.ts';
import { endsWhen, holdings } from '../tree/holding.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import { quoteCommand } from '../tree/shell.ts';
import { namespaceOf } from './argument.ts';
import { copy } from './copy.ts';
import { literal } from './literal.ts';

const ICON: Readonly<Record<Holding['kind'], string>> = {
  process: 'server-process', thread: 'circle-outline', 'for children': 'circle-outline', descriptor: 'file-binary', 'bind mount': 'link', socket: 'plug', child: 'type-hierarchy', owned: 'shield',
};
const COPY: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy the command that releases it') };
const REVEAL: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('list-tree'), tooltip: vscode.l10n.t('Show it in the tree') };
/** More rows than this nobody reads. */
const MOST = 1000;

interface Item extends vscode.QuickPickItem { readonly holding?: Holding }

/** Lists everything that holds the namespace, each with how to release it. Copies commands and shows rows; runs nothing. */
export async function whyAlive(tree: NamespaceTree, argument: unknown): Promise<void> {
  const namespace = namespaceOf(tree, argument);
  const { scene } = tree.picture;
  const all = holdings(scene, namespace);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Why is {0} still alive?', `${namespace.type} ${namespace.inode}`);
  // the whole sentence is the answer in short; the list is the long one
  pick.placeholder = vscode.l10n.t('It ends when {0}.', endsWhen(scene, namespace));
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = all.length > 0 ? toItems(all) : [{ label: vscode.l10n.t('Nothing seen'), detail: vscode.l10n.t('What holds it cannot be seen from here: a process that may not be read, or something only the kernel knows.'), alwaysShow: true }];
  await new Promise<void>((resolve) => {
    const done = async (holding: Holding, how: 'copy' | 'reveal'): Promise<void> => {
      pick.hide();
      if (how === 'copy' && holding.command) await copy(quoteCommand(holding.command));
      else if (holding.reveal) await tree.reveal(holding.reveal);
    };
    pick.onDidTriggerItemButton(({ item, button }) => { if (item.holding) void done(item.holding, button === COPY ? 'copy' : 'reveal'); });
    pick.onDidAccept(() => {
      const holding = pick.activeItems[0]?.holding;
      if (holding) void done(holding, holding.reveal ? 'reveal' : 'copy');
      else pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve();
    });
    pick.show();
  });
}

function toItems(all: readonly Holding[]): Item[] {
  const items: Item[] = [];
  let kind: Holding['kind'] | undefined;
  for (const holding of all.slice(0, MOST)) {
    if (holding.kind !== kind) items.push({ label: heading(holding.kind), kind: vscode.QuickPickItemKind.Separator });
    kind = holding.kind;
    items.push({
      // quick picks read $(…) as an icon, which a process could be named after
      label: `$(${ICON[kind]}) ${literal(holding.label)}`, description: literal(holding.how),
      // the command first: the end of a long line is cut
      detail: literal(holding.command ? `${quoteCommand(holding.command)} · ${holding.release}` : holding.release), holding,
      buttons: [...(holding.command ? [COPY] : []), ...(holding.reveal ? [REVEAL] : [])],
    });
  }
  if (all.length > MOST) items.push({ label: vscode.l10n.t('and {0} more', all.length - MOST), alwaysShow: true });
  return items;
}

function heading(kind: Holding['kind']): string {
  return { process: 'processes', thread: 'threads', 'for children': 'processes whose children will be in it', descriptor: 'open descriptors', 'bind mount': 'bind mounts',
    socket: 'sockets', child: 'child namespaces', owned: 'namespaces it owns' }[kind];
}
