import * as vscode from 'vscode';
import type { Messages } from '../../webview/protocol.ts';
import { ENGLISH } from '../../webview/protocol.ts';
import { nonce as newNonce } from '../nonce.ts';
import { pageRoot } from './panel.ts';

/** The page's frame: our one script, our one style sheet, and nothing else from anywhere. No host text stands in it. */
export function pageHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = newNonce();
  const file = (name: string): string => attribute(webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), name)).toString());
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${attribute(webview.cspSource)}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('table.css')}">
<title>${attribute(vscode.l10n.t(ENGLISH.title))}</title>
</head>
<body>
<script nonce="${nonce}" src="${file('table.js')}"></script>
</body>
</html>`;
}

/** Every text of the page in the user's language. */
export function pageMessages(): Messages {
  return Object.fromEntries(Object.entries(ENGLISH).map(([id, text]) => [id, vscode.l10n.t(text)])) as Messages;
}

function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
