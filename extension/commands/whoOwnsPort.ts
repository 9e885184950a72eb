import * as vscode from 'vscode';
import { explain } from '../../helper/model/explain.ts';
import type { HostSource } from '../host/hostSource.ts';
import type { Wanted } from '../tree/locate.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import { portRows } from './ports.ts';
import { literal } from './literal.ts';

interface Item extends vscode.QuickPickItem { readonly reveal?: Wanted | null }

/** Lists what listens in every net namespace that can be read; `:8080` narrows it down, choosing shows the process in the tree. */
export async function whoOwnsPort(tree: NamespaceTree, host: HostSource, argument: unknown): Promise<void> {
  const pick = vscode.window.createQuickPick<Item>();
  const cancel = new vscode.CancellationTokenSource();
  pick.title = vscode.l10n.t('Find Owner of Port');
  pick.placeholder = vscode.l10n.t('A port as in “:8080”, a process, or a net namespace');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.busy = true;
  if (typeof argument === 'number' || typeof argument === 'string') pick.value = `:${String(argument).replace(/^:/, '')}`;
  let failure: unknown;
  const chosen = new Promise<Wanted | null | undefined>((resolve) => {
    let result: Wanted | null | undefined;
    pick.onDidAccept(() => {
      result = pick.activeItems[0]?.reveal;
      pick.hide();
    });
    pick.onDidHide(() => {
      cancel.cancel();
      pick.dispose();
      resolve(result);
    });
  });
  pick.show();
  try {
    await host.load('who owns a port', cancel.token);
    const { listeners, unread } = await host.request('listeners', {}, cancel.token);
    const items: Item[] = portRows(tree.picture.model, listeners).map(({ label, description, detail, reveal }) => ({ label, description: literal(description), detail: literal(detail), reveal }));
    if (items.length === 0) items.push({ label: vscode.l10n.t('Nothing listens in the net namespaces that can be read'), alwaysShow: true });
    for (const { netNamespace, errno } of unread) {
      const net = tree.picture.model.find('net', netNamespace);
      items.push({ label: `$(lock) net ${netNamespace}`, description: vscode.l10n.t('not readable'), detail: host.hello ? explain('net', errno, host.hello) : errno, reveal: net ? { kind: 'namespace', key: net.key } : null });
    }
    pick.items = items;
    pick.busy = false;
  } catch (error) {
    failure = error;
    pick.hide();
  }
  const wanted = await chosen;
  if (failure !== undefined && !cancelled(failure)) throw failure instanceof Error ? failure : new Error('The listening sockets could not be read.');
  if (wanted) await tree.reveal(wanted);
}

function cancelled(error: unknown): boolean { return error instanceof vscode.CancellationError; }
