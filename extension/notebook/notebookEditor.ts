import * as vscode from 'vscode';
import type { Log } from '../log.ts';
import { nonce as newNonce } from '../nonce.ts';
import type { RealRuns } from '../platform.ts';
import type { NotebookToHost, NotebookToPage } from '../../webview/protocol.ts';
import { Remembered } from './remembered.ts';

export const NOTEBOOK_VIEW = 'nslab.notebook';

/** What notebooks need of the rest of the extension. `memory`: of this workspace. */
export interface NotebookNeeds { readonly extensionUri: vscode.Uri; readonly memory: vscode.Memento; readonly real: RealRuns; readonly log: Log }

type FromPage<Type extends NotebookToHost['type']> = Extract<NotebookToHost, { type: Type }>;

/**
 * Notebooks (`*.nsbook.md`) as a custom editor over the ordinary text document: undo, saving, hot exit and comparing are VS Code's own, and several editors of one
 * file stay alike. The page shows and edits; every edit goes through the document.
 */
export class NotebookEditor implements vscode.CustomTextEditorProvider {
  readonly #extensionUri: vscode.Uri;
  readonly #log: Log;
  readonly #remembered: Remembered;
  readonly #real: RealRuns;
  /** Open ones, the one used last at the end. */
  readonly #open: { readonly panel: vscode.WebviewPanel; readonly uri: string; readonly send: (message: NotebookToPage) => void }[] = [];
  /** A link that was followed before its notebook was there. */
  #goTo: { readonly uri: string; readonly link: string } | undefined;

  constructor({ extensionUri, memory, real, log }: NotebookNeeds) {
    this.#extensionUri = extensionUri;
    this.#remembered = new Remembered(memory);
    this.#real = real;
    this.#log = log;
  }

  /** A command of the palette or of a key, for the notebook that one looks at. */
  act(action: string): void {
    const active = this.#open.findLast(({ panel }) => panel.active) ?? this.#open.findLast(({ panel }) => panel.visible);
    if (!active) throw new Error(vscode.l10n.t('Open a simulator notebook first (Namespaces: New Simulator Notebook).'));
    active.send({ type: 'act', action });
  }

  /** Opens a notebook at a step: `link` is `#first.c:128`. */
  async openAt(uri: vscode.Uri, link: string): Promise<void> {
    this.#goTo = { uri: uri.toString(), link };
    await vscode.commands.executeCommand('vscode.openWith', uri, NOTEBOOK_VIEW);
    this.#open.findLast((one) => one.uri === uri.toString())?.send({ type: 'goTo', link });
  }

  async resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { NotebookToHost, parse } = await import('../../webview/protocol.ts');
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const address = (...parts: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(dist, ...parts)).toString();
    const send = (message: NotebookToPage): void => { void webview.postMessage(message); };
    const opened = { panel, uri: document.uri.toString(), send };
    this.#open.push(opened);
    const forget = (): void => { this.#open.splice(this.#open.indexOf(opened), 1); };
    panel.onDidChangeViewState(() => {
      if (!panel.active) return;
      forget();
      this.#open.push(opened);
    });
    /** What the page has by our own edits: VS Code tells of those, too. */
    let own = 0;
    const changes = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0 && own === 0) send({ type: 'text', text: document.getText() });
    });
    let edits = Promise.resolve();
    const editText = ({ from, to, insert }: FromPage<'edit'>): void => {
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
    };
    const messages = webview.onDidReceiveMessage((raw: unknown) => {
      const message = parse(NotebookToHost, raw);
      if (!message.ok) {
        this.#log.warn(`notebook page: ${message.why}`);
        return;
      }
      switch (message.value.type) {
        case 'ready': this.#start(document, send, address); return;
        case 'edit': editText(message.value); return;
        case 'keep': void this.#remembered.keep(document.uri, message.value.kept); return;
        case 'copy': void vscode.env.clipboard.writeText(message.value.text); return;
        case 'save': void this.#save(document.uri, message.value); return;
        case 'copyLink': void this.#copyLink(document.uri, message.value); return;
        case 'runForReal': void this.#runForReal(message.value, send); return;
        // a notebook has no live picture
        case 'startFromState':
      }
    });
    panel.onDidDispose(() => {
      forget();
      changes.dispose();
      messages.dispose();
    });
    webview.html = notebookHtml(webview, address('webview', 'notebook.js'), address('webview', 'notebook.css'), vscode.l10n.t('Simulator Notebook'));
  }

  #start(document: vscode.TextDocument, send: (message: NotebookToPage) => void, address: (...parts: string[]) => string): void {
    send({
      type: 'start', text: document.getText(), worker: address('webview', 'worker.js'), system: address('system.bin'), listings: address('webview', 'listings.json'), words: /^zh-(cn|hans)/i.test(vscode.env.language) ? address('webview', 'kernel.zh-cn.json') : null, bundle: texts(vscode.l10n.bundle),
      kept: this.#remembered.of(document.uri), canRunForReal: this.#real.offered(),
    });
    if (this.#goTo?.uri !== document.uri.toString()) return;
    send({ type: 'goTo', link: this.#goTo.link });
    this.#goTo = undefined;
  }

  async #save(of: vscode.Uri, { name, content, encoding }: FromPage<'save'>): Promise<void> {
    const folder = of.scheme === 'untitled' ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.joinPath(of, '..');
    const { saveFromPage } = await import('./savePage.ts');
    await saveFromPage(folder, name, content, encoding);
  }

  async #copyLink(uri: vscode.Uri, { cell, step }: FromPage<'copyLink'>): Promise<void> {
    if (uri.scheme === 'untitled') {
      void vscode.window.showInformationMessage(vscode.l10n.t('Save the notebook first: a link is to a file.'));
      return;
    }
    await vscode.env.clipboard.writeText(`${vscode.workspace.asRelativePath(uri, false)}#${cell.replace('#', '%23')}:${step}`);
  }

  async #runForReal({ cell, ...program }: FromPage<'runForReal'>, send: (message: NotebookToPage) => void): Promise<void> {
    await this.#real.run(program, (progress) => { send({ type: 'real', cell, ...progress }); });
  }
}

/** VS Code's bundle may hold comments for translators beside a text. */
export function texts(bundle: typeof vscode.l10n.bundle): Record<string, string> {
  return Object.fromEntries(Object.entries(bundle ?? {}).map(([english, text]) => [english, typeof text === 'string' ? text : english]));
}

/** The page's frame. Its worker is made from a blob of our own script; it may fetch nothing but our own files, and show no picture but those that it draws itself. */
export function notebookHtml(webview: vscode.Webview, script: string, style: string, title: string): string {
  const nonce = newNonce();
  const source = attribute(webview.cspSource);
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${source} 'nonce-${nonce}'; img-src data:; worker-src blob:; connect-src ${source}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${attribute(style)}">
<title>${attribute(title)}</title>
</head>
<body>
<script nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
