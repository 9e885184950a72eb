import * as vscode from 'vscode';
import type { ComparedSide, Source } from '../host/hostSource.ts';
import type { HostState } from '../host/liveHost.ts';
import { literal } from '../commands/literal.ts';
import { fileName } from './snapshotFile.ts';

interface Item extends vscode.QuickPickItem { readonly choice: ComparedSide | 'file' | 'live' }

/** Asks for one side of a comparison: what is open now, this host, or a file. Undefined when given up. */
export async function chooseSide(title: string, source: Source, live: HostState, chosen: readonly ComparedSide[]): Promise<ComparedSide | 'file' | 'live' | undefined> {
  const items: Item[] = [];
  if (source.kind === 'snapshot' && !chosen.some((side) => side.host === source.host)) {
    items.push({ label: `$(file) ${literal(fileName(source.file))}`, description: vscode.l10n.t('the snapshot that is open'), choice: { label: fileName(source.file), takenAt: source.takenAt, host: source.host } });
  }
  items.push({ label: `$(folder-opened) ${vscode.l10n.t('A saved snapshot…')}`, choice: 'file' });
  const liveChosen = chosen.some((side) => side.label === vscode.l10n.t('this host'));
  if (live.kind !== 'notLinux' && !liveChosen) items.push({ label: `$(pulse) ${vscode.l10n.t('This host, as it is now')}`, choice: 'live' });
  const item = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('The earlier of the two is taken as the one before') });
  return item?.choice;
}
