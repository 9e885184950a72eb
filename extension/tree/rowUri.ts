import * as vscode from 'vscode';

/** Rows carry a URI of our own scheme, so that our file decorations (and nobody else's) apply to them. */
export const ROW_SCHEME = 'nslab-row';

export function rowUri(id: string): vscode.Uri {
  return vscode.Uri.from({ scheme: ROW_SCHEME, path: `/${id}` });
}

export function rowId(uri: vscode.Uri): string | null {
  return uri.scheme === ROW_SCHEME ? uri.path.slice(1) : null;
}
