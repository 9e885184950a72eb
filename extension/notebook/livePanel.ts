import * as vscode from 'vscode';
import { subjectOf } from '../commands/argument.ts';
import type { HostSource } from '../host/hostSource.ts';
import type { NamespaceTree } from '../tree/namespaceTree.ts';
import type { NotebookToPage } from '../../webview/protocol.ts';
import { livePicture, stateProcesses } from './livePicture.ts';
import { notebookHtml, texts } from './notebookEditor.ts';
import { startFromState, stillAlive } from './startFromState.ts';

/** "Show in Simulator": the tasks and namespaces of this host as the simulator draws them, at this moment. */
export async function showInSimulator(extensionUri: vscode.Uri, tree: NamespaceTree, host: HostSource, argument: unknown): Promise<void> {
  const subject = subjectOf(tree, argument);
  if (!subject) throw new Error(vscode.l10n.t('Select a namespace, a process or a container in the tree first; the one that was meant may have ended.'));
  const { model } = tree.picture;
  const chosen = subject.kind === 'process' ? [subject.process] : subject.kind === 'namespace' ? model.members(subject.namespace)
    : [...model.processes.values()].filter(({ container }) => container === subject.container.key);
  if (chosen.length === 0) throw new Error(vscode.l10n.t('No process is in it: there is nobody whose pointers could be drawn. “Why Is It Still Alive?” says what holds it.'));
  const { NotebookToHost, parse } = await import('../../webview/protocol.ts');
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  const title = vscode.l10n.t('Live: {0}', subject.kind === 'process' ? `${subject.process.comm} ${subject.process.pid}` : subject.kind === 'namespace' ? `${subject.namespace.type} ${subject.namespace.inode}` : subject.container.name ?? subject.container.key);
  const panel = vscode.window.createWebviewPanel('nslab.live', title, vscode.ViewColumn.Active, { enableScripts: true, localResourceRoots: [dist] });
  const send = (message: NotebookToPage): void => { void panel.webview.postMessage(message); };
  const draw = (): void => {
    const alive = stillAlive(tree.picture.model, chosen);
    if (alive.length === 0) return;
    const { picture, left } = livePicture(tree.picture.model, alive);
    send({ type: 'live', picture, left });
  };
  const start = async (): Promise<void> => {
    const { model: now } = tree.picture;
    const alive = stillAlive(now, chosen);
    const [first] = alive;
    if (!first) throw new Error(vscode.l10n.t('All of them have ended: what is drawn is how they were last.'));
    await startFromState(host, now, stateProcesses(now, alive), first);
  };
  const messages = panel.webview.onDidReceiveMessage((raw: unknown) => {
    const message = parse(NotebookToHost, raw);
    if (!message.ok) return;
    if (message.value.type === 'ready') {
      send({ type: 'liveStart', bundle: texts(vscode.l10n.bundle) });
      draw();
    } else if (message.value.type === 'startFromState') {
      void start().catch((error: unknown) => { void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error)); });
    } else if (message.value.type === 'copy') void vscode.env.clipboard.writeText(message.value.text);
    else if (message.value.type === 'save') void saveAs(message.value.name, message.value.content, message.value.encoding);
  });
  const scans = host.onDidScan(draw);
  panel.onDidDispose(() => {
    messages.dispose();
    scans.dispose();
  });
  const address = (...parts: string[]): string => panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview', ...parts)).toString();
  panel.webview.html = notebookHtml(panel.webview, address('notebook.js'), address('notebook.css'), title);
}

async function saveAs(name: string, content: string, encoding: 'utf8' | 'base64'): Promise<void> {
  const { saveFromPage } = await import('./savePage.ts');
  await saveFromPage(vscode.workspace.workspaceFolders?.[0]?.uri, name, content, encoding);
}
