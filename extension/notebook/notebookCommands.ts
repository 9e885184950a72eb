import * as vscode from 'vscode';
import type { Packaged } from '../packaged.ts';
import { NOTEBOOK_VIEW } from './notebookEditor.ts';
import type { NotebookEditor } from './notebookEditor.ts';

const FENCE = '```';

/** "New Simulator Notebook": an unsaved one, with a program to begin with. */
export async function newNotebook(): Promise<void> {
  await openNotebook(notebookOf(vscode.l10n.t('A first notebook'), 'first.c', FIRST), 'untitled.nsbook.md');
}

/** "Open C File in Simulator": its text, in a notebook of its own; the file stays as it is. */
export async function openCFile(argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  if (!uri) throw new Error(vscode.l10n.t('Open a C file first, or choose one in the explorer.'));
  const document = await vscode.workspace.openTextDocument(uri);
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  await openNotebook(notebookOf(name, name, document.getText()), `${name.replace(/\.c$/, '')}.nsbook.md`);
}

/** "Open Example…": the gallery. */
export async function openExample(packaged: Packaged): Promise<void> {
  const files = await packaged.examples();
  const items = await Promise.all(files.map(async (name) => {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(packaged.example(name)));
    const head = /\/\*([\s\S]*?)\*\//.exec(text)?.[1] ?? '';
    const part = (word: string): string => (new RegExp(`${word}:([\\s\\S]*?)(?=\\n\\s*\\*?\\s*[A-Z][a-z]+:|$)`).exec(head)?.[1] ?? '').replace(/\s*\n\s*\*?\s*/g, ' ').trim();
    return { label: part('Title') || name, description: name, detail: part('Idea'), name, text };
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open Example'), placeHolder: vscode.l10n.t('A title, a word of its idea, a file name'), matchOnDetail: true, matchOnDescription: true });
  if (chosen) await openNotebook(notebookOf(chosen.label, chosen.name, chosen.text, chosen.detail), `${chosen.name.replace(/\.c$/, '')}.nsbook.md`);
}

/** "Open Notebook at a Step": a link as "Copy a link to this step" makes it, `lessons/uts.nsbook.md#first.c:128`, relative to a workspace folder or absolute. */
export async function openStep(editor: NotebookEditor, argument: unknown): Promise<void> {
  const link = typeof argument === 'string' ? argument : await vscode.window.showInputBox({
    title: vscode.l10n.t('Open Notebook at a Step'), prompt: vscode.l10n.t('A link as “Copy a link to this step” makes it'), placeHolder: 'folder/notebook.nsbook.md#first.c:128',
    validateInput: (text) => (LINK.test(text.trim()) ? null : vscode.l10n.t('It looks like folder/notebook.nsbook.md#first.c:128.')),
  });
  if (link === undefined) return;
  const [, file, step] = LINK.exec(link.trim()) ?? [];
  if (file === undefined || step === undefined) throw new Error(vscode.l10n.t('“{0}” is no link to a step.', link.slice(0, 200)));
  const folders = vscode.workspace.workspaceFolders ?? [];
  // an absolute one is of the file system that the workspace is on, which need not be this machine's
  const candidates = file.startsWith('/') ? [folders[0]?.uri.with({ path: file }) ?? vscode.Uri.file(file)] : folders.map(({ uri }) => vscode.Uri.joinPath(uri, file));
  for (const uri of candidates) {
    if (await vscode.workspace.fs.stat(uri).then(() => true, () => false)) {
      await editor.openAt(uri, `#${step}`);
      return;
    }
  }
  throw new Error(vscode.l10n.t('There is no file “{0}” in this workspace.', file.slice(0, 200)));
}

const LINK = /^(.{1,400}\.nsbook\.md)#([\w.-]+\.c(?:%23\d+)?:\d{1,9})$/;

function notebookOf(title: string, name: string, program: string, idea = ''): string {
  return `# ${title}\n\n${idea === '' ? '' : `${idea}\n\n`}${FENCE}c nslab name=${JSON.stringify(name)}\n${program.endsWith('\n') ? program : `${program}\n`}${FENCE}\n`;
}

/** Shows a text as a notebook that is not saved yet. */
export async function openNotebook(text: string, name: string): Promise<void> {
  const taken = new Set(vscode.workspace.textDocuments.filter((document) => document.isUntitled && document.getText() !== '').map((document) => document.uri.path));
  let free = name;
  // what somebody has changed in an earlier one stays
  for (let n = 2; taken.has(free); n++) free = name.replace(/(?=\.nsbook\.md$)/, `-${n}`);
  const uri = vscode.Uri.parse(`untitled:${encodeURIComponent(free)}`);
  const edit = new vscode.WorkspaceEdit();
  const document = await vscode.workspace.openTextDocument(uri);
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.commands.executeCommand('vscode.openWith', uri, NOTEBOOK_VIEW);
}

const FIRST = `#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[64 * 1024];

static void show(const char *who)
{
    struct utsname u;
    uname(&u);
    printf("%s: %s\\n", who, u.nodename);
}

static int child(void *name)
{
    sethostname(name, strlen(name));
    show("child");
    return 0;
}

int main(void)
{
    int pid = clone(child, stack + sizeof stack, CLONE_NEWUTS | SIGCHLD, "blue");
    if (pid == -1) {
        perror("clone");
        return 1;
    }
    waitpid(pid, NULL, 0);
    show("parent");
    return 0;
}
`;
