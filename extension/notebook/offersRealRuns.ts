import * as vscode from 'vscode';

/** Only where programs can be built and namespaces made, in a window that may run code. */
export function offersRealRuns(): boolean { return process.platform === 'linux' && vscode.workspace.isTrusted; }
