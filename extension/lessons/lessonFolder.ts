import * as vscode from 'vscode';
import { parseLesson } from '../../lessons/checks/lesson.ts';
import type { Language, Lesson, Text } from '../../lessons/checks/lesson.ts';

/** A lesson as it stands in a folder: that of the extension, or a learner's copy. */
export interface LessonFolder { readonly id: string; readonly uri: vscode.Uri; readonly lesson: Lesson }

/** In the language that VS Code is shown in, where the course has it. */
export function language(): Language { return vscode.env.language.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en'; }
export function inOurs(text: Text): string { return text[language()]; }

/** The lesson in a folder; null when it has none. Throws what a person can read when it has a broken one. */
export async function readLesson(uri: vscode.Uri): Promise<LessonFolder | null> {
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(uri, 'lesson.json'));
  } catch {
    return null;
  }
  const parsed = parseLesson(new TextDecoder().decode(bytes));
  if (!parsed.ok) throw new Error(vscode.l10n.t('lesson.json in {0} cannot be used: {1}', uri.path, parsed.why));
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return { id: name, uri, lesson: parsed.lesson };
}

/** The text to read, in the language that VS Code is shown in; the English one where there is no other. */
export async function readmeOf(uri: vscode.Uri): Promise<vscode.Uri> {
  const translated = vscode.Uri.joinPath(uri, 'README.zh-cn.md');
  const there = language() === 'zh-cn' && await vscode.workspace.fs.stat(translated).then(() => true, () => false);
  return there ? translated : vscode.Uri.joinPath(uri, 'README.md');
}

/**
 * What VS Code opens: the lesson's workspace file; the folder itself where a learner has removed that, and in a browser: there VS Code sometimes (one time
 * in eight) shows a workspace on a remote machine without its folders.
 */
export async function workspaceOf(folder: vscode.Uri): Promise<vscode.Uri> {
  if (vscode.env.uiKind === vscode.UIKind.Web) return folder;
  const settings = vscode.Uri.joinPath(folder, '.vscode');
  const names = await vscode.workspace.fs.readDirectory(settings).then((all) => all.map(([name]) => name), () => []);
  const workspace = names.find((name) => name.endsWith('.code-workspace'));
  return workspace === undefined ? folder : vscode.Uri.joinPath(settings, workspace);
}
