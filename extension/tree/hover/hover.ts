import * as vscode from 'vscode';
import type { Details } from '../../../helper/protocol.ts';
import { processKey } from '../../../helper/model/model.ts';
import { COMMANDS } from '../../contribution/commands.ts';
import type { HostSource } from '../../host/hostSource.ts';
import type { Entry } from '../forest.ts';
import { escapeMarkdown } from '../markdown.ts';
import type { Picture } from '../picture.ts';
import { REVEAL } from '../reveal.ts';
import { containerHover } from './containerHover.ts';
import type { Detail } from './namespaceHover.ts';
import { namespaceHover } from './namespaceHover.ts';
import { processHover } from './processHover.ts';

/** Longer than this nobody waits for a hover, so what is known is shown. */
const PATIENCE_MS = 1500;

/** Types of which the helper can read more than the tree knows. */
const DETAILED: ReadonlySet<string> = new Set(['net', 'mnt', 'cgroup']);

/** The only commands that a link in a hover may run. */
const LINKED = [REVEAL, COMMANDS.copyNsenterCommand, COMMANDS.whyAlive, COMMANDS.showDetails, COMMANDS.compareProcesses];

/** The hover of a row, made when somebody points at it. */
export async function resolveHover(picture: Picture, host: HostSource, entry: Entry, token: vscode.CancellationToken): Promise<vscode.MarkdownString | string | undefined> {
  const { target, label, description } = entry.node;
  const { scene } = picture;
  if (target.kind === 'namespace' || target.kind === 'reference') {
    const namespace = scene.model.namespaces.get(target.key);
    if (!namespace && picture.namespace(target.key)) return markdown(`**${escapeMarkdown(label)}**\n\n${escapeMarkdown(description)}`);
    if (!namespace) return markdown(`**${escapeMarkdown(label)}** has ended.`);
    const detail = DETAILED.has(namespace.type) && host.source.kind === 'live' ? await details(host, namespace.key, token) : null;
    return markdown(namespaceHover(scene, namespace, detail));
  }
  if (target.kind === 'process') {
    const process = scene.model.processes.get(target.pid);
    return process && processKey(process) === target.key ? markdown(processHover(scene, process)) : markdown(`Process ${escapeMarkdown(label)} has ended.`);
  }
  if (target.kind === 'container') {
    const container = scene.model.containers.get(target.key);
    return container ? markdown(containerHover(scene, container)) : undefined;
  }
  return description ? `${label}: ${description}` : label;
}

async function details(host: HostSource, key: string, token: vscode.CancellationToken): Promise<Detail> {
  const source = new vscode.CancellationTokenSource();
  const cancelled = token.onCancellationRequested(() => { source.cancel(); });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const patience = new Promise<null>((resolve) => {
      timer = setTimeout(() => {
        resolve(null);
        source.cancel();
      }, PATIENCE_MS);
    });
    return await Promise.race<Details | null>([host.request('details', { key }, source.token), patience]);
  } catch (error) {
    return error instanceof vscode.CancellationError ? null : error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
    cancelled.dispose();
    source.dispose();
  }
}

function markdown(text: string): vscode.MarkdownString {
  const hover = new vscode.MarkdownString(text, true);
  hover.supportHtml = false;
  hover.isTrusted = { enabledCommands: LINKED };
  return hover;
}
