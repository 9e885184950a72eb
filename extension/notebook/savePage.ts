import * as vscode from 'vscode';

/** Asks where, and writes what a page has made. `name` is only a proposal and comes from a page: letters, digits, dots. */
export async function saveFromPage(folder: vscode.Uri | undefined, name: string, content: string, encoding: 'utf8' | 'base64'): Promise<void> {
  const safe = name.replace(/[^\w.-]/g, '') || 'picture';
  const to = await vscode.window.showSaveDialog(folder ? { defaultUri: vscode.Uri.joinPath(folder, safe) } : {});
  if (!to) return;
  try {
    await vscode.workspace.fs.writeFile(to, encoding === 'base64' ? Uint8Array.from(atob(content), (c) => c.charCodeAt(0)) : new TextEncoder().encode(content));
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The file was not written: {0}', error instanceof Error ? error.message : String(error)));
  }
}
