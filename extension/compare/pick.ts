import * as vscode from 'vscode';
import { visible } from '../../helper/model/text.ts';
import type { HostModel } from '../../helper/model/model.ts';
import { processKey } from '../../helper/model/model.ts';
import type { Process } from '../../helper/protocol.ts';
import { NS_TYPES } from '../../helper/protocol.ts';

interface ProcessItem extends vscode.QuickPickItem {
  readonly key?: string;
}

/** Asks for processes that are not in the comparison yet; those with namespaces of their own come first. Undefined: nothing was chosen. */
export async function pickProcesses(model: HostModel, hostNs: readonly (number | null)[], have: ReadonlySet<string>): Promise<string[] | undefined> {
  const processes = [...model.processes.values()].filter((process) => !have.has(processKey(process)) && !process.kernelThread);
  const own = (process: Process): string[] => NS_TYPES.filter((_, i) => process.ns[i] != null && process.ns[i] !== hostNs[i]);
  const apart = processes.filter((process) => own(process).length > 0);
  const rest = processes.filter((process) => own(process).length === 0);
  const item = (process: Process): ProcessItem => {
    const command = process.cmdline?.length ? process.cmdline.join(' ') : '';
    return {
      key: processKey(process), label: plainLabel(process.comm), description: String(process.pid),
      detail: plainLabel([own(process).length > 0 ? vscode.l10n.t('own {0}', own(process).join(', ')) : '', command].filter(Boolean).join(' · '), 160),
    };
  };
  const group = (label: string, list: readonly Process[]): ProcessItem[] =>
    (list.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...[...list].sort((a, b) => a.pid - b.pid).map(item)]);
  const chosen = await vscode.window.showQuickPick([
    ...group(vscode.l10n.t('In namespaces of their own'), apart), ...group(vscode.l10n.t('In the host’s namespaces'), rest),
  ], {
    title: vscode.l10n.t('Add to the comparison'), placeHolder: vscode.l10n.t('Name, number or command line'),
    canPickMany: true, matchOnDescription: true, matchOnDetail: true,
  });
  return chosen?.flatMap((c) => c.key ?? []);
}

/** Host text for a label, where VS Code draws `$(name)` as an icon unless it is escaped. */
function plainLabel(text: string, maxLength = 64): string {
  return visible(text, maxLength).replace(/\$\(/g, '\\$(');
}
