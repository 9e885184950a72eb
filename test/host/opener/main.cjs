// Shows the Namespace Lab side bar, and the lesson's page when nothing else is open, once the window is up.
const vscode = require('vscode');

exports.activate = async () => {
  await vscode.commands.executeCommand('workbench.view.extension.nslab');
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder || vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) return;
  const page = vscode.Uri.joinPath(folder.uri, 'README.md');
  const exists = await vscode.workspace.fs.stat(page).then(() => true, () => false);
  if (exists) await vscode.commands.executeCommand('markdown.showPreview', page);
};
