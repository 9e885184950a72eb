import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in a real VS Code', () => {
  const extension = vscode.extensions.getExtension('namespace-lab.namespace-lab');

  it('is loaded from this checkout and runs where the workspace is', () => {
    assert.ok(extension, 'VS Code did not load the extension');
    assert.equal(extension.extensionKind, vscode.ExtensionKind.Workspace);
  });

  it('registers every command that its manifest contributes', async () => {
    await extension!.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed = (extension!.packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands;
    assert.ok(contributed.length > 0);
    assert.deepEqual(contributed.map((c) => c.command).filter((id) => !registered.has(id)), []);
  });
});
