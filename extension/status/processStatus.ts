import * as vscode from 'vscode';
import { visible } from '../../helper/model/text.ts';
import type { Process } from '../../helper/protocol.ts';
import { literal } from '../commands/literal.ts';
import { COMMANDS } from '../contribution/commands.ts';
import type { LiveHost } from '../host/liveHost.ts';
import { commandLink, escapeMarkdown } from '../tree/markdown.ts';
import type { Share } from './shares.ts';
import { sharesWithHost } from './shares.ts';

/** What the status bar shows of the process that is selected in the tree: how many namespaces it shares with the host, and which. */
export interface ProcessStatus {
  readonly text: string;
  readonly spoken: string;
  readonly hover: vscode.MarkdownString;
  readonly command: vscode.Command;
}

export function processStatus(host: Pick<LiveHost, 'model' | 'hello'>, process: Process): ProcessStatus {
  const shares = sharesWithHost(host.model, host.hello, process);
  const subject = `${visible(process.comm, 32)} ${process.pid}`;
  const sentence = summary(subject, shares);
  const target = { kind: 'process', key: `${process.pid}@${process.start}` };
  return {
    text: `$(type-hierarchy) ${literal(sentence)}`,
    spoken: sentence,
    hover: hover(subject, shares, target, host.hello?.inside !== null && host.hello?.inside !== undefined),
    command: { command: COMMANDS.compareProcesses, title: vscode.l10n.t('Compare Processes…'), arguments: [target] },
  };
}

function summary(subject: string, shares: readonly Share[]): string {
  const shared = shares.filter((share) => share.shared === true).length;
  const unknown = shares.filter((share) => share.shared === null).length;
  if (unknown === shares.length) return vscode.l10n.t('{0}: its namespaces are not readable', subject);
  const sentence = vscode.l10n.t('{0} shares {1} of {2} with the host', subject, shared, shares.length);
  return unknown === 0 ? sentence : vscode.l10n.t('{0}, {1} not known', sentence, unknown);
}

/** House, disc and lock are the marks of the tree. */
const MARKS = { shared: 'home', own: 'circle-filled', unknown: 'lock' } as const;

function hover(subject: string, shares: readonly Share[], target: object, inside: boolean): vscode.MarkdownString {
  const cell = ({ type, inode, shared }: Share): string => {
    const [mark, words] = shared === null ? [MARKS.unknown, inode === null ? vscode.l10n.t('not readable') : vscode.l10n.t('{0}, the host\'s is not known', inode)]
      : shared ? [MARKS.shared, vscode.l10n.t('shared with the host')] : [MARKS.own, vscode.l10n.t('own, {0}', inode ?? '')];
    return `$(${mark}) **${type}** | ${escapeMarkdown(words)}`;
  };
  const rows = shares.filter((_, i) => i % 2 === 0).map((share, i) => {
    const next = shares[2 * i + 1];
    return `| ${cell(share)} | ${next ? cell(next) : ' | '} |`;
  });
  const text = new vscode.MarkdownString([
    `**${escapeMarkdown(vscode.l10n.t('{0} and the host', subject))}**`,
    `| | | | |\n|:--|:--|:--|:--|\n${rows.join('\n')}`,
    ...(inside ? [escapeMarkdown(vscode.l10n.t('VS Code runs inside a container: "the host" is what that container sees.'))] : []),
    commandLink(vscode.l10n.t('Compare with another process'), COMMANDS.compareProcesses, [target]),
  ].join('\n\n'), true);
  text.isTrusted = { enabledCommands: [COMMANDS.compareProcesses] };
  return text;
}
