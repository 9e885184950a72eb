import * as vscode from 'vscode';

/** What belongs to authors, and is not copied. */
export const AUTHOR = '.author';

/**
 * A lesson's files without what is for authors, from the extension's folder to the learner's. Never over something that is there already. Rejects with
 * the file system's error, and then leaves nothing behind: half a lesson would be taken for a whole one the next time.
 */
export async function copyLesson(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  if (await exists(to)) return;
  await vscode.workspace.fs.createDirectory(to);
  try {
    for (const [name] of await vscode.workspace.fs.readDirectory(from)) {
      if (name !== AUTHOR) await vscode.workspace.fs.copy(vscode.Uri.joinPath(from, name), vscode.Uri.joinPath(to, name));
    }
  } catch (error) {
    await vscode.workspace.fs.delete(to, { recursive: true }).then(undefined, () => undefined);
    throw error;
  }
}

/** The files as they were at the start; the learner's are first kept in `before-reset`. Rejects, with all as it was, when they cannot be kept. */
export async function resetLesson(original: vscode.Uri, copy: vscode.Uri): Promise<void> {
  const kept = vscode.Uri.joinPath(copy, 'before-reset');
  const files = (await vscode.workspace.fs.readDirectory(original)).filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
  for (const name of files) {
    const mine = vscode.Uri.joinPath(copy, name);
    if (await exists(mine)) await vscode.workspace.fs.copy(mine, vscode.Uri.joinPath(kept, name), { overwrite: true });
  }
  for (const name of files) await vscode.workspace.fs.copy(vscode.Uri.joinPath(original, name), vscode.Uri.joinPath(copy, name), { overwrite: true });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
