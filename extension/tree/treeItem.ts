import * as vscode from 'vscode';
import { COMMANDS } from '../contribution/commands.ts';
import type { Entry } from './forest.ts';
import type { Mark } from './marks.ts';
import { rowUri } from './rowUri.ts';

const SPOKEN: Readonly<Record<Mark, string>> = { new: 'new', members: 'its processes changed', ended: 'ended' };

/** The row as VS Code draws it. The tooltip is left out: `resolveTreeItem` makes it when somebody points at the row. */
export function toTreeItem(entry: Entry, mark: Mark | undefined): vscode.TreeItem {
  const { node } = entry;
  const item = new vscode.TreeItem(
    node.highlights ? { label: node.label, highlights: node.highlights.map(([from, to]): [number, number] => [from, to]) } : node.label,
    node.children === null ? vscode.TreeItemCollapsibleState.None
      : node.open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  item.id = node.id;
  item.description = node.description;
  item.contextValue = node.context;
  if (node.icon) {
    item.iconPath = node.dim ? new vscode.ThemeIcon(node.icon, new vscode.ThemeColor('disabledForeground')) : new vscode.ThemeIcon(node.icon);
    // without an icon of ours VS Code would draw that of a file
    item.resourceUri = rowUri(node.id);
  }
  // a row of what ended says so in its description, which is read aloud as well
  item.accessibilityInformation = { label: [node.label, ...(mark && node.context !== 'ended' ? [SPOKEN[mark]] : []), node.description].filter(Boolean).join(', ') };
  if (node.target.kind === 'more') item.command = { command: COMMANDS.showMore, title: 'Show More', arguments: [entry] };
  return item;
}
