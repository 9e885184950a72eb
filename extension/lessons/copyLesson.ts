import * as vscode from 'vscode';
import type { Packaged } from '../packaged.ts';

/** What belongs to authors, and is not copied. */
export const AUTHOR = '.author';

/**
 * A lesson's files without what is for authors, from the extension to the learner's folder. Never over something that is there already. Rejects with
 * the file system's error, and then leaves nothing behind: half a lesson would be taken for a whole one the next time.
 */
export async function copyLesson(packaged: Packaged, id: string, to: vscode.Uri): Promise<void> {
  if (await exists(to)) return;
  const files = await forLearners(packaged, id);
  await vscode.workspace.fs.createDirectory(to);
  try {
    for (const name of files) await put(vscode.Uri.joinPath(packaged.lesson(id), name), vscode.Uri.joinPath(to, name));
  } catch (error) {
    await vscode.workspace.fs.delete(to, { recursive: true }).then(undefined, () => undefined);
    throw error;
  }
}

/** The files as they were at the start; the learner's are first kept in `before-reset`. Rejects, with all as it was, when they cannot be kept. */
export async function resetLesson(packaged: Packaged, id: string, copy: vscode.Uri): Promise<void> {
  const kept = vscode.Uri.joinPath(copy, 'before-reset');
  const files = (await forLearners(packaged, id)).filter((name) => !name.includes('/'));
  for (const name of files) {
    const mine = vscode.Uri.joinPath(copy, name);
    if (await exists(mine)) await put(mine, vscode.Uri.joinPath(kept, name));
  }
  for (const name of files) await put(vscode.Uri.joinPath(packaged.lesson(id), name), vscode.Uri.joinPath(copy, name));
}

async function forLearners(packaged: Packaged, id: string): Promise<string[]> {
  return (await packaged.filesOf(id)).filter((name) => !name.startsWith(`${AUTHOR}/`));
}

/** Read and written, with the folders above it: not every file system can copy, least of all to another. */
async function put(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.writeFile(to, await vscode.workspace.fs.readFile(from));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(() => true, () => false);
}
