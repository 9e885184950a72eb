import * as vscode from 'vscode';
import type { HostSource } from '../host/hostSource.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';

class NamespaceLink extends vscode.TerminalLink {
  readonly type: string;
  readonly inode: number;
  constructor(match: RegExpExecArray) {
    super(match.index, match[0].length, vscode.l10n.t('Show this namespace in the tree'));
    this.type = match[1] ?? '';
    this.inode = Number(match[2]);
  }
}

/** As the links in /proc/PID/ns read. */
const LINK = /\b(cgroup|ipc|mnt|net|pid|time|user|uts):\[(\d{6,10})\]/g;

/** `net:[4026531840]` in any terminal leads to its row in the tree. */
export function namespaceLinks(tree: NamespaceTree, host: HostSource): vscode.TerminalLinkProvider<NamespaceLink> {
  return {
    provideTerminalLinks: ({ line }) => [...line.matchAll(LINK)].map((match) => new NamespaceLink(match)),
    handleTerminalLink: async ({ type, inode }) => {
      await host.load('a link in a terminal');
      const namespace = [...host.model.namespaces.values()].find((each) => each.type === type && each.inode === inode);
      if (namespace) await tree.reveal({ kind: 'namespace', key: namespace.key });
      else void vscode.window.showInformationMessage(vscode.l10n.t('The {0} namespace {1} is not there (any more), or cannot be seen from here.', type, inode));
    },
  };
}
