import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Log } from '../log.ts';
import type { NotebookToPage } from '../../webview/protocol.ts';

export const NOTEBOOK_VIEW = 'nslab.notebook';

/**
 * Notebooks (`*.nsbook.md`) as a custom editor over the ordinary text document: undo, saving, hot exit and comparing are VS Code's own, and several editors of one
 * file stay alike. The page shows and edits; every edit goes through the document.
 */
export class NotebookEditor implements vscode.CustomTextEditorProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #log: Log;

  constructor(extensionUri: vscode.Uri, log: Log) {
    this.#extensionUri = extensionUri;
    this.#log = log;
  }

  async resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { NotebookToHost, parse } = await import('../../webview/protocol.ts');
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const address = (...parts: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, ...parts)).toString();
    const send = (message: NotebookToPage): void => { void webview.postMessage(message); };
    /** What the page has by our own edits: VS Code tells of those, too. */
    let own = 0;
    const changes = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0 && own === 0) send({ type: 'text', text: document.getText() });
    });
    let edits = Promise.resolve();
    const messages = webview.onDidReceiveMessage((raw: unknown) => {
      const message = parse(NotebookToHost, raw);
      if (!message.ok) {
        this.#log.warn(`notebook page: ${message.why}`);
        return;
      }
      if (message.value.type === 'ready') {
        send({ type: 'start', text: document.getText(), worker: address('webview', 'worker.js'), system: address('system.bin') });
        return;
      }
      const { from, to, insert } = message.value;
      // one after another: each is about the text that the one before has left
      edits = edits.then(async () => {
        own++;
        const edit = new vscode.WorkspaceEdit();
        edit.replace(document.uri, new vscode.Range(document.positionAt(from), document.positionAt(to)), insert);
        const done = await vscode.workspace.applyEdit(edit).then((ok) => ok, () => false);
        own--;
        send({ type: 'edited' });
        if (!done) send({ type: 'text', text: document.getText() });
      });
    });
    panel.onDidDispose(() => {
      changes.dispose();
      messages.dispose();
    });
    webview.html = notebookHtml(webview, address('webview', 'notebook.js'), address('webview', 'notebook.css'));
  }
}

/** The page's frame. Its worker is made from a blob of our own script; it may fetch nothing but our own files. */
function notebookHtml(webview: vscode.Webview, script: string, style: string): string {
  const nonce = randomBytes(16).toString('base64');
  const source = attribute(webview.cspSource);
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source} 'nonce-${nonce}'; worker-src blob:; connect-src ${source}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(style)}">
<title>${attribute(vscode.l10n.t('Simulator Notebook'))}</title>
</head>
<body>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
